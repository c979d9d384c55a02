"""All pages of the site in one language."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from plansite import urls
from plansite.assess import LIMITED_FROM, NEARLY_FROM, PARTLY_FROM
from plansite.cell_words import CellWords
from plansite.checksums import digest
from plansite.citation import cite
from plansite.corrected import Corrected
from plansite.counts import counted, tally, tell_commitments, tell_targets
from plansite.model import (
    Agency,
    CommitmentVerdict,
    Comparator,
    Indicator,
    Language,
    Observation,
    PartialDate,
    Plan,
    Role,
    Verdict,
)
from plansite.pages.commits import commit_link
from plansite.pages.compared import disputed_years
from plansite.pages.glossary import glossary
from plansite.pages.grid import make_grid
from plansite.pages.home import home_content
from plansite.pages.listing import list_rows
from plansite.pages.page import Page
from plansite.pages.reference import list_problems
from plansite.pages.renderer import CompiledTemplates, Renderer, template_environment
from plansite.pages.retirement import successor_of
from plansite.pages.row_links import RowLinks, TidyTable
from plansite.pages.views import Views, by_wording
from plansite.problems import Severity
from plansite.publication import Publication
from plansite.ratios import index_years, ratio_series
from plansite.timeline import task_timeline
from plansite.words import Words

_MOST_MULTIPLES = 24
"""Indicators that an agency's page draws; others stand in a table."""
_MOST_LISTED = 3
"""Events of one date that a timeline names one by one."""
_GRID_ROWS = 200
"""Indicators in the grid of all years."""


def generate_pages(
    publication: Publication,
    language: Language,
    sources: Path,
    tidy: Sequence[TidyTable] = (),
    compiled: CompiledTemplates | None = None,
) -> Iterator[Page]:
    """Every page in one language.

    Args:
        publication: the plan with its verdicts and warnings, and the site that it stands on.
        language: the pages' language.
        sources: the folder with ``templates`` and ``content``.
        tidy: the tables that are made of the package's; each gets a page.
        compiled: templates that need not be compiled again.
    """
    plan, assessments = publication.plan, publication.assessments
    views = Views(plan, assessments)
    renderer = _renderer(publication, language, sources, compiled, views)
    home = home_content(publication, views, language)
    yield renderer.page("home.md", urls.HOME, **home, releases=values_by_release(plan))
    yield from _overviews(renderer, publication, views)
    yield from _indicators(renderer, plan, views)
    for task in plan.tasks:
        timeline = task_timeline(task.task_id, plan, assessments)
        address = urls.task(task.task_id)
        yield renderer.page("task.md", address, view=views.task(task), timeline=timeline)
    yield from _agencies(renderer, plan, views)
    yield from _years(renderer, plan, views)
    yield from _tables(renderer, publication, tidy)
    yield from _retired(renderer, plan)
    yield renderer.page("search.md", urls.SEARCH)
    yield renderer.page("submit.md", urls.SUBMIT)
    yield renderer.page("about.md", urls.ABOUT)


def generate_embeds(
    publication: Publication,
    language: Language,
    sources: Path,
    compiled: CompiledTemplates | None = None,
) -> Iterator[tuple[str, str]]:
    """Every indicator's embedded page as (address from the site's root, HTML).

    They have no menu and no script, and don't go through the engine. For the arguments see
    :func:`generate_pages`.
    """
    views = Views(publication.plan, publication.assessments)
    told = dataclasses.replace(publication, history=None)  # they say nothing of it
    renderer = _renderer(told, language, sources, compiled, views)
    for indicator in publication.plan.indicators:
        view = views.indicator(indicator.indicator_id)
        yield renderer.embed(indicator.indicator_id, view=view)


def _renderer(
    publication: Publication,
    language: Language,
    sources: Path,
    compiled: CompiledTemplates | None,
    views: Views,
) -> Renderer:
    plan, assessments = publication.plan, publication.assessments
    words = Words(language)
    return Renderer(
        template_environment([sources / "templates", sources / "content" / language], compiled),
        plan,
        publication.narrator(language),
        words,
        publication.provenance,
        site=publication.site,
        cite=partial(cite, publication.site, plan.info, assessments.as_of, language),
        latest_changes=publication.data_changes,
        has_feed=bool(publication.dated_changes),
        cells=CellWords(plan, words),
        row_links=RowLinks(publication),
        data_releases=publication.releases,
        commit_id=partial(commit_link, repository=publication.site.repository),
        corrected=Corrected(plan.corrections),
        views=views,
        as_of=assessments.as_of,
        tally=tally,
        **_telling(words),
        by_wording=by_wording,
        Role=Role,
        warnings=publication.warnings,
        thresholds={"nearly": NEARLY_FROM, "partly": PARTLY_FROM, "limited": LIMITED_FROM},
        comparators=list(Comparator),
        verdicts=list(Verdict),
        commitment_verdicts=list(CommitmentVerdict),
        overall=tally(assessments.indicators),
    )


def _telling(words: Words) -> dict[str, Any]:
    """Counts as sentences, and how much a page tells one by one."""
    return {
        "tell_targets": partial(tell_targets, words=words),
        "tell_commitments": partial(tell_commitments, words=words),
        "counted": partial(counted, words),
        "most_listed": _MOST_LISTED,
        "most_multiples": _MOST_MULTIPLES,
    }


def _overviews(renderer: Renderer, publication: Publication, views: Views) -> Iterator[Page]:
    plan, assessments = publication.plan, publication.assessments
    yield renderer.page("indicators.md", urls.INDICATORS, rows=list_rows(plan, views))
    series = [ratio_series(indicator, plan) for indicator in plan.indicators]
    yield renderer.page("compare.md", urls.COMPARE, series=series, span=index_years(series))
    promises = publication.news(renderer.language).commitments()
    yield renderer.page("tasks.md", urls.TASKS, promises=promises)
    yield renderer.page("agencies.md", urls.AGENCIES, agencies=agencies_by_mention(plan))
    yield renderer.page("years.md", urls.YEARS, grid=make_grid(views.promised(), _GRID_ROWS))
    yield renderer.page("plan.md", urls.PLAN)
    yield renderer.page("data.md", urls.DATA)
    yield renderer.page("methodology.md", urls.METHODOLOGY)
    yield renderer.page("glossary.md", urls.GLOSSARY, glossary=glossary())
    judged = [row.leading.source_id for row in assessments.indicators if row.target and row.leading]
    direct = sum(plan.source[source_id].link is not None for source_id in judged)
    cited = Counter(row.source_id for row in plan.observations)
    cited.update(row.source_id for row in plan.targets)
    yield renderer.page(
        "quality.md", urls.QUALITY, direct=direct, copies=len(judged) - direct, cited=cited
    )
    words = Words(renderer.language)
    kinds = [(severity, list_problems(severity, words)) for severity in Severity]
    yield renderer.page("problems.md", urls.PROBLEMS, problem_kinds=kinds)
    yield renderer.page(
        "updates.md",
        urls.UPDATES,
        releases=values_by_release(plan),
        retired=[(row, successor_of(row, plan)) for row in plan.retired],
    )
    yield renderer.page("releases.md", urls.RELEASES)
    for release in publication.releases.known:
        here = urls.release(release.date)
        files = [(path, len(content), digest(content)) for path, content in release.files]
        yield renderer.page("release.md", here, here=here, release=release, files=files)


def _tables(
    renderer: Renderer, publication: Publication, tidy: Sequence[TidyTable]
) -> Iterator[Page]:
    links = RowLinks(publication)
    found = [
        (one, links.shown(one.name), links.is_whole(one.name))
        for one in publication.plan.info.resources
    ]
    found += [(table[0], links.sample(table), False) for table in tidy]
    for resource, rows, is_whole in found:
        address = urls.resource(resource.name)
        yield renderer.page(
            "resource.md", address, resource=resource, table_rows=rows, is_whole=is_whole
        )


def _indicators(renderer: Renderer, plan: Plan, views: Views) -> Iterator[Page]:
    for indicator in plan.indicators:
        address = urls.indicator(indicator.indicator_id)
        related = views.context_of(indicator.indicator_id)
        view = views.indicator(indicator.indicator_id)
        disputed = disputed_years((row.values for row in view.rows), plan)
        yield renderer.page("indicator.md", address, view=view, related=related, disputed=disputed)


def _agencies(renderer: Renderer, plan: Plan, views: Views) -> Iterator[Page]:
    for agency in plan.agencies:
        tasks = [views.task(task) for task in plan.tasks_of(agency.agency_id)]
        yield renderer.page("agency.md", urls.agency(agency.agency_id), agency=agency, tasks=tasks)


def _years(renderer: Renderer, plan: Plan, views: Views) -> Iterator[Page]:
    for year in plan.years:
        rows = [(view, row) for view, row in views.judged() if row.year == year]
        yield renderer.page("year.md", urls.year(year), year=year, rows=rows)


def _retired(renderer: Renderer, plan: Plan) -> Iterator[Page]:
    """What became of ids that had a page."""
    for row in plan.retired:
        address = urls.of_record(row.resource, row.retired_id)
        if address is not None:
            yield renderer.page("retired.md", address, row=row, successor=successor_of(row, plan))


def agencies_by_mention(plan: Plan) -> list[Agency]:
    """Agencies in the order in which the plan's tasks first name them, then any others."""
    ordered: dict[str, Agency] = {}
    for task in plan.tasks:
        for agency, _ in plan.agencies_of(task.task_id):
            ordered.setdefault(agency.agency_id, agency)
    for agency in plan.agencies:
        ordered.setdefault(agency.agency_id, agency)
    return list(ordered.values())


def values_by_release(
    plan: Plan,
) -> list[tuple[PartialDate, str, list[tuple[Indicator, Observation]]]]:
    """Published values grouped by date and source, the latest first."""
    grouped: dict[tuple[PartialDate, str], list[tuple[Indicator, Observation]]] = {}
    for row in plan.observations:
        pair = (plan.indicator[row.indicator_id], row)
        grouped.setdefault((row.published, row.source_id), []).append(pair)
    keys = sorted(grouped, key=lambda key: (key[0].last_day, key[1]), reverse=True)
    return [(date, source_id, grouped[date, source_id]) for date, source_id in keys]
