"""Links values on pages to their rows in the data, and picks the rows that pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from plansite.analysis.changes.corrections import parse_row_key
from plansite.analysis.publication import Publication
from plansite.model import ResourceInfo, urls

TidyTable = tuple[ResourceInfo, Sequence[Mapping[str, str]]]
"""A table that is made of the package's, and the text of all its rows."""
_Row = TypeVar("_Row")

MOST_ROWS = 500
"""Rows that a table's page shows; of a longer table it shows a few, and none is led to there."""
_FIRST, _LAST = 3, 2
"""Rows of a longer table that show what it looks like."""


@dataclass(frozen=True)
class RowLink:
    """Where a record can be seen as it stands in the data."""

    file: str
    """The table's file within the package."""
    row: int
    """As spreadsheets number rows: the header is row 1."""
    page: str
    """The row on its table's page; empty where the table is too long for one."""
    address: str
    """The row of the table's download, from the site's root."""
    outside: str
    """The same in the repository at the site's commit; empty where none is known."""


@dataclass(frozen=True)
class ShownRow:
    """A row as its file has it."""

    number: int
    cells: Mapping[str, str]
    outside: str = ""
    """Its line in the repository at the site's commit; empty where none is known."""


class RowLinks:
    """The rows of a publication's records."""

    def __init__(self, publication: Publication) -> None:
        self._row_numbers = publication.row_numbers
        self._files = {table.name: table.path for table in publication.plan.info.resources}
        self._rows = {
            name: {
                key: row
                for key, row in table.rows.items()
                if publication.known.has(name, row.cells)
            }
            for name, table in publication.tables.items()
        }
        self._folder = ""
        history, site = publication.history, publication.site
        if site.repository and history is not None and history.is_clean:
            folder = quote(history.folder.as_posix())
            self._folder = f"{site.repository.rstrip('/')}/blob/{history.head.id}/{folder}/"

    def of(self, table: str, record: object) -> RowLink | None:
        """Where a record stands; ``None`` where it is not from the package's files."""
        row = self._row_numbers.of(table, record)
        return None if row is None else self._link(table, row)

    def holding(self, table: str, row_key: str, field: str, text: str) -> RowLink | None:
        """Where the row stands that a correction names, while its cell still says so."""
        row = self._rows.get(table, {}).get(parse_row_key(row_key))
        if row is None or not text or row.cells.get(field) != text:
            return None
        return self._link(table, row.number)

    def is_whole(self, table: str) -> bool:
        """Whether a table's page shows every row."""
        return 0 < len(self._rows.get(table, {})) <= MOST_ROWS

    def shown(self, table: str) -> list[ShownRow]:
        """The rows that a table's page shows, in the order of its file."""
        rows = list(self._rows.get(table, {}).values())
        if not self.is_whole(table):
            rows = some_rows(rows)
        return [ShownRow(row.number, row.cells, self._outside(table, row.number)) for row in rows]

    @staticmethod
    def sample(table: TidyTable) -> list[ShownRow]:
        """A few rows of a tidy table, which show what it looks like."""
        return some_rows([ShownRow(number, cells) for number, cells in enumerate(table[1], 2)])

    def _link(self, table: str, row: int) -> RowLink:
        page = urls.resource_row(table, row) if self.is_whole(table) else ""
        file, address = self._files[table], f"{urls.resource_csv(table)}#row={row}"
        return RowLink(file, row, page, address, self._outside(table, row))

    def _outside(self, table: str, row: int) -> str:
        # Without "plain", repositories show a table that knows no lines.
        return self._folder and f"{self._folder}{quote(self._files[table])}?plain=1#L{row}"


def some_rows(rows: list[_Row]) -> list[_Row]:
    """The first and the last rows of a table."""
    return rows if len(rows) <= _FIRST + _LAST else rows[:_FIRST] + rows[-_LAST:]
