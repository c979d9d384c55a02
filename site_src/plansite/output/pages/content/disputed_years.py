"""Years for which sources disagree: their values side by side, and why one comes first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from plansite.model import Comparability, Observation, Plan
from plansite.model.precedence import decided_by


@dataclass(frozen=True)
class ComparedValue:
    """One source's value for a year.

    Args:
        observation: the value.
        difference: how far it lies from the one that comes first, in the unit of measure.
        position: where it lies between the year's lowest (0) and highest (1) value.
    """

    observation: Observation
    difference: Decimal
    position: float


@dataclass(frozen=True)
class ComparedYear:
    """A year for which comparable values differ; ``reason`` says what puts the first one first."""

    year: int
    values: list[ComparedValue]
    reason: str

    @cached_property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest value."""
        values = [row.observation.value for row in self.values]
        return min(values), max(values)


def disputed_years(values: Iterable[list[Observation]], plan: Plan) -> list[ComparedYear]:
    """The years whose comparable values are not all equal.

    Args:
        values: each year's values in order of precedence.
        plan: where their sources are.
    """
    disputed = []
    for rows in values:
        comparable = [row for row in rows if row.comparability is Comparability.SAME]
        if len({row.value for row in comparable}) > 1:
            disputed.append(_compare(comparable, plan))
    return disputed


def _compare(rows: list[Observation], plan: Plan) -> ComparedYear:
    first = rows[0]
    low, high = min(row.value for row in rows), max(row.value for row in rows)
    values = [
        ComparedValue(row, row.value - first.value, float((row.value - low) / (high - low)))
        for row in rows
    ]
    rival = next(row for row in rows if row.value != first.value)
    # A source's values follow its own first one, which is then what the first value came before.
    before = next(row for row in rows if row.source_id == rival.source_id)
    reason = decided_by(first if before is rival else before, rival, plan)
    return ComparedYear(first.year, values, reason)
