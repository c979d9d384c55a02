"""The whole plan in the formats that people and programs open at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plansite import urls
from plansite.downloads.about import about_rows, plan_items
from plansite.downloads.columns import ABOUT, CODEBOOK, VALUES, VERDICTS, Row, codebook
from plansite.downloads.csv_files import BOM, to_csv
from plansite.downloads.excel import Sheet, to_xlsx
from plansite.downloads.parquet_file import to_parquet
from plansite.downloads.rows import verdict_rows
from plansite.downloads.sqlite_file import to_sqlite
from plansite.downloads.tables import Table, read_tables
from plansite.downloads.titles import titled
from plansite.model import Language
from plansite.publication import Publication
from plansite.published import PublishedFile
from plansite.words import Words, both


def plan_files(
    publication: Publication, package: Path, values: list[Row]
) -> Iterator[PublishedFile]:
    """Every table, value and verdict as CSV, Excel workbook, SQLite database and Parquet.

    Args:
        publication: the plan with its verdicts.
        package: the folder that the plan was read from.
        values: the rows of all indicators.
    """
    tables = read_tables(publication, package)
    verdicts = list(verdict_rows(publication.plan, publication.assessments))
    zh, en = (plan_items(publication, Words(side)) for side in Language)
    sheets = _sheets(tables, values, verdicts, about_rows(zh, en))
    database = to_sqlite(tables, publication, zip(zh, en, strict=True))
    yield _file(urls.PLAN_XLSX, to_xlsx(sheets), "everything")
    yield _file(urls.PLAN_SQLITE, database, "everything")
    yield _file(urls.VALUES_CSV, BOM + to_csv(values, VALUES), "values")
    yield _file(urls.PLAN_PARQUET, to_parquet(values, VALUES), "values")
    yield _file(urls.VERDICTS_CSV, BOM + to_csv(verdicts, VERDICTS), "verdicts")
    yield _file(urls.VERDICTS_PARQUET, to_parquet(verdicts, VERDICTS), "verdicts")


def _sheets(
    tables: list[Table], values: list[Row], verdicts: list[Row], about: list[Row]
) -> Iterator[Sheet]:
    known = [("values", VALUES), ("verdicts", VERDICTS), *((t.name, t.columns) for t in tables)]
    yield Sheet("about", ABOUT, about)
    yield Sheet("values", VALUES, values)
    yield Sheet("verdicts", VERDICTS, verdicts)
    for table in tables:
        yield Sheet(table.name, table.columns, table.rows)
    fields = [row for name, columns in known for row in codebook(name, columns)]
    yield Sheet("fields", CODEBOOK, fields)


def _file(address: str, content: bytes, what: str) -> PublishedFile:
    suffix = address.rpartition(".")[2]
    return PublishedFile(address, content, titled(both(f"files.{what}"), suffix))
