"""Rows as CSV, for spreadsheets and for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from plansite.downloads.columns import Column, Row, plain

BOM = b"\xef\xbb\xbf"
"""Tells Excel that a CSV file is UTF-8."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def to_csv(rows: Iterable[Row], columns: Sequence[Column]) -> bytes:
    """Rows as UTF-8 with CRLF; no text in them runs as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in columns)
    for row in rows:
        cells = (row[column.name] for column in columns)
        writer.writerow(harmless(c) if isinstance(c, str) else plain(c) for c in cells)
    return text.getvalue().encode()


def harmless(text: str) -> str:
    """Text that a spreadsheet would run gets an apostrophe in front; numbers stay as they are."""
    if not text.startswith(_FORMULA_STARTS) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()
