"""The grid of verdicts: indicators down the side, the plan's years across."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plansite.assess import Assessment
from plansite.model import Role
from plansite.pages.views import IndicatorView

_NARROW_YEARS = 4
"""Columns of years that a phone shows side by side; more of them wrap below the name."""


@dataclass(frozen=True)
class GridRow:
    """An indicator and what is known of each year, ``None`` where the year has no target."""

    view: IndicatorView
    cells: list[tuple[int, Assessment | None]]


@dataclass(frozen=True)
class Grid:
    """Rows by role, and how many rows were left out."""

    years: list[int]
    groups: list[tuple[Role, list[GridRow]]]
    left_out: int

    @property
    def wraps(self) -> bool:
        """Whether a phone shows the years below the name and not beside it."""
        return len(self.years) > _NARROW_YEARS


def make_grid(views: Iterable[IndicatorView], most: int) -> Grid:
    """Every indicator that has targets, by role in the order given; at most ``most`` rows."""
    judged = [view for view in views if view.judged]
    years = sorted({row.year for view in judged for row in view.judged})
    groups: dict[Role, list[GridRow]] = {}
    for view in judged[:most]:
        known = {row.year: row for row in view.judged}
        row = GridRow(view, [(year, known.get(year)) for year in years])
        groups.setdefault(view.indicator.role, []).append(row)
    return Grid(years, list(groups.items()), max(0, len(judged) - most))
