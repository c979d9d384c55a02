"""Read a package: every table once, validated by frictionless, as one :class:`Plan`."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frictionless import Checklist, Package
from frictionless.resources import TableResource

from plansite.contract import CONTRACT, FieldRule
from plansite.model import PartialDate, Plan
from plansite.package.cells import RawCells
from plansite.package.codebook import package_info
from plansite.package.descriptor import Descriptor, read_descriptor, strict_schema
from plansite.package.encoding import check_encoding
from plansite.package.errors import translate
from plansite.package.rows import make_records
from plansite.problems import Problem, blockers

FRICTIONLESS_LIMIT = 1000
Rows = list[tuple[int, dict[str, Any]]]


@dataclass(frozen=True)
class Reading:
    """What reading a package gave: the plan where nothing blocks it, and every problem."""

    plan: Plan | None
    problems: tuple[Problem, ...]
    row_numbers: Mapping[str, Mapping[tuple[object, ...], int]] = dataclasses.field(
        default_factory=dict
    )
    """For each table, the row of each primary key."""
    files: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Each table's file, as shown to people."""

    def problem(self, code: str, table: str, key: tuple[object, ...], **place: Any) -> Problem:
        """A problem of the row with this primary key; ``place`` goes to :class:`Problem`."""
        return Problem(code, self.files[table], row=self.row_numbers[table][key], **place)


def read_package(directory: Path) -> Reading:
    """Read the package in a directory.

    Never raises for what is wrong with the data: that comes back as problems.
    """
    descriptor, problems = read_descriptor(directory)
    if descriptor is None:
        return Reading(None, tuple(problems))
    present = [name for name in CONTRACT if _is_present(descriptor, name, directory)]
    for name in present:
        problems += check_encoding(_path(descriptor, name, directory))
    if blockers(problems):
        return Reading(None, tuple(problems))
    tables: dict[str, Rows] = {}
    keys = {name: _primary_keys(descriptor, name, directory) for name in present}
    package = _frictionless_package(descriptor, present, directory)
    for name in present:
        tables[name] = []
        problems += _validate_table(package, name, directory, tables[name], keys)
    if blockers(problems):
        return Reading(None, tuple(problems))
    records = {
        name: make_records(name, (row for _, row in tables.get(name, []))) for name in CONTRACT
    }
    counts = {name: len(tables[name]) for name in present}
    return Reading(
        Plan(info=package_info(descriptor, counts), **records),
        tuple(problems),
        {name: _row_numbers(name, rows) for name, rows in tables.items()},
        {name: _path(descriptor, name, directory).as_posix() for name in present},
    )


def _row_numbers(name: str, rows: Rows) -> dict[tuple[object, ...], int]:
    key = CONTRACT[name].primary_key
    return {tuple(row[field] for field in key): number for number, row in rows}


def _path(descriptor: Descriptor, name: str, directory: Path) -> Path:
    return Path(directory, descriptor.resources[name]["path"])


def _is_present(descriptor: Descriptor, name: str, directory: Path) -> bool:
    if name not in descriptor.resources:
        return False
    path = descriptor.resources[name].get("path")
    return isinstance(path, str) and (directory / path).is_file()


def _primary_keys(descriptor: Descriptor, name: str, directory: Path) -> list[str]:
    """The values in a table's first key field, for "did you mean"."""
    key = CONTRACT[name].primary_key[0]
    with _path(descriptor, name, directory).open(encoding="utf-8-sig", newline="") as file:
        return [row[key] for row in csv.DictReader(file) if row.get(key)]


def _frictionless_package(descriptor: Descriptor, names: list[str], directory: Path) -> Package:
    resources = [
        {
            "name": name,
            "path": descriptor.resources[name]["path"],
            "type": "table",
            "format": "csv",
            "encoding": "utf-8-sig",
            "dialect": {"csv": {"delimiter": ",", "skipInitialSpace": False}},
            "schema": strict_schema(name, descriptor.resources[name]),
        }
        for name in names
    ]
    content = {"name": "plan", "resources": resources}
    return Package.from_descriptor(content, basepath=str(directory))


def _validate_table(
    package: Package, name: str, directory: Path, rows: Rows, keys: dict[str, list[str]]
) -> Iterator[Problem]:
    resource = package.get_resource(name)
    assert isinstance(resource, TableResource)
    file = (directory / str(resource.path)).as_posix()
    rules = {field.name: field for field in CONTRACT[name].fields}
    kinds = {field.name: field.type for field in resource.schema.fields}
    coded = frozenset(field for field in kinds if field in rules and _is_coded(rules[field]))
    check = RawCells(kinds=kinds, coded=coded, rows=rows)
    report = resource.validate(Checklist(checks=[check]), limit_errors=FRICTIONLESS_LIMIT)
    errors = [error for task in report.tasks for error in task.errors] + list(report.errors)
    for error in errors:
        problem = translate(error, name, file, keys)
        if problem is not None:
            yield problem
    if len(errors) >= FRICTIONLESS_LIMIT:
        yield Problem("too-many-problems", file)
    yield from _calendar_problems(name, file, rows)


def _is_coded(rule: FieldRule) -> bool:
    return bool(rule.enum or rule.pattern)


def _calendar_problems(name: str, file: str, rows: Rows) -> Iterator[Problem]:
    """Dates that have the right form but no day in the calendar, such as 2021-02-30."""
    fields = [
        rule.name for rule in CONTRACT[name].fields if rule.pattern and "[0-9]{4}" in rule.pattern
    ]
    for number, row in rows:
        for field in fields:
            if row.get(field) and not _is_date(row[field]):
                yield Problem("date-format", file, row=number, field=field, value=row[field])


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True
