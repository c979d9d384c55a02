"""Where a plan's records stand in the package's files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plansite.model import PartialDate
from plansite.model.contract import CONTRACT


@dataclass(frozen=True)
class RowNumbers:
    """The row of each record of a package that was read, as spreadsheets number them.

    The header is row 1. No cell of a valid table runs over several lines, so a row is a line too.
    """

    rows: Mapping[str, Mapping[tuple[object, ...], int]] = field(default_factory=dict)
    """For each table, the row of each primary key."""

    def of(self, table: str, record: object) -> int | None:
        """The row of a record; ``None`` where it is not from the package's files."""
        return self.rows.get(table, {}).get(key_of(table, record))


def key_of(table: str, record: object) -> tuple[object, ...]:
    """A record's primary key as its table has it."""
    cells = (getattr(record, name) for name in CONTRACT[table].primary_key)
    return tuple(cell.text if isinstance(cell, PartialDate) else cell for cell in cells)
