"""The columns of the tidy tables that people take away, from ``fields.toml``."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from plansite.model import Bilingual
from plansite.model.formatting import plain_number

Cell = str | int | bool | Decimal | dt.date | None
"""A typed cell; ``None`` where nothing is known."""
Row = dict[str, Cell]
"""Cells by the column's name."""


@dataclass(frozen=True)
class Column:
    """A column with what it means."""

    name: str
    type: str
    """A type of Frictionless Table Schema: string, integer, number, boolean, date."""
    title: Bilingual
    description: Bilingual


def _read() -> dict[str, tuple[Column, ...]]:
    tables = tomllib.loads(Path(__file__).with_name("fields.toml").read_text("utf-8"))
    return {
        table: tuple(
            Column(name, type_, Bilingual(*texts[:2]), Bilingual(*texts[2:]))
            for name, (type_, *texts) in columns.items()
        )
        for table, columns in tables.items()
    }


_TABLES = _read()
VALUES = _TABLES["values"]
"""One row a published value, and one for each target year without any."""
VERDICTS = _TABLES["verdicts"]
"""One row an indicator and year, then one for each commitment."""
SOURCES = _TABLES["sources"]
"""One row a document that values or targets rest on."""
CODEBOOK = _TABLES["codebook"]
"""One row a column of a table: what it means."""
ABOUT = _TABLES["about"]
"""One row an item of what there is to know of a file."""


def complete(columns: Sequence[Column], cells: Row) -> Row:
    """A row with a cell for every column, in their order; those that ``cells`` lacks are empty."""
    names = [column.name for column in columns]
    assert set(cells) <= set(names), set(cells) - set(names)
    return {name: cells.get(name) for name in names}


def codebook(table: str, columns: Sequence[Column]) -> list[Row]:
    """What a table's columns mean, as rows of :data:`CODEBOOK`."""
    return [
        {
            "table": table,
            "field": column.name,
            "type": column.type,
            "title_zh": column.title.zh,
            "title_en": column.title.en,
            "meaning_zh": column.description.zh,
            "meaning_en": column.description.en,
        }
        for column in columns
    ]


def plain(cell: Cell) -> str:
    """A cell as text for machines: ``249.12``, ``true``, ``2026-11-23``; nothing known is empty."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return plain_number(cell)
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
