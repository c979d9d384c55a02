"""From a publication to what is drawn of one of its indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from plansite.analysis.publication import Publication
from plansite.analysis.verdicts.narrator import target_symbols
from plansite.model import (
    Comparability,
    Language,
    Observation,
    ReleaseStatus,
    Role,
    Source,
    Target,
    Verdict,
    urls,
)
from plansite.model.formatting import (
    format_date,
    format_day,
    format_number,
)
from plansite.model.precedence import values_by_year
from plansite.model.translations import Words
from plansite.output.charts.common.marks import (
    Point,
    PointKind,
    TargetMark,
)
from plansite.output.charts.common.subject import (
    Caption,
    ChartData,
    FinalTarget,
)

_BRACKETS = re.compile(r"\s*[（(].*")
_LEADING = {
    ReleaseStatus.FINAL: PointKind.FINAL,
    ReleaseStatus.PROVISIONAL: PointKind.PROVISIONAL,
    ReleaseStatus.ESTIMATED: PointKind.ESTIMATED,
}


def short_source(source: Source, words: Words) -> str:
    """Who published it and how it was seen, in few words: ``国家统计局，代码仓库副本``.

    What a publisher's name carries in brackets (where a copy lies) is left to the list of sources.
    """
    publisher = source.publisher
    if words.language is Language.EN and source.publisher_en:
        publisher = source.publisher_en
    name = _BRACKETS.sub("", publisher) or publisher
    return words("chart.source", publisher=name, access=_access(source, words))


def _access(source: Source, words: Words) -> str:
    """How a source was seen, as words inside a line."""
    return words(f"access.{source.access}").lower()


def titled_source(source: Source, words: Words) -> str:
    """A target's source by its title, since the plan is known by that."""
    title = source.title
    if words.language is Language.EN and source.title_en:
        title = source.title_en
    return words("chart.titled", title=title, access=_access(source, words))


def chart_data(indicator_id: str, publication: Publication, language: Language) -> ChartData:
    """What is drawn of an indicator in a language."""
    return _Reading(indicator_id, publication, language).subject()


class _Reading:
    """An indicator of a publication in one language."""

    def __init__(self, indicator_id: str, publication: Publication, language: Language) -> None:
        plan = publication.plan
        self.indicator = plan.indicator[indicator_id]
        self.publication = publication
        self.words = Words(language)
        self.narrator = publication.narrator(language)
        self.assessments = publication.assessments.of(indicator_id)
        self.values = values_by_year(indicator_id, plan)
        self.targets = plan.targets_of(indicator_id)
        self.years = tuple(sorted(set(self.values) | set(self.targets)))
        self.name = self.indicator.name[language]
        self.measure = self.indicator.measure[language]
        self._sources = plan.source

    def subject(self) -> ChartData:
        """All of it as plain data."""
        role = self.indicator.role
        several = len(self.years) > 1
        return ChartData(
            indicator_id=self.indicator.indicator_id,
            language=self.words.language,
            years=self.years,
            measure=self.measure,
            title=self.title,
            description=self.description,
            headline=self.headline,
            points=[point for rows in self.values.values() for point in self._year_points(rows)],
            marks=[self.mark(target) for target in self.targets.values()],
            kinds={kind: self.word(kind) for kind in PointKind},
            goal=self.goal(),
            promised=role is not Role.CONTEXT,
            sparks=role is Role.HEADLINE or (bool(self.targets) and several),
            caption=self.caption(),
        )

    @property
    def title(self) -> str:
        """What a chart over the years shows."""
        if not self.years:
            return self.name
        several = len(self.years) > 1
        kind = "title" if self.targets else "title_values" if several else "title_lone"
        return self.words(
            f"chart.{kind}",
            name=self.name,
            first=self.years[0],
            last=self.years[-1],
            measure=self.measure,
        )

    @property
    def description(self) -> str:
        """The same as sentences, with the numbers."""
        if self.values and not self.targets:
            return self.narrator.course(self.values)
        return self.narrator.summary(self.assessments)

    @property
    def headline(self) -> str:
        """The same for a picture's readers, short: the years with a target, or the latest value.

        Where no target's year has a value, the latest of another year is told as well.
        """
        judged = [row for row in self.assessments if row.target is not None]
        told = [row for row in self.assessments if row.leading is not None]
        if told and all(row.leading is None for row in judged):
            judged.insert(0, told[-1])
        if judged or not self.values:
            return self.narrator.summary(judged)
        year = max(self.values)
        return self.narrator.course({year: self.values[year]})

    def source(self, row: Observation) -> str:
        """A value's source, short."""
        return short_source(self._sources[row.source_id], self.words)

    def missing_label(self, year: int) -> str:
        """The few words for a target year without a comparable value."""
        if year in self.values:
            return self.words("chart.uncompared")
        verdicts = {row.year: row.verdict for row in self.assessments}
        kind = "awaited" if verdicts.get(year) is Verdict.AWAITING else "unpublished"
        return self.words(f"chart.{kind}")

    def mark(self, target: Target) -> TargetMark:
        """A target as a mark."""
        facts = {
            "year": str(target.year),
            "kind": "target",
            "label": self.words("chart.key_target"),
            "value": self.narrator.target(target),
            "source": titled_source(self._sources[target.source_id], self.words),
        }
        if target.year not in self.values:
            facts["gap"] = self.missing_label(target.year)
        return TargetMark(
            year=target.year,
            value=float(target.value),
            label=self.words("chart.target", value=target_symbols(target)),
            number=format_number(target.value),
            upper=None if target.upper_value is None else float(target.upper_value),
            facts=facts,
        )

    def goal(self) -> FinalTarget | None:
        """The last target."""
        if not self.targets:
            return None
        year, target = list(self.targets.items())[-1]
        title = self.words(
            "chart.bullet_title", name=self.name, year=year, target=self.narrator.target(target)
        )
        return FinalTarget(self.mark(target), title, self.missing_label(year))

    def caption(self) -> Caption:
        """What a picture says around its chart."""
        publication, language = self.publication, self.words.language
        day = format_day(publication.assessments.as_of, language)
        site = publication.site
        address = site.page(urls.indicator(self.indicator.indicator_id), language)
        as_of = self.words("common.as_of" if self.targets else "card.as_of", day=day)
        origin = (site.name[language], address, as_of)
        values = dict.fromkeys(row.source_id for rows in self.values.values() for row in rows)
        targets = dict.fromkeys(target.source_id for target in self.targets.values())
        cited = {
            "chart.values_from": [self.dated_source(self._sources[name]) for name in values],
            "chart.targets_from": [
                titled_source(self._sources[name], self.words) for name in targets
            ],
        }
        return Caption(
            title=self.name,
            summary=self.headline,
            measure=self.measure if self.targets or len(self.years) > 1 else "",
            sources=[
                self.words(key, sources=self.words("chart.source_joiner").join(names))
                for key, names in cited.items()
                if names
            ],
            origin=" · ".join(part for part in origin if part),
            language=language,
        )

    def dated_source(self, source: Source) -> str:
        """A value's source by who published it, how it was seen and when it appeared."""
        date = self.words("common.published_unknown")
        if source.published:
            date = format_date(source.published, self.words.language)
        return self.words("chart.dated", source=short_source(source, self.words), date=date)

    def _year_points(self, rows: list[Observation]) -> Iterator[Point]:
        """One year's values; values that say the same are drawn once and name all their sources."""
        alike: dict[tuple[Decimal, Comparability], list[Observation]] = {}
        for row in rows:
            alike.setdefault((row.value, row.comparability), []).append(row)
        for place, (row, *others) in enumerate(alike.values()):
            kind = _kind(row, leads=place == 0)
            same = [self.source(other) for other in (row, *others)]
            facts = {
                "year": str(row.year),
                "kind": kind.value,
                "label": self._label(kind, row.release_status),
                "value": self.narrator.value(row.indicator_id, row.value),
                "source": self.words("chart.source_joiner").join(dict.fromkeys(same)),
            }
            label = format_number(row.value) if place == 0 else ""
            yield Point(row.year, float(row.value), kind, label, facts)

    def word(self, kind: PointKind) -> str:
        """What a kind of value is called in this indicator's charts."""
        is_revised = kind is PointKind.COMPETING and self._has_revisions
        return self.words("chart.key_revised" if is_revised else f"chart.key_{kind}")

    @cached_property
    def _has_revisions(self) -> bool:
        """Whether one source gives several values for a year, so that not all are of others."""
        return any(
            len({row.value for row in rows if row.source_id == source}) > 1
            for rows in self.values.values()
            for source in {row.source_id for row in rows}
        )

    def _label(self, kind: PointKind, status: ReleaseStatus) -> str:
        word = self.word(kind)
        if kind.leads or status is ReleaseStatus.FINAL:
            return word
        return self.words("chart.also", word=word, status=self.words(f"status.{status}"))


def _kind(row: Observation, leads: bool) -> PointKind:
    if row.comparability is Comparability.RELATED:
        return PointKind.RELATED
    return _LEADING[row.release_status] if leads else PointKind.COMPETING
