"""The way from a value on a page to its row in the data."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from plansite import urls
from plansite.publication import Publication


@dataclass(frozen=True)
class RowLink:
    """Where a record can be seen as it stands in the data."""

    file: str
    """The table's file within the package."""
    row: int
    """As spreadsheets number rows: the header is row 1."""
    address: str
    """The row of the table's download, from the site's root."""
    outside: str
    """The same in the repository at the site's commit; empty where none is known."""


class RowLinks:
    """The rows of a publication's records."""

    def __init__(self, publication: Publication) -> None:
        self._places = publication.places
        self._files = {table.name: table.path for table in publication.plan.info.resources}
        self._folder = ""
        history, site = publication.history, publication.site
        if site.repository and history is not None and history.is_clean:
            folder = quote(history.folder.as_posix())
            self._folder = f"{site.repository.rstrip('/')}/blob/{history.head.id}/{folder}/"

    def of(self, table: str, record: object) -> RowLink | None:
        """Where a record stands; ``None`` where it is not from the package's files."""
        row = self._places.of(table, record)
        if row is None:
            return None
        file = self._files[table]
        # Without "plain", repositories show a table that knows no lines.
        outside = self._folder and f"{self._folder}{quote(file)}?plain=1#L{row}"
        return RowLink(file, row, f"{urls.resource_csv(table)}#row={row}", outside)
