"""What frictionless lets through in a cell, and the rows that it found right.

:class:`RawCells` is a frictionless check: it looks at cells as typed, before they become numbers,
and keeps the rows without an error, so that each table is read once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import attrs
from frictionless import Check, Row, errors

from plansite.model import PartialDate

NUMBERS = ("integer", "number")
NOT_NUMBERS = frozenset({"nan", "snan", "inf", "-inf", "+inf", "infinity", "-infinity"})
PLAIN_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
"""Python also reads ``1_150``, ``1.2E+10`` and the digits of other scripts."""
DATE = "partial-date"
"""The kind of a field that holds a partial date; all other kinds are frictionless' types."""


@attrs.define(kw_only=True, repr=False)
class RawCellError(errors.CellError):
    """A fault that our own check found; ``note`` is the code of its kind."""

    type = "raw-cell"
    title = "Raw cell"
    template = "{note}"


@attrs.define(kw_only=True, repr=False)
class RawCells(Check):
    """Finds typed cells that only look right, and keeps the rows that are."""

    type = "raw-cells"
    Errors: ClassVar = [RawCellError]

    kinds: dict[str, str]
    """Each field's name and kind."""
    coded: frozenset[str]
    """Fields that hold ids or words of a vocabulary."""
    rows: list[tuple[int, dict[str, Any]]]
    """Filled with (row number, values) of the rows without an error."""

    def validate_row(self, row: Row) -> Iterable[errors.CellError]:
        """Yield the row's faults; keep it where there is none."""
        found = list(self._faults(row))
        if not found and row.valid:
            self.rows.append((row.row_number, dict(row)))
        return found

    def _faults(self, row: Row) -> Iterator[errors.CellError]:
        wrong = {error.field_name for error in row.errors if isinstance(error, errors.CellError)}
        for number, (name, cell) in enumerate(zip(self.kinds, row.cells, strict=False), start=1):
            if not cell:
                continue
            code = _disguise(str(cell), self.kinds[name], name in self.coded)
            if code is None and name not in wrong:
                code = _loose_value(str(cell), self.kinds[name])
            if code is not None:
                yield RawCellError(
                    note=code,
                    cells=[str(value) for value in row.cells],
                    row_number=row.row_number,
                    cell=str(cell),
                    field_name=name,
                    field_number=number,
                )


def _disguise(cell: str, kind: str, coded: bool) -> str | None:
    """The code of what makes a cell look like another value, or ``None``."""
    if cell != cell.strip():
        return "padding"
    if kind == "string" and not coded:
        return None
    if not cell.isascii() and unicodedata.normalize("NFKC", cell).isascii():
        return "plain-digits"
    if kind in NUMBERS and cell.lower() in NOT_NUMBERS:
        return "not-a-number"
    return None


def _loose_value(cell: str, kind: str) -> str | None:
    """The code for a value that frictionless takes and the contract does not, or ``None``."""
    if kind == DATE and not _is_date(cell):
        return "date-format"
    if kind in NUMBERS and not PLAIN_NUMBER.fullmatch(cell):
        return "type"
    return None


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True
