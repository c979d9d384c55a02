"""Lists what readers need to know of the files of an indicator or of the whole plan.

A journalist reads it in the README and in the workbook's sheet, a program in the metadata.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from plansite.analysis.changes.page_facts import series_facts
from plansite.analysis.changes.provenance import Fact, whole
from plansite.analysis.publication import Publication
from plansite.analysis.verdicts.assess import LIMITED_FROM, NEARLY_FROM, PARTLY_FROM
from plansite.analysis.verdicts.citation import Citation, cite
from plansite.model import Indicator, Language, PartialDate, Role, Source, Verdict, urls
from plansite.model.contract import CONTRACT
from plansite.model.formatting import format_date, format_day
from plansite.model.partial_date import latest
from plansite.model.translations import Words
from plansite.output.downloads.formats.columns import Row

Item = tuple[str, str]
"""What it is called and what is to be said of it, in one language."""


@dataclass(frozen=True)
class Coverage:
    """What is known of an indicator, and since when."""

    values: int
    """How many published values there are."""
    years: tuple[int, ...]
    """Years that have one."""
    target_years: tuple[int, ...]
    years_without_value: tuple[int, ...]
    """Years with a target and no comparable published value."""
    published: PartialDate | None
    """When the latest of the values was published."""
    changed: dt.date | None
    """When the data last changed on this site; ``None`` where nobody knows."""
    sources: tuple[Source, ...]
    """Every source of a value or a target, in the order of their mention."""


def coverage_of(indicator: Indicator, publication: Publication) -> Coverage:
    """What is known of an indicator on the day of the build."""
    plan, key = publication.plan, indicator.indicator_id
    values, targets = plan.observations_of(key), plan.targets_of(key)
    judged = publication.assessments.of(key)
    cited = [row.source_id for row in values] + [row.source_id for row in targets.values()]
    return Coverage(
        values=len(values),
        years=tuple(sorted({row.year for row in values})),
        target_years=tuple(targets),
        years_without_value=tuple(row.year for row in judged if row.target and row.leading is None),
        published=latest(row.published for row in values),
        changed=last_change(publication, series_facts(key, plan)),
        sources=tuple(plan.source[source_id] for source_id in dict.fromkeys(cited)),
    )


def last_change(publication: Publication, facts: Iterable[Fact]) -> dt.date | None:
    """The day on which some data last changed on this site, where git knows it."""
    changes = publication.last_changes
    return None if changes is None else changes.of(facts).changed


def about_rows(zh: list[Item], en: list[Item]) -> list[Row]:
    """The same items in both languages, side by side."""
    return [
        {"item_zh": label, "text_zh": text, "item_en": other, "text_en": translation}
        for (label, text), (other, translation) in zip(zh, en, strict=True)
    ]


def rules(t: Words) -> list[tuple[Verdict, str, str]]:
    """Every verdict on an indicator with its name and when it is given."""
    limits = {"nearly": NEARLY_FROM, "partly": PARTLY_FROM, "limited": LIMITED_FROM}
    shares = {name: f"{limit:.0%}" for name, limit in limits.items()}
    return [
        (verdict, t(f"verdict.{verdict}"), t(f"verdict_when.{verdict}", **shares))
        for verdict in Verdict
    ]


def indicator_items(
    indicator: Indicator, coverage: Coverage, publication: Publication, t: Words
) -> list[Item]:
    """What there is to know of an indicator's files; the same items in every language."""
    definition = indicator.definition
    published = coverage.published
    page = publication.site.page(urls.indicator(indicator.indicator_id), t.language)
    return [
        (t("common.name"), indicator.name[t.language]),
        (t("indicator.id"), indicator.indicator_id),
        (t("common.measure"), indicator.measure[t.language]),
        (
            t("common.definition"),
            definition[t.language] if definition else t("indicator.no_definition"),
        ),
        (t("files.years"), _years(coverage.years, t)),
        (t("files.target_years"), _years(coverage.target_years, t)),
        (t("files.silent_years"), _years(coverage.years_without_value, t)),
        (
            t("files.published"),
            format_date(published, t.language) if published else t("common.none"),
        ),
        *_common_items(publication, coverage.changed, page, t),
        (t("files.method"), method(indicator, t)),
        *_citations(publication, indicator, t),
    ]


def plan_items(publication: Publication, t: Words) -> list[Item]:
    """What there is to know of the files of the whole plan; the same items in every language."""
    info = publication.plan.info
    changed = last_change(publication, [whole(table) for table in CONTRACT])
    page = publication.site.page(urls.DATA, t.language)
    return [
        (t("common.name"), info.title[t.language]),
        (t("common.note"), info.description[t.language]),
        *_common_items(publication, changed, page, t),
        (t("files.method"), _told(t)),
        *_citations(publication, None, t),
    ]


def method(indicator: Indicator, t: Words) -> str:
    """How an indicator's verdicts are reached."""
    if indicator.role is Role.CONTEXT:
        return t("indicator.context_page_note")
    return _told(t)


def _told(t: Words) -> str:
    blank = "" if t.language is Language.ZH else " "
    lead = blank.join((t("methodology.lead"), t("methodology.indicators_note")))
    workbook_content = (t("files.pair", label=name, text=when) for _, name, when in rules(t))
    return "\n".join((lead, *workbook_content))


def _common_items(
    publication: Publication, changed: dt.date | None, page: str, t: Words
) -> list[Item]:
    info = publication.plan.info
    licences = [" ".join(filter(None, licence)) for licence in info.licenses]
    items = [
        (t("files.changed"), format_day(changed, t.language) if changed else ""),
        (t("files.as_of"), format_day(publication.assessments.as_of, t.language)),
        (t("data.licence"), "; ".join(licences)),
        (t("common.version"), info.version),
        (t("files.page"), page),
    ]
    return [(label, text) for label, text in items if text]


def citation(publication: Publication, indicator: Indicator | None, language: Language) -> Citation:
    """How to cite an indicator, or the whole dataset."""
    info, as_of = publication.plan.info, publication.assessments.as_of
    return cite(publication.site, info, as_of, language, indicator)


def _citations(publication: Publication, indicator: Indicator | None, t: Words) -> list[Item]:
    workbook_content = citation(publication, indicator, t.language)
    return [
        (t("files.pair", label=t("citation.title"), text=t(f"citation.{style}")), text)
        for style, text in dataclasses.asdict(workbook_content).items()
    ]


def _years(years: Iterable[int], t: Words) -> str:
    return t("files.joiner").join(map(str, years)) or t("common.none")
