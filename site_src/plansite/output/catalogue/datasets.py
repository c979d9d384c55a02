"""What the catalogue describes: the whole plan's data, and each indicator's as a dataset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from plansite.analysis.publication import Publication
from plansite.analysis.verdicts.citation import authors
from plansite.model import Bilingual, Indicator, Language, PackageInfo, Source, urls
from plansite.model.site_settings import Site
from plansite.output.catalogue.descriptions import describe_indicator, describe_plan
from plansite.output.published_file import ListedFile

_MAKING = frozenset({"contributor", "maintainer", "wrangler"})
"""Roles by which Data Packages name those who took part; without any, somebody contributed."""


@dataclass(frozen=True)
class Dataset:
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


def datasets_of(
    publication: Publication, files: Iterable[ListedFile], indicators: Iterable[Indicator]
) -> list[Dataset]:
    """The whole plan's data first, then each indicator's.

    Args:
        publication: what is published.
        files: every file to take away; those about a task or an agency belong to the whole plan's
            data and are not listed one by one.
        indicators: those that are asked for.
    """
    plan = publication.plan
    tables = {urls.resource_csv(table.name) for table in plan.info.resources}
    grouped: dict[str, list[ListedFile]] = {}
    for file in files:
        if not file.subject or file.address in tables:
            grouped.setdefault("", []).append(file)
        elif file.address in urls.files_about("indicators", file.subject):
            grouped.setdefault(file.subject, []).append(file)
    return [
        _whole(publication, tuple(grouped.get("", ()))),
        *(
            _of_indicator(indicator, publication, tuple(grouped.get(indicator.indicator_id, ())))
            for indicator in indicators
        ),
    ]


def _whole(publication: Publication, files: tuple[ListedFile, ...]) -> Dataset:
    plan = publication.plan
    years = {row.year for row in plan.targets} | {row.year for row in plan.observations}
    words = "\n".join(plan.info.keywords)
    return Dataset(
        page=urls.DATA,
        name=plan.info.title,
        description=Bilingual(*(describe_plan(publication, language) for language in Language)),
        identifier=plan.info.name,
        measures=plan.indicators,
        years=_span(years),
        changed=_changed(publication, urls.DATA),
        sources=plan.sources,
        files=files,
        keywords=Bilingual(words, words),
    )


def _of_indicator(
    indicator: Indicator, publication: Publication, files: tuple[ListedFile, ...]
) -> Dataset:
    plan, key = publication.plan, indicator.indicator_id
    targets, values = plan.targets_of(key), plan.observations_of(key)
    named = [row.source_id for row in targets.values()] + [row.source_id for row in values]
    also = indicator.keywords
    return Dataset(
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


@dataclass(frozen=True)
class Agent:
    """Somebody who has to do with the data."""

    name: Bilingual
    is_organisation: bool = False
    """Whether that is known; a package's contributors may be people."""


def makers(site: Site, info: PackageInfo) -> list[Agent]:
    """Who compiled the data: whoever a citation names, or else who the package says took part.

    Whoever only pays for the data or publishes them did not make them.
    """
    if site.organisation:
        return [Agent(site.organisation, is_organisation=True)]
    took_part = [
        contributor.name
        for contributor in info.contributors
        if contributor.name and (not contributor.roles or _MAKING & set(contributor.roles))
    ]
    return [Agent(name) for name in authors(site, info) or took_part]


def publisher(site: Site, info: PackageInfo) -> Agent:
    """Who publishes the data; where nobody is named for that, the site by its name."""
    if site.organisation:
        return Agent(site.organisation, is_organisation=True)
    people = (person for person in info.contributors if person.name)
    named = (person.name for person in people if "publisher" in person.roles)
    return Agent(next(named, site.name))
