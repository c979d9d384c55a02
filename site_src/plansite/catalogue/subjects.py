"""What the catalogue describes: the whole plan's data, and each indicator's as a dataset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from plansite import urls
from plansite.catalogue.descriptions import describe_indicator, describe_plan
from plansite.model import Bilingual, Indicator, Language, PackageInfo, Source
from plansite.publication import Publication
from plansite.published import ListedFile
from plansite.site import Site


@dataclass(frozen=True)
class Subject:
    """A dataset: what is true of it in every vocabulary."""

    page: str
    """The address of its page."""
    name: Bilingual
    description: Bilingual
    identifier: str
    measures: tuple[Indicator, ...]
    """What is measured: the indicator itself, or all of the plan's."""
    years: tuple[int, ...]
    """The first and the last year with a target or a value; empty where there is none."""
    changed: dt.date | None
    """When its data last changed on the site; ``None`` where nobody knows."""
    sources: tuple[Source, ...]
    files: tuple[ListedFile, ...]
    keywords: Bilingual
    """Words to find it by, one a line."""
    indicator: Indicator | None = None
    """``None`` for the whole plan."""


def subjects_of(publication: Publication, files: Iterable[ListedFile]) -> list[Subject]:
    """The whole plan's data first, then each indicator's.

    Args:
        publication: what is published.
        files: every file to take away; those about a task or an agency belong to the whole plan's
            data and are not listed one by one.
    """
    plan = publication.plan
    tables = {urls.resource_csv(table.name) for table in plan.info.resources}
    grouped: dict[str, list[ListedFile]] = {}
    for file in files:
        if not file.subject or file.address in tables:
            grouped.setdefault("", []).append(file)
        elif "/indicators/" in file.address:
            grouped.setdefault(file.subject, []).append(file)
    return [
        _whole(publication, tuple(grouped.get("", ()))),
        *(
            _one(indicator, publication, tuple(grouped.get(indicator.indicator_id, ())))
            for indicator in plan.indicators
        ),
    ]


def _whole(publication: Publication, files: tuple[ListedFile, ...]) -> Subject:
    plan = publication.plan
    years = {row.year for row in plan.targets} | {row.year for row in plan.observations}
    words = "\n".join(plan.info.keywords)
    return Subject(
        page=urls.DATA,
        name=plan.info.title,
        description=Bilingual(*(describe_plan(publication, side) for side in Language)),
        identifier=plan.info.name,
        measures=plan.indicators,
        years=_span(years),
        changed=_changed(publication, urls.DATA),
        sources=plan.sources,
        files=files,
        keywords=Bilingual(words, words),
    )


def _one(indicator: Indicator, publication: Publication, files: tuple[ListedFile, ...]) -> Subject:
    plan, key = publication.plan, indicator.indicator_id
    targets, values = plan.targets_of(key), plan.observations_of(key)
    named = [row.source_id for row in targets.values()] + [row.source_id for row in values]
    also = indicator.keywords
    return Subject(
        page=urls.indicator(key),
        name=indicator.name,
        description=Bilingual(*(describe_indicator(indicator, publication, s) for s in Language)),
        identifier=key,
        measures=(indicator,),
        years=_span({*targets, *(row.year for row in values)}),
        changed=_changed(publication, urls.indicator(key)),
        sources=tuple(plan.source[name] for name in dict.fromkeys(named)),
        files=files,
        keywords=Bilingual(_lines(also.zh, "、"), _lines(also.en, ";")) if also else indicator.name,
        indicator=indicator,
    )


def _span(years: set[int]) -> tuple[int, ...]:
    return tuple(sorted({min(years), max(years)})) if years else ()


def _changed(publication: Publication, page: str) -> dt.date | None:
    provenance = publication.provenance(page)
    return provenance.changed if provenance else None


def _lines(text: str, separator: str) -> str:
    return "\n".join(word.strip() for word in text.split(separator) if word.strip())


def makers(site: Site, info: PackageInfo) -> list[Bilingual]:
    """Who compiled the data: whoever runs the site, or else everybody whom the package names."""
    if site.organisation:
        return [site.organisation]
    return [one.name for one in info.contributors if one.name]


def publisher(site: Site, info: PackageInfo) -> Bilingual:
    """Who publishes the data; where nobody is named, the site itself by its name."""
    return next(iter(makers(site, info)), site.name)
