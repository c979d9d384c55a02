"""Follows the units of measure of indicators through the states of the data.

An old number stands in its old unit of measure: 249.12 in 100 million yuan is not 249.12 yuan
because the unit was changed later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plansite.data.history import Step
from plansite.model import Bilingual, Plan
from plansite.model.formatting import clean

UNIT_FIELDS = ("unit_zh", "unit_en")


@dataclass(frozen=True)
class Measures:
    """Units of measure by indicator before and after a change."""

    before: Mapping[str, Bilingual]
    after: Mapping[str, Bilingual]


class UnitHistory:
    """Units of measure by indicator, on the way back from the plan as it is published."""

    def __init__(self, plan: Plan) -> None:
        self._now: Mapping[str, Bilingual] = {
            indicator.indicator_id: indicator.measure for indicator in plan.indicators
        }

    def rewind(self, step: Step) -> Measures:
        """Undo a step; gives the units on both sides of it."""
        after = before = self._now
        for old, new in step.tables:
            if old.name == "indicators":
                gone = {key[0] for key in new.rows}
                kept = {name: unit for name, unit in after.items() if name not in gone}
                typed = {
                    key[0]: Bilingual(*(clean(row.cells.get(name, "")) for name in UNIT_FIELDS))
                    for key, row in old.rows.items()
                }
                before = kept | typed
        self._now = before
        return Measures(before, after)
