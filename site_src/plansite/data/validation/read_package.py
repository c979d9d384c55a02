"""Read a package: every table once, validated by frictionless, as one :class:`Plan`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plansite.data.cells.closest_choice import Guesses
from plansite.data.package.codebook import package_info
from plansite.data.package.descriptor import FILE_NAME, Descriptor
from plansite.data.package.row_numbers import RowNumbers
from plansite.data.package.snapshot import PackageSnapshot
from plansite.data.package.stored_files import StoredFile
from plansite.data.package.typed_rows import make_records
from plansite.data.validation.cell_collector import TypedRow
from plansite.data.validation.frictionless_errors import without_echoes
from plansite.data.validation.keys import check_keys, known_keys
from plansite.data.validation.layout import Layout, read_layout
from plansite.data.validation.patterns import QUICK, find_unmatched, is_quick, size_of
from plansite.data.validation.read_table import FRICTIONLESS_LIMIT, read_table
from plansite.data.validation.schema_rules import check_descriptor
from plansite.data.validation.table_schema import own_patterns
from plansite.data.validation.time_zone import check_site
from plansite.model import Plan
from plansite.model.contract import CONTRACT
from plansite.model.problems import MOST_PROBLEMS, Problem, blockers

ELSEWHERE = (
    *("missing-file", "missing-resource", "unknown-resource", "unsafe-path", "unlisted-table"),
    *("unlisted-file", "fingerprint"),
)
"""What is wrong with one table and leaves the others to be judged."""
Rows = Sequence[TypedRow]


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

    def problem(self, code: str, table: str, record: object, **details: Any) -> Problem:
        """A problem of a record's row; ``details`` go to :class:`Problem`."""
        return Problem(code, self.files[table], row=self.row_numbers.of(table, record), **details)


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
    found = {name: read_table(name, descriptor.resources[name], stored[name]) for name in sound}
    tables: dict[str, Rows] = {name: table.rows for name, table in found.items()}
    cell_problems = {
        name: [
            *sound[name].odd_rows,
            *table.problems,
            *_check_patterns(name, descriptor, stored[name].path, table.rows),
        ]
        for name, table in found.items()
    }
    keys = {name: known_keys(name, sound[name].keys, cell_problems[name]) for name in sound}
    for name, layout in layouts.items():
        problems[name] += layout.problems
    for name, layout in sound.items():
        file = stored[name].path
        row_problems = [*cell_problems[name], *check_keys(name, file, tables[name], keys, guesses)]
        problems[name] += _on_their_lines(_as_many_as_help(row_problems, file), layout)
    return tables, [problem for entries in problems.values() for problem in entries]


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


def _check_patterns(name: str, descriptor: Descriptor, file: str, rows: Rows) -> Iterator[Problem]:
    """Yield the cells that a package's own patterns do not describe."""
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
