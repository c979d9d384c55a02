"""Read what somebody handed in: an Excel workbook, or one table as a CSV file.

Never raises for what stands in the file: that comes back as problems, each with its sheet, row and
column as Excel shows them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from openpyxl.utils import get_column_letter

from plansite.data.workbook.csv_file import read_csv_file
from plansite.data.workbook.file_format import is_zip
from plansite.data.workbook.headers import LOOKED_AT, Header, recognise
from plansite.data.workbook.open_workbook import RefusedError, SheetPart, Workbook
from plansite.data.workbook.sheet_rows import Merge, Row, SheetRows, read_sheet, row_ranges
from plansite.data.workbook.sheets import ISSUED_TITLE, OWN_SHEETS, Sheet
from plansite.data.workbook.shown.cell_style import Cell
from plansite.data.workbook.shown.cell_text import CellFault, CellText, read_cell
from plansite.data.workbook.submitted_rows import Key, SubmittedFile, SubmittedRow, SubmittedTable
from plansite.data.workbook.xlsx_archive import MOST_BYTES, Refusal, refusal, too_large
from plansite.model.problems import Problem

MOST_TEXT = 20_000_000
"""Characters in all cells, as many as a CSV file may have bytes: ten thousand cells can name one
text, which the workbook holds but once."""
Place = tuple[str, int, str]
"""A file and sheet, a row's number and a field."""


def read_submitted_file(path: Path, sheets: list[Sheet]) -> SubmittedFile:
    """Read a workbook or CSV file as tables of the package with these sheets.

    Raises:
        OSError: the file cannot be read.
    """
    shown = path.as_posix()
    if path.stat().st_size > MOST_BYTES:
        return _refused(too_large(MOST_BYTES), shown)
    content = path.read_bytes()
    refused = refusal(content)
    if refused is not None:
        return _refused(refused, shown)
    if not is_zip(content):
        return read_csv_file(content, path, sheets)
    try:
        return _Reader(Workbook(content), shown, sheets).read()
    except RefusedError as error:
        return _refused(error.refusal, shown)
    except Exception as error:  # a parser of others' files may raise anything
        return _refused(Refusal("workbook-damaged", {"reason": _root_of(error)}), shown)


def _root_of(error: BaseException) -> str:
    """What went wrong first, in one line."""
    while (before := error.__cause__ or error.__context__) and not error.__suppress_context__:
        error = before
    return f"{type(error).__name__}: {error}".partition("\n")[0][:200]


def _refused(refused: Refusal, file: str) -> SubmittedFile:
    return SubmittedFile(problems=(Problem(refused.code, file, details=refused.details),))


class _Reader:
    def __init__(self, book: Workbook, file: str, sheets: list[Sheet]) -> None:
        self._book = book
        self._file = file
        self._sheets = sheets
        self._text_left = MOST_TEXT
        self._problems: list[Problem] = []
        self._tables: dict[str, SubmittedTable] = {}

    def read(self) -> SubmittedFile:
        """Every table that the workbook holds, and what is wrong with it."""
        issued = self._read_issued()
        for page in self._book.sheets:
            if page.title not in OWN_SHEETS:
                self._read_page(page, issued)
        if not self._tables and not self._problems_stop:
            self._problems.append(Problem("no-table", self._file))
        return SubmittedFile(self._tables, tuple(self._problems))

    @property
    def _problems_stop(self) -> bool:
        return any(problem.is_blocker for problem in self._problems)

    def _read_issued(self) -> dict[str, dict[Key, str]] | None:
        """The rows that the template held when it was made; ``None`` where it is no template."""
        page = next((page for page in self._book.sheets if page.title == ISSUED_TITLE), None)
        if page is None:
            return None
        issued: dict[str, dict[Key, str]] = {sheet.name: {} for sheet in self._sheets}
        rows = read_sheet(self._book, page).rows
        self._count_text(rows)
        for _, cells in rows:
            try:
                table, key, mark = (cells[column].value for column in (1, 2, 3))
                issued[str(table)][tuple(map(str, json.loads(str(key))))] = str(mark)
            except (KeyError, TypeError, ValueError):
                continue
        return issued

    def _count_text(self, rows: list[Row]) -> None:
        """Keep to the text that a workbook may hold in all.

        Raises:
            RefusedError: it holds more.
        """
        values = (cell.value for _, cells in rows for cell in cells.values())
        self._text_left -= sum(len(value) for value in values if isinstance(value, str))
        if self._text_left < 0:
            raise RefusedError(too_large(MOST_TEXT))

    def _read_page(self, page: SheetPart, issued: dict[str, dict[Key, str]] | None) -> None:
        location = f"{self._file}[{page.title}]"
        sheet = read_sheet(self._book, page)
        rows = sheet.rows
        labels = [(number, _labels(cells)) for number, cells in rows if number <= LOOKED_AT]
        header = recognise(labels, page.title, self._sheets)
        if header is None:
            if rows:
                self._problems.append(Problem("sheet-ignored", location))
            return
        if self._header_is_wrong(header, location):
            return
        body = [row for row in rows if row[0] >= header.first_row]
        name = header.sheet.name
        self._warn_of_hidden(page, sheet, body, header, location)
        self._unmerge(body, header, sheet.merges, location)
        self._count_text(body)
        self._warn_of_unknown(body, header, location)
        submitted = tuple(self._submitted_rows(body, header, sheet, location))
        marks = None if issued is None else issued[name]
        self._tables[name] = SubmittedTable(name, location, submitted, marks)

    def _header_is_wrong(self, header: Header, location: str) -> bool:
        other = self._tables.get(header.sheet.name)
        wrong = [("missing-column", name) for name in header.missing_keys]
        wrong += [("column-twice", name) for name in header.twice]
        problems = [Problem(code, location, header.row, value=name) for code, name in wrong]
        if other is not None:
            details = {"other": other.location.removeprefix(self._file)}
            title = header.sheet.title
            problems.append(Problem("sheet-twice", location, value=title, details=details))
        self._problems += problems
        return bool(problems)

    def _warn_of_hidden(
        self, page: SheetPart, sheet: SheetRows, body: list[Row], header: Header, location: str
    ) -> None:
        """What nobody saw who looked at the sheet.

        It is read all the same: what a filter hides is still a row of the table, and to leave it
        out would mean to delete it.
        """
        if not page.is_visible:
            self._problems.append(Problem("hidden-sheet", location))
        rows = [n for n, cells in body if n in sheet.hidden_rows and cells.keys() & header.fields]
        if rows:
            details = {"rows": row_ranges(rows)}
            self._problems.append(Problem("hidden-rows", location, rows[0], details=details))
        used = {column for _, cells in body for column in cells}
        for column, name in sorted(header.fields.items()):
            if column in used and sheet.hides_column(column):
                letter = {"column": get_column_letter(column)}
                self._problems.append(
                    Problem("hidden-column", location, header.row, name, details=letter)
                )

    def _unmerge(self, body: list[Row], header: Header, merges: list[Merge], location: str) -> None:
        """Merged cells of one column: each row has the value. Of several columns: a problem.

        Raises:
            ValueError: merged cells overlap, which Excel does not let them.
        """
        left = len(body) * len(header.fields)
        for merge in merges:
            columns = sorted(column for column in header.fields if column in merge.columns)
            if merge.last_row < header.first_row or not columns:
                continue
            ref, row = {"range": merge.ref}, merge.first_row
            is_across = (
                len(columns) > 1
                or row < header.first_row
                or merge.first_column not in header.fields
            )
            code = "merged-across" if is_across else "merged-down"
            field = header.fields[columns[0]]
            self._problems.append(Problem(code, location, row, field, details=ref))
            if is_across:
                continue
            covered = merge.covered(body)
            left -= len(covered)
            if left < 0:
                raise ValueError(f"{location}: merged cells overlap")
            column = merge.first_column
            seen = covered[0][1].get(column) if covered and covered[0][0] == row else None
            for _, cells in covered:
                if seen is not None:
                    cells[column] = seen
                else:  # what other programs leave below is not seen
                    cells.pop(column, None)

    def _warn_of_unknown(self, body: list[Row], header: Header, location: str) -> None:
        """Data in columns that belong to no field: said once for each column."""
        used = {column for _, cells in body for column in cells if column not in header.fields}
        for column in sorted(used):
            name = header.unknown.get(column) or get_column_letter(column)
            self._problems.append(Problem("column-ignored", location, header.row, value=name))

    def _submitted_rows(
        self, body: list[Row], header: Header, sheet: SheetRows, location: str
    ) -> Iterator[SubmittedRow]:
        columns = {column.name: column for column in header.sheet.columns}
        for number, cells in body:
            if not cells.keys() & header.fields.keys():
                continue
            texts: dict[str, str | None] = dict.fromkeys(header.fields.values(), "")
            for column, name in header.fields.items():
                cell = cells.get(column)
                if cell is not None:
                    rules = sheet.conditions.at(number, column)
                    style = self._book.styles.of_cell(cell.style)
                    found = read_cell(cell, columns[name], style, sheet.view, rules)
                    texts[name] = self._text(found, (location, number, name))
            unread = frozenset(name for name, text in texts.items() if text is None)
            yield SubmittedRow(number, {name: text or "" for name, text in texts.items()}, unread)

    def _text(self, found: CellText | CellFault, where: Place) -> str | None:
        """What a cell says; ``None`` where it cannot be read, which is then said."""
        if isinstance(found, CellFault):
            self._problems.append(Problem(found.code, *where, found.value, found.details))
            return None
        if found.made:
            details = {"taken": found.text, "made": found.made}
            self._problems.append(Problem("excel-date", *where, details=details))
        return found.text


def _labels(cells: dict[int, Cell]) -> dict[int, str]:
    return {column: str(cell.value).strip() for column, cell in cells.items()}
