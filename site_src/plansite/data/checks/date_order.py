"""Dates whose order decides something and is open, because one is less precise than the other.

What the site then says follows a rule (see ``model/precedence.py`` and
``analysis/verdicts/commitments.py``); here somebody is asked for the precise date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from plansite.data.validation.read_package import PackageReport
from plansite.model import (
    Comparability,
    Observation,
    PartialDate,
    Plan,
    ProgressReport,
    ProgressStatus,
)
from plansite.model.precedence import decided_by, possibly_last, values_by_year
from plansite.model.problems import Problem


def check_date_order(reading: PackageReport, plan: Plan, as_of: dt.date) -> Iterator[Problem]:
    """Yield the rows whose dates leave open which of them counts."""
    for indicator in plan.indicators:
        for rows in values_by_year(indicator.indicator_id, plan).values():
            yield from _check_leading(reading, plan, rows)
    for commitment in plan.commitments:
        reports = plan.reports_on(commitment.commitment_id)
        known = [row for row in reports if row.date.first_day <= as_of]
        yield from _check_reports(reading, known, commitment.due)


def _check_leading(
    reading: PackageReport, plan: Plan, rows: Sequence[Observation]
) -> Iterator[Problem]:
    """Another value that could lead as well as the one that does."""
    first, *others = rows
    if first.comparability is not Comparability.SAME:
        return
    leaders = {row.source_id: row for row in reversed(rows)}
    for row in others:
        is_leader = row.source_id == first.source_id or leaders[row.source_id] is row
        if row.value == first.value or not is_leader:
            continue
        reason = decided_by(first, row, plan)
        if reason in ("precision", "identifier"):
            vaguer = max(row, first, key=_vagueness)
            other = first if vaguer is row else row
            code = "open-order" if reason == "precision" else "equal-order"
            yield _problem(reading, code, ("observations", vaguer, "published"), other)


def _vagueness(row: Observation) -> dt.timedelta:
    return row.published.last_day - row.published.first_day


def _check_reports(
    reading: PackageReport, reports: Sequence[ProgressReport], due: PartialDate | None
) -> Iterator[Problem]:
    """Yield the reports on a commitment that contradict, or do not settle, its completion."""
    completed = [row for row in reports if row.progress_status is ProgressStatus.COMPLETED]
    if not completed:
        yield from _check_latest(reading, reports)
        return
    done = min(completed, key=lambda row: row.date.last_day)
    for row in reports:
        if row.progress_status is not ProgressStatus.COMPLETED and done.date.is_before(row.date):
            place = ("progress_reports", row, "progress_status")
            yield _problem(reading, "undone", place, done)
    if due is not None and done.date.last_day > due.last_day:
        for row in completed:
            if not due.is_before(row.date):
                details = {"due": due.text}
                yield reading.problem(
                    "open-due",
                    "progress_reports",
                    row,
                    field="date",
                    value=row.date.text,
                    details=details,
                )


def _check_latest(reading: PackageReport, reports: Sequence[ProgressReport]) -> Iterator[Problem]:
    """Yield the reports that may be the last as well as the one before, and say something else."""
    for one, other in pairwise(possibly_last(reports)):
        if one.progress_status is not other.progress_status:
            code = "open-order" if one.date.is_open_to(other.date) else "equal-order"
            yield _problem(reading, code, ("progress_reports", other, "date"), one)


def _problem(
    reading: PackageReport, code: str, place: tuple[str, object, str], other: object
) -> Problem:
    """A problem of a cell, by its table, row and field, beside another row of the table."""
    table, row, field = place
    details = {"other_row": str(reading.row_numbers.of(table, other))}
    value = str(getattr(row, field))
    return reading.problem(code, table, row, field=field, value=value, details=details)
