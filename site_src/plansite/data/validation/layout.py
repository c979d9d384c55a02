"""A table's layout, before any cell is judged: quotation marks, separator and header.

Each wrong heading is one problem. The rows of a table with a wrong header are not judged, since
every cell of a shifted column would look wrong too.
"""

from __future__ import annotations

import csv
import dataclasses
import difflib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plansite.data.package.stored_files import StoredFile
from plansite.model.problems import Problem

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
    keys: tuple[str, ...]
    """The values in the first key field, to which other tables refer."""
    lines: Mapping[int, int] = dataclasses.field(default_factory=dict)
    """The line of the file on which a row ends; empty where rows and lines agree throughout."""


def read_layout(stored: StoredFile, names: list[str], key: str) -> Layout:
    """Look at a table once: its header against the fields' names, and the values of ``key``."""
    header: list[str] = []
    keys: list[str] = []
    lines_of: dict[int, int] = {}
    row = 0
    lines = io.TextIOWrapper(io.BytesIO(stored.content), "utf-8-sig", newline="")
    try:
        reader = csv.reader(lines, strict=True)
        for row, cells in enumerate(reader, start=1):
            if reader.line_num != row:
                lines_of[row] = reader.line_num
            if row == 1:
                header = cells
                key_column = header.index(key) if key in header else len(header)
            elif key_column < len(cells) and cells[key_column]:
                keys.append(cells[key_column])
    except csv.Error:
        return Layout((_unreadable(stored.path, row + 1, *_REASONS["quotation"]),), ())
    return Layout(tuple(_header_problems(header, names, stored.path)), tuple(keys), lines_of)


def _unreadable(file: str, row: int, zh: str, en: str) -> Problem:
    return Problem("unreadable-table", file, row=row, details={"reason_zh": zh, "reason_en": en})


def _header_problems(header: list[str], names: list[str], file: str) -> Iterator[Problem]:
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
    missing = [name for name in names if name not in header]
    for column, label in enumerate(header):
        if label in names and header.index(label) == column:
            continue
        expected = _meant(label, column, missing, names if len(header) == len(names) else [])
        if expected is None:
            yield Problem("extra-column", file, row=1, value=label)
        else:
            missing.remove(expected)
            yield Problem("column-name", file, 1, value=label, details={"expected": expected})
    for name in missing:
        yield Problem("missing-column", file, row=1, value=name)


def _meant(label: str, column: int, missing: list[str], in_order: list[str]) -> str | None:
    """The missing field that a heading stands for, by its spelling or else by its column."""
    near = difflib.get_close_matches(label.strip().lower(), missing, n=1, cutoff=0.8)
    if near:
        return near[0]
    return in_order[column] if in_order and in_order[column] in missing else None
