"""How a cell stands in the file and how it looks: its number format and the font of all of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

from plansite.data.workbook.shown.number_format import (
    CHINESE_FORMATS,
    NumberFormat,
    parse_format,
)


class Cell(NamedTuple):
    """A cell as it stands in the file.

    ``data_type`` is openpyxl's: ``n`` number, ``s`` text, ``b`` truth, ``d`` date in ISO form,
    ``f`` formula, ``e`` error.
    """

    value: Any
    data_type: str
    style: int


@dataclass(frozen=True)
class Look:
    """How a cell looks: its number format, and the font of all of it."""

    code: str
    is_struck: bool = False
    is_moved: bool = False
    """Whether all of it is raised or lowered."""

    @property
    def format(self) -> NumberFormat:
        """The format, taken apart."""
        return parse_format(self.code)


@dataclass(frozen=True)
class Sight:
    """What a whole sheet does to its cells."""

    epoch: dt.datetime
    """The day from which the workbook counts."""
    shows_zeros: bool = True


def look_of(book: Any, style: int) -> Look:
    """How cells of a style look.

    Raises:
        IndexError: the workbook has no such style.
    """
    marks = book._cell_styles[style]  # openpyxl has public names for these only on cells
    font = book._fonts[marks.fontId]
    is_moved = font.vertAlign in ("superscript", "subscript")
    return Look(_code(book, marks.numFmtId), bool(font.strike), is_moved)


def _code(book: Any, number: int) -> str:
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return str(CHINESE_FORMATS.get(number) or BUILTIN_FORMATS.get(number, "General"))
    return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])
