"""Retired ids: whether they are gone, and whether what took their place is there."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.data.cells.closest_choice import Choices, Guesses
from plansite.data.package import address_faults, names_files
from plansite.data.validation.read_package import PackageReport
from plansite.model import Plan
from plansite.model.contract import CONTRACT
from plansite.model.problems import Problem


def check_retirements(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield the retired ids that are still in use, that lead nowhere, or that name no page."""
    yield from _check_addresses(reading, plan)
    used = {table: Choices(_ids(plan, table)) for table in {row.resource for row in plan.retired}}
    guesses = Guesses()
    for row in plan.retired:
        known = used[row.resource]
        details = {"table": row.resource}
        if row.retired_id in known:
            yield reading.problem(
                "retired-in-use",
                "retired",
                row,
                field="retired_id",
                value=row.retired_id,
                details=details,
            )
        if row.successor_id is not None and row.successor_id not in known:
            yield reading.problem(
                "retired-successor",
                "retired",
                row,
                field="successor_id",
                value=row.successor_id,
                details={**details, **guesses.hint(row.successor_id, known)},
            )


def _check_addresses(reading: PackageReport, plan: Plan) -> Iterator[Problem]:
    """Yield the retired ids whose page cannot stand beside those of the ids in use."""
    for table in sorted({row.resource for row in plan.retired}):
        if not names_files(table):
            continue
        gone = {row.retired_id: row for row in plan.retired if row.resource == table}
        for name, (code, details) in address_faults(dict.fromkeys([*_ids(plan, table), *gone])):
            if name in gone:
                yield reading.problem(
                    code,
                    "retired",
                    gone[name],
                    field="retired_id",
                    value=name,
                    details=details,
                )


def _ids(plan: Plan, table: str) -> Iterator[str]:
    field = CONTRACT[table].primary_key[0]
    return (getattr(row, field) for row in getattr(plan, table))
