"""A file's bytes, before anything is read as text: its size, its rows' size, and UTF-8.

Takes a path. Gives at most one problem, for the first thing that keeps the file from being read. No
more than one row is held in memory, so that a file made to fill it is refused instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plansite.model.problems import Problem

MAX_FILE = 100_000_000
"""Bytes of a file; the largest table that anybody sent had a hundredth of it."""
MAX_DESCRIPTOR = 5_000_000
"""Bytes of the descriptor, of which JSON makes forty times as many in memory; the contract's own
has a hundredth."""
MAX_ROW = 1_000_000
"""Bytes of a row; a whole plan's text has a tenth of it."""
MAX_ROWS = 1_000_000
"""Rows of a table; a sheet of Excel holds 1,048,576, and a template's headings are some of them."""
GUESSES = {"gb18030": "GBK/GB18030", "utf-16": "UTF-16", "big5": "Big5"}
CONFLICT = (b"<<<<<<< ", b"||||||| ", b">>>>>>> ")
"""What git writes into a file that two people changed."""


def check_bytes(path: Path, *, is_table: bool) -> Iterator[Problem]:
    """Yield a problem for the first fault of a file as bytes.

    Args:
        path: the file.
        is_table: rows are those of CSV; otherwise every line is one.
    """
    size, limit = path.stat().st_size, MAX_FILE if is_table else MAX_DESCRIPTOR
    if size > limit:
        details = {"size": f"{size / 1e6:,.0f} MB", "limit": f"{limit / 1e6:.0f} MB"}
        yield Problem("file-size", path.as_posix(), details=details)
        return
    row, line_number, length, is_quoted = 1, 0, 0, False
    with path.open("rb") as lines:
        while line := lines.readline(MAX_ROW + 1):
            line_number += 1
            length += len(line)
            code, details = _fault(line, length)
            if code and (is_table or code != "row-size"):
                at = 1 if details.get("found") == "UTF-16" else row
                yield Problem(code, path.as_posix(), row=at, details=details, line=line_number)
                return
            # A cell in quotation marks may run over several lines; all of them are one row.
            is_quoted ^= is_table and line.count(b'"') % 2 == 1
            if not is_quoted:
                row, length = row + 1, 0
            if is_table and row - 2 > MAX_ROWS:  # all but the header and the row that comes next
                details = {"limit": f"{MAX_ROWS:,}"}
                yield Problem("row-count", path.as_posix(), row=row - 1, details=details)
                return


def _fault(line: bytes, length: int) -> tuple[str, dict[str, str]]:
    """The code and the details of what is wrong with a line; an empty code where nothing is."""
    found = _foreign_encoding(line)
    if found is not None:
        return "encoding", {"found": found}
    if length > MAX_ROW:
        return "row-size", {"limit": f"{MAX_ROW / 1e6:.0f} MB"}
    if line.startswith(CONFLICT):
        return "merge-conflict", {}
    return "", {}


def _foreign_encoding(line: bytes) -> str | None:
    """What a line that is no UTF-8 text looks like; a NUL is half a character of UTF-16."""
    if b"\0" in line or line.startswith((b"\xff\xfe", b"\xfe\xff")):
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
