"""Verdicts: what the published values say about the targets. A pure function of plan and day.

No published value, no verdict on the work. Values are compared as decimals at published precision.
The thresholds are policy; they stand here and nowhere else, and the methodology page prints them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from plansite.analysis.verdicts.commitments import CommitmentAssessment, assess_commitment
from plansite.model import (
    Comparator,
    Indicator,
    Observation,
    Plan,
    ReleaseStatus,
    Role,
    Target,
    Verdict,
)
from plansite.model.precedence import leading_value, values_by_year

NEARLY_FROM = Decimal("0.95")
PARTLY_FROM = Decimal("0.60")
LIMITED_FROM = Decimal(0)

_SIDES = {
    Comparator.GE: lambda value, target: value >= target.value,
    Comparator.GT: lambda value, target: value > target.value,
    Comparator.LE: lambda value, target: value <= target.value,
    Comparator.LT: lambda value, target: value < target.value,
    Comparator.EQ: lambda value, target: value == target.value,
    Comparator.BETWEEN: lambda value, target: target.value <= value <= target.upper_value,
}


@dataclass(frozen=True)
class Assessment:
    """What can be said of an indicator in a year, and what that rests on."""

    indicator_id: str
    year: int
    verdict: Verdict
    target: Target | None
    leading: Observation | None
    baseline: Observation | None = None
    progress: Decimal | None = None
    """Share of the way from baseline to target (1: all of it), where it decided the verdict."""
    expected_by: dt.date | None = None
    """For ``awaiting`` and ``overdue``: the last day on which the value is not yet late."""

    @property
    def covered(self) -> Decimal | None:
        """``progress`` as it may be shown; ``None`` too where the baseline met the target.

        There was no way to go then, and the −1 that stands for that is no share of any way.
        """
        if self.baseline is None or self.target is None or meets(self.baseline.value, self.target):
            return None
        return self.progress

    @property
    def is_provisional(self) -> bool:
        """Whether the value that it rests on may still be revised."""
        return self.leading is not None and self.leading.release_status is not ReleaseStatus.FINAL


@dataclass(frozen=True)
class Assessments:
    """Everything that can be said of a plan on one day."""

    as_of: dt.date
    indicators: tuple[Assessment, ...]
    commitments: tuple[CommitmentAssessment, ...]

    @cached_property
    def _by_indicator(self) -> dict[str, list[Assessment]]:
        grouped: dict[str, list[Assessment]] = {}
        for row in self.indicators:
            grouped.setdefault(row.indicator_id, []).append(row)
        return grouped

    @cached_property
    def _by_task(self) -> dict[str, list[CommitmentAssessment]]:
        grouped: dict[str, list[CommitmentAssessment]] = {}
        for row in self.commitments:
            grouped.setdefault(row.commitment.task_id, []).append(row)
        return {task: sorted(rows, key=_position) for task, rows in grouped.items()}

    def of(self, indicator_id: str) -> list[Assessment]:
        """An indicator's assessments, years ascending."""
        return self._by_indicator.get(indicator_id, [])

    def of_task(self, task_id: str) -> list[CommitmentAssessment]:
        """A task's commitments in the plan's order."""
        return self._by_task.get(task_id, [])


def _position(row: CommitmentAssessment) -> int:
    return row.commitment.position


def assess(plan: Plan, as_of: dt.date) -> Assessments:
    """Judge every target and every commitment as of a day."""
    return Assessments(
        as_of,
        tuple(
            row
            for indicator in plan.indicators
            if indicator.role is not Role.CONTEXT
            for row in assess_indicator(indicator, plan, as_of)
        ),
        tuple(assess_commitment(commitment, plan, as_of) for commitment in plan.commitments),
    )


def assess_indicator(indicator: Indicator, plan: Plan, as_of: dt.date) -> list[Assessment]:
    """Judge each year that has a target or a comparable value."""
    targets = plan.targets_of(indicator.indicator_id)
    values = values_by_year(indicator.indicator_id, plan)
    leading = {year: leading_value(rows, plan) for year, rows in values.items()}
    baseline = leading.get(indicator.baseline_year) if indicator.baseline_year else None
    years = sorted(set(targets) | {year for year, row in leading.items() if row is not None})
    rows = []
    for year in years:
        target, value = targets.get(year), leading.get(year)
        if target is None:
            rows.append(Assessment(indicator.indicator_id, year, Verdict.NO_TARGET, None, value))
        elif value is None:
            rows.append(_assess_silence(indicator, target, as_of))
        else:
            rows.append(_assess_value(value, target, baseline))
    return rows


def _assess_silence(indicator: Indicator, target: Target, as_of: dt.date) -> Assessment:
    lag = dt.timedelta(days=indicator.publication_lag_days or 0)
    expected_by = dt.date(target.year, 12, 31) + lag
    verdict = Verdict.OVERDUE if as_of > expected_by else Verdict.AWAITING
    key = indicator.indicator_id
    return Assessment(key, target.year, verdict, target, None, expected_by=expected_by)


def _assess_value(
    observation: Observation, target: Target, baseline: Observation | None
) -> Assessment:
    key, year = target.indicator_id, target.year
    if meets(observation.value, target):
        return Assessment(key, year, Verdict.MET, target, observation)
    progress = None
    if baseline is not None:
        progress = progress_share(observation.value, baseline.value, target)
    if progress is None:
        return Assessment(key, year, Verdict.MISSED, target, observation)
    return Assessment(key, year, _graded(progress), target, observation, baseline, progress)


def meets(value: Decimal, target: Target) -> bool:
    """Whether a value satisfies a target's comparator: 230 does not meet "more than 230"."""
    return bool(_SIDES[target.comparator](value, target))


def progress_share(value: Decimal, baseline: Decimal, target: Target) -> Decimal | None:
    """How far a value that misses its target has come: (actual − baseline) / (target − baseline).

    From a baseline of 100 to a target of 200, a value of 160 is 0.6 of the way; so is 40, from 100
    to a target of at most 0. For ``between`` the bound that was missed counts as the target.
    Where the way has no length (the target is the baseline) there is no share. Where the baseline
    already met the target and the value no longer does, the way led backwards: −1 at the least.
    """
    goal = target.value
    if target.comparator is Comparator.BETWEEN and target.upper_value is not None:
        goal = target.upper_value if value > target.upper_value else target.value
    if goal == baseline:
        return None
    if meets(baseline, target):
        return Decimal(-1)
    share = (value - baseline) / (goal - baseline)
    # Beyond the goal and still not met: eq and between can be overshot; what is too much counts
    # like what is too little.
    return share if share <= 1 else 2 - share


def _graded(progress: Decimal) -> Verdict:
    if progress >= NEARLY_FROM:
        return Verdict.NEARLY
    if progress >= PARTLY_FROM:
        return Verdict.PARTLY
    if progress >= LIMITED_FROM:
        return Verdict.LIMITED
    return Verdict.REGRESSED
