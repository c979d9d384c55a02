"""Codes that stand for "missing" in other people's tables, and would be numbers here.

Statistical tables and their exports write -99, -999, -9999 or 9999 where there is no value, and
programs the lowest or highest number that they know. A number of that form is taken for a code
where nothing like it is found in its series. Words that name it are the proof of the opposite.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from plansite.data.checks.numerals import numbers_in
from plansite.data.validation.read_package import PackageReport
from plansite.model import Indicator, Observation, Plan, Target
from plansite.model.formatting import plain_number
from plansite.model.problems import Problem

NINES = re.compile(r"9{2,}(?:\.[09]*)?|9\.9{2,}")
"""-99, -999.0 and -99.99; a second form has the decimal point moved."""
LIMITS = frozenset(
    map(Decimal, (2**15 - 1, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1, 88, 888, 8888, 7777))
)
"""The ends of whole numbers in programs, and what surveys write for "refused" and "unknown"."""
FEWEST_POSITIVE = 3
"""Nines from which on a positive number is asked about: 99 is a number like any other."""
FAR = 10
"""Times the largest other value from which a positive number belongs to no series."""
Amount = Observation | Target


def check_missing_codes(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield the values and targets that are a code for "missing", or may be one."""
    for indicator in plan.indicators:
        for row, field, value, code in missing_codes(indicator, plan):
            table = "targets" if isinstance(row, Target) else "observations"
            shown = plain_number(value)
            yield reading.problem(code, table, row, field=field, value=shown)


def missing_codes(indicator: Indicator, plan: Plan) -> Iterator[tuple[Amount, str, Decimal, str]]:
    """Row, field and value of each number that is no number, with the problem that it is."""
    targets = plan.targets_of(indicator.indicator_id).values()
    rows: list[Amount] = [*plan.observations_of(indicator.indicator_id), *targets]
    amounts = [(row, field, value) for row in rows for field, value in _values(row)]
    suspects = [entry for entry in amounts if _has_form(entry[2])]
    others = [value for _, _, value in amounts if not _has_form(value)]
    for row, field, value in suspects:
        code = _verdict(value, others)
        quote = plan.source[row.source_id].quote
        words = row.wording_zh if isinstance(row, Target) else quote or ""
        if code is not None and abs(value) not in _numbers(words):
            yield row, field, value, code


_numbers = functools.lru_cache(maxsize=16)(numbers_in)
"""Many values of one source may have this form."""


def _values(row: Amount) -> Iterator[tuple[str, Decimal]]:
    yield "value", row.value
    if isinstance(row, Target) and row.upper_value is not None:
        yield "upper_value", row.upper_value


def _has_form(value: Decimal) -> bool:
    return abs(value) in LIMITS or NINES.fullmatch(f"{abs(value):f}") is not None


def _verdict(value: Decimal, others: Sequence[Decimal]) -> str | None:
    """What a number of this form is among the indicator's other values and targets."""
    largest = max(map(abs, others), default=None)
    if value < 0:
        if largest is None or min(others) >= 0 or abs(value) > largest * FAR:
            return "missing-code"
        return None
    if value < 10**FEWEST_POSITIVE - 1:
        return None
    if largest is None:
        return "missing-code-possible"
    return "missing-code" if value > largest * FAR else None
