"""What was never published: targets without a value, by indicator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plansite.analysis.verdicts.assess import Assessment, Assessments
from plansite.analysis.verdicts.tallies import reported
from plansite.model import Plan, Task, Verdict
from plansite.output.pages.content.views import IndicatorView


@dataclass(frozen=True)
class MissingValues:
    """An indicator and its target years without a published value; ``partial`` if it has others.

    Years whose publication lag has not passed are not among them.
    """

    view: IndicatorView
    rows: list[Assessment]
    partial: bool


def missing_values(views: Iterable[IndicatorView]) -> list[MissingValues]:
    """Indicators with overdue years: those without any value first, then the plan's order."""
    missing = []
    for view in views:
        rows = [row for row in view.judged if row.verdict is Verdict.OVERDUE]
        if rows:
            missing.append(MissingValues(view, rows, partial=len(rows) < len(view.judged)))
    return sorted(missing, key=lambda row: row.partial)


def unreported_tasks(plan: Plan, assessments: Assessments) -> list[tuple[Task, int]]:
    """Tasks with commitments that nothing was ever reported of, and how many those are."""
    unreported = []
    for task in plan.tasks:
        rows = assessments.of_task(task.task_id)
        unreported.append((task, len(rows) - reported(rows)))
    return [(task, count) for task, count in unreported if count]
