"""What one source says of an indicator and a year, where it says it more than once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plansite.data.validation.read_package import PackageReport
from plansite.model import Observation, Plan, ReleaseStatus
from plansite.model.formatting import plain_number
from plansite.model.problems import Problem


def check_source_values(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield the values by which a source contradicts or repeats itself."""
    grouped: dict[tuple[object, ...], list[Observation]] = {}
    for row in plan.observations:
        key = (row.indicator_id, row.year, row.source_id, row.comparability)
        grouped.setdefault(key, []).append(row)
    for rows in grouped.values():
        if len(rows) > 1:
            yield from _check(reading, rows)


def _check(reading: PackageReport, rows: Sequence[Observation]) -> Iterator[Problem]:
    finals = [row for row in rows if row.release_status is ReleaseStatus.FINAL]
    earliest = min(finals, key=lambda row: row.published.last_day, default=None)
    said: dict[tuple[object, ...], Observation] = {}
    for row in rows:
        first = said.setdefault((row.value, row.release_status), row)
        if row in finals and row.value != finals[0].value:
            yield _problem(reading, "two-finals", row, "value", finals[0])
        elif first is not row:
            yield _problem(reading, "value-twice", row, "published", first)
        elif row not in finals and earliest and earliest.published.is_before(row.published):
            yield _problem(reading, "unsettled-again", row, "release_status", earliest)


def _problem(
    reading: PackageReport, code: str, row: Observation, field: str, other: Observation
) -> Problem:
    value = getattr(row, field)
    number = str(reading.row_numbers.of("observations", other))
    return reading.problem(
        code,
        "observations",
        row,
        field=field,
        value=plain_number(value) if field == "value" else str(value),
        details={"other_row": number, "other_value": plain_number(other.value)},
    )
