"""The pages that a plan has in one language: each by its address, made when it is asked for.

To list them costs next to nothing; what a page shows is gathered when the page is rendered.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from plansite.analysis.publication import Publication
from plansite.analysis.verdicts.ratios import index_years, ratio_series
from plansite.analysis.verdicts.timeline import task_timeline
from plansite.data.history.releases import Release
from plansite.model import Agency, Language, urls
from plansite.model.problems import Severity
from plansite.model.translations import Words
from plansite.model.urls.page_address import SEARCHED_KINDS
from plansite.output.pages.content.disputed_years import disputed_years
from plansite.output.pages.content.glossary import glossary
from plansite.output.pages.content.home import home_content
from plansite.output.pages.content.indicator_list import list_rows
from plansite.output.pages.content.overview_rows import agencies_by_mention, values_by_release
from plansite.output.pages.content.problem_reference import list_problems
from plansite.output.pages.content.retirement import successor_of, withdrawn_years
from plansite.output.pages.content.row_links import RowLinks, ShownRow, TidyTable
from plansite.output.pages.content.verdict_grid import make_grid
from plansite.output.pages.content.views import PageViews
from plansite.util.checksums import digest

_GRID_ROWS = 200
"""Indicators in the grid of all years."""

Content = Mapping[str, Any]
"""What a template wants beside what all of them share, by name."""
TidyTables = Callable[[], Sequence[TidyTable]]
"""Makes the tables of :data:`plansite.model.urls.TIDY`; asked only where a page shows them."""


@dataclass(frozen=True)
class PageSpec:
    """A page that can be rendered."""

    template: str
    address: str
    """That of its Chinese side, without leading slash."""
    content: Callable[[], Content] = dict
    """Gathers what the page shows."""


class PageIndex:
    """Lists the pages of one language."""

    def __init__(
        self,
        publication: Publication,
        language: Language,
        views: PageViews,
        links: RowLinks,
        tidy: TidyTables | None,
    ) -> None:
        """Take what pages are made of.

        Args:
            publication: the plan with its verdicts, on its site.
            language: the pages' language.
            views: of the same plan.
            links: of the same publication.
            tidy: makes the tables that are made of the package's; without it they have no pages.
        """
        self._publication = publication
        self._plan = publication.plan
        self._language = language
        self._views = views
        self._links = links
        self._tidy = tidy

    def pages(self) -> Iterator[PageSpec]:
        """Every page, in the site's order."""
        yield PageSpec("home.md", urls.HOME, self._home)
        yield from self._overviews()
        yield from self._records()
        for year in self._plan.years:
            yield PageSpec("year.md", urls.year(year), partial(self._year, year))
        for year, rows in withdrawn_years(self._plan).items():
            told = partial(dict[str, Any], year=year, corrections=rows)
            yield PageSpec("year_withdrawn.md", urls.year(year), told)
        yield from self._tables()
        yield from self._retired()
        yield PageSpec("search.md", urls.SEARCH, lambda: {"kinds": SEARCHED_KINDS})
        yield PageSpec("submit.md", urls.SUBMIT)
        yield PageSpec("about.md", urls.ABOUT)

    def _overviews(self) -> Iterator[PageSpec]:
        yield PageSpec("indicators.md", urls.INDICATORS, self._indicators)
        yield PageSpec("compare.md", urls.COMPARE, self._compare)
        yield PageSpec("tasks.md", urls.TASKS, self._tasks)
        yield PageSpec("agencies.md", urls.AGENCIES, self._agencies)
        yield PageSpec("years.md", urls.YEARS, self._years)
        yield PageSpec("plan.md", urls.PLAN)
        yield PageSpec("data.md", urls.DATA)
        yield PageSpec("methodology.md", urls.METHODOLOGY)
        yield PageSpec("glossary.md", urls.GLOSSARY, lambda: {"glossary": glossary()})
        yield PageSpec("quality.md", urls.QUALITY, self._quality)
        yield PageSpec("problems.md", urls.PROBLEMS, self._problems)
        yield PageSpec("updates.md", urls.UPDATES, self._updates)
        yield PageSpec("releases.md", urls.RELEASES)
        for release in self._publication.releases.known:
            yield PageSpec("release.md", urls.release(release.date), partial(_release, release))

    def _records(self) -> Iterator[PageSpec]:
        """Indicators, tasks and agencies, each with a page of its own."""
        plan = self._plan
        for indicator in plan.indicators:
            address = urls.indicator(indicator.indicator_id)
            yield PageSpec(
                "indicator.md", address, partial(self._indicator, indicator.indicator_id)
            )
        for task in plan.tasks:
            yield PageSpec("task.md", urls.task(task.task_id), partial(self._task, task.task_id))
        for agency in plan.agencies:
            address = urls.agency(agency.agency_id)
            yield PageSpec("agency.md", address, partial(self._agency, agency))

    def _tables(self) -> Iterator[PageSpec]:
        for table in self._plan.info.resources:
            yield PageSpec(
                "resource.md", urls.resource(table.name), partial(self._table, table.name)
            )
        for name in urls.TIDY if self._tidy is not None else ():
            yield PageSpec("resource.md", urls.resource(name), partial(self._tidy_table, name))

    def _retired(self) -> Iterator[PageSpec]:
        """What became of ids that had a page."""
        for row in self._plan.retired:
            address = urls.of_record(row.resource, row.retired_id)
            if address is not None:
                successor = successor_of(row, self._plan)
                yield PageSpec("retired.md", address, partial(dict, row=row, successor=successor))

    def _home(self) -> Content:
        content = home_content(self._publication, self._views, self._language)
        return {**content, "releases": values_by_release(self._plan)}

    def _indicators(self) -> Content:
        return {"rows": list_rows(self._plan, self._views)}

    def _compare(self) -> Content:
        series = [ratio_series(indicator, self._plan) for indicator in self._plan.indicators]
        return {"series": series, "span": index_years(series)}

    def _tasks(self) -> Content:
        return {"promises": self._publication.highlights(self._language).commitments()}

    def _agencies(self) -> Content:
        return {"agencies": agencies_by_mention(self._plan)}

    def _years(self) -> Content:
        return {"grid": make_grid(self._views.promised(), _GRID_ROWS)}

    def _quality(self) -> Content:
        plan = self._plan
        rows = self._publication.assessments.indicators
        judged = [row.leading.source_id for row in rows if row.target and row.leading]
        direct = sum(plan.source[source_id].link is not None for source_id in judged)
        cited = Counter(row.source_id for row in plan.observations)
        cited.update(row.source_id for row in plan.targets)
        return {"direct": direct, "copies": len(judged) - direct, "cited": cited}

    def _problems(self) -> Content:
        words = Words(self._language)
        return {
            "problem_kinds": [(severity, list_problems(severity, words)) for severity in Severity]
        }

    def _updates(self) -> Content:
        plan = self._plan
        retired = [(row, successor_of(row, plan)) for row in plan.retired]
        return {"releases": values_by_release(plan), "retired": retired}

    def _indicator(self, indicator_id: str) -> Content:
        view = self._views.indicator(indicator_id)
        return {
            "view": view,
            "related": self._views.context_of(indicator_id),
            "disputed": disputed_years((row.values for row in view.rows), self._plan),
        }

    def _task(self, task_id: str) -> Content:
        timeline = task_timeline(task_id, self._plan, self._publication.assessments)
        return {"view": self._views.task(self._plan.task[task_id]), "timeline": timeline}

    def _agency(self, agency: Agency) -> Content:
        tasks = [self._views.task(task) for task in self._plan.tasks_of(agency.agency_id)]
        return {"agency": agency, "tasks": tasks}

    def _year(self, year: int) -> Content:
        rows = [(view, row) for view, row in self._views.judged() if row.year == year]
        return {"year": year, "rows": rows}

    def _table(self, name: str) -> Content:
        [resource] = [table for table in self._plan.info.resources if table.name == name]
        rows, is_whole = self._links.shown(name), self._links.is_whole(name)
        return {"resource": resource, "table_rows": rows, "is_whole": is_whole}

    def _tidy_table(self, name: str) -> Content:
        resource, rows = self._samples[name]
        return {"resource": resource, "table_rows": rows, "is_whole": False}

    @functools.cached_property
    def _samples(self) -> dict[str, tuple[object, list[ShownRow]]]:
        """A few rows of each tidy table: all of them are not held."""
        assert self._tidy is not None, "without it they have no pages"
        return {table[0].name: (table[0], self._links.sample(table)) for table in self._tidy()}


def _release(release: Release) -> Content:
    files = [(path, len(content), digest(content)) for path, content in release.files]
    return {"here": urls.release(release.date), "release": release, "files": files}
