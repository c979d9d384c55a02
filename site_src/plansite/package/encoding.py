"""Whether a file is UTF-8, read line by line so that the row of a fault can be named."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from plansite.problems import Problem

GUESSES = ("gb18030", "utf-16", "big5")


def check_encoding(path: Path) -> Iterator[Problem]:
    """Yield a problem for the first line that is not UTF-8."""
    with path.open("rb") as lines:
        before: list[bytes] = []
        for line in lines:
            before.append(line)
            found = _foreign_encoding(line)
            if found is not None:
                row = 1 if found == "UTF-16" else _row_of_last_line(b"".join(before))
                yield Problem("encoding", path.as_posix(), row=row, details={"found": found})
                return


def _foreign_encoding(line: bytes) -> str | None:
    """What a line that is no UTF-8 text looks like; a NUL is half a character of UTF-16."""
    if b"\0" in line or line.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(line)
    return None


def _row_of_last_line(start: bytes) -> int:
    """The row that a spreadsheet shows: a cell in quotation marks may run over several lines."""
    text = start.decode("utf-8", errors="replace")
    return sum(1 for _ in csv.reader(io.StringIO(text, newline="")))


def _guess(line: bytes) -> str:
    for name in GUESSES:
        try:
            line.decode(name)
        except UnicodeDecodeError:
            continue
        return {"gb18030": "GBK/GB18030", "utf-16": "UTF-16", "big5": "Big5"}[name]
    return "?"
