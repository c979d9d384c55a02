"""Tables as typed, for comparing two states of a package whether or not they are valid.

Takes the package's directory. Gives every table that can be taken apart into rows with keys; a file
that is not there has no rows.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plansite.data.package.descriptor import (
    is_inside,
    read_descriptor,
    table_path,
)
from plansite.data.package.encoding import MAX_FILE
from plansite.model.contract import CONTRACT, ResourceRule

Key = tuple[str, ...]


@dataclass(frozen=True)
class RawRow:
    """One row as typed. ``number`` is the one that a spreadsheet shows; the header is 1."""

    number: int
    key: Key
    cells: Mapping[str, str]


@dataclass(frozen=True)
class RawTable:
    """A table's rows by primary key; a key that stands twice is told apart by ``#2``."""

    name: str
    file: str
    fields: tuple[str, ...]
    rows: Mapping[Key, RawRow]


@dataclass(frozen=True)
class RawPackage:
    """Every table of the contract, and which of them could not be taken apart."""

    tables: Mapping[str, RawTable]
    unreadable: tuple[str, ...] = ()


def read_raw(directory: Path, shown_as: Path | None = None) -> RawPackage:
    """Read the tables in a directory as they are typed. Never raises for what stands in them.

    Args:
        directory: where the package is.
        shown_as: the directory that people know, where this is a temporary copy of it.
    """
    descriptor, _ = read_descriptor(directory)
    tables: dict[str, RawTable] = {}
    unreadable = []
    for name, rule in CONTRACT.items():
        entry = descriptor.resources.get(name, {}) if descriptor else {}
        path = table_path(entry, directory) or directory / f"{name}.csv"
        file = ((shown_as or directory) / path.relative_to(directory)).as_posix()
        try:
            if not is_inside(path, directory):
                raise LookupError(file)  # a link that leads elsewhere is not followed
            tables[name] = _read_table(rule, path, file)
        except (csv.Error, LookupError):
            unreadable.append(name)
            tables[name] = RawTable(name, file, rule.field_names, {})
    return RawPackage(tables, tuple(unreadable))


def _read_table(rule: ResourceRule, path: Path, file: str) -> RawTable:
    """Read one table.

    Raises:
        csv.Error: the file is no CSV, or too large to take apart in memory.
        LookupError: the header lacks a key field, so that no row can be recognised.
    """
    if not path.is_file():
        return RawTable(rule.name, file, rule.field_names, {})
    if path.stat().st_size > MAX_FILE:
        raise csv.Error(f"over {MAX_FILE} bytes")
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        records = csv.reader(lines)
        header = next(records, [])
        rows = {row.key: row for row in raw_rows(rule, header, enumerate(records, start=2))}
    return RawTable(rule.name, file, tuple(header), rows)


def raw_rows(
    rule: ResourceRule, header: Sequence[str], records: Iterable[tuple[int, list[str]]]
) -> Iterator[RawRow]:
    """Rows with their keys, from each row's number and cells; empty ones are left out.

    Raises:
        LookupError: the header lacks a key field.
    """
    missing = set(rule.primary_key) - set(header)
    if missing:
        raise LookupError(", ".join(sorted(missing)))
    places = [header.index(field) for field in rule.primary_key]
    seen: Counter[Key] = Counter()
    for number, typed in records:
        if not any(typed):
            continue
        cells = typed + [""] * (len(header) - len(typed))
        key = tuple(cells[place] for place in places)
        seen[key] += 1
        if seen[key] > 1:
            key = (*key, f"#{seen[key]}")
        yield RawRow(number, key, dict(zip(header, cells, strict=False)))
