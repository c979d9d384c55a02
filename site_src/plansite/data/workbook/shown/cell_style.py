"""How a cell stands in the file and how it looks: its number format, font and colours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from plansite.data.workbook.shown.colours import BLACK, UNKNOWN, WHITE
from plansite.data.workbook.shown.number_format import NumberFormat, parse_format


class Cell(NamedTuple):
    """A cell as it stands in the file.

    ``data_type`` is openpyxl's: ``n`` number, ``s`` text, ``b`` truth, ``d`` date in ISO form,
    ``f`` formula, ``e`` error.
    """

    value: Any
    data_type: str
    style: int


@dataclass(frozen=True)
class CellStyle:
    """How a cell looks: its number format, and the font and colours of all of it."""

    code: str
    is_struck: bool = False
    is_raised: bool = False
    """Whether all of it is raised or lowered."""
    ink: str = BLACK
    """The colour of its letters (:mod:`colours`)."""
    paper: str = WHITE
    """The colour behind them."""

    @property
    def format(self) -> NumberFormat:
        """The format, taken apart."""
        return parse_format(self.code)

    def hides(self, ink: str) -> bool:
        """Whether letters of a colour cannot be told from what is behind them."""
        return ink == self.paper != UNKNOWN


@dataclass(frozen=True)
class SheetView:
    """What a whole sheet does to its cells."""

    epoch: dt.datetime
    """The day from which the workbook counts."""
    shows_zeros: bool = True
