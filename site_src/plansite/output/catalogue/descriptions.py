"""Descriptions put together from what the data hold, for catalogues that ask for a paragraph."""

from __future__ import annotations

from plansite.analysis.publication import Publication
from plansite.model import Comparability, Indicator, Language, ReleaseStatus
from plansite.model.formatting import format_day
from plansite.model.translations import Words

_MOST = 4900
"""Characters; schema.org's readers take up to 5,000."""


def describe_plan(publication: Publication, language: Language) -> str:
    """What the package says of itself, what it holds, and as of when."""
    plan, words = publication.plan, Words(language)
    holds = words(
        "catalogue.holds",
        tasks=len(plan.tasks),
        agencies=len(plan.agencies),
        indicators=len(plan.indicators),
        targets=len(plan.targets),
        commitments=len(plan.commitments),
        values=len(plan.observations),
        sources=len(plan.sources),
    )
    return _text([plan.info.description[language], holds, _as_of(publication, words)], language)


def describe_indicator(indicator: Indicator, publication: Publication, language: Language) -> str:
    """What is measured, which targets and values there are, and from how many sources."""
    plan, words, key = publication.plan, Words(language), indicator.indicator_id
    values = plan.observations_of(key)
    what = words(
        "catalogue.indicator",
        name=indicator.name[language],
        measure=indicator.measure[language],
        whole=plan.info.title[language],
    )
    parts = [what]
    if indicator.definition:
        parts.append(indicator.definition[language])
    if targets := plan.targets_of(key):
        years = publication.narrator(language).enumerate(targets)
        parts.append(words("catalogue.targets", years=years))
    if values:
        years = publication.narrator(language).enumerate(sorted({row.year for row in values}))
        sources = len({row.source_id for row in values})
        parts.append(words("catalogue.values", count=len(values), years=years, sources=sources))
        related = sum(row.comparability is not Comparability.SAME for row in values)
        unsettled = sum(row.release_status is not ReleaseStatus.FINAL for row in values)
        for key, count in (("related", related), ("unsettled", unsettled)):
            if count:
                parts.append(words(f"catalogue.{key}", count=count))
    else:
        parts.append(words("catalogue.no_values"))
    return _text([*parts, _as_of(publication, words)], language)


def _as_of(publication: Publication, words: Words) -> str:
    day = format_day(publication.assessments.as_of, words.language)
    return words("common.as_of", day=day) + words("summary.stop")


def _text(parts: list[str], language: Language) -> str:
    text = ("" if language is Language.ZH else " ").join(part.strip() for part in parts if part)
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
