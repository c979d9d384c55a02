"""Read a package: every table once, validated by frictionless, as one :class:`Plan`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import InvalidOperation
from pathlib import Path
from typing import Any

from frictionless import Checklist, Package
from frictionless.resources import TableResource

from plansite.data.cells.cell_rules import (
    DATE,
    ID,
    LINK_KIND,
    WORD,
    Column,
)
from plansite.data.package.codebook import package_info
from plansite.data.package.descriptor import (
    FILE_NAME,
    Descriptor,
    own_patterns,
    read_descriptor,
    strict_schema,
    table_path,
)
from plansite.data.package.encoding import check_bytes
from plansite.data.package.patterns import find_unmatched
from plansite.data.package.row_numbers import RowNumbers
from plansite.data.package.schema_rules import check_schema
from plansite.data.package.typed_rows import make_records
from plansite.data.validation.cell_collector import CellCollector, TypedRow
from plansite.data.validation.frictionless_errors import translate, without_echoes
from plansite.data.validation.keys import check_keys, known_keys
from plansite.data.validation.layout import Layout, read_layout
from plansite.model import Plan
from plansite.model.contract import (
    CONTRACT,
    DATE_PATTERN,
    ID_PATTERN,
    FieldRule,
)
from plansite.model.problems import Problem, blockers

MOST_PROBLEMS = 1000
"""Problems of one table that are told; whoever mended those checks again."""
FRICTIONLESS_LIMIT = 4 * MOST_PROBLEMS
"""Where frictionless stops: one fault can be several of its errors."""
ELSEWHERE = ("missing-file", "missing-resource", "unknown-resource", "unsafe-path")
"""What is wrong with one table and leaves the others to be judged."""
Rows = list[TypedRow]


@dataclass(frozen=True)
class PackageReport:
    """What reading a package gave: the plan where nothing blocks it, and every problem."""

    plan: Plan | None
    problems: tuple[Problem, ...]
    row_numbers: Mapping[str, Mapping[tuple[object, ...], int]] = dataclasses.field(
        default_factory=dict
    )
    """For each table, the row of each primary key."""
    files: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Each table's file, as shown to people."""
    descriptor: str = ""
    """The descriptor's file, likewise."""

    @property
    def places(self) -> RowNumbers:
        """Where the plan's records stand."""
        return RowNumbers(self.row_numbers)

    def problem(self, code: str, table: str, key: tuple[object, ...], **place: Any) -> Problem:
        """A problem of the row with this primary key; ``place`` goes to :class:`Problem`."""
        return Problem(code, self.files[table], row=self.row_numbers[table][key], **place)


def read_package(directory: Path) -> PackageReport:
    """Read the package in a directory.

    Never raises for what is wrong with the data: that comes back as problems.
    """
    descriptor, problems = read_descriptor(directory)
    if descriptor is None:
        return PackageReport(None, tuple(problems))
    described = [name for name in CONTRACT if name in descriptor.resources]
    for name in described:
        problems += check_schema(name, descriptor, (directory / FILE_NAME).as_posix())
    paths = _paths(descriptor, described, directory)
    if any(problem.code not in ELSEWHERE for problem in blockers(problems)):
        return PackageReport(None, tuple(problems))
    tables, found = _read_tables(descriptor, paths, directory)
    problems += found
    if blockers(problems):
        return PackageReport(None, tuple(problems))
    records = {
        name: make_records(name, (row.values for row in tables.get(name, []))) for name in CONTRACT
    }
    counts = {name: len(rows) for name, rows in tables.items()}
    return PackageReport(
        Plan(info=package_info(descriptor, counts), **records),
        tuple(problems),
        {name: _row_numbers(name, rows) for name, rows in tables.items()},
        {name: path.as_posix() for name, path in paths.items()},
        (directory / FILE_NAME).as_posix(),
    )


def _row_numbers(name: str, rows: Rows) -> dict[tuple[object, ...], int]:
    key = CONTRACT[name].primary_key
    return {tuple(row.values[field] for field in key): row.number for row in rows}


def _paths(descriptor: Descriptor, names: list[str], directory: Path) -> dict[str, Path]:
    """The files that are there, by table."""
    paths = {name: table_path(descriptor.resources[name], directory) for name in names}
    return {name: path for name, path in paths.items() if path is not None and path.is_file()}


def _field_names(descriptor: Descriptor, name: str) -> list[str]:
    return [field["name"] for field in descriptor.resources[name]["schema"]["fields"]]


def _read_tables(
    descriptor: Descriptor, paths: Mapping[str, Path], directory: Path
) -> tuple[dict[str, Rows], list[Problem]]:
    """Every table that can be told apart into rows, and all that is wrong with any of them."""
    problems = {name: list(check_bytes(path, is_table=True)) for name, path in paths.items()}
    layouts = {
        name: read_layout(path, _field_names(descriptor, name), CONTRACT[name].primary_key[0])
        for name, path in paths.items()
        if not problems[name]
    }
    sound = {name: layout for name, layout in layouts.items() if not layout.problems}
    package = _frictionless_package(descriptor, sound, directory)
    tables: dict[str, Rows] = {name: [] for name in sound}
    found = {
        name: [
            *_validate_table(package, name, paths[name].as_posix(), tables[name]),
            *_check_patterns(name, descriptor, paths[name].as_posix(), tables[name]),
        ]
        for name in sound
    }
    keys = {name: known_keys(name, sound[name].keys, found[name]) for name in sound}
    for name, layout in layouts.items():
        problems[name] += layout.problems
    for name, layout in sound.items():
        file = paths[name].as_posix()
        told = [*found[name], *check_keys(name, file, tables[name], keys)]
        problems[name] += _on_their_lines(_as_many_as_help(told, file), layout)
    return tables, [problem for entries in problems.values() for problem in entries]


def _as_many_as_help(found: Sequence[Problem], file: str) -> Iterator[Problem]:
    """A table's problems by row, without echoes and up to the limit."""
    told = list(without_echoes(found))
    yield from told[:MOST_PROBLEMS]
    if len(found) >= FRICTIONLESS_LIMIT or len(told) > MOST_PROBLEMS:
        yield Problem("too-many-problems", file)


def _on_their_lines(problems: Iterable[Problem], layout: Layout) -> Iterator[Problem]:
    """The problems with their line of the file, where it is another than the row."""
    for problem in problems:
        line = layout.lines.get(problem.row or 0)
        yield problem if line is None else dataclasses.replace(problem, line=line)


def _frictionless_package(descriptor: Descriptor, names: Iterable[str], directory: Path) -> Package:
    # Nothing that the descriptor says of a file but its name counts: no inline data, no remote or
    # compressed file, no dialect, no encoding of its own.
    resources = [
        {
            "name": name,
            "path": descriptor.resources[name]["path"],
            "type": "table",
            "format": "csv",
            "encoding": "utf-8-sig",
            # All of it is said, since frictionless guesses what is not: even the header's row.
            "dialect": {
                "header": True,
                "headerRows": [1],
                "csv": {
                    **{"delimiter": ",", "quoteChar": '"', "doubleQuote": True},
                    "skipInitialSpace": False,
                },
            },
            "schema": strict_schema(name, descriptor.resources[name]),
        }
        for name in names
    ]
    content = {"name": "plan", "resources": resources}
    return Package.from_descriptor(content, basepath=str(directory))


def _validate_table(package: Package, name: str, file: str, rows: Rows) -> Iterator[Problem]:
    resource = package.get_resource(name)
    assert isinstance(resource, TableResource)
    rules = {field.name: field for field in CONTRACT[name].fields}
    columns = [
        Column(field.name, _kind(rules.get(field.name), field.type))
        for field in resource.schema.fields
    ]
    check = CellCollector(columns=columns, rows=rows)
    try:
        report = resource.validate(Checklist(checks=[check]), limit_errors=FRICTIONLESS_LIMIT)
    except InvalidOperation:
        # A signalling NaN cannot be compared with a limit. It is a fault in any case: read the
        # table again without the limits.
        rows.clear()
        for field in resource.schema.fields:
            if field.type == "number":
                field.constraints = {}
        report = resource.validate(Checklist(checks=[check]), limit_errors=FRICTIONLESS_LIMIT)
    errors = [error for task in report.tasks for error in task.errors] + list(report.errors)
    by_name = {column.name: column for column in columns}
    for error in errors:
        yield translate(error, name, file, by_name)


def _check_patterns(name: str, descriptor: Descriptor, file: str, rows: Rows) -> Iterator[Problem]:
    for field, pattern in own_patterns(name, descriptor.resources[name]).items():
        cells = [row.values[field] for row in rows]
        for place in find_unmatched(pattern, cells):
            yield Problem(
                "schema-constraint",
                file,
                row=rows[place].number,
                field=field,
                value=cells[place],
                details={"reason": f"pattern: {pattern}"},
            )


def _kind(rule: FieldRule | None, described: str) -> str:
    """What a column holds; one that the contract does not know holds what the package says."""
    if rule is None:
        return described
    if rule.is_link:
        return LINK_KIND
    kinds = {DATE_PATTERN: DATE, ID_PATTERN: ID, None: WORD if rule.enum else rule.type}
    return kinds[rule.pattern]
