"""What happened when: target years, commitments due, progress reports and published values.

Events stand at dates as precise as they are known and are grouped by year, so that a plan of any
size gives a timeline that can be read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from plansite.analysis.verdicts.assess import Assessment, Assessments
from plansite.analysis.verdicts.commitments import CommitmentAssessment
from plansite.model import Comparability, Observation, PartialDate, Plan, ProgressReport

MOST_DATES = 4
"""Events of one kind that a year shows one by one; more are told together."""


class EventKind(StrEnum):
    """What happened on a date."""

    REPORTS = "reports"
    VALUES = "values"
    DUE = "due"
    TARGETS = "targets"


Item = Assessment | CommitmentAssessment | ProgressReport | Observation


@dataclass(frozen=True)
class Event:
    """Things of one kind on one date; ``items`` are all of the class that the kind says."""

    kind: EventKind
    date: PartialDate
    items: tuple[Item, ...]


@dataclass(frozen=True)
class YearEvents:
    """A year's events in order."""

    year: int
    events: list[Event]


@dataclass(frozen=True)
class Timeline:
    """Events up to a day and after it, and the commitments that have no date at all."""

    past: list[YearEvents]
    future: list[YearEvents]
    undated: list[CommitmentAssessment]

    def __bool__(self) -> bool:
        return bool(self.past or self.future or self.undated)


def plan_timeline(plan: Plan, assessments: Assessments) -> Timeline:
    """The whole plan's timeline."""
    return _timeline(
        plan,
        assessments.as_of,
        assessments.indicators,
        assessments.commitments,
        plan.progress_reports,
    )


def task_timeline(task_id: str, plan: Plan, assessments: Assessments) -> Timeline:
    """One task's timeline: its indicators, commitments and reports."""
    indicators = plan.indicators_of(task_id)
    return _timeline(
        plan,
        assessments.as_of,
        [row for indicator in indicators for row in assessments.of(indicator.indicator_id)],
        assessments.of_task(task_id),
        plan.reports_of(task_id),
    )


def _timeline(
    plan: Plan,
    as_of: dt.date,
    rows: Iterable[Assessment],
    commitments: Iterable[CommitmentAssessment],
    reports: Iterable[ProgressReport],
) -> Timeline:
    judged = [row for row in rows if row.target is not None]
    commitments = list(commitments)
    dated: list[tuple[EventKind, PartialDate, Item]] = []
    dated += [(EventKind.TARGETS, PartialDate.parse(f"{row.year:04}"), row) for row in judged]
    dated += [(EventKind.VALUES, row.published, row) for row in _values(judged, plan)]
    dated += [(EventKind.REPORTS, row.date, row) for row in reports]
    dated += [(EventKind.DUE, c.commitment.due, c) for c in commitments if c.commitment.due]
    return Timeline(
        past=_by_year(_grouped(event for event in dated if not _ahead(event[0], event[1], as_of))),
        future=_by_year(_grouped(event for event in dated if _ahead(event[0], event[1], as_of))),
        undated=[row for row in commitments if row.commitment.due is None],
    )


def _values(judged: Iterable[Assessment], plan: Plan) -> Iterable[Observation]:
    """Every comparable value for a year that has a target, whichever source gives it."""
    for row in judged:
        for value in plan.observations_of(row.indicator_id):
            if value.year == row.year and value.comparability is Comparability.SAME:
                yield value


def _ahead(kind: EventKind, date: PartialDate, as_of: dt.date) -> bool:
    """Whether a year or date has not passed; what was published has, however vague its date."""
    return kind in (EventKind.TARGETS, EventKind.DUE) and date.last_day >= as_of


def _grouped(dated: Iterable[tuple[EventKind, PartialDate, Item]]) -> list[Event]:
    """One event for each kind and date, in order; for each kind and year where there are many."""
    groups: dict[tuple[int, EventKind], dict[PartialDate, list[Item]]] = {}
    for kind, date, item in dated:
        year = groups.setdefault((date.first_day.year, kind), {})
        year.setdefault(date, []).append(item)
    events = []
    for (year_number, kind), days in groups.items():
        if len(days) > MOST_DATES:
            whole = tuple(item for items in days.values() for item in items)
            events.append(Event(kind, PartialDate.parse(f"{year_number:04}"), whole))
        else:
            events += [Event(kind, date, tuple(items)) for date, items in days.items()]
    order = list(EventKind)
    return sorted(events, key=lambda e: (e.date.last_day, e.date.first_day, order.index(e.kind)))


def _by_year(events: Iterable[Event]) -> list[YearEvents]:
    years: dict[int, list[Event]] = {}
    for event in events:
        years.setdefault(event.date.first_day.year, []).append(event)
    return [YearEvents(year, years[year]) for year in sorted(years)]
