"""One table, read and held to its schema by frictionless: its rows, and what is wrong with them."""

from __future__ import annotations

import json
from decimal import InvalidOperation
from functools import lru_cache, partial
from typing import NamedTuple

from frictionless import Checklist, Error
from frictionless.resources import TableResource

from plansite.data.cells.cell_rules import DATE, ID, LINK_KIND, WORD, Column
from plansite.data.package.descriptor import Json
from plansite.data.package.stored_files import StoredFile
from plansite.data.validation.cell_collector import CellCollector, TypedRow
from plansite.data.validation.frictionless_errors import translate
from plansite.data.validation.layout import cells_in_width
from plansite.data.validation.table_schema import VERSION, strict_schema
from plansite.model.contract import CONTRACT, DATE_PATTERN, ID_PATTERN, FieldRule
from plansite.model.problems import MOST_PROBLEMS, Problem

FRICTIONLESS_LIMIT = 4 * MOST_PROBLEMS
"""Where frictionless stops: one fault can be several of its errors."""
_SMALL = 32 * 1024
"""Bytes of a table that is kept once read. Getting frictionless ready for a table takes as long as
300 to 500 rows, so that what the tables around an edited one cost is mostly that."""
_MOST_KEPT = 64
"""Tables kept, for the few packages that a process reads again and again; about 30 MB at most."""


class TableReport(NamedTuple):
    """What reading a table gave."""

    rows: tuple[TypedRow, ...]
    """Its rows in their order, wrong ones too; not to be changed."""
    problems: list[Problem]
    """What is wrong with its cells."""


class _Reading(NamedTuple):
    """A table as frictionless read it: rows, errors, and the table's columns by name."""

    rows: tuple[TypedRow, ...]
    errors: tuple[Error, ...]
    columns: dict[str, Column]


def read_table(name: str, entry: Json, stored: StoredFile) -> TableReport:
    """Read a table whose layout is sound.

    Args:
        name: the table's name in the contract.
        entry: what the descriptor says of it.
        stored: its file.
    """
    read = _read_again if len(stored.content) <= _SMALL else _read
    rows, errors, columns = read(name, json.dumps(entry["schema"]), stored.content)
    return TableReport(rows, [translate(error, name, stored.path, columns) for error in errors])


def _read(name: str, schema: str, content: bytes) -> _Reading:
    resource = _frictionless_resource(name, json.loads(schema), content)
    rules = {field.name: field for field in CONTRACT[name].fields}
    columns = [
        Column(field.name, _kind(rules.get(field.name), field.type))
        for field in resource.schema.fields
    ]
    rows: list[TypedRow] = []
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
    return _Reading(tuple(rows), tuple(errors), {column.name: column for column in columns})


_read_again = lru_cache(maxsize=_MOST_KEPT)(_read)


def _frictionless_resource(name: str, schema: Json, content: bytes) -> TableResource:
    # It is given cells and no bytes: of a file it guesses the separator, whatever it is told, in a
    # time that grows with the square of the first hundred lines. And nothing that the descriptor
    # says of a file counts: no inline data, no remote or compressed file, no dialect.
    resource = TableResource.from_descriptor(
        {
            "name": name,
            "data": [],
            "type": "table",
            "format": "inline",
            "dialect": {"header": True, "headerRows": [1]},  # otherwise guessed
            "schema": strict_schema(name, schema),
        },
        datapackage_version=VERSION,
    )
    resource.data = partial(cells_in_width, content)
    return resource


def _kind(rule: FieldRule | None, described: str) -> str:
    """What a column holds; one that the contract does not know holds what the package says."""
    if rule is None:
        return described
    if rule.is_link:
        return LINK_KIND
    kinds = {DATE_PATTERN: DATE, ID_PATTERN: ID, None: WORD if rule.enum else rule.type}
    return kinds[rule.pattern]
