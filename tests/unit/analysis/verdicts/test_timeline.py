"""The timeline: what happened when, in order, grouped where a year holds too much."""

from __future__ import annotations

import dataclasses
import datetime as dt

from plansite.analysis.verdicts.assess import assess
from plansite.analysis.verdicts.commitments import CommitmentAssessment
from plansite.analysis.verdicts.timeline import (
    MOST_DATES,
    Event,
    EventKind,
    Timeline,
    YearEvents,
    plan_timeline,
    task_timeline,
)
from plansite.data.validation.read_package import read_package
from plansite.model import Observation, PartialDate, Plan, ProgressReport
from tests.support.library_package import AS_OF, library_plan
from tests.support.paths import PACKAGE


def whole(plan: Plan, day: dt.date = AS_OF) -> Timeline:
    return plan_timeline(plan, assess(plan, day))


def events(timeline: Timeline, kind: EventKind) -> list[Event]:
    years = timeline.past + timeline.future
    return [event for year in years for event in year.events if event.kind is kind]


def test_every_target_commitment_and_report_stands_on_it_once() -> None:
    plan = library_plan()
    timeline = whole(plan)
    for kind, rows in (
        (EventKind.TARGETS, len(plan.targets)),
        (EventKind.REPORTS, len(plan.progress_reports)),
        (EventKind.DUE, sum(row.due is not None for row in plan.commitments)),
    ):
        assert sum(len(event.items) for event in events(timeline, kind)) == rows
    assert len(timeline.undated) == sum(row.due is None for row in plan.commitments)


def test_values_stand_on_the_day_of_their_publication_if_they_are_for_a_target() -> None:
    shown = {
        (item.indicator_id, item.year, event.date.text)
        for event in events(whole(library_plan()), EventKind.VALUES)
        for item in event.items
        if isinstance(item, Observation)
    }
    assert ("L01", 2025, "2026-03-18") in shown
    assert ("L01", 2025, "2026-04-10") in shown, "a second source's value has its own day"
    assert not [row for row in shown if row[0] == "L08"], "context indicators have no target"
    assert ("L01", 2023, "2024-03-14") not in shown, "2023 has no target"
    assert ("L04", 2025, "2026") not in shown, "what is not comparable answers no target"


def test_years_and_dates_run_forward_and_split_at_the_day_of_the_build() -> None:
    timeline = whole(library_plan())
    for side in (timeline.past, timeline.future):
        assert [year.year for year in side] == sorted({year.year for year in side})
        for year in side:
            dates = [event.date.last_day for event in year.events]
            assert dates == sorted(dates)
    assert all(e.date.last_day < AS_OF for y in timeline.past for e in y.events if e.kind == "due")
    ahead = [event for year in timeline.future for event in year.events]
    assert {event.kind for event in ahead} == {EventKind.TARGETS, EventKind.DUE}
    assert all(event.date.last_day >= AS_OF for event in ahead)


def test_the_real_plans_undated_commitments_are_one_group() -> None:
    plan = read_package(PACKAGE).plan
    assert plan is not None
    timeline = whole(plan)
    assert len(timeline.undated) == 35
    assert events(timeline, EventKind.DUE) == []
    assert [len(event.items) for event in events(timeline, EventKind.TARGETS)] == [6, 6, 13]
    assert timeline.future == []


def test_a_year_with_many_dates_is_told_as_one() -> None:
    plan = library_plan()
    report = plan.progress_reports[0]

    def on(day: int) -> ProgressReport:
        date = PartialDate.parse(f"2025-07-{day:02}")
        return dataclasses.replace(report, report_id=f"n{day}", date=date)

    for count, shown in ((MOST_DATES, MOST_DATES), (MOST_DATES + 1, 1)):
        reports = tuple(on(day) for day in range(1, count + 1))
        found = events(
            whole(dataclasses.replace(plan, progress_reports=reports)), EventKind.REPORTS
        )
        assert len(found) == shown
        assert sum(len(event.items) for event in found) == count
    assert found[0].date.text == "2025"


def test_a_tasks_timeline_holds_its_own_and_nothing_else() -> None:
    plan = library_plan()
    timeline = task_timeline("t3", plan, assess(plan, AS_OF))
    due = [item for event in events(timeline, EventKind.DUE) for item in event.items]
    assert len(due) == 2
    reports = [item for event in events(timeline, EventKind.REPORTS) for item in event.items]
    assert [row.report_id for row in reports if isinstance(row, ProgressReport)] == ["r6"]
    values = [item for event in events(timeline, EventKind.VALUES) for item in event.items]
    assert {row.indicator_id for row in values if isinstance(row, Observation)} == {"L07"}


def test_a_plan_without_anything_has_no_timeline() -> None:
    empty = dataclasses.replace(
        library_plan(), targets=(), observations=(), commitments=(), progress_reports=()
    )
    assert not whole(empty)
    assert whole(library_plan())


def test_due_dates_of_one_year_stay_on_their_side_of_the_day_of_the_build() -> None:
    plan = library_plan()
    months = range(1, 2 * MOST_DATES + 3)
    rows = tuple(
        dataclasses.replace(
            plan.commitments[0],
            commitment_id=f"n{month}",
            due=PartialDate.parse(f"2026-{month:02}"),
        )
        for month in months
    )
    timeline = whole(
        dataclasses.replace(plan, commitments=rows, progress_reports=()), dt.date(2026, 5, 15)
    )

    def due(side: list[YearEvents]) -> list[str]:
        found = [e for year in side for e in year.events if e.kind is EventKind.DUE]
        return [
            item.commitment.commitment_id
            for event in found
            for item in event.items
            if isinstance(item, CommitmentAssessment)
        ]

    assert due(timeline.past) == ["n1", "n2", "n3", "n4"]
    assert due(timeline.future) == [f"n{month}" for month in months if month > 4]
