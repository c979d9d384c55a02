"""Languages, roles and targets: whether the tables go together."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.data.validation.read_package import PackageReport
from plansite.model import Bilingual, Comparator, Direction, Plan, Role, Target
from plansite.model.precedence import leading_value, values_by_year
from plansite.model.problems import Problem

CONTRARY = {
    Direction.UP: (Comparator.LE, Comparator.LT),
    Direction.DOWN: (Comparator.GE, Comparator.GT),
}
"""Comparators that would be met by getting worse."""


def check_tables(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield what the rows of several tables contradict each other in."""
    yield from _check_pairs(reading, plan)
    yield from _check_indicators(reading, plan)
    yield from _check_targets(reading, plan)
    yield from _check_reports(reading, plan)


def _check_pairs(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Optional texts stand in both languages or in neither."""
    for table in reading.row_numbers.rows:
        for record in getattr(plan, table):
            for name, value in vars(record).items():
                if isinstance(value, Bilingual) and not (value.zh and value.en):
                    missing = f"{name}_en" if value.zh else f"{name}_zh"
                    yield reading.problem("one-language", table, record, field=missing)


def _check_indicators(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield indicators without a target, a link or a baseline value that they need."""
    for indicator in plan.indicators:
        is_context = indicator.role is Role.CONTEXT
        if not is_context and not plan.targets_of(indicator.indicator_id):
            yield reading.problem(
                "no-target",
                "indicators",
                indicator,
                field="indicator_id",
                value=indicator.indicator_id,
            )
        if is_context and indicator.task_id is None and indicator.related_indicator_id is None:
            yield reading.problem("context-link", "indicators", indicator, field="task_id")
        year = indicator.baseline_year
        if year is not None:
            rows = values_by_year(indicator.indicator_id, plan).get(year, [])
            if leading_value(rows, plan) is None:
                yield reading.problem(
                    "baseline-value",
                    "indicators",
                    indicator,
                    field="baseline_year",
                    value=str(year),
                )


def _check_targets(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield targets that contradict their indicator's role or direction, or lack a bound."""
    for target in plan.targets:
        if plan.indicator[target.indicator_id].role is Role.CONTEXT:
            yield reading.problem(
                "context-target", "targets", target, field="indicator_id", value=target.indicator_id
            )
        if not _has_its_upper_value(target):
            upper = None if target.upper_value is None else str(target.upper_value)
            yield reading.problem(
                "upper-value", "targets", target, field="upper_value", value=upper
            )
        direction = plan.indicator[target.indicator_id].direction
        if target.comparator in CONTRARY.get(direction, ()):
            yield reading.problem(
                "direction",
                "targets",
                target,
                field="comparator",
                value=target.comparator,
                details={"direction": direction.value},
            )


def _has_its_upper_value(target: Target) -> bool:
    if target.comparator is not Comparator.BETWEEN:
        return target.upper_value is None
    return target.upper_value is not None and target.upper_value >= target.value


def _check_reports(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    task_of = {row.commitment_id: row.task_id for row in plan.commitments}
    for report in plan.progress_reports:
        expected = task_of.get(report.commitment_id or "", report.task_id)
        if expected != report.task_id:
            yield reading.problem(
                "report-task",
                "progress_reports",
                report,
                field="task_id",
                value=report.task_id,
                details={"expected": expected},
            )
