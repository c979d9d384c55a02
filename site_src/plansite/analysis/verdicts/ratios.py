"""Values set beside something else: as a share of their target, as an index of the first value.

Only the comparable value that leads its year counts. What would say nothing is left out: a share of
a range, of nought or of less, and an index whose first value is nought or less.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from plansite.model import Comparator, Indicator, Observation, Plan, Target
from plansite.model.precedence import leading_value, values_by_year

PLACES = Decimal("0.1")
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class RatioYear:
    """One year's leading value beside the first one and beside the year's target."""

    value: Observation
    target: Target | None
    index: Decimal | None
    """With one digit, the series' first value being 100.0; ``None`` where that says nothing."""
    share: Decimal | None
    """Per cent of the target, with one digit; ``None`` where that says nothing."""

    @property
    def year(self) -> int:
        """The year of the value."""
        return self.value.year


@dataclass(frozen=True)
class RatioSeries:
    """An indicator's comparable years, ascending; empty where nothing comparable was published."""

    indicator: Indicator
    years: tuple[RatioYear, ...]

    @property
    def has_index(self) -> bool:
        """Whether there is anything to compare the first value with."""
        return sum(row.index is not None for row in self.years) > 1

    @property
    def has_share(self) -> bool:
        """Whether any year has a share of its target."""
        return any(row.share is not None for row in self.years)

    @property
    def has_range(self) -> bool:
        """Whether a year has a value and a target that is a range, of which there is no share."""
        targets = (row.target for row in self.years)
        return any(
            target is not None and target.comparator is Comparator.BETWEEN for target in targets
        )

    def of(self, year: int) -> RatioYear | None:
        """One year; ``None`` where it has no comparable value."""
        return next((row for row in self.years if row.year == year), None)


def ratio_series(indicator: Indicator, plan: Plan) -> RatioSeries:
    """An indicator's years as index and as share of target."""
    targets = plan.targets_of(indicator.indicator_id)
    grouped = values_by_year(indicator.indicator_id, plan)
    leading = (leading_value(rows, plan) for rows in grouped.values())
    values = [value for value in leading if value is not None]
    return RatioSeries(
        indicator,
        tuple(
            RatioYear(
                value,
                targets.get(value.year),
                percent_of(value.value, values[0].value),
                share_of_target(value.value, targets.get(value.year)),
            )
            for value in values
        ),
    )


def index_years(series: Iterable[RatioSeries]) -> list[int]:
    """Every year from the first to the last in which any of the indexes has a value."""
    years = [row.year for ratios in series if ratios.has_index for row in ratios.years]
    return list(range(min(years), max(years) + 1)) if years else []


def share_of_target(value: Decimal, target: Target | None) -> Decimal | None:
    """A value as per cent of its target; ``None`` without target, and for a range of values."""
    if target is None or target.comparator is Comparator.BETWEEN:
        return None
    return percent_of(value, target.value)


def percent_of(value: Decimal, whole: Decimal) -> Decimal | None:
    """``value`` as per cent of ``whole``, to the nearest digit behind the point, halves up.

    What differs from the whole never becomes 100.0: 99.96 is 99.9 and 100.04 is 100.1, or else a
    value would seem to have reached what it missed. ``None`` where the whole is not above nought.
    """
    if whole <= 0:
        return None
    nearest = (value / whole * HUNDRED).quantize(PLACES, rounding=ROUND_HALF_UP)
    if nearest == HUNDRED and value != whole:
        return nearest + (PLACES if value > whole else -PLACES)
    return nearest or abs(nearest)  # −0.04 is 0.0, which has no sign
