"""A sheet row after row: its cells as the file has them, what is merged and what is hidden.

openpyxl has a reader of its own for this, which forgets what is hidden, gives texts without the
looks of their letters, and gives a whole workbook up for a print margin that it does not know.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from openpyxl.utils import range_boundaries
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from plansite.data.workbook.open_workbook import SheetPart, Workbook
from plansite.data.workbook.shown.cell_style import Cell, SheetView
from plansite.data.workbook.shown.conditional_format import Conditions, ConditionsReader
from plansite.data.workbook.shown.stored_cell import CellReader
from plansite.data.workbook.shown.text_runs import LONGEST_CELL

MOST_COLUMNS = 200
MOST_ROWS = 1_048_576
"""As many rows as a sheet of Excel has."""
MOST_MERGES = 10_000
"""Each is reported and looked up in every row: a sheet of nothing but merges would take hours."""
Row = tuple[int, dict[int, Cell]]
"""A row's number, and its cells that are not empty by column."""
_ROW, _COLUMN, _MERGE, _VIEW = (
    f"{{{SHEET_MAIN_NS}}}{name}" for name in ("row", "col", "mergeCell", "sheetView")
)
_OFF = ("0", "false", "off")


@dataclass(frozen=True)
class Merge:
    """A range of merged cells."""

    ref: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int

    @property
    def columns(self) -> range:
        """The columns that it covers, counted from 1."""
        return range(self.first_column, self.last_column + 1)

    def covered(self, rows: list[Row]) -> list[Row]:
        """Those that it covers of a sheet's rows, from the top."""
        start = bisect_left(rows, self.first_row, key=itemgetter(0))
        return rows[start : bisect_right(rows, self.last_row, key=itemgetter(0))]


@dataclass(frozen=True)
class SheetRows:
    """What a sheet holds."""

    rows: list[Row]
    """Those that hold anything, from the top."""
    merges: list[Merge]
    """From the top."""
    hidden_rows: frozenset[int]
    hidden_columns: tuple[range, ...]
    view: SheetView
    conditions: Conditions

    def hides_column(self, column: int) -> bool:
        """Whether a column is not seen."""
        return any(column in columns for columns in self.hidden_columns)


def read_sheet(book: Workbook, sheet: SheetPart) -> SheetRows:
    """Read a sheet.

    Raises:
        RefusedError: it holds more than Excel would write.
        ValueError: the sheet is not as Excel would write one.
    """
    reader = _Reader(book, sheet.title)
    with book.open(sheet) as source:
        for _, element in iterparse(source):
            reader.take(element)
    return reader.sheet()


@dataclass
class _Reader:
    """Takes what a sheet holds, in its order."""

    book: Workbook
    title: str
    _rows: list[Row] = field(default_factory=list)
    _number: int = 0
    _merges: list[Merge] = field(default_factory=list)
    _hidden_rows: set[int] = field(default_factory=set)
    _hidden_columns: list[range] = field(default_factory=list)
    _shows_zeros: bool = True

    def __post_init__(self) -> None:
        self._cells = CellReader(self.book.texts)
        self._conditions = ConditionsReader(self.book.styles)

    def take(self, element: Any) -> None:
        """Take an element that has been read to its end."""
        if element.tag == _ROW:
            self._take_row(element)
            element.clear()
        elif element.tag == _COLUMN:
            if _is_hidden(element, "width"):
                first, last = int(element.get("min")), int(element.get("max"))
                self._hidden_columns.append(range(first, last + 1))
        elif element.tag == _MERGE:
            if len(self._merges) >= MOST_MERGES:
                raise ValueError(f"{self.title}: more than {MOST_MERGES} merged cells")
            self._merges.append(_merge(element.get("ref", "")))
        elif element.tag == _VIEW:
            self._shows_zeros &= element.get("showZeros", "1") not in _OFF
        else:
            self._conditions.take(element)

    def _take_row(self, row: Any) -> None:
        number = int(row.get("r", self._number + 1))
        if not self._number < number <= MOST_ROWS:
            raise ValueError(f"{self.title}: row {number}")
        self._number = number
        if _is_hidden(row, "ht"):
            self._hidden_rows.add(number)
        try:
            cells = self._cells.of_row(row, number)
        except ValueError as error:
            raise ValueError(f"{self.title}: {error}") from None
        filled = {
            column: cell
            for column, cell in cells.items()
            if column <= MOST_COLUMNS and not _is_void(cell.value)
        }
        if filled:
            self._rows.append((number, filled))

    def sheet(self) -> SheetRows:
        """What was taken."""
        return SheetRows(
            self._rows,
            sorted(self._merges, key=lambda merge: (merge.first_row, merge.first_column)),
            frozenset(self._hidden_rows),
            tuple(self._hidden_columns),
            SheetView(self.book.epoch, self._shows_zeros),
            self._conditions.conditions(),
        )


def _is_void(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_CELL and not value.strip()
    return value is None


def _is_hidden(element: Mapping[str, str] | Any, size: str) -> bool:
    if element.get("hidden", "0") not in _OFF:
        return True
    return float(element.get(size, 1)) == 0


def _merge(ref: str) -> Merge:
    left, top, right, bottom = range_boundaries(ref)
    if not (left and top and right and bottom):
        raise ValueError(f"merged cells {ref}")
    return Merge(ref, top, bottom, left, right)


def row_ranges(numbers: list[int]) -> str:
    """Numbers in a row as people write them: ``3–7, 9``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return ", ".join("–".join(map(str, part)) for part in parts)
