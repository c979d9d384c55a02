"""A sheet row after row, with what openpyxl does not tell of a sheet that is read so.

Numbers stay as the file has them, whatever their format makes of them; texts know which of their
letters are struck through or raised; and the sheet says what of it is merged and what is hidden.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, WorkSheetParser

from plansite.data.workbook.shown.look import Cell, Sight
from plansite.data.workbook.shown.text_runs import LONGEST_CELL, text_of

MOST_COLUMNS = 200
MOST_ROWS = 1_048_576
"""As many rows as a sheet of Excel has."""
MOST_MERGES = 10_000
"""Each is reported and looked up in every row: a sheet of nothing but merges would take hours."""
Row = tuple[int, dict[int, Cell]]
"""A row's number, and its cells that are not empty by column."""


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
    sight: Sight

    def hides_column(self, column: int) -> bool:
        """Whether a column is not seen."""
        return any(column in columns for columns in self.hidden_columns)


class _Parser(WorkSheetParser):
    """Reads cells with the looks of their letters, however their text is stored."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        is_inline = element.get("t") == "inlineStr" and element.find(FORMULA_TAG) is None
        if is_inline:
            element.set("t", "str")  # or openpyxl would make objects of the text, without its looks
        cell: dict[str, Any] = super().parse_cell(element)
        if is_inline:
            child = element.find(INLINE_STRING)
            cell |= {"data_type": "s", "value": None if child is None else text_of(child)}
        return cell


def read_sheet(page: Any) -> SheetRows:
    """Read a sheet.

    Args:
        page: a sheet of a workbook that openpyxl reads row by row.

    Raises:
        ValueError: the sheet is not as Excel would write one.
    """
    book = page.parent
    with page._get_source() as source:  # openpyxl's own reader fills gaps and forgets the rest
        parser = _Parser(source, page._shared_strings, epoch=book.epoch)
        rows = [row for row in _filled(parser, page.title) if row[1]]
    views = parser.views.sheetView if hasattr(parser, "views") else []
    sight = Sight(book.epoch, all(view.showZeros is not False for view in views))
    hidden = frozenset(
        int(number) for number, look in parser.row_dimensions.items() if _is_hidden(look, "ht")
    )
    columns = tuple(
        range(int(look["min"]), int(look["max"]) + 1)
        for look in parser.column_dimensions.values()
        if _is_hidden(look, "width")
    )
    return SheetRows(rows, _merges(parser, page.title), hidden, columns, sight)


def _filled(parser: WorkSheetParser, title: str) -> Iterator[Row]:
    last = 0
    for number, cells in parser.parse():
        if not last < number <= MOST_ROWS:
            raise ValueError(f"{title}: row {number}")
        last = number
        yield (
            number,
            {
                cell["column"]: Cell(cell["value"], cell["data_type"], cell["style_id"])
                for cell in cells
                if cell["column"] <= MOST_COLUMNS and not _is_void(cell["value"])
            },
        )


def _is_void(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_CELL and not value.strip()
    return value is None


def _is_hidden(look: dict[str, str], size: str) -> bool:
    if look.get("hidden", "0") in ("1", "true"):
        return True
    return float(look.get(size, 1)) == 0


def _merges(parser: WorkSheetParser, title: str) -> list[Merge]:
    refs = [] if parser.merged_cells is None else [m.ref for m in parser.merged_cells.mergeCell]
    if len(refs) > MOST_MERGES:
        raise ValueError(f"{title}: {len(refs)} merged cells")
    return sorted(map(_merge, refs), key=_first_cell)


def _merge(ref: str) -> Merge:
    left, top, right, bottom = range_boundaries(ref)
    assert left and top and right and bottom
    return Merge(ref, top, bottom, left, right)


def _first_cell(merge: Merge) -> tuple[int, int]:
    return merge.first_row, merge.first_column


def row_ranges(numbers: list[int]) -> str:
    """Numbers in a row as people write them: ``3–7, 9``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return ", ".join("–".join(map(str, part)) for part in parts)
