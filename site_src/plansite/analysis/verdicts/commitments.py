"""Verdicts on commitments: what reports say of them. A pure function of plan and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from plansite.model import (
    Commitment,
    CommitmentVerdict,
    PartialDate,
    Plan,
    ProgressReport,
    ProgressStatus,
)
from plansite.model.precedence import possibly_last

_STATES = (ProgressStatus.NOT_STARTED, ProgressStatus.IN_PROGRESS, ProgressStatus.COMPLETED)
"""From the start on."""


@dataclass(frozen=True)
class CommitmentAssessment:
    """What can be said of a commitment, and the report that it rests on."""

    commitment: Commitment
    verdict: CommitmentVerdict
    report: ProgressReport | None


def assess_commitment(commitment: Commitment, plan: Plan, as_of: dt.date) -> CommitmentAssessment:
    """Judge a commitment by its reports that are not later than ``as_of``."""
    reports = plan.reports_on(commitment.commitment_id)
    known = [report for report in reports if report.date.first_day <= as_of]
    report = _completion(known, commitment.due) or _latest_report(known)
    return CommitmentAssessment(commitment, _commitment_verdict(commitment, report, as_of), report)


def _completion(
    reports: Sequence[ProgressReport], due: PartialDate | None
) -> ProgressReport | None:
    """The report by which a commitment was completed: the first one, if possible one in time.

    What is completed stays completed, whatever is reported later. It is late only where no report
    that says so can have been in time.
    """
    completed = [row for row in reports if row.progress_status is ProgressStatus.COMPLETED]
    in_time = [row for row in completed if due is None or not due.is_before(row.date)]
    return min(
        in_time or completed,
        key=lambda row: (row.date.last_day, row.date.first_day, row.report_id),
        default=None,
    )


def _latest_report(reports: Sequence[ProgressReport]) -> ProgressReport | None:
    """The last report, in order of ``newest_first``.

    Where the order is open because one date is less precise, or is one and the same day, the
    furthest state counts: what was begun is not taken for not begun.
    """
    return max(
        possibly_last(reports), key=lambda row: _STATES.index(row.progress_status), default=None
    )


def _commitment_verdict(
    commitment: Commitment, report: ProgressReport | None, as_of: dt.date
) -> CommitmentVerdict:
    due = commitment.due
    if report is not None and report.progress_status is ProgressStatus.COMPLETED:
        late = due is not None and due.is_before(report.date)
        return CommitmentVerdict.COMPLETED_LATE if late else CommitmentVerdict.COMPLETED
    if due is not None and as_of > due.last_day:
        unreported = report is None
        return CommitmentVerdict.OVERDUE_UNREPORTED if unreported else CommitmentVerdict.OVERDUE
    if report is None:
        return CommitmentVerdict.UNREPORTED
    return CommitmentVerdict(report.progress_status.value)
