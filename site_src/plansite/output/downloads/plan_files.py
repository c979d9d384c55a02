"""The whole plan in the formats that people and programs open at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plansite.analysis.publication import Publication
from plansite.model import Language, urls
from plansite.model.translations import Words, both
from plansite.output.downloads.about import about_rows, plan_items
from plansite.output.downloads.formats.columns import (
    ABOUT,
    CODEBOOK,
    VALUES,
    VERDICTS,
    Row,
    codebook,
)
from plansite.output.downloads.formats.csv_format import BOM, to_csv
from plansite.output.downloads.formats.excel_format import Sheet
from plansite.output.downloads.formats.parquet_format import Table
from plansite.output.downloads.package_tables import typed_tables
from plansite.output.downloads.sqlite import to_sqlite
from plansite.output.downloads.tidy_rows import verdict_rows
from plansite.output.published_file import PublishedFile, titled


class WholePlan:
    """Every table, value and verdict of a plan."""

    def __init__(self, publication: Publication, values: list[Row]) -> None:
        """Gather what the plan's files hold.

        Args:
            publication: the plan with its verdicts.
            values: the rows of all indicators.
        """
        self._publication = publication
        self._values = values
        self._verdicts = list(verdict_rows(publication.plan, publication.assessments))
        self._tables = typed_tables(publication)
        self._items = [plan_items(publication, Words(language)) for language in Language]

    def sheets(self) -> list[Sheet]:
        """What the plan's workbook holds."""
        tables = self._tables
        known = [("values", VALUES), ("verdicts", VERDICTS), *((t.name, t.columns) for t in tables)]
        fields = [row for name, columns in known for row in codebook(name, columns)]
        return [
            Sheet("about", ABOUT, about_rows(*self._items)),
            Sheet("values", VALUES, self._values),
            Sheet("verdicts", VERDICTS, self._verdicts),
            *(Sheet(table.name, table.columns, table.rows) for table in tables),
            Sheet("fields", CODEBOOK, fields),
        ]

    @property
    def columnar(self) -> list[Table]:
        """What is published as Parquet: values and verdicts."""
        return [Table(VALUES, self._values), Table(VERDICTS, self._verdicts)]

    def files(self, workbook: bytes, columnar: Iterable[bytes]) -> Iterator[PublishedFile]:
        """The plan as Excel workbook, SQLite database, CSV and Parquet.

        Args:
            workbook: of its :meth:`sheets`.
            columnar: what was made of :attr:`columnar`.
        """
        values, verdicts = columnar
        database = to_sqlite(self._tables, self._publication, zip(*self._items, strict=True))
        yield _file(urls.PLAN_XLSX, workbook, "everything")
        yield _file(urls.PLAN_SQLITE, database, "everything")
        yield _file(urls.VALUES_CSV, BOM + to_csv(self._values, VALUES), "values")
        yield _file(urls.PLAN_PARQUET, values, "values")
        yield _file(urls.VERDICTS_CSV, BOM + to_csv(self._verdicts, VERDICTS), "verdicts")
        yield _file(urls.VERDICTS_PARQUET, verdicts, "verdicts")


def _file(address: str, content: bytes, what: str) -> PublishedFile:
    suffix = address.rpartition(".")[2]
    return PublishedFile(address, content, titled(both(f"files.{what}"), suffix))
