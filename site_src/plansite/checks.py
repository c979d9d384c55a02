"""Rules that no single table can hold: what the tables must say together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from plansite.contract import CONTRACT
from plansite.model import (
    Access,
    Bilingual,
    Comparator,
    PartialDate,
    Plan,
    Role,
    Target,
)
from plansite.package import Reading
from plansite.problems import Problem
from plansite.series import leading_value, values_by_year


def check_plan(reading: Reading, as_of: dt.date) -> list[Problem]:
    """Every problem that the tables have together, as of a day.

    Args:
        reading: a package that was read without blockers.
        as_of: nothing published may be later than this.
    """
    plan = reading.plan
    assert plan is not None
    return [
        *_check_pairs(reading, plan),
        *_check_indicators(reading, plan),
        *_check_targets(reading, plan),
        *_check_dates(reading, plan, as_of),
        *_check_reports(reading, plan),
        *_check_sources(reading, plan),
    ]


def _check_pairs(reading: Reading, plan: Plan) -> Iterator[Problem]:
    """Optional texts stand in both languages or in neither."""
    for table in reading.row_numbers:
        key_fields = CONTRACT[table].primary_key
        for record in getattr(plan, table):
            for name, value in vars(record).items():
                if isinstance(value, Bilingual) and not (value.zh and value.en):
                    key = tuple(_plain(getattr(record, field)) for field in key_fields)
                    missing = f"{name}_en" if value.zh else f"{name}_zh"
                    yield reading.problem("one-language", table, key, field=missing)


def _plain(value: object) -> object:
    return value.text if isinstance(value, PartialDate) else value


def _check_indicators(reading: Reading, plan: Plan) -> Iterator[Problem]:
    for indicator in plan.indicators:
        key = (indicator.indicator_id,)
        is_context = indicator.role is Role.CONTEXT
        if not is_context and not plan.targets_of(indicator.indicator_id):
            yield reading.problem(
                "no-target", "indicators", key, field="indicator_id", value=indicator.indicator_id
            )
        if is_context and indicator.task_id is None and indicator.related_indicator_id is None:
            yield reading.problem("context-link", "indicators", key, field="task_id")
        year = indicator.baseline_year
        if year is not None:
            rows = values_by_year(indicator.indicator_id, plan).get(year, [])
            if leading_value(rows, plan) is None:
                yield reading.problem(
                    "baseline-value", "indicators", key, field="baseline_year", value=str(year)
                )


def _check_targets(reading: Reading, plan: Plan) -> Iterator[Problem]:
    for target in plan.targets:
        key = (target.indicator_id, target.year)
        if plan.indicator[target.indicator_id].role is Role.CONTEXT:
            yield reading.problem(
                "context-target", "targets", key, field="indicator_id", value=target.indicator_id
            )
        details = _upper_value_fault(target)
        if details is not None:
            upper = None if target.upper_value is None else str(target.upper_value)
            yield reading.problem(
                "upper-value", "targets", key, field="upper_value", value=upper, details=details
            )


def _upper_value_fault(target: Target) -> dict[str, str] | None:
    between, upper = target.comparator is Comparator.BETWEEN, target.upper_value
    if between and upper is None:
        zh, en = "between 需要 upper_value。", "Between needs an upper_value."
    elif between and upper is not None and upper < target.value:
        zh, en = "upper_value 不应小于 value。", "The upper_value should not be below value."
    elif not between and upper is not None:
        zh, en = "只有 between 使用 upper_value。", "Only between has an upper_value."
    else:
        return None
    return {"expectation_zh": zh, "expectation_en": en}


def _check_dates(reading: Reading, plan: Plan, as_of: dt.date) -> Iterator[Problem]:
    details = {"as_of": as_of.isoformat()}
    for row in plan.observations:
        key = (row.indicator_id, row.year, row.source_id, row.published.text)
        table, published = "observations", row.published.text
        if row.year > row.published.last_day.year:
            yield reading.problem(
                "future-year",
                table,
                key,
                field="year",
                value=str(row.year),
                details={"published": published},
            )
        elif row.published.first_day > as_of:
            yield reading.problem(
                "later-value", table, key, field="published", value=published, details=details
            )
    for report in plan.progress_reports:
        if report.date.first_day > as_of:
            yield reading.problem(
                "later-report",
                "progress_reports",
                (report.report_id,),
                field="date",
                value=report.date.text,
                details=details,
            )


def _check_reports(reading: Reading, plan: Plan) -> Iterator[Problem]:
    task_of = {row.commitment_id: row.task_id for row in plan.commitments}
    for report in plan.progress_reports:
        expected = task_of.get(report.commitment_id or "", report.task_id)
        if expected != report.task_id:
            yield reading.problem(
                "report-task",
                "progress_reports",
                (report.report_id,),
                field="task_id",
                value=report.task_id,
                details={"expected": expected},
            )


def _check_sources(reading: Reading, plan: Plan) -> Iterator[Problem]:
    for source in plan.sources:
        has_link = (source.url or "").startswith(("http://", "https://"))
        if source.access is Access.DIRECT and not has_link:
            yield reading.problem(
                "source-link", "sources", (source.source_id,), field="url", value=source.url
            )
