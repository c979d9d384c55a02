"""The package's tables as typed rows, as they were known on the day of the build."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from plansite.analysis.publication import Publication
from plansite.data.package import RawTable
from plansite.model import Bilingual, ResourceInfo
from plansite.model.contract import CONTRACT, FieldRule
from plansite.output.downloads.formats.columns import Cell, Column, Row


@dataclass(frozen=True)
class Table:
    """A table with what its columns mean; what holds for its keys is in the contract."""

    name: str
    title: Bilingual
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def typed_tables(publication: Publication) -> list[Table]:
    """Every table of the package, without rows that became known after the day of the build.

    Columns that the contract does not know are text. Those that it knows are all there, empty where
    the package goes without them.
    """
    raw = publication.tables
    tables = []
    for info in publication.plan.info.resources:
        columns = _columns(info, raw[info.name])
        rows = tuple(
            {column.name: _typed(row.cells.get(column.name, ""), column.type) for column in columns}
            for row in raw[info.name].rows.values()
            if publication.known.has(info.name, row.cells)
        )
        tables.append(Table(info.name, info.title, columns, rows))
    return tables


def _columns(info: ResourceInfo, table: RawTable) -> tuple[Column, ...]:
    rules: dict[str, FieldRule | None] = {rule.name: rule for rule in CONTRACT[info.name].fields}
    described = {field.name: field for field in info.fields}
    columns = []
    for name in dict.fromkeys((*table.fields, *rules)):
        rule, field = rules.get(name), described.get(name)
        title = field.title if field else Bilingual(name, name)
        meaning = field.description if field else Bilingual("", "")
        columns.append(Column(name, rule.type if rule else "string", title, meaning))
    return tuple(columns)


def _typed(text: str, kind: str) -> Cell:
    if not text:
        return None
    if kind == "integer":
        return int(text)
    return Decimal(text) if kind == "number" else text
