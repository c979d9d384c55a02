"""The whole plan as an SQLite database: typed tables with their keys, and views that join them.

Numbers are binary fractions there, so beside each stands a column ``…_text`` with the digits that
were published.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from plansite.analysis.publication import Publication
from plansite.model.contract import CONTRACT, FieldRule
from plansite.model.formatting import format_share
from plansite.model.translations import both
from plansite.output.downloads.about import Item
from plansite.output.downloads.formats.columns import VALUES, VERDICTS, Cell, Column, plain
from plansite.output.downloads.package_tables import Table
from plansite.output.downloads.tidy_rows import verdict_cells

_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
_NAMED = (("indicator_values", VALUES), ("verdicts", VERDICTS))
"""Views whose columns are described in ``fields.toml``."""
_VERDICTS = """
CREATE TABLE as_of (as_of TEXT NOT NULL PRIMARY KEY) STRICT;
CREATE TABLE indicator_verdicts (
  indicator_id TEXT NOT NULL REFERENCES indicators,
  year INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  verdict_zh TEXT NOT NULL,
  verdict_en TEXT NOT NULL,
  source_id TEXT,
  published TEXT,
  progress_share REAL,
  progress_share_text TEXT,
  PRIMARY KEY (indicator_id, year),
  FOREIGN KEY (indicator_id, year, source_id, published) REFERENCES observations
) STRICT;
CREATE TABLE commitment_verdicts (
  commitment_id TEXT NOT NULL PRIMARY KEY REFERENCES commitments,
  verdict TEXT NOT NULL,
  verdict_zh TEXT NOT NULL,
  verdict_en TEXT NOT NULL,
  report_id TEXT REFERENCES progress_reports
) STRICT;
CREATE TABLE fields (
  table_name TEXT NOT NULL,
  field TEXT NOT NULL,
  type TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  meaning_zh TEXT NOT NULL,
  meaning_en TEXT NOT NULL,
  PRIMARY KEY (table_name, field)
) STRICT;
CREATE TABLE about (
  item_zh TEXT NOT NULL PRIMARY KEY,
  text_zh TEXT NOT NULL,
  item_en TEXT NOT NULL,
  text_en TEXT NOT NULL
) STRICT;
"""


@dataclass(frozen=True)
class _Field:
    """A column of the database and the cell that it takes from a row."""

    name: str
    column: Column
    is_text: bool
    """Whether it holds a number's digits as they were published."""

    @property
    def type(self) -> str:
        """What SQLite calls its type."""
        return "TEXT" if self.is_text else _TYPES.get(self.column.type, "TEXT")

    def value(self, cell: Cell) -> str | int | float | None:
        """A cell as SQLite keeps it."""
        if cell is None or isinstance(cell, str):
            return cell
        if self.is_text:
            return plain(cell)
        if isinstance(cell, Decimal):
            return float(cell)
        return int(cell) if isinstance(cell, int) else plain(cell)


def to_sqlite(
    tables: Sequence[Table], publication: Publication, items: Iterable[tuple[Item, Item]]
) -> bytes:
    """The tables, the verdicts and what there is to know, as one database.

    Needs SQLite 3.37 (2021) or later, for strict types. The same data and SQLite give the same
    bytes.

    Args:
        tables: the package's tables.
        publication: for the verdicts.
        items: what there is to know of the plan, in both languages.
    """
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        for table in tables:
            database.execute(_create(table))
        database.executescript(_VERDICTS)
        database.executescript(Path(__file__).with_name("views.sql").read_text("utf-8"))
        with database:
            for table in tables:
                _insert(database, table.name, _rows_of(table))
            _insert(database, "as_of", [(publication.assessments.as_of.isoformat(),)])
            _insert(database, "indicator_verdicts", _indicator_verdicts(publication))
            _insert(database, "commitment_verdicts", _commitment_verdicts(publication))
            _insert(database, "fields", _described(tables))
            _insert(database, "about", ((*zh, *en) for zh, en in items))
        return database.serialize()


def _fields(table: str, columns: Sequence[Column]) -> Iterator[_Field]:
    """What a table or a view has of its columns, under names that SQLite can tell apart.

    To SQLite ``Value`` is ``value``. A column that the contract does not know gives way, with
    ``_`` behind its name; views have none.
    """
    known = (
        CONTRACT[table].field_names if table in CONTRACT else [column.name for column in columns]
    )
    own = [column for column in columns if column.name in known]
    digits = [f"{column.name}_text" for column in own if column.type == "number"]
    taken = {name.lower() for name in (*known, *digits)}
    for column in columns:
        name = column.name
        if column not in own:
            while name.lower() in taken:
                name += "_"
            taken.add(name.lower())
        yield _Field(name, column, False)
        if f"{name}_text" in digits:
            yield _Field(f"{name}_text", column, True)


def _quoted(name: str) -> str:
    """A name as SQL has it, whatever signs are in it."""
    return '"' + name.replace('"', '""') + '"'


def _create(table: Table) -> str:
    rule = CONTRACT[table.name]
    rules = {field.name: field for field in rule.fields}
    lines = [
        f"{_quoted(field.name)} {field.type}{_constraint(field, rules.get(field.column.name))}"
        for field in _fields(table.name, table.columns)
    ]
    lines.append(f"PRIMARY KEY ({', '.join(rule.primary_key)})")
    lines += [
        f"FOREIGN KEY ({field}) REFERENCES {other} ({target}) DEFERRABLE INITIALLY DEFERRED"
        for field, other, target in rule.foreign_keys
    ]
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + "\n) STRICT"


def _constraint(field: _Field, rule: FieldRule | None) -> str:
    if rule is None:
        return ""
    workbook_content = " NOT NULL" if rule.required else ""
    if rule.enum:
        words = ", ".join(f"'{word}'" for word in rule.enum)
        workbook_content += f" CHECK ({_quoted(field.name)} IN ({words}))"
    return workbook_content


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    listed = list(rows)
    if listed:
        gaps = ", ".join("?" * len(listed[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({gaps})", listed)  # noqa: S608 - our names


def _rows_of(table: Table) -> Iterator[list[object]]:
    fields = list(_fields(table.name, table.columns))
    for row in table.rows:
        yield [field.value(row[field.column.name]) for field in fields]


def _indicator_verdicts(publication: Publication) -> Iterator[Sequence[object]]:
    for row in publication.assessments.indicators:
        leading = row.leading
        share = None if row.covered is None else format_share(row.covered)
        yield (
            row.indicator_id,
            row.year,
            *verdict_cells("verdict", row.verdict).values(),
            leading and leading.source_id,
            leading and leading.published.text,
            None if share is None else float(share),
            share,
        )


def _commitment_verdicts(publication: Publication) -> Iterator[Sequence[object]]:
    for row in publication.assessments.commitments:
        report = row.report and row.report.report_id
        yield (
            row.commitment.commitment_id,
            *verdict_cells("commitment", row.verdict).values(),
            report,
        )


def _described(tables: Sequence[Table]) -> Iterator[Sequence[object]]:
    named = [(table.name, table.columns) for table in tables]
    for name, columns in (*named, *_NAMED):
        for field in _fields(name, columns):
            title, meaning = field.column.title, field.column.description
            if field.is_text:
                title = both("files.as_published", title=title)
                meaning = both("files.as_published_meaning", meaning=meaning)
            kind = "string" if field.is_text else field.column.type
            yield name, field.name, kind, title.zh, title.en, meaning.zh, meaning.en
