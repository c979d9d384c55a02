"""Read what somebody handed in: an Excel workbook, or one table as a CSV file.

Never raises for what stands in the file: that comes back as problems, each with its sheet, row and
column as Excel shows them.
"""

from __future__ import annotations

import datetime as dt
import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from plansite.data.workbook.csv_file import read_csv_file
from plansite.data.workbook.headers import LOOKED_AT, Header, recognise
from plansite.data.workbook.merged_cells import Merge, merges_of
from plansite.data.workbook.open_workbook import EntriesError, open_workbook
from plansite.data.workbook.sheets import ISSUED_TITLE, OWN_SHEETS, Sheet
from plansite.data.workbook.submitted_rows import Key, SubmittedFile, SubmittedRow, SubmittedTable
from plansite.data.workbook.values import cell_text
from plansite.data.workbook.xlsx_archive import MOST_BYTES, Refusal, is_text, refusal, too_large
from plansite.model.problems import Problem

MOST_COLUMNS = 200
MOST_ROWS = 1_048_576
"""As many rows as a sheet of Excel has."""
Row = tuple[int, dict[int, Any]]
"""A row's number, and its cells that are not empty by column."""


def read_submitted_file(path: Path, sheets: list[Sheet]) -> SubmittedFile:
    """Read a workbook or CSV file as tables of the package with these sheets.

    Raises:
        OSError: the file cannot be read.
    """
    shown = path.as_posix()
    if path.stat().st_size > MOST_BYTES:
        return _refused(too_large(MOST_BYTES), shown)
    content = path.read_bytes()
    if is_text(content):
        return read_csv_file(content, path, sheets)
    refused = refusal(content)
    if refused is not None:
        return _refused(refused, shown)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pictures and other things that are no data
            return _Reader(open_workbook(content), content, shown, sheets).read()
    except EntriesError as error:
        return _refused(error.refusal, shown)
    except Exception as error:  # a parser of others' files may raise anything
        return _refused(Refusal("workbook-damaged", {"reason": _root_of(error)}), shown)


def _root_of(error: BaseException) -> str:
    """What went wrong first, in one line."""
    while (before := error.__cause__ or error.__context__) is not None:
        error = before
    return f"{type(error).__name__}: {error}".partition("\n")[0][:200]


def _refused(refused: Refusal, file: str) -> SubmittedFile:
    return SubmittedFile(problems=(Problem(refused.code, file, details=refused.details),))


class _Reader:
    def __init__(self, book: Any, content: bytes, file: str, sheets: list[Sheet]) -> None:
        self._book = book
        self._content = content
        self._file = file
        self._sheets = sheets
        self._epoch: dt.datetime = book.epoch
        self._problems: list[Problem] = []
        self._tables: dict[str, SubmittedTable] = {}

    def read(self) -> SubmittedFile:
        """Every table that the workbook holds, and what is wrong with it."""
        issued = self._read_issued()
        for page in self._book.worksheets:
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
        if ISSUED_TITLE not in self._book.sheetnames:
            return None
        issued: dict[str, dict[Key, str]] = {sheet.name: {} for sheet in self._sheets}
        for table, key, mark in self._book[ISSUED_TITLE].iter_rows(max_col=3, values_only=True):
            try:
                issued[str(table)][tuple(map(str, json.loads(str(key))))] = str(mark)
            except (KeyError, TypeError, ValueError):
                continue
        return issued

    def _read_page(self, page: Any, issued: dict[str, dict[Key, str]] | None) -> None:
        location = f"{self._file}[{page.title}]"
        rows = list(_rows(page))
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
        self._unmerge(body, header, merges_of(self._content, page), location)
        self._warn_of_unknown(body, header, location)
        submitted = tuple(self._submitted_rows(body, header, location))
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

    def _unmerge(self, body: list[Row], header: Header, merges: list[Merge], location: str) -> None:
        """Merged cells of one column: each row has the value. Of several columns: a problem."""
        by_number = dict(body)
        for merge in merges:
            fields = [header.fields[c] for c in merge.columns if c in header.fields]
            if merge.last_row < header.first_row or not fields:
                continue
            ref, row = {"range": merge.ref}, merge.first_row
            is_across = len(fields) > 1 or row < header.first_row
            code = "merged-across" if is_across else "merged-down"
            self._problems.append(Problem(code, location, row, fields[0], details=ref))
            if is_across:
                continue
            column = next(c for c in merge.columns if c in header.fields)
            cell = by_number.get(row, {}).get(column)
            for number, cells in body:
                if cell is not None and merge.first_row <= number <= merge.last_row:
                    cells[column] = cell

    def _warn_of_unknown(self, body: list[Row], header: Header, location: str) -> None:
        """Data in columns that belong to no field: said once for each column."""
        used = {column for _, cells in body for column in cells if column not in header.fields}
        for column in sorted(used):
            name = header.unknown.get(column) or get_column_letter(column)
            self._problems.append(Problem("column-ignored", location, header.row, value=name))

    def _submitted_rows(
        self, body: list[Row], header: Header, location: str
    ) -> Iterator[SubmittedRow]:
        columns = {column.name: column for column in header.sheet.columns}
        for number, cells in body:
            if not cells.keys() & header.fields.keys():
                continue
            texts = dict.fromkeys(header.fields.values(), "")
            for column, name in header.fields.items():
                cell = cells.get(column)
                if cell is not None:
                    texts[name] = self._text(cell, columns[name].kind, (location, number, name))
            yield SubmittedRow(number, texts)

    def _text(self, cell: Any, kind: str, where: tuple[str, int, str]) -> str:
        location, number, name = where
        if cell.data_type in ("f", "e"):
            code = "cell-formula" if cell.data_type == "f" else "cell-error"
            value = getattr(cell.value, "text", None) or str(cell.value)
            self._problems.append(Problem(code, location, number, name, value))
            return ""
        form_number = cell.style_array.numFmtId
        converted = cell_text(cell.value, kind, cell.number_format, form_number, self._epoch)
        if converted.is_guess:
            details = {"taken": converted.text}
            self._problems.append(Problem("excel-date", location, number, name, details=details))
        return converted.text


def _rows(page: Any) -> Iterator[Row]:
    """A sheet's rows that hold anything, with their numbers."""
    page.reset_dimensions()  # some programs write a wrong size, and openpyxl would believe it
    gap: object = None
    for number, cells in enumerate(page.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise ValueError(f"{page.title}: row {number}")
        if cells is gap:
            continue  # the same for every row between two that are there: maybe a million
        filled = {
            column: cell
            for column, cell in enumerate(cells, start=1)
            if cell.value is not None and not (isinstance(cell.value, str) and _is_void(cell.value))
        }
        if filled:
            yield number, filled
        else:
            gap = cells


def _is_void(text: str) -> bool:
    return not text.strip()


def _labels(cells: dict[int, Any]) -> dict[int, str]:
    return {column: str(cell.value).strip() for column, cell in cells.items()}
