"""A table's layout, before any cell is judged: quotation marks, separator and header.

Each wrong heading is one problem. The rows of a table with a wrong header are not judged, since
every cell of a shifted column would look wrong too.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from plansite.data.cells.closest_choice import Guesses
from plansite.data.package.stored_files import StoredFile
from plansite.model.problems import MOST_PROBLEMS, Problem

ALIKE = 0.8
"""From this likeness on, a heading is a field's name that was mistyped."""
_ROW_END = re.compile(rb"\r\n?|\n")
_ROW_END_NAMES = {b"\n": "LF", b"\r\n": "CR LF", b"\r": "CR"}
OTHER_SEPARATORS = (";", "\t", "|", "，")
_REASONS = {
    "header": ("首行没有字段名", "row 1 names no fields"),
    "separator": ("首行是 sep=，应为字段名", "row 1 says sep= and should name the fields"),
    "quotation": ("引号没有成对", "quotation marks are not in pairs"),
}


@dataclass(frozen=True)
class Layout:
    """What a first look at a table gave."""

    problems: tuple[Problem, ...]
    """What keeps its rows from being judged."""
    keys: tuple[str, ...]
    """The values in the first key field, to which other tables refer."""
    lines: Mapping[int, int] = dataclasses.field(default_factory=dict)
    """The line of the file on which a row ends; empty where rows and lines agree throughout."""
    odd_rows: tuple[Problem, ...] = ()
    """The rows with more cells than the header, and the first that ends as the header does not."""


class _Reader:
    """Goes through a table's rows once."""

    def __init__(self, file: str, key: str) -> None:
        self._file, self._key = file, key
        self.header: list[str] = []
        self.keys: list[str] = []
        self.lines: dict[int, int] = {}
        self.wide: list[Problem] = []
        self.blank: list[Problem] = []

    def read(self, content: bytes) -> Problem | None:
        """Read the table; the problem is what kept it from being read to its end.

        Of rows that are too long or empty, no more are read than are told of. Whatever reads them
        in full takes far longer: frictionless makes an error of every cell that is too many.
        """
        lines = io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline="")
        reader = csv.reader(lines, strict=True)
        row = 0
        try:
            for row, cells in enumerate(reader, start=1):
                if reader.line_num != row:
                    self.lines[row] = reader.line_num
                if row == 1:
                    self.header = cells
                    key_column = cells.index(self._key) if self._key in cells else len(cells)
                    continue
                if key_column < len(cells) and cells[key_column]:
                    self.keys.append(cells[key_column])
                self._note_shape(row, cells)
                if len(self.wide) + len(self.blank) >= MOST_PROBLEMS:
                    return Problem("too-many-problems", self._file)
        except csv.Error:
            return _unreadable(self._file, row + 1, *_REASONS["quotation"])
        return None

    def _note_shape(self, row: int, cells: list[str]) -> None:
        width = len(self.header)
        if not any(cells):
            self.blank.append(Problem("blank-row", self._file, row=row))
        elif len(cells) > width:
            value = cells[width] or None
            self.wide.append(Problem("extra-cell", self._file, row=row, value=value))


def read_layout(stored: StoredFile, names: list[str], key: str, guesses: Guesses) -> Layout:
    """Look at a table once, before anything slower does.

    Args:
        stored: the table's file.
        names: the fields' names in their order.
        key: the first field of its primary key.
        guesses: what finds the field that a wrong heading may have meant.
    """
    reader = _Reader(stored.path, key)
    fault = reader.read(stored.content)
    if fault is not None and fault.code != "too-many-problems":
        return Layout((fault,), ())
    header_problems = _header_problems(reader.header, names, stored.path, guesses)
    problems = list(islice(header_problems, MOST_PROBLEMS + 1))
    if not problems and fault is not None:
        problems = sorted([*reader.wide, *reader.blank], key=lambda problem: problem.row or 0)
    if fault is not None or len(problems) > MOST_PROBLEMS:
        problems = [*problems[:MOST_PROBLEMS], Problem("too-many-problems", stored.path)]
    # Where a cell has lines of its own, they may end otherwise, and are told of.
    ends = () if reader.lines else _other_line_end(stored)
    return Layout(tuple(problems), tuple(reader.keys), reader.lines, (*ends, *reader.wide))


def _other_line_end(stored: StoredFile) -> Iterator[Problem]:
    """Yield the first row that ends otherwise than the header: some programs read no such table."""
    ends = (match[0] for match in _ROW_END.finditer(stored.content))
    first = next(ends, b"")
    for row, end in enumerate(ends, start=2):
        if end != first:
            details = {"expected": _ROW_END_NAMES[first], "found": _ROW_END_NAMES[end]}
            yield Problem("line-ends", stored.path, row=row, details=details)
            return


def cells_in_width(content: bytes) -> Iterator[list[str]]:
    """A sound table's rows, of which none has more cells than the header."""
    rows = csv.reader(io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline=""))
    header = next(rows)
    yield header
    for row in rows:
        yield row[: len(header)]


def _unreadable(file: str, row: int, zh: str, en: str) -> Problem:
    return Problem("unreadable-table", file, row=row, details={"reason_zh": zh, "reason_en": en})


def _header_problems(
    header: list[str], names: list[str], file: str, guesses: Guesses
) -> Iterator[Problem]:
    """Yield what keeps the header from naming the fields: its form, else each heading."""
    if not any(header):
        yield _unreadable(file, 1, *_REASONS["header"])
        return
    if header[0].startswith("sep="):
        yield _unreadable(file, 1, *_REASONS["separator"])
        return
    separator = next((mark for mark in OTHER_SEPARATORS if mark in header[0]), None)
    if len(header) == 1 and separator is not None:
        shown = "Tab" if separator == "\t" else f"“{separator}”"
        yield _unreadable(file, 1, f"单元格以 {shown} 分隔", f"cells are separated by {shown}")
        return
    if sorted(header) == sorted(names):
        for label, name in zip(header, names, strict=True):
            if label != name:
                yield Problem("column-name", file, 1, value=label, details={"expected": name})
        return
    if len(header) != len(names) and {label.strip().lower() for label in header}.isdisjoint(names):
        yield _unreadable(file, 1, *_REASONS["header"])
        return
    first = {label: column for column, label in reversed([*enumerate(header)])}
    known = dict.fromkeys(names)
    missing = {name: None for name in names if name not in first}
    for column, label in enumerate(header):
        if label in known and first[label] == column:
            continue
        near = guesses.nearest(label.strip().lower(), missing, ALIKE)
        expected = near or (
            _in_order(names, column, missing) if len(header) == len(names) else None
        )
        if expected is None:
            yield Problem("extra-column", file, row=1, value=label)
        else:
            del missing[expected]
            yield Problem("column-name", file, 1, value=label, details={"expected": expected})
    for name in missing:
        yield Problem("missing-column", file, row=1, value=name)


def _in_order(names: list[str], column: int, missing: Container[str]) -> str | None:
    """The missing field that a heading stands for by its column."""
    return names[column] if names[column] in missing else None
