"""Read a package: every table once, validated by frictionless, as one :class:`Plan`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import InvalidOperation
from pathlib import Path
from typing import Any

from frictionless import Checklist
from frictionless.resources import TableResource

from plansite.data.cells.cell_rules import DATE, ID, LINK_KIND, WORD, Column
from plansite.data.package.codebook import package_info
from plansite.data.package.descriptor import FILE_NAME, Descriptor
from plansite.data.package.row_numbers import RowNumbers
from plansite.data.package.snapshot import PackageSnapshot
from plansite.data.package.stored_files import StoredFile
from plansite.data.package.typed_rows import make_records
from plansite.data.validation.cell_collector import CellCollector, TypedRow
from plansite.data.validation.closest_choice import Guesses
from plansite.data.validation.frictionless_errors import translate, without_echoes
from plansite.data.validation.keys import check_keys, known_keys
from plansite.data.validation.layout import Layout, cut_to_width, read_layout
from plansite.data.validation.patterns import QUICK, find_unmatched, is_quick, size_of
from plansite.data.validation.schema_rules import check_descriptor
from plansite.data.validation.table_schema import VERSION, own_patterns, strict_schema
from plansite.data.validation.time_zone import check_site
from plansite.model import Plan
from plansite.model.contract import CONTRACT, DATE_PATTERN, ID_PATTERN, FieldRule
from plansite.model.problems import MOST_PROBLEMS, Problem, blockers

FRICTIONLESS_LIMIT = 4 * MOST_PROBLEMS
"""Where frictionless stops: one fault can be several of its errors."""
ELSEWHERE = (
    *("missing-file", "missing-resource", "unknown-resource", "unsafe-path", "unlisted-table"),
    *("unlisted-file", "fingerprint"),
)
"""What is wrong with one table and leaves the others to be judged."""
Rows = list[TypedRow]


@dataclass(frozen=True)
class PackageReport:
    """What reading a package gave: the plan where nothing blocks it, and every problem."""

    plan: Plan | None
    problems: tuple[Problem, ...]
    row_numbers: RowNumbers = dataclasses.field(default_factory=RowNumbers)
    """Where the plan's records stand."""
    files: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Each table's file, as shown to people."""
    descriptor: str = ""
    """The descriptor's file, likewise."""

    def problem(self, code: str, table: str, key: tuple[object, ...], **details: Any) -> Problem:
        """A problem of the row with this primary key; ``details`` go to :class:`Problem`."""
        return Problem(code, self.files[table], row=self.row_numbers.rows[table][key], **details)


def read_package(directory: Path) -> PackageReport:
    """Read the package in a directory; see :func:`read_snapshot`."""
    return read_snapshot(PackageSnapshot(directory))


def read_snapshot(snapshot: PackageSnapshot) -> PackageReport:
    """Read a package.

    Never raises for what is wrong with the data: that comes back as problems.
    """
    descriptor, problems = snapshot.descriptor, list(check_descriptor(snapshot))
    if descriptor is None:
        return PackageReport(None, tuple(problems))
    descriptor_file = snapshot.files.path(FILE_NAME).as_posix()
    problems += check_site(descriptor.content, descriptor_file)
    if any(problem.code not in ELSEWHERE for problem in blockers(problems)):
        return PackageReport(None, tuple(problems))
    stored = {name: snapshot.files.read(path) for name, path in snapshot.table_files.items()}
    tables, table_problems = _read_tables(descriptor, stored)
    problems += table_problems
    if blockers(problems):
        return PackageReport(None, tuple(problems))
    records = {
        name: make_records(name, (row.values for row in tables.get(name, []))) for name in CONTRACT
    }
    counts = {name: len(rows) for name, rows in tables.items()}
    return PackageReport(
        Plan(info=package_info(descriptor, counts), **records),
        tuple(problems),
        RowNumbers({name: _row_numbers(name, rows) for name, rows in tables.items()}),
        {name: file.path for name, file in stored.items()},
        descriptor_file,
    )


def _row_numbers(name: str, rows: Rows) -> dict[tuple[object, ...], int]:
    key = CONTRACT[name].primary_key
    return {tuple(row.values[field] for field in key): row.number for row in rows}


def _field_names(descriptor: Descriptor, name: str) -> list[str]:
    return [field["name"] for field in descriptor.resources[name]["schema"]["fields"]]


def _read_tables(
    descriptor: Descriptor, stored: Mapping[str, StoredFile]
) -> tuple[dict[str, Rows], list[Problem]]:
    """Every table that can be told apart into rows, and all that is wrong with any of them."""
    problems = {name: [file.problem] if file.problem else [] for name, file in stored.items()}
    guesses = Guesses()
    layouts = {
        name: read_layout(
            file, _field_names(descriptor, name), CONTRACT[name].primary_key[0], guesses
        )
        for name, file in stored.items()
        if not problems[name]
    }
    sound = {name: layout for name, layout in layouts.items() if not layout.problems}
    tables: dict[str, Rows] = {name: [] for name in sound}
    cell_problems = {
        name: [
            *sound[name].wide_rows,
            *_validate_table(
                descriptor, name, _in_its_width(stored[name], sound[name]), tables[name]
            ),
            *_check_patterns(name, descriptor, stored[name].path, tables[name]),
        ]
        for name in sound
    }
    keys = {name: known_keys(name, sound[name].keys, cell_problems[name]) for name in sound}
    for name, layout in layouts.items():
        problems[name] += layout.problems
    for name, layout in sound.items():
        file = stored[name].path
        row_problems = [*cell_problems[name], *check_keys(name, file, tables[name], keys, guesses)]
        problems[name] += _on_their_lines(_as_many_as_help(row_problems, file), layout)
    return tables, [problem for entries in problems.values() for problem in entries]


def _in_its_width(stored: StoredFile, layout: Layout) -> StoredFile:
    """A table for frictionless, without the cells that are too many."""
    if not layout.wide_rows:
        return stored
    return dataclasses.replace(stored, content=cut_to_width(stored.content))


def _as_many_as_help(problems: Sequence[Problem], file: str) -> Iterator[Problem]:
    """A table's problems by row, without echoes and up to the limit."""
    causes = list(without_echoes(problems))
    yield from causes[:MOST_PROBLEMS]
    if len(problems) >= FRICTIONLESS_LIMIT or len(causes) > MOST_PROBLEMS:
        yield Problem("too-many-problems", file)


def _on_their_lines(problems: Iterable[Problem], layout: Layout) -> Iterator[Problem]:
    """The problems with their line of the file, where it is another than the row."""
    for problem in problems:
        line = layout.lines.get(problem.row or 0)
        yield problem if line is None else dataclasses.replace(problem, line=line)


def _frictionless_resource(descriptor: Descriptor, name: str, content: bytes) -> TableResource:
    # Nothing that the descriptor says of a file counts: no inline data, no remote or compressed
    # file, no dialect, no encoding of its own.
    resource = TableResource.from_descriptor(
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
        },
        datapackage_version=VERSION,
    )
    resource.path, resource.scheme, resource.data = None, "buffer", content
    return resource


def _validate_table(
    descriptor: Descriptor, name: str, stored: StoredFile, rows: Rows
) -> Iterator[Problem]:
    resource = _frictionless_resource(descriptor, name, stored.content)
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
        yield translate(error, name, stored.path, by_name)


def _check_patterns(name: str, descriptor: Descriptor, file: str, rows: Rows) -> Iterator[Problem]:
    for field, pattern in own_patterns(name, descriptor.resources[name]).items():
        cells = [row.values[field] for row in rows]
        if not is_quick(pattern, cells):
            details = {"reason": f"pattern: {pattern}: {size_of(pattern):,} > {QUICK}"}
            yield Problem("schema-constraint", file, row=1, field=field, details=details)
            continue
        for index in find_unmatched(pattern, cells):
            yield Problem(
                "schema-constraint",
                file,
                row=rows[index].number,
                field=field,
                value=cells[index],
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
