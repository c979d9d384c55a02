"""Rows as CSV, for spreadsheets and for programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plansite.output.downloads.formats.columns import Column, Row, plain

BOM = b"\xef\xbb\xbf"
"""Tells Excel that a CSV file is UTF-8."""
_FORMULA_STARTS = (*"=+-@", *"＝＋－＠", "\t", "\r", "\n")
"""Excel in Chinese takes full-width signs like the others."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_SEPARATOR = ";"
"""Where it separates lists, as in much of Europe, Excel parts every CSV file there, whatever is in
quotes. LibreOffice offers to part at it beside the comma, but for what is in quotes."""
_QUOTED = re.compile(f'[",{_SEPARATOR}\t\r\n]')


@dataclass(frozen=True)
class SpreadsheetCopy:
    """A CSV file as spreadsheets may open it."""

    content: bytes
    is_altered: bool
    """Whether a text in it has an apostrophe that was not typed."""


def to_csv(rows: Iterable[Row], columns: Sequence[Column]) -> bytes:
    """Rows as UTF-8 with CRLF; no text in them runs as a formula."""
    names = [column.name for column in columns]
    lines = [_line(names)]
    for row in rows:
        cells = (row[name] for name in names)
        lines.append(_line([harmless(c) if isinstance(c, str) else plain(c) for c in cells]))
    return "".join(lines).encode()


def spreadsheet_copy(table: bytes) -> SpreadsheetCopy:
    """A CSV file with the same cells, none of which runs as a formula."""
    lines, is_altered = [], False
    for record in csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")):
        cells = [*map(harmless, record)]
        is_altered = is_altered or cells != record
        lines.append(_line(cells))
    return SpreadsheetCopy("".join(lines).encode(), is_altered)


def _line(cells: Iterable[str]) -> str:
    """A row as a line; in quotes is what any spreadsheet could part."""
    quoted = (f'"{c.replace(chr(34), 2 * chr(34))}"' if _QUOTED.search(c) else c for c in cells)
    return ",".join(quoted) + "\r\n"


def harmless(text: str) -> str:
    """Text that a spreadsheet would run gets an apostrophe in front; numbers stay as they are.

    So does what would run behind a semicolon, where some spreadsheets begin another cell.
    """
    if _SEPARATOR not in text:
        return f"'{text}" if _would_run(text) else text
    first, *others = text.split(_SEPARATOR)
    # A quotation mark at the start of a cell is none of its content.
    guarded = (f"'{part}" if _would_run(part.lstrip('"')) else part for part in others)
    return _SEPARATOR.join((harmless(first), *guarded))


def _would_run(text: str) -> bool:
    return text.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(text)
