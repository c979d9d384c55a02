"""Dates: whether they can be at all, and whether they go together.

How far a date may lie from the plan follows from the plan's own years, those of its targets.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from plansite.data.cells.date_hints import SERIAL_ORIGIN
from plansite.data.validation.read_package import PackageReport
from plansite.model import Observation, PartialDate, Plan, ReleaseStatus
from plansite.model.contract import YEARS
from plansite.model.problems import Problem

MOST_YEARS_BEFORE = 15
"""Years before the first target from which a year is more likely a slip of the finger."""


@dataclass(frozen=True)
class _Reach:
    """How many years a date may lie before the plan's first and after its last year.

    Beyond ``asked`` somebody has to look, beyond ``refused`` it cannot be.
    """

    asked: tuple[int, int]
    refused: tuple[int, int]


DONE = _Reach(asked=(5, MOST_YEARS_BEFORE), refused=(MOST_YEARS_BEFORE, 50))
"""What the plan wants done: targets may begin years after the plan, and aims may lie far ahead."""
PUBLISHED = _Reach(asked=(MOST_YEARS_BEFORE, MOST_YEARS_BEFORE), refused=(100, 50))
"""What was published or noted: a plan may cite what is old, and is told of long after."""
REACHES = {
    ("commitments", "due"): DONE,
    ("progress_reports", "date"): DONE,
    ("sources", "published"): PUBLISHED,
    ("sources", "accessed"): PUBLISHED,
    ("observations", "published"): PUBLISHED,
    ("corrections", "date"): PUBLISHED,
    ("retired", "date"): PUBLISHED,
}


def check_dates(reading: PackageReport, plan: Plan, as_of: dt.date) -> Iterator[Problem]:
    """Yield the dates and years that cannot be, or contradict each other."""
    years = plan.years or (as_of.year,)
    yield from _check_reaches(reading, plan, years[0], years[-1])
    for row in plan.observations:
        yield from _check_observation(reading, plan, row, as_of, years[0])
    yield from _check_sources(reading, plan)
    yield from _check_reports(reading, plan, as_of)
    yield from _check_baselines(reading, plan)


def _check_reaches(reading: PackageReport, plan: Plan, first: int, last: int) -> Iterator[Problem]:
    """Yield the dates that lie too far from the plan's years."""
    for (table, field), reach in REACHES.items():
        for record in getattr(plan, table):
            date = getattr(record, field)
            if date is not None and (found := _distance(date, reach, first, last)):
                code, hints = found
                details = {"first": str(first), "last": str(last), **hints}
                yield reading.problem(
                    code, table, record, field=field, value=date.text, details=details
                )


def _distance(
    date: PartialDate, reach: _Reach, first: int, last: int
) -> tuple[str, dict[str, str]] | None:
    """What is to be said of a date that lies too far from the plan's years, with a hint."""
    before, after = first - date.last_day.year, date.first_day.year - last
    # A year typed into a cell that makes dates becomes a day of 1905.
    serial = (date.first_day - SERIAL_ORIGIN).days
    is_one_day = date.first_day == date.last_day
    if is_one_day and serial in YEARS and before > DONE.refused[0]:
        hints = {
            "hint_zh": f"；像是 Excel 把 {serial} 当作日期写成了这一天",
            "hint_en": f"; it looks like {serial}, which Excel took for a day",
        }
        return "far-date", hints
    hints = {"hint_zh": "", "hint_en": ""}
    if before > reach.refused[0] or after > reach.refused[1]:
        return "far-date", hints
    return ("distant-date", hints) if before > reach.asked[0] or after > reach.asked[1] else None


def _check_observation(
    reading: PackageReport, plan: Plan, row: Observation, as_of: dt.date, first: int
) -> Iterator[Problem]:
    """Yield what is wrong with the year, the dates and the status of a value."""
    year, published = str(row.year), row.published

    def problem(code: str, field: str, value: str, **details: str) -> Problem:
        """A problem of this row."""
        return reading.problem(code, "observations", row, field=field, value=value, details=details)

    if row.year > published.last_day.year:
        yield problem("future-year", "year", year, published=published.text)
        return
    if row.year < first - MOST_YEARS_BEFORE:
        yield problem("early-year", "year", year, first=str(first))
    if published.first_day > as_of:
        yield problem("later-value", "published", published.text, as_of=as_of.isoformat())
        return
    end = dt.date(row.year, 12, 31)
    is_running = as_of < end
    is_early = published.last_day < end and row.note is None
    if row.release_status is ReleaseStatus.FINAL and (is_running or is_early):
        yield problem("final-early", "release_status", row.release_status, year=year)
    source = plan.source[row.source_id].published
    if source is not None and published.is_before(source):
        yield problem("source-later", "published", published.text, source=source.text)


def _check_sources(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    for source in plan.sources:
        seen, published = source.accessed, source.published
        if seen is not None and published is not None and seen.is_before(published):
            details = {"published": published.text}
            yield reading.problem(
                "accessed-early",
                "sources",
                source,
                field="accessed",
                value=seen.text,
                details=details,
            )


def _check_reports(reading: PackageReport, plan: Plan, as_of: dt.date) -> Iterator[Problem]:
    """Yield the reports dated after the day or their source, or before the plan."""
    begun = _beginning(plan)
    for report in plan.progress_reports:
        date, source = report.date, plan.source[report.source_id].published
        if date.first_day > as_of:
            code, details = "later-report", {"as_of": as_of.isoformat()}
        elif source is not None and source.is_before(date):
            code, details = "report-source", {"published": source.text}
        elif begun is not None and date.last_day < begun:
            code, details = "report-early", {"begun": begun.isoformat()}
        else:
            continue
        yield reading.problem(
            code,
            "progress_reports",
            report,
            field="date",
            value=date.text,
            details=details,
        )


def _beginning(plan: Plan) -> dt.date | None:
    """The day before which nothing can be reported of a plan; ``None`` where nobody knows it.

    It is the first of the plan's publication and of its first year with a target.
    """
    cited = {target.source_id for target in plan.targets}
    published = [plan.source[source_id].published for source_id in cited]
    known = [date.first_day for date in published if date is not None]
    if not plan.years or not known:
        return None
    return min(*known, dt.date(plan.years[0], 1, 1))


def _check_baselines(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    for indicator in plan.indicators:
        year, targets = indicator.baseline_year, plan.targets_of(indicator.indicator_id)
        if year is not None and targets and year >= min(targets):
            yield reading.problem(
                "baseline-late",
                "indicators",
                indicator,
                field="baseline_year",
                value=str(year),
                details={"first": str(min(targets))},
            )
