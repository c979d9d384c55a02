"""The cells of a row as the file has them, before anybody asks how they look.

Numbers stay numbers whatever their format makes of them, and texts know the looks of their letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import from_ISO8601
from openpyxl.xml.constants import SHEET_MAIN_NS

from plansite.data.workbook.shown.cell_style import Cell
from plansite.data.workbook.shown.text_runs import text_of

_CELL, _VALUE, _FORMULA, _INLINE = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("c", "v", "f", "is"))
STORED_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
"""A number as XML Schema's ``double`` has it; Python also reads 5_5 and the digits of others."""
_MOST_DIGITS = 15
"""As many as a whole number may have to be kept as one."""
_TRUTHS = {"1": True, "true": True, "0": False, "false": False}


class CellReader:
    """Reads cells of one workbook."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Take the texts that cells name by number."""
        self._texts = texts

    def of_row(self, row: Any, number: int) -> dict[int, Cell]:
        """A row's cells by column, counted from 1.

        Raises:
            ValueError: a cell is not as Excel would write one; names the cell.
        """
        cells: dict[int, Cell] = {}
        column = 0
        for element in row:
            if element.tag != _CELL:
                continue
            address = element.get("r")
            found, column = coordinate_to_tuple(address) if address else (number, column + 1)
            if found != number or column in cells:
                raise ValueError(f"{address}?")
            try:
                cells[column] = self._cell(element)
            except (ValueError, IndexError):
                value = element.findtext(_VALUE, "")[:40]
                raise ValueError(f"{address or (number, column)}: “{value}”") from None
        return cells

    def _cell(self, element: Any) -> Cell:
        kind, style = element.get("t", "n"), int(element.get("s", 0))
        formula = element.find(_FORMULA)
        if formula is not None:
            # Those that share another's formula name it by number, and need not be worked out.
            return Cell(f"={formula.text or ''}", "f", style)
        if kind == "inlineStr":
            inline = element.find(_INLINE)
            return Cell(None if inline is None else text_of(inline), "s", style)
        if kind not in _KINDS:
            raise ValueError
        value = element.findtext(_VALUE)
        return Cell(self._value(value, kind) if value else None, _KINDS[kind], style)

    def _value(self, value: str, kind: str) -> Any:
        if kind == "n":
            return _number(value.strip())
        if kind == "s":
            return self._texts[_index(value)]
        if kind == "b":
            if value.strip() not in _TRUTHS:
                raise ValueError
            return _TRUTHS[value.strip()]
        return _moment(value) if kind == "d" else value


def _number(text: str) -> int | float:
    if STORED_NUMBER.fullmatch(text) is None:
        raise ValueError
    return int(text) if len(text) <= _MOST_DIGITS and text.isdecimal() else float(text)


def _moment(text: str) -> Any:
    return from_ISO8601(text)  # type: ignore[no-untyped-call]


def _index(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


_KINDS = {"n": "n", "s": "s", "str": "s", "b": "b", "d": "d", "e": "e"}
"""openpyxl's names of what a cell holds, by the file's."""
