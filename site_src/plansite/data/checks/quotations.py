"""Whether a quotation contains the value that it supports, and as it is written there.

Takes the plan's values and targets with the words they rest on: a source's quotation, a target's
wording. A source is read once, however many values cite it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plansite.data.checks.numerals import numbers_in, scale_of, written_numbers
from plansite.data.validation.read_package import PackageReport
from plansite.model import Observation, Plan
from plansite.model.formatting import plain_number
from plansite.model.problems import Problem


@dataclass(frozen=True)
class _Words:
    """The numbers that some words name, and the digits by which they do."""

    numbers: frozenset[Decimal]
    digits: Mapping[Decimal, Sequence[str]]

    def fault(self, value: Decimal, scale: int) -> tuple[str, dict[str, str]] | None:
        """What is wrong with a value that should rest on these words, with its details."""
        if abs(value) not in self.numbers and abs(value) * scale not in self.numbers:
            return "quotation", {}
        same = self.digits.get(abs(value), ())
        if not same or f"{abs(value):f}" in same:
            return None  # written in words, or in another unit of measure
        return "quotation-digits", {"written": same[0]}


def check_quotations(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield the values and targets that do not stand in the words they rest on."""
    quoted = {source.source_id: _read(source.quote) for source in plan.sources if source.quote}
    scales = {row.indicator_id: scale_of(row.measure.zh) for row in plan.indicators}
    for row in plan.observations:
        words = quoted.get(row.source_id)
        fault = words and words.fault(row.value, scales[row.indicator_id])
        if words and fault and not (fault[0] == "quotation" and _is_derived(row, words)):
            yield _problem(reading, fault, "observations", row, "value")
    for target in plan.targets:
        words = _read(target.wording_zh)
        for field in ("value", "upper_value"):
            value = getattr(target, field)
            fault = None if value is None else words.fault(value, scales[target.indicator_id])
            if fault is not None:
                yield _problem(reading, fault, "targets", target, field)


def _read(text: str) -> _Words:
    digits: dict[Decimal, list[str]] = {}
    for written in sorted(written_numbers(text)):
        digits.setdefault(Decimal(written), []).append(written)
    return _Words(numbers_in(text), digits)


def _is_derived(row: Observation, words: _Words) -> bool:
    """Whether the note says how the value was made: it names it, and a number of the quotation."""
    if row.note is None:
        return False
    named = numbers_in(f"{row.note.zh} {row.note.en}")
    return abs(row.value) in named and bool((named - {abs(row.value)}) & words.numbers)


def _problem(
    reading: PackageReport, fault: tuple[str, dict[str, str]], table: str, row: object, field: str
) -> Problem:
    code, details = fault
    shown = plain_number(getattr(row, field))
    return reading.problem(code, table, row, field=field, value=shown, details=details)
