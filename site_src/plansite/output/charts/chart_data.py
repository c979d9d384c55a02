"""Gathers what is drawn of an indicator from a publication."""

from __future__ import annotations

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
    Target,
    Verdict,
)
from plansite.model.formatting import format_number
from plansite.model.precedence import values_by_year
from plansite.model.translations import Words
from plansite.output.charts.chart_caption import make_caption, short_source, titled_source
from plansite.output.charts.common.chart_input import ChartData, FinalTarget
from plansite.output.charts.common.marks import Point, PointKind, TargetMark

_LEADING = {
    ReleaseStatus.FINAL: PointKind.FINAL,
    ReleaseStatus.PROVISIONAL: PointKind.PROVISIONAL,
    ReleaseStatus.ESTIMATED: PointKind.ESTIMATED,
}


def chart_data(indicator_id: str, publication: Publication, language: Language) -> ChartData:
    """What is drawn of an indicator in a language."""
    return _ChartDataBuilder(indicator_id, publication, language).build()


class _ChartDataBuilder:
    """Gathers what is drawn of an indicator of a publication in one language."""

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

    def build(self) -> ChartData:
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
            final_target=self.final_target(),
            promised=role is not Role.CONTEXT,
            has_sparkline=role is Role.HEADLINE or (bool(self.targets) and several),
            caption=make_caption(self.indicator, self.publication, self.words, self.headline),
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

        Where no target's year has a value, the latest of another year is named as well.
        """
        judged = [row for row in self.assessments if row.target is not None]
        valued = [row for row in self.assessments if row.leading is not None]
        if valued and all(row.leading is None for row in judged):
            judged.insert(0, valued[-1])
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

    def final_target(self) -> FinalTarget | None:
        """The last target."""
        if not self.targets:
            return None
        year, target = list(self.targets.items())[-1]
        title = self.words(
            "chart.bullet_title", name=self.name, year=year, target=self.narrator.target(target)
        )
        return FinalTarget(self.mark(target), title, self.missing_label(year))

    def _year_points(self, rows: list[Observation]) -> Iterator[Point]:
        """One year's values; values that say the same are drawn once and name all their sources."""
        alike: dict[tuple[Decimal, Comparability], list[Observation]] = {}
        for row in rows:
            alike.setdefault((row.value, row.comparability), []).append(row)
        for rank, (row, *others) in enumerate(alike.values()):
            kind = _kind(row, leads=rank == 0)
            same = [self.source(other) for other in (row, *others)]
            facts = {
                "year": str(row.year),
                "kind": kind.value,
                "label": self._label(kind, row.release_status),
                "value": self.narrator.value(row.indicator_id, row.value),
                "source": self.words("chart.source_joiner").join(dict.fromkeys(same)),
            }
            label = format_number(row.value) if rank == 0 else ""
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
