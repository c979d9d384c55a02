"""Whether a file is UTF-8, read line by line so that the row of a fault can be named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plansite.problems import Problem

GUESSES = ("gb18030", "utf-16", "big5")


def check_encoding(path: Path) -> Iterator[Problem]:
    """Yield a problem for the first line that is not UTF-8."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                yield Problem("encoding", path.as_posix(), row=1, details={"found": "UTF-16"})
                return
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                found = {"found": _guess(line)}
                yield Problem("encoding", path.as_posix(), row=number, details=found)
                return


def _guess(line: bytes) -> str:
    for name in GUESSES:
        try:
            line.decode(name)
        except UnicodeDecodeError:
            continue
        return {"gb18030": "GBK/GB18030", "utf-16": "UTF-16", "big5": "Big5"}[name]
    return "?"
