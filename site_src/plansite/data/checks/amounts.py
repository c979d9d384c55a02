"""Values as amounts: their decimal places, their unit of measure, and how they follow one another.

What is judged here is plausibility, so that plain floats will do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from plansite.data.checks.missing_codes import Amount, missing_codes
from plansite.data.checks.numerals import is_negative_in
from plansite.data.validation.read_package import PackageReport
from plansite.model import Accumulation, Comparator, Indicator, Observation, Plan, Target
from plansite.model.formatting import decimal_places, plain_number
from plansite.model.precedence import leading_value, values_by_year
from plansite.model.problems import Problem

FACTORS = {10_000: 3.0, 100: 1.5}
"""What a wrong unit of measure makes of a number, and how many times that it may be off.

万 or 亿 forgotten makes 10,000, a share for a percentage 1/100. Values differ among themselves, so
that the factor is seldom met exactly: 1150 people written 11,500,000 beside a target of 1400 is
8,214 times.
"""
LARGEST_JUMP = 5
"""From one year to the next; technology contracts in Guizhou once grew by a factor of 3.95."""


def check_amounts(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield what is wrong or unlikely in the values of each indicator."""
    for indicator in plan.indicators:
        observations = plan.observations_of(indicator.indicator_id)
        targets = plan.targets_of(indicator.indicator_id).values()
        coded = {
            row for row, _, _, code in missing_codes(indicator, plan) if code == "missing-code"
        }
        rows: list[Amount] = [*observations, *targets]
        amounts = [row for row in rows if row not in coded]
        for row in amounts:
            yield from _check_decimals(reading, indicator, row)
        yield from _check_sign(reading, plan, amounts)
        if indicator.accumulation is Accumulation.CUMULATIVE:
            yield from _check_falls(reading, plan, indicator, coded)
        factors = _measure_faults(amounts)
        for row, factor in factors.items():
            measure = {"measure_zh": indicator.measure.zh, "measure_en": indicator.measure.en}
            details = {"factor": factor, **measure}
            yield _at(reading, "measure-factor", row, details)
        yield from _check_jumps(reading, plan, indicator, coded | set(factors))


def _at(
    reading: PackageReport, code: str, row: Amount, details: dict[str, str], field: str = "value"
) -> Problem:
    """A problem of a value in its row."""
    table = "targets" if isinstance(row, Target) else "observations"
    shown = plain_number(getattr(row, field))
    return reading.problem(code, table, row, field=field, value=shown, details=details)


def _check_decimals(reading: PackageReport, indicator: Indicator, row: Amount) -> Iterator[Problem]:
    details = {"decimals": str(indicator.decimals)}
    if decimal_places(row.value) > indicator.decimals:
        yield _at(reading, "decimals", row, details)
    upper = row.upper_value if isinstance(row, Target) else None
    if upper is not None and decimal_places(upper) > indicator.decimals:
        yield _at(reading, "decimals", row, details, "upper_value")


def _measure_faults(rows: Sequence[Amount]) -> dict[Amount, str]:
    """The rows whose value is off by a factor as between units of measure, with that factor.

    Each value is held against the median of the others. Where values and targets are off from each
    other, it is the values: the plan's targets are what the unit of measure was chosen for. Of two
    values, it is the later row.
    """
    by_value = sorted(rows, key=lambda row: row.value)
    ordered = [float(row.value) for row in by_value]
    factors = {}
    for rank, row in enumerate(by_value):
        factor = _factor(ordered[rank], _median_without(ordered, rank))
        if factor is not None:
            factors[row] = factor
    observed = [row for row in rows if row in factors and isinstance(row, Observation)]
    if len(rows) == 2 and len(observed) == 2:
        observed = observed[1:]
    return {row: factors[row] for row in observed or factors}


def _median_without(ordered: Sequence[float], left_out: int) -> float:
    """The median of ordered values but one; 0 where there is no other."""
    count = len(ordered) - 1
    if count == 0:
        return 0

    def pick(rank: int) -> float:
        """The value of a rank among those that are left."""
        return ordered[rank if rank < left_out else rank + 1]

    return (pick((count - 1) // 2) + pick(count // 2)) / 2


def _factor(value: float, usual: float) -> str | None:
    """The factor between units of measure that a value is off by; ``None`` where it is not."""
    if value * usual <= 0:
        return None
    for factor, off in FACTORS.items():
        if 1 / off <= value / usual / factor <= off:
            return f"{factor:,}"
        if 1 / off <= usual / value / factor <= off:
            return f"1/{factor:,}"
    return None


def _check_sign(reading: PackageReport, plan: Plan, amounts: Sequence[Amount]) -> Iterator[Problem]:
    """Yield the one year whose values are negative, where nothing else of the indicator is."""
    negative = [row for row in amounts if row.value < 0]
    others = [row for row in amounts if row.value >= 0]
    is_lone = len({row.year for row in negative}) == 1 and any(row.value > 0 for row in others)
    for row in negative if is_lone else ():
        source = plan.source[row.source_id]
        words = row.wording_zh if isinstance(row, Target) else source.quote or ""
        if not is_negative_in(words, row.value):
            yield _at(reading, "lone-negative", row, {})


def _check_falls(
    reading: PackageReport, plan: Plan, indicator: Indicator, faults: Set[Amount]
) -> Iterator[Problem]:
    """Yield the values and targets of a running total that are less than those of years before."""
    by_year = values_by_year(indicator.indicator_id, plan)
    leading = [leading_value(rows, plan) for rows in by_year.values()]
    targets = [
        row
        for row in plan.targets_of(indicator.indicator_id).values()
        if row.comparator in (Comparator.GE, Comparator.GT, Comparator.EQ)
    ]
    series: tuple[Sequence[Amount], ...] = ([row for row in leading if row], targets)
    for rows in series:
        for before, after in pairwise(row for row in rows if row not in faults):
            if after.value < before.value:
                other = {"other_year": str(before.year), "other_value": plain_number(before.value)}
                yield _at(reading, "cumulative-fall", after, other)


@dataclass(frozen=True)
class _Step:
    """From one year's leading value to the next year's."""

    before: Observation
    after: Observation

    @property
    def growth(self) -> int:
        """1 where it jumps up, -1 where it falls as far, else 0.

        A fall to nought counts: people write 0 for what is unknown.
        """
        before, after = abs(self.before.value), abs(self.after.value)
        if after > before * LARGEST_JUMP and before:
            return 1
        return -1 if after * LARGEST_JUMP < before else 0


def _check_jumps(
    reading: PackageReport,
    plan: Plan,
    indicator: Indicator,
    faults: Set[Amount],
) -> Iterator[Problem]:
    """Yield the values that are far from those of the year before, other faults left out."""
    leading = {}
    for year, rows in values_by_year(indicator.indicator_id, plan).items():
        leader = leading_value(rows, plan)
        if leader is not None and leader not in faults:
            leading[year] = leader
    steps = (_Step(leading[year - 1], leading[year]) for year in leading if year - 1 in leading)
    reported: _Step | None = None
    for step in steps:
        # One value that stands out is one fault: the change back from it says nothing new.
        is_way_back = (
            reported is not None
            and reported.after is step.before
            and reported.growth == -step.growth
        )
        if step.growth and not is_way_back:
            other = step.before
            details = {"other_year": str(other.year), "other_value": plain_number(other.value)}
            yield _at(reading, "jump", step.after, details)
            reported = step
        else:
            reported = None
