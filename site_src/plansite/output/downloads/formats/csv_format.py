"""Rows as CSV, for spreadsheets and for programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from plansite.output.downloads.formats.columns import Column, Row, plain

BOM = b"\xef\xbb\xbf"
"""Tells Excel that a CSV file is UTF-8."""
_FORMULA_STARTS = (*"=+-@", *"＝＋－＠", "\t", "\r", "\n")
"""Excel in Chinese takes full-width signs like the others."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def to_csv(rows: Iterable[Row], columns: Sequence[Column]) -> bytes:
    """Rows as UTF-8 with CRLF; no text in them runs as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in columns)
    for row in rows:
        cells = (row[column.name] for column in columns)
        writer.writerow(harmless(c) if isinstance(c, str) else plain(c) for c in cells)
    return text.getvalue().encode()


def harmless_copy(table: bytes) -> bytes:
    """A CSV file with the same cells, none of which runs as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for record in _records(table):
        writer.writerow(map(harmless, record))
    return text.getvalue().encode()


def would_run(table: bytes) -> bool:
    """Whether a cell of a CSV file runs as a formula, so that :func:`harmless_copy` alters it."""
    return any(harmless(cell) != cell for record in _records(table) for cell in record)


def _records(table: bytes) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))


def harmless(text: str) -> str:
    """Text that a spreadsheet would run gets an apostrophe in front; numbers stay as they are."""
    if not text.startswith(_FORMULA_STARTS) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"
