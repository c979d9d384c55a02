"""Whether a quotation contains the value that it supports.

Takes the plan's values and targets with the words they rest on: a source's quotation, a target's
wording. A source is read once, however many values cite it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from plansite.data.checks.numerals import numbers_in, scale_of
from plansite.data.validation.read_package import PackageReport
from plansite.model import Plan
from plansite.model.formatting import plain_number
from plansite.model.problems import Problem


def check_quotations(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield the values and targets that do not stand in the words they rest on."""
    quoted = {source.source_id: numbers_in(source.quote) for source in plan.sources if source.quote}
    scales = {row.indicator_id: scale_of(row.measure.zh) for row in plan.indicators}
    for row in plan.observations:
        numbers = quoted.get(row.source_id)
        if numbers is not None and not _contains(numbers, row.value, scales[row.indicator_id]):
            key = (row.indicator_id, row.year, row.source_id, row.published.text)
            yield reading.problem(
                "quotation", "observations", key, field="value", value=plain_number(row.value)
            )
    for target in plan.targets:
        numbers, scale = numbers_in(target.wording_zh), scales[target.indicator_id]
        for field in ("value", "upper_value"):
            value = getattr(target, field)
            if value is not None and not _contains(numbers, value, scale):
                target_key = (target.indicator_id, target.year)
                shown = plain_number(value)
                yield reading.problem("quotation", "targets", target_key, field=field, value=shown)


def _contains(numbers: frozenset[Decimal], value: Decimal, scale: int) -> bool:
    """Whether words name a value; 249.12 in 亿元 may also be written 24912000000元."""
    return abs(value) in numbers or abs(value) * scale in numbers
