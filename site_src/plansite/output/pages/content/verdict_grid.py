"""The grid of verdicts: indicators down the side, the plan's years across."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plansite.analysis.verdicts.assess import Assessment
from plansite.model import Role
from plansite.output.pages.content.views import IndicatorView

_NARROW_YEARS, _WIDE_YEARS = 4, 8
"""Columns of years that a phone and a desk show side by side; more of them wrap below the name."""


@dataclass(frozen=True)
class GridRow:
    """An indicator and what is known of each year, ``None`` where the year has no target."""

    view: IndicatorView
    cells: list[tuple[int, Assessment | None]]


@dataclass(frozen=True)
class Grid:
    """Rows by role; how many rows were left out, and whether earlier years were."""

    years: list[int]
    groups: list[tuple[Role, list[GridRow]]]
    left_out: int
    has_earlier: bool

    @property
    def layout(self) -> str:
        """Where the years stand beside one another, as the style sheet calls it."""
        if len(self.years) <= _NARROW_YEARS:
            return f"matrix-{len(self.years)}"
        return "matrix-wraps" if len(self.years) <= _WIDE_YEARS else "matrix-wraps matrix-long"


def make_grid(views: Iterable[IndicatorView], most: int, most_years: int | None = None) -> Grid:
    """Every indicator that has targets, by role in the order given.

    Args:
        views: the indicators.
        most: rows at most.
        most_years: columns at most, the latest years; ``None`` for all.
    """
    judged = [view for view in views if view.judged]
    every = sorted({row.year for view in judged for row in view.judged})
    years = every[-most_years:] if most_years else every
    groups: dict[Role, list[GridRow]] = {}
    for view in judged[:most]:
        known = {row.year: row for row in view.judged}
        row = GridRow(view, [(year, known.get(year)) for year in years])
        groups.setdefault(view.indicator.role, []).append(row)
    left_out = max(0, len(judged) - most)
    return Grid(years, list(groups.items()), left_out, has_earlier=len(years) < len(every))
