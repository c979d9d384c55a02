"""Finds what became of what is gone: of a retired record, of a year that has no target any more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from plansite.analysis.changes.corrections import parse_row_key
from plansite.model import Bilingual, Correction, Plan, Retirable, Retired, urls
from plansite.model.contract import CONTRACT

_YEAR = CONTRACT["targets"].primary_key.index("year")
"""Where a target's year stands in its ``row_key``."""
_FOUR_DIGITS = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class Successor:
    """What took a retired record's place."""

    name: Bilingual
    address: str
    """Its page."""


def successor_of(row: Retired, plan: Plan) -> Successor | None:
    """What took the place of a retired record that had a page."""
    address = urls.of_record(row.resource, row.successor_id or "")
    if row.successor_id is None or address is None:
        return None
    if row.resource is Retirable.INDICATORS:
        return Successor(plan.indicator[row.successor_id].name, address)
    if row.resource is Retirable.TASKS:
        return Successor(plan.task[row.successor_id].title, address)
    return Successor(plan.agency[row.successor_id].name, address)


def withdrawn_years(plan: Plan) -> Mapping[int, list[Correction]]:
    """The years that have no target any more, in order, each with the corrections that say why.

    Their addresses were published, so a page stays at each.
    """
    found: dict[int, list[Correction]] = {}
    for row in plan.corrections:
        key = parse_row_key(row.row_key) if row.resource == "targets" else ()
        year = "".join(key[_YEAR : _YEAR + 1])
        if _FOUR_DIGITS.fullmatch(year) and int(year) not in plan.years:
            found.setdefault(int(year), []).append(row)
    return dict(sorted(found.items()))
