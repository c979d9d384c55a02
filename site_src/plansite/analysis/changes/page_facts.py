"""Lists the facts that each page rests on: those with which its content would change."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plansite.analysis.changes.provenance import Fact, corrections_of, whole
from plansite.model import Plan, urls
from plansite.model.contract import CONTRACT
from plansite.model.urls.page_address import PageKind, parse_address

PROSE = (
    *(urls.METHODOLOGY, urls.PROBLEMS, urls.GLOSSARY),
    *(urls.SEARCH, urls.SUBMIT, urls.ABOUT),
)
"""Pages that explain and are not made of data."""


def facts_shown_on(address: str, plan: Plan) -> list[Fact]:
    """The facts that a page rests on by itself, by its address.

    Indicators, tasks, agencies, years and tables rest on their own rows and on those that they
    name; prose and releases rest on none, every other page on the whole package.
    """
    page = parse_address(address)
    if address in PROSE or page.kind is PageKind.RELEASE:
        return []
    if page.record in plan.retired_ids:
        return [("retired", "retired_id", page.id)]
    makers: dict[PageKind, Callable[[str, Plan], Iterator[Fact]]] = {
        PageKind.INDICATOR: _indicator_facts,
        PageKind.TASK: _task_facts,
        PageKind.AGENCY: _agency_facts,
        PageKind.YEAR: _year_facts,
        PageKind.DATA: _table_facts,
    }
    make = makers.get(page.kind)
    if make is None or not page.id:
        return [whole(table) for table in CONTRACT]
    return list(make(page.id, plan))


def pages_shown_on(address: str, plan: Plan) -> list[str]:
    """The pages whose facts a page rests on too: an agency's on those of its tasks.

    Many agencies have one task, and each fact of it would otherwise be asked for by each of them.
    """
    page = parse_address(address)
    if page.kind is not PageKind.AGENCY or not page.id or page.record in plan.retired_ids:
        return []
    return [urls.task(task.task_id) for task in plan.tasks_of(page.id)]


def _indicator_facts(indicator_id: str, plan: Plan) -> Iterator[Fact]:
    """An indicator, what was aimed at and published, the sources, and those that explain it."""
    indicator = plan.indicator[indicator_id]
    for explained in (indicator, *plan.context_of(indicator_id)):
        yield from series_facts(explained.indicator_id, plan)
    if indicator.task_id is not None:
        yield "task_agencies", "task_id", indicator.task_id


def series_facts(indicator_id: str, plan: Plan) -> Iterator[Fact]:
    """An indicator's own values and targets, and their sources."""
    for table in ("indicators", "targets", "observations"):
        yield table, "indicator_id", indicator_id
        yield corrections_of(table, indicator_id)
    for target in plan.targets_of(indicator_id).values():
        yield from _source_facts(target.source_id)
    for row in plan.observations_of(indicator_id):
        yield from _source_facts(row.source_id)


def _source_facts(source_id: str) -> Iterator[Fact]:
    """A source, and what was corrected of it, which is marked wherever the source is named."""
    yield "sources", "source_id", source_id
    yield corrections_of("sources", source_id)


def _task_facts(task_id: str, plan: Plan) -> Iterator[Fact]:
    """A task, who answers for it, its indicators, its commitments and what was reported."""
    yield "themes", "theme_id", plan.task[task_id].theme_id
    for table in ("tasks", "task_agencies", "indicators", "commitments", "progress_reports"):
        yield table, "task_id", task_id
    yield corrections_of("tasks", task_id)
    yield corrections_of("task_agencies", task_id)
    for commitment in plan.commitments_of(task_id):
        yield corrections_of("commitments", commitment.commitment_id)
    for agency, _ in plan.agencies_of(task_id):
        yield "agencies", "agency_id", agency.agency_id
    for indicator in plan.indicators_of(task_id):
        yield from series_facts(indicator.indicator_id, plan)
    for report in plan.reports_of(task_id):
        yield from _source_facts(report.source_id)
        yield corrections_of("progress_reports", report.report_id)


def _agency_facts(agency_id: str, plan: Plan) -> Iterator[Fact]:
    """An agency, and that it answers for its tasks."""
    yield "agencies", "agency_id", agency_id
    yield "task_agencies", "agency_id", agency_id


def _table_facts(table: str, plan: Plan) -> Iterator[Fact]:
    """A table and the sources that it names; one that is made of the package's, all of those."""
    if table not in CONTRACT:
        yield from map(whole, CONTRACT)
        return
    yield whole(table)
    if any(other == "sources" for _, other, _ in CONTRACT[table].foreign_keys):
        yield whole("sources")


def _year_facts(year: str, plan: Plan) -> Iterator[Fact]:
    """A year's targets, what was published for it, and the baselines that verdicts count from."""
    yield "targets", "year", year
    yield "observations", "year", year
    if not plan.targets_for(int(year)):  # all withdrawn, which the page is about
        yield whole("corrections")
    for target in plan.targets_for(int(year)):
        indicator = plan.indicator[target.indicator_id]
        yield "indicators", "indicator_id", indicator.indicator_id
        yield "sources", "source_id", target.source_id
        if indicator.baseline_year is not None:
            yield "observations", "year", str(indicator.baseline_year)
