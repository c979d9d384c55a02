"""A file's bytes, before anything is read as text: its size, its rows' size, and UTF-8.

Gives the bytes, or a problem for the first thing that keeps the file from being read. Reading ends
there, so that a file made to fill the memory is refused instead.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator
from functools import partial
from typing import BinaryIO

from plansite.model.problems import Problem

MAX_FILE = 100_000_000
"""Bytes of a file; the largest table that anybody sent had a hundredth of it."""
MAX_DESCRIPTOR = 5_000_000
"""Bytes of the descriptor, of which JSON makes forty times as many in memory; the contract's own
has a hundredth."""
MAX_ROW = 1_000_000
"""Bytes of a row; a whole plan's text has a tenth of it."""
csv.field_size_limit(MAX_ROW)  # a cell that is too long is told of as such, and not as no CSV
MAX_ROWS = 1_000_000
"""Rows of a table; a sheet of Excel holds 1,048,576, and a template's headings are some of them."""
MAX_COLUMNS = 1_000
"""Columns of a table; the contract's widest has a fiftieth of it."""
GUESSES = {"gb18030": "GBK/GB18030", "big5": "Big5"}
"""UTF-16 is known by its mark and its NULs: read as such, half of all lines give some text."""
CONFLICT = (b"<<<<<<< ", b"||||||| ", b">>>>>>> ")
"""What git writes into a file that two people changed."""


def read_checked(stream: BinaryIO, file: str, *, is_table: bool) -> tuple[bytes, Problem | None]:
    """A file's bytes, or none and the problem with the first fault in them.

    Args:
        stream: the file, at its beginning.
        file: its name, as problems show it.
        is_table: rows are those of CSV; otherwise every line is one.
    """
    size, limit = stream.seek(0, os.SEEK_END), MAX_FILE if is_table else MAX_DESCRIPTOR
    if size > limit:
        details = {"size": f"{size / 1e6:,.0f} MB", "limit": f"{limit / 1e6:.0f} MB"}
        return b"", Problem("file-size", file, details=details)
    stream.seek(0)
    content = io.BytesIO()
    lines = iter(partial(stream.readline, MAX_ROW + 1), b"")
    problem = next(_faults(_copied(lines, content), file, is_table=is_table), None)
    return (content.getvalue(), None) if problem is None else (b"", problem)


def _copied(lines: Iterable[bytes], copy: BinaryIO) -> Iterator[bytes]:
    for line in lines:
        copy.write(line)
        yield line


def _faults(lines: Iterable[bytes], file: str, *, is_table: bool) -> Iterator[Problem]:
    row, length, is_quoted = 1, 0, False
    for line_number, line in enumerate(lines, start=1):
        length += len(line)
        code, details = _fault(line, length)
        if code and (is_table or code != "row-size"):
            yield Problem(code, file, row=row, details=details, line=line_number)
        # A cell in quotation marks may run over several lines; all of them are one row.
        is_quoted ^= is_table and line.count(b'"') % 2 == 1
        if not is_quoted:
            row, length = row + 1, 0
        if is_table and row - 2 > MAX_ROWS:  # all but the header and the row that comes next
            yield Problem("row-count", file, row=row - 1, details={"limit": f"{MAX_ROWS:,}"})


def _fault(line: bytes, length: int) -> tuple[str, dict[str, str]]:
    """The code and the details of what is wrong with a line; an empty code where nothing is."""
    encoding = _foreign_encoding(line)
    if encoding is not None:
        return "encoding", {"found": encoding}
    if b"\0" in line:
        return "hidden-character", {"characters": "U+0000"}
    if length > MAX_ROW:
        return "row-size", {"limit": f"{MAX_ROW / 1e6:.0f} MB"}
    if line.startswith(CONFLICT):
        return "merge-conflict", {}
    return "", {}


def _foreign_encoding(line: bytes) -> str | None:
    """What a line that is no UTF-8 text looks like.

    In UTF-16 every second byte of Latin letters and commas is NUL; elsewhere a NUL is a slip, and a
    row of them what a computer leaves that was switched off while it wrote.
    """
    share = line.count(0) / len(line)
    if 0.25 <= share <= 0.75 or line.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        # The limit may have cut the line in the middle of a character.
        cut_short = len(line) > MAX_ROW and error.start > len(line) - 4
        return None if cut_short else _guess(line)
    return None


def _guess(line: bytes) -> str:
    for name, shown in GUESSES.items():
        try:
            line.decode(name)
        except UnicodeDecodeError:
            continue
        return shown
    return "?"
