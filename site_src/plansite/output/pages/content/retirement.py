"""Finds what took the place of a retired record."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model import Bilingual, Plan, Retirable, Retired, urls


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
