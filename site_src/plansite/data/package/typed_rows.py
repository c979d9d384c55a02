"""Rows that frictionless found right, as the model's records."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from plansite.model import (
    Access,
    Accumulation,
    Agency,
    Bilingual,
    Commitment,
    Comparability,
    Comparator,
    Correction,
    Direction,
    Indicator,
    Observation,
    PartialDate,
    PlanSection,
    ProgressReport,
    ProgressStatus,
    ReleaseStatus,
    Retirable,
    Retired,
    Role,
    SectionKind,
    Source,
    Strength,
    Target,
    Task,
    TaskAgency,
    Theme,
)
from plansite.model.contract import CONTRACT

Row = Mapping[str, Any]
_date = functools.lru_cache(maxsize=10_000)(PartialDate.parse)
"""Most values of a source share a date, and reading one costs more than the rest of the row."""


def _pair(row: Row, name: str) -> Bilingual:
    return Bilingual(row[f"{name}_zh"], row[f"{name}_en"])


def _optional_pair(row: Row, name: str) -> Bilingual | None:
    zh, en = row[f"{name}_zh"], row[f"{name}_en"]
    return Bilingual(zh or "", en or "") if zh or en else None


def _optional_date(row: Row, name: str) -> PartialDate | None:
    return _date(row[name]) if row[name] else None


def _agency(row: Row) -> Agency:
    return Agency(
        row["agency_id"],
        _pair(row, "name"),
        row["homepage"],
        _optional_pair(row, "note"),
        _optional_pair(row, "keywords"),
    )


def _theme(row: Row) -> Theme:
    return Theme(row["theme_id"], row["position"], _pair(row, "title"), row["numbering"])


def _task(row: Row) -> Task:
    return Task(
        row["task_id"],
        row["theme_id"],
        row["position"],
        _pair(row, "title"),
        _pair(row, "text"),
    )


def _task_agency(row: Row) -> TaskAgency:
    return TaskAgency(row["task_id"], row["agency_id"], row["position"], row["named_as"])


def _indicator(row: Row) -> Indicator:
    return Indicator(
        row["indicator_id"],
        Role(row["role"]),
        row["task_id"],
        row["position"],
        _pair(row, "name"),
        _pair(row, "unit"),
        Direction(row["direction"]),
        Accumulation(row["accumulation"]),
        row["decimals"],
        row["baseline_year"],
        row["publication_lag_days"],
        _optional_pair(row, "definition"),
        row["related_indicator_id"],
        _optional_pair(row, "keywords"),
    )


def _target(row: Row) -> Target:
    return Target(
        row["indicator_id"],
        row["year"],
        Comparator(row["comparator"]),
        row["value"],
        row["upper_value"],
        Strength(row["strength"]),
        row["wording_zh"],
        row["source_id"],
    )


def _observation(row: Row) -> Observation:
    return Observation(
        row["indicator_id"],
        row["year"],
        row["source_id"],
        _date(row["published"]),
        row["value"],
        ReleaseStatus(row["release_status"]),
        Comparability(row["comparability"]),
        _optional_pair(row, "note"),
    )


def _commitment(row: Row) -> Commitment:
    return Commitment(
        row["commitment_id"],
        row["task_id"],
        row["position"],
        _pair(row, "title"),
        row["wording_zh"],
        _optional_date(row, "due"),
    )


def _progress_report(row: Row) -> ProgressReport:
    return ProgressReport(
        row["report_id"],
        row["task_id"],
        row["commitment_id"],
        _date(row["date"]),
        ProgressStatus(row["progress_status"]),
        _pair(row, "text"),
        row["source_id"],
    )


def _source(row: Row) -> Source:
    return Source(
        row["source_id"],
        row["title"],
        row["publisher"],
        _optional_date(row, "published"),
        Access(row["access"]),
        row["url"],
        row["quote"],
        _optional_date(row, "accessed"),
        row["title_en"],
        row["publisher_en"],
        _optional_pair(row, "note"),
    )


def _correction(row: Row) -> Correction:
    return Correction(
        row["correction_id"],
        _date(row["date"]),
        row["resource"],
        row["row_key"],
        row["field"],
        row["old_value"] or "",
        row["new_value"] or "",
        _pair(row, "reason"),
    )


def _plan_section(row: Row) -> PlanSection:
    return PlanSection(
        row["section_id"],
        row["position"],
        SectionKind(row["kind"]),
        _pair(row, "heading"),
        _optional_pair(row, "text"),
        _optional_pair(row, "note"),
    )


def _retired(row: Row) -> Retired:
    return Retired(
        Retirable(row["resource"]),
        row["retired_id"],
        _date(row["date"]),
        _pair(row, "name"),
        _pair(row, "reason"),
        row["successor_id"],
    )


_MAKERS: dict[str, Callable[[Row], Any]] = {
    "agencies": _agency,
    "themes": _theme,
    "tasks": _task,
    "task_agencies": _task_agency,
    "indicators": _indicator,
    "targets": _target,
    "observations": _observation,
    "commitments": _commitment,
    "progress_reports": _progress_report,
    "sources": _source,
    "corrections": _correction,
    "plan_sections": _plan_section,
    "retired": _retired,
}

_IN_ORDER_OF_POSITION = frozenset({"themes", "tasks", "indicators", "plan_sections"})


def make_records(table: str, rows: Iterable[Row]) -> tuple[Any, ...]:
    """A table's records; tables with a position in that order, the others as written."""
    make = _MAKERS[table]
    absent = dict.fromkeys(CONTRACT[table].field_names)
    records = [make({**absent, **row}) for row in rows]
    if table in _IN_ORDER_OF_POSITION:
        records.sort(key=lambda record: record.position)
    return tuple(records)
