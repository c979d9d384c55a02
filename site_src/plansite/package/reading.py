"""Read a package: every table once, validated by frictionless, as one :class:`Plan`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frictionless import Checklist, Package
from frictionless.resources import TableResource

from plansite.contract import CONTRACT, DATE_PATTERN
from plansite.model import Plan
from plansite.package.cells import DATE, RawCells
from plansite.package.codebook import package_info
from plansite.package.descriptor import (
    FILE_NAME,
    Descriptor,
    read_descriptor,
    strict_schema,
    table_path,
)
from plansite.package.encoding import check_encoding
from plansite.package.errors import translate, without_echoes
from plansite.package.layout import read_layout
from plansite.package.rows import make_records
from plansite.package.schema import check_schema
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
    described = [name for name in CONTRACT if name in descriptor.resources]
    for name in described:
        problems += check_schema(name, descriptor, (directory / FILE_NAME).as_posix())
    paths = _paths(descriptor, described, directory)
    for path in paths.values():
        problems += check_encoding(path)
    if blockers(problems):
        return Reading(None, tuple(problems))
    layouts = {
        name: read_layout(path, _field_names(descriptor, name), CONTRACT[name].primary_key[0])
        for name, path in paths.items()
    }
    keys = {name: layout.keys for name, layout in layouts.items()}
    sound = [name for name, layout in layouts.items() if not layout.problems]
    package = _frictionless_package(descriptor, sound, directory)
    tables: dict[str, Rows] = {name: [] for name in sound}
    for name, layout in layouts.items():
        problems += layout.problems
        if name in tables:
            problems += _validate_table(package, name, paths[name], tables[name], keys)
    if blockers(problems):
        return Reading(None, tuple(problems))
    records = {
        name: make_records(name, (row for _, row in tables.get(name, []))) for name in CONTRACT
    }
    counts = {name: len(rows) for name, rows in tables.items()}
    return Reading(
        Plan(info=package_info(descriptor, counts), **records),
        tuple(problems),
        {name: _row_numbers(name, rows) for name, rows in tables.items()},
        {name: path.as_posix() for name, path in paths.items()},
    )


def _row_numbers(name: str, rows: Rows) -> dict[tuple[object, ...], int]:
    key = CONTRACT[name].primary_key
    return {tuple(row[field] for field in key): number for number, row in rows}


def _paths(descriptor: Descriptor, names: list[str], directory: Path) -> dict[str, Path]:
    """The files that are there, by table."""
    paths = {name: table_path(descriptor.resources[name], directory) for name in names}
    return {name: path for name, path in paths.items() if path is not None and path.is_file()}


def _field_names(descriptor: Descriptor, name: str) -> list[str]:
    return [field["name"] for field in descriptor.resources[name]["schema"]["fields"]]


def _frictionless_package(descriptor: Descriptor, names: list[str], directory: Path) -> Package:
    resources = [
        {
            "name": name,
            "path": descriptor.resources[name]["path"],
            "type": "table",
            "format": "csv",
            "encoding": "utf-8-sig",
            "dialect": {"csv": {"delimiter": ",", "skipInitialSpace": False}},
            "schema": strict_schema(name, descriptor.resources[name], names),
        }
        for name in names
    ]
    content = {"name": "plan", "resources": resources}
    return Package.from_descriptor(content, basepath=str(directory))


def _validate_table(
    package: Package, name: str, path: Path, rows: Rows, keys: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    resource = package.get_resource(name)
    assert isinstance(resource, TableResource)
    rules = {field.name: field for field in CONTRACT[name].fields}
    kinds = {field.name: field.type for field in resource.schema.fields}
    dates = {field for field in kinds if field in rules and rules[field].pattern == DATE_PATTERN}
    coded = {
        field for field in kinds if field in rules and (rules[field].pattern or rules[field].enum)
    }
    check = RawCells(
        kinds={**kinds, **dict.fromkeys(dates, DATE)}, coded=frozenset(coded), rows=rows
    )
    report = resource.validate(Checklist(checks=[check]), limit_errors=FRICTIONLESS_LIMIT)
    errors = [error for task in report.tasks for error in task.errors] + list(report.errors)
    file = path.as_posix()
    problems = [translate(error, name, file, kinds, keys) for error in errors]
    yield from without_echoes(problem for problem in problems if problem is not None)
    if len(errors) >= FRICTIONLESS_LIMIT:
        yield Problem("too-many-problems", file)
