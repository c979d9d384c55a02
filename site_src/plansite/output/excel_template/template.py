"""The template: one sheet for each table, empty or with today's data, and a sheet of instructions.

Takes a package that can be read. Gives the workbook's bytes, the same for the same package.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from plansite.data.package import PackageSnapshot
from plansite.data.workbook.merge_rows import cells_of, key_of
from plansite.data.workbook.sheets import (
    FIRST_ROW,
    GUIDE_TITLE,
    HEADING_ROW,
    ISSUED_TITLE,
    NAME_ROW,
    Column,
    Sheet,
    sheets_of,
)
from plansite.data.workbook.values import fingerprint, to_cell
from plansite.data.workbook.xlsx_archive import with_fixed_times
from plansite.output.excel_template import styles
from plansite.output.excel_template.choices import Choices, add_choices
from plansite.output.excel_template.guide import write_guide

Rows = list[dict[str, str]]
Styled = dict[tuple[str, str], Cell]
"""The first cell of each column, by the column's name and the cell's number format."""


def make_template(package: PackageSnapshot, *, filled: bool) -> bytes:
    """The template for a package, with its rows or without them.

    Raises:
        UnicodeDecodeError: a table is not UTF-8.
        csv.Error: a table cannot be taken apart.
    """
    sheets = sheets_of(package)
    rows = {sheet.name: _rows_of(sheet, package) for sheet in sheets}
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)
    guide.title = GUIDE_TITLE
    write_guide(guide, sheets, filled=filled)
    choices = Choices(sheets, {} if filled else rows)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        _write_table(page, sheet, rows[sheet.name] if filled else [])
        add_choices(page, sheet, choices)
        _protect(page)
    choices.write_lists(book)
    _write_issued(book, sheets, rows if filled else {})
    book.properties.creator = "plansite"
    buffer = io.BytesIO()
    book.save(buffer)
    return with_fixed_times(buffer.getvalue())


def _rows_of(sheet: Sheet, package: PackageSnapshot) -> Rows:
    """The table's rows, each with a cell for every column."""
    records = package.csv_lines(sheet.name)
    names = [column.name for column in sheet.columns]
    typed = (cells_of(record, records.header.cells) for record in records.rows)
    return [{name: cells.get(name, "") for name in names} for cells in typed]


def _write_table(page: Worksheet, sheet: Sheet, rows: Iterable[Mapping[str, str]]) -> None:
    for position, column in enumerate(sheet.columns, start=1):
        _write_heading(page, position, column)
        # How cells that are still empty behave: what is typed into them stays as typed.
        look = page.column_dimensions[get_column_letter(position)]
        look.width = styles.width(column)
        look.font, look.protection = styles.PLAIN, styles.OPEN
        look.alignment = styles.alignment(column)
        look.number_format = to_cell("", column.kind)[1]
    styled: Styled = {}
    for number, cells in enumerate(rows, start=FIRST_ROW):
        for position, column in enumerate(sheet.columns, start=1):
            _write_cell(page.cell(number, position), cells[column.name], column, styled)
    page.row_dimensions[HEADING_ROW].height = 30
    page.freeze_panes = f"B{FIRST_ROW}"


def _write_heading(page: Worksheet, position: int, column: Column) -> None:
    heading, name = page.cell(HEADING_ROW, position), page.cell(NAME_ROW, position)
    styles.put_text(heading, column.heading)
    heading.font, heading.border = styles.HEADING, styles.BORDER
    heading.fill = styles.heading_fill(column)
    heading.alignment = Alignment(vertical="center", wrap_text=True)
    styles.put_text(name, column.name)
    name.font, name.border, name.fill = styles.FIELD_NAME, styles.BORDER, styles.NAME_FILL


def _write_cell(cell: Cell | MergedCell, text: str, column: Column, styled: Styled) -> None:
    assert isinstance(cell, Cell)  # the template merges none
    value, form = to_cell(text, column.kind)
    if isinstance(value, str):
        styles.put_text(cell, value)
    else:
        cell.value = value
    like = styled.setdefault((column.name, form), cell)
    if like is not cell:
        # Setting a look looks it up among all that the workbook has: half of the time for a row.
        cell._style = like._style  # type: ignore[attr-defined]
        return
    cell.number_format = form
    cell.font, cell.alignment = styles.PLAIN, styles.alignment(column)
    if column.is_key:
        cell.fill = styles.LOCKED_FILL
    else:
        cell.protection = styles.OPEN


def _protect(page: Worksheet) -> None:
    """Lock headings and existing keys, without a password; the rest works as usual.

    Inserting rows stays locked: Excel would give a new row the locked cells of the one above.
    """
    lock = page.protection
    lock.sheet = True
    lock.formatCells = lock.formatColumns = lock.formatRows = False
    lock.sort = lock.autoFilter = False


def _write_issued(book: Workbook, sheets: list[Sheet], rows: Mapping[str, Rows]) -> None:
    """What the template held when it was made: so an import knows which rows were touched."""
    page: Worksheet = book.create_sheet(ISSUED_TITLE)
    page.sheet_state = "veryHidden"
    marks = (
        (sheet.name, json.dumps(key_of(cells, sheet.key), ensure_ascii=False), fingerprint(cells))
        for sheet in sheets
        for cells in rows.get(sheet.name, [])
    )
    for number, texts in enumerate(marks, start=1):
        for position, text in enumerate(texts, start=1):
            styles.put_text(page.cell(number, position), text)
