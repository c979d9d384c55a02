"""One table as a CSV file, in whatever encoding and separator a spreadsheet saved it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from plansite.data.workbook.file_format import UNKNOWN
from plansite.data.workbook.headers import LOOKED_AT, Header, recognise
from plansite.data.workbook.sheets import DATE, Sheet
from plansite.data.workbook.submitted_rows import SubmittedFile, SubmittedRow, SubmittedTable
from plansite.data.workbook.values import tidy_date
from plansite.model.problems import MOST_PROBLEMS, Problem

SEPARATORS = (",", "\t", ";")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe\0\0", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
"""What stands in no text: another kind of file."""
GBK = "gb18030"
_GUESSES = (("utf-8", "UTF-8"), (GBK, "GBK/GB18030"))
_NO_PAIRS = {"reason_zh": "引号没有成对", "reason_en": "quotation marks are not in pairs"}


def read_csv_file(content: bytes, path: Path, sheets: list[Sheet]) -> SubmittedFile:
    """Read a CSV file as one table of the package with these sheets."""
    file = path.as_posix()
    text, encoding = _decoded(content)
    if text is None:
        return SubmittedFile(problems=(Problem("encoding", file, details={"found": "?"}),))
    problems = []
    if encoding != "UTF-8":
        problems.append(Problem("file-decoded", file, details={"encoding": encoding}))
    header: Header | None = None
    rows: list[list[str]] = []
    for separator in SEPARATORS:
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
        except csv.Error:
            continue
        labels = [(number, _labels(row)) for number, row in enumerate(rows[:LOOKED_AT], start=1)]
        header = recognise(labels, path.stem, sheets)
        if header is not None:
            break
    if header is None and _BINARY.search(text):
        details = {"found_zh": UNKNOWN.zh, "found_en": UNKNOWN.en}
        return SubmittedFile(problems=(Problem("workbook-format", file, details=details),))
    if header is None:
        code = "no-table" if rows else "unreadable-table"
        return SubmittedFile(problems=(*problems, Problem(code, file, details=_NO_PAIRS)))
    return _table(header, rows, file, problems)


def _decoded(content: bytes) -> tuple[str | None, str]:
    """The text, and the encoding that it was in."""
    guesses = [(codec, name) for mark, codec, name in _MARKS if content.startswith(mark)]
    if not guesses and b"\0" in content:
        codec = "utf-16-be" if content.startswith(b"\0") else "utf-16-le"
        guesses = [(codec, "UTF-16")]
    for codec, name in guesses or _GUESSES:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec != GBK or _is_of_common_signs(text):
            return text, name
    return None, ""


def _is_of_common_signs(text: str) -> bool:
    """Whether most of what is not ASCII is in GB 2312, as in nearly every Chinese text.

    GBK takes most files in Big5 and Shift JIS too, and makes rare signs of them.
    """
    signs = "".join(filter(lambda sign: not sign.isascii(), text))
    return len(signs.encode("gb2312", "ignore")) >= len(signs)


def _labels(row: list[str]) -> dict[int, str]:
    return {column: text.strip() for column, text in enumerate(row, start=1) if text.strip()}


def _table(
    header: Header, rows: list[list[str]], file: str, problems: list[Problem]
) -> SubmittedFile:
    missing = [Problem("missing-column", file, header.row, value=n) for n in header.missing_keys]
    twice = [Problem("column-twice", file, header.row, value=name) for name in header.twice]
    if missing or twice:
        return SubmittedFile(problems=(*problems, *missing, *twice))
    problems += [
        Problem("column-ignored", file, header.row, value=label)
        for label in header.unknown.values()
    ]
    kinds = {column.name: column.kind for column in header.sheet.columns}
    submitted = []
    short = [
        Problem("missing-cell", file, number, field)
        for number, field in _short_rows(header, rows[header.first_row - 1 :])
    ]
    if len(short) > MOST_PROBLEMS:
        short[MOST_PROBLEMS:] = [Problem("too-many-problems", file)]
        return SubmittedFile(problems=(*problems, *short))
    for number, row in enumerate(rows, start=1):
        if number < header.first_row or not any(text.strip() for text in row):
            continue
        if len(row) > max(header.fields) and any(row[max(header.fields) :]):
            shown = next(filter(None, row[max(header.fields) :]))
            if not header.unknown:
                problems.append(Problem("extra-cell", file, number, value=shown))
        cells = {}
        for column, name in header.fields.items():
            text = row[column - 1] if column <= len(row) else ""
            cells[name] = tidy_date(text) if kinds[name] == DATE else text
        submitted.append(SubmittedRow(number, cells))
    table = SubmittedTable(header.sheet.name, file, tuple(submitted))
    return SubmittedFile({table.name: table}, tuple(problems))


def _short_rows(header: Header, rows: list[list[str]]) -> Iterator[tuple[int, str]]:
    """The rows with less than half of the cells and what they lack, one more than are told of.

    A short row is filled up, and thousands of them with two letters each would fill the memory.
    """
    columns = sorted(header.fields)
    short = (
        (number, header.fields[next(column for column in columns if column > len(row))])
        for number, row in enumerate(rows, start=header.first_row)
        if row and 2 * len(row) < columns[-1]
    )
    return islice(short, MOST_PROBLEMS + 1)
