"""Ways to break a copy of the library package, and what must be found then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plansite.model.problems import visible
from tests.support.library_package import (
    add_row,
    edit_cell,
    edit_descriptor,
    edit_text,
    field_of,
    insert_column,
    read_rows,
    replace_line,
    retire,
    table_of,
    write_rows,
)

Break = Callable[[Path], object]


@dataclass(frozen=True)
class Broken:
    """A way to break the package, and the problem that must be found."""

    name: str
    how: Break
    code: str
    file: str
    row: int | None
    field: str | None
    value: str | None
    zh: str
    """Words of the Chinese explanation."""
    en: str
    """Words of the English explanation."""
    count: int = 1
    """How many problems there are in all: one fault is one problem."""

    def first_line(self, package: Path) -> str:
        """What a user sees first."""
        place = f"{package.as_posix()}/{self.file}" + (f":{self.row}" if self.row else "")
        value = visible(self.value or "")
        value = value if len(value) <= 80 else f"{value[:79]}…"
        shown = "" if self.value is None else f'"{value}"'
        cell = f" {self.field}" if self.field else ""
        equals = " = " if self.field and shown else " " if shown else ""
        return f"{place} [{self.code}]{cell}{equals}{shown}"


def cell(table: str, row: int, field: str, value: str) -> Break:
    return lambda package: edit_cell(package, table, row, field, value)


def row(table: str, *cells: str) -> Break:
    return lambda package: add_row(package, table, *cells)


def retired(indicator_id: str, successor_id: str) -> Break:
    row = [
        "indicators",
        indicator_id,
        "2026-11",
        "旧指标",
        "Old",
        "合并。",
        "Merged.",
        successor_id,
    ]
    return lambda package: retire(package, row)


def line(table: str, number: int, text: str | bytes) -> Break:
    return lambda package: replace_line(package, table, number, text)


def text(file: str, old: str, new: str) -> Break:
    return lambda package: edit_text(package, file, lambda content: content.replace(old, new))


def append(package: Path, content: bytes) -> None:
    with (package / "themes.csv").open("ab") as file:
        file.write(content)


def descriptor(change: Callable[[dict[str, Any]], object]) -> Break:
    return lambda package: edit_descriptor(package, change)


def field(table: str, name: str, **entries: object) -> Break:
    return descriptor(lambda content: field_of(content, table, name).update(entries))


def both(*breaks: Break) -> Break:
    return lambda package: [one(package) for one in breaks]


def other_path(path: str) -> Break:
    return descriptor(lambda content: table_of(content, "targets").update(path=path))


def renamed(field: str, old: str, new: str) -> Break:
    """Another id in a table and wherever it is referred to."""

    def rename(package: Path) -> None:
        for path in package.glob("*.csv"):
            rows = read_rows(package, path.stem)
            if field in rows[0]:
                place = rows[0].index(field)
                for row in rows[1:]:
                    row[place] = new if row[place] == old else row[place]
                write_rows(package, path.stem, rows)

    return rename


def added_file(path: str) -> Break:
    def add(package: Path) -> None:
        (package / path).parent.mkdir(exist_ok=True)
        (package / path).write_text("resource,retired_id\n", "utf-8")

    return add


def linked(file: str, target: str) -> Break:
    def put_a_link(package: Path) -> None:
        (package / file).unlink()
        (package / file).symlink_to(target)

    return put_a_link


def linked_to_hidden(package: Path) -> None:
    (package / "targets.csv").rename(package / ".targets.csv")
    (package / "targets.csv").symlink_to(".targets.csv")


def linked_folder(package: Path) -> None:
    outside = package.parent / "outside"
    outside.mkdir()
    (package / "targets.csv").rename(outside / "targets.csv")
    (package / "tables").symlink_to(outside)
    edit_descriptor(
        package,
        lambda content: table_of(content, "targets").update(path="tables/targets.csv"),
    )


def many_wrong_rows(package: Path) -> None:
    rows = read_rows(package, "observations")
    for number in range(1200):
        year, month = str(2000 + number // 12), f"2025-{number % 12 + 1:02}"
        rows.append(["L08", year, "reading-plan", month, "约一万", "final", "same", "", ""])
    write_rows(package, "observations", rows)


def without_constraints(content: dict[str, Any]) -> None:
    for entry in content["resources"]:
        for described in entry["schema"]["fields"]:
            described.pop("constraints", None)


def without_keys(content: dict[str, Any]) -> None:
    for entry in content["resources"]:
        entry["schema"].pop("primaryKey", None)
        entry["schema"].pop("foreignKeys", None)


def other_order(package: Path) -> None:
    rows = read_rows(package, "targets")
    write_rows(package, "targets", [row[::-1] for row in [*rows, rows[1]]])
    edit_descriptor(
        package, lambda content: table_of(content, "targets")["schema"]["fields"].reverse()
    )


def swapped_columns(package: Path) -> None:
    rows = [[*row[:3], row[5], row[4], row[3], *row[6:]] for row in read_rows(package, "targets")]
    write_rows(package, "targets", rows)


def added_column(described: dict[str, Any], value: str) -> Break:
    def change(package: Path) -> None:
        edit_descriptor(
            package,
            lambda content: table_of(content, "themes")["schema"]["fields"].append(described),
        )
        insert_column(package, "themes", described["name"], value, None)

    return change


def without_rows(package: Path) -> None:
    for path in package.glob("*.csv"):
        path.write_text(path.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")


JSON = "datapackage.json"
ZH_2025 = "L01,2025,ge,8.0,,firm,2025年人均借阅量达到8.0册,reading-plan"
