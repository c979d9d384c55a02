"""A small complete package and the means to break a copy of it as people do."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import shutil
import tracemalloc
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from plansite.data.validation.read_package import read_package
from plansite.model import Plan
from tests.support.paths import TESTS

LIBRARY = TESTS / "packages" / "library"
AS_OF = dt.date(2026, 11, 23)
"""The day on which the library package shows every verdict."""

Row = list[str]


@cache
def library_plan() -> Plan:
    """The library's plan as read from its files."""
    plan = read_package(LIBRARY).plan
    assert plan is not None
    return plan


def cpu_seconds() -> float:
    """What this process and those that it ran have used so far, however busy the machine is."""
    return sum(os.times()[:4])


def peak_of(action: Callable[[], object]) -> int:
    """The most bytes that Python held at once, in what was done before.

    The first time frictionless and its tables are loaded, which would count.
    """
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def copy_package(tmp_path: Path, name: str = "library") -> Path:
    """A copy of the library package that may be broken."""
    return Path(shutil.copytree(LIBRARY, tmp_path / name))


def read_rows(package: Path, table: str) -> list[Row]:
    """A table's rows as typed, the header first."""
    text = (package / f"{table}.csv").read_text("utf-8")
    return list(csv.reader(io.StringIO(text)))


def write_rows(package: Path, table: str, rows: list[Row]) -> None:
    """Write a table as a spreadsheet would, the header first."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    (package / f"{table}.csv").write_text(text.getvalue(), "utf-8")


def edit_cell(package: Path, table: str, row: int, field: str, value: str) -> None:
    """Type over one cell; ``row`` is the spreadsheet's number."""
    rows = read_rows(package, table)
    rows[row - 1][rows[0].index(field)] = value
    write_rows(package, table, rows)


def add_row(package: Path, table: str, *cells: str) -> None:
    """Put a row under the last one."""
    write_rows(package, table, [*read_rows(package, table), list(cells)])


def delete_row(package: Path, table: str, row: int) -> None:
    """Take one row out; ``row`` is the spreadsheet's number."""
    rows = read_rows(package, table)
    del rows[row - 1]
    write_rows(package, table, rows)


def insert_column(package: Path, table: str, field: str, value: str, before: str | None) -> None:
    """Put in a column with one value in every row, at the end unless ``before`` names a place."""
    rows = read_rows(package, table)
    column = len(rows[0]) if before is None else rows[0].index(before)
    for number, row in enumerate(rows):
        row.insert(column, field if number == 0 else value)
    write_rows(package, table, rows)


def delete_column(package: Path, table: str, field: str) -> None:
    """Take a column out of the header and every row."""
    rows = read_rows(package, table)
    column = rows[0].index(field)
    for row in rows:
        del row[column]
    write_rows(package, table, rows)


def replace_line(package: Path, table: str, line: int, text: str | bytes) -> None:
    """Put other text or bytes in the place of one line of the file, counted from 1."""
    path = package / f"{table}.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line - 1] = (text.encode() if isinstance(text, str) else text) + b"\n"
    path.write_bytes(b"".join(lines))


def edit_text(package: Path, file: str, change: Callable[[str], str]) -> None:
    """Change a whole file as text."""
    path = package / file
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def reencode(package: Path, file: str, encoding: str) -> None:
    """Save a file in another encoding, as Excel does on some machines."""
    path = package / file
    path.write_bytes(path.read_text("utf-8").encode(encoding))


def edit_descriptor(package: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change ``datapackage.json`` as data."""
    path = package / "datapackage.json"
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2), "utf-8")


def table_of(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    """A table's entry in the descriptor."""
    for entry in descriptor["resources"]:
        if entry["name"] == name:
            found: dict[str, Any] = entry
            return found
    raise KeyError(name)


def field_of(descriptor: dict[str, Any], table: str, name: str) -> dict[str, Any]:
    """A field's entry in the descriptor."""
    for entry in table_of(descriptor, table)["schema"]["fields"]:
        if entry["name"] == name:
            found: dict[str, Any] = entry
            return found
    raise KeyError(name)


RETIRED = ("resource", "retired_id", "date", "name_zh", "name_en", "reason_zh", "reason_en")


def retire(package: Path, *rows: Row) -> None:
    """Add the table of retired ids; each row may end with the id that took the place."""
    fields = [*RETIRED, "successor_id"]
    write_rows(package, "retired", [fields, *([*row, ""][: len(fields)] for row in rows)])
    described = [{"name": name, "type": "string"} for name in fields]
    entry = {"name": "retired", "path": "retired.csv", "title": "撤下的编号"}
    edit_descriptor(
        package,
        lambda content: content["resources"].append(
            {**entry, "title_en": "Retired ids", "schema": {"fields": described}}
        ),
    )
