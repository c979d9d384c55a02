"""Tables as typed, for comparing two states of a package whether or not they are valid.

Takes the package's files. Gives every table that can be taken apart into rows with keys; a file
that is not there has no rows.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plansite.data.package.descriptor import Descriptor, table_file
from plansite.data.package.encoding import MAX_COLUMNS
from plansite.data.package.stored_files import PackageFiles
from plansite.model.contract import CONTRACT, ResourceRule
from plansite.model.problems import MOST_PROBLEMS

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
    is_there: bool = True
    """Whether there is a file; one that is not there has no rows."""


@dataclass(frozen=True)
class RawPackage:
    """Every table of the contract, and which of them could not be taken apart."""

    tables: Mapping[str, RawTable]
    unreadable: tuple[str, ...] = ()
    descriptor: Mapping[str, Any] | None = None
    """``datapackage.json`` as written; ``None`` where it cannot be read."""


def read_raw(files: PackageFiles, descriptor: Descriptor | None) -> RawPackage:
    """Read the tables as they are typed. Never raises for what stands in them."""
    tables: dict[str, RawTable] = {}
    unreadable = []
    for name, rule in CONTRACT.items():
        path = _file_of(name, files, descriptor)
        file = files.path(path or f"{name}.csv").as_posix()
        try:
            tables[name] = (
                _read_table(rule, files, path, file)
                if path
                else RawTable(name, file, rule.field_names, {}, is_there=False)
            )
        except (csv.Error, LookupError):
            unreadable.append(name)
            tables[name] = RawTable(name, file, rule.field_names, {})
    return RawPackage(tables, tuple(unreadable), descriptor.content if descriptor else None)


def _file_of(name: str, files: PackageFiles, descriptor: Descriptor | None) -> str | None:
    """A table's file as described; the one that has the table's name where that is no file's.

    A table that the descriptor does not list is read nowhere, whatever lies in the folder: it has
    no file.
    """
    if descriptor is None:
        return f"{name}.csv"  # nothing is published of it; what lies there is compared all the same
    if name not in descriptor.resources:
        return None
    path = table_file(descriptor.resources[name])
    is_usable = path is not None and files.absence(path) in (None, "missing-file")
    return path if path is not None and is_usable else f"{name}.csv"


def _read_table(rule: ResourceRule, files: PackageFiles, path: str, file: str) -> RawTable:
    """Read one table.

    Raises:
        csv.Error: the file is no CSV, or too large to take apart in memory.
        LookupError: it lies elsewhere, its header lacks a key field, or its rows have none of the
            form that it announces, so that none can be recognised.
    """
    absence = files.absence(path)
    if absence == "outside-link":
        raise LookupError(file)  # a link that leads elsewhere is not followed
    if absence is not None:
        return RawTable(rule.name, file, rule.field_names, {}, is_there=False)
    content = files.content(path)
    if content is None:
        raise csv.Error(f"too large: {file}")
    records = csv.reader(io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", "replace", newline=""))
    header = next(records, [])
    rows = {row.key: row for row in raw_rows(rule, header, enumerate(records, start=2))}
    return RawTable(rule.name, file, tuple(header), rows)


def raw_rows(
    rule: ResourceRule, header: Sequence[str], records: Iterable[tuple[int, list[str]]]
) -> Iterator[RawRow]:
    """Rows with their keys, from each row's number and cells; empty ones are left out.

    Raises:
        LookupError: the header lacks a key field or is too wide, or too many rows have other cells
            than it names or the key of another: they would take far more memory than the file.
    """
    missing = set(rule.primary_key) - set(header)
    if missing or len(header) > MAX_COLUMNS:
        raise LookupError(", ".join(sorted(missing)) or rule.name)
    key_columns = [header.index(field) for field in rule.primary_key]
    seen: Counter[Key] = Counter()
    odd_rows = 0
    for number, typed in records:
        if not any(typed):
            continue
        cells = typed + [""] * (len(header) - len(typed))
        key = tuple(cells[column] for column in key_columns)
        seen[key] += 1
        odd_rows += len(typed) != len(header) or seen[key] > 1
        if odd_rows > MOST_PROBLEMS:
            raise LookupError(rule.name)
        if seen[key] > 1:
            key = (*key, f"#{seen[key]}")
        yield RawRow(number, key, dict(zip(header, cells, strict=False)))
