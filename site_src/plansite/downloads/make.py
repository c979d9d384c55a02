"""Every file to take away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plansite import urls
from plansite.downloads.archive import pack_package, published_descriptor
from plansite.downloads.by_indicator import indicator_files, indicator_sheets
from plansite.downloads.csv_files import BOM, harmless_copy
from plansite.downloads.excel import to_xlsx
from plansite.downloads.parquet_file import to_parquet
from plansite.downloads.rows import value_rows
from plansite.downloads.titles import titled
from plansite.downloads.whole_plan import WholePlan
from plansite.publication import Publication
from plansite.published import PublishedFile
from plansite.store import files_digest
from plansite.words import both
from plansite.workshop import Workshop


def make_downloads(
    publication: Publication, package: Path, workshop: Workshop
) -> Iterator[PublishedFile]:
    """Tables, each indicator's values, and the whole plan, in every format.

    Args:
        publication: the plan with its verdicts.
        package: the folder that the plan was read from.
        workshop: where workbooks are written, which take longer than all the rest.
    """
    plan = publication.plan
    rows = {
        indicator.indicator_id: list(value_rows(indicator, plan, publication.assessments))
        for indicator in plan.indicators
    }
    whole = WholePlan(publication, package, [row for own in rows.values() for row in own])
    workbook = workshop.begin(to_xlsx, [whole.sheets()])
    read = [package / "datapackage.json", *(package / table.path for table in plan.info.resources)]
    columnar = workshop.begin(to_parquet, whole.columnar)
    template = workshop.begin(_filled_template, [_Tables(package, files_digest(read))])
    workbooks = workshop.begin(
        to_xlsx,
        (
            indicator_sheets(indicator, publication, rows[indicator.indicator_id])
            for indicator in plan.indicators
        ),
    )
    for resource in plan.info.resources:
        content = BOM + harmless_copy((package / resource.path).read_bytes())
        address = urls.resource_csv(resource.name)
        yield PublishedFile(address, content, resource.title, resource.name)
    for indicator, own in zip(plan.indicators, workbooks.results(), strict=True):
        yield from indicator_files(indicator, publication, rows[indicator.indicator_id], own)
    [book] = workbook.results()
    yield from whole.files(book, columnar.results())
    descriptor = published_descriptor(plan, package)
    yield PublishedFile(urls.DESCRIPTOR, descriptor, titled(both("files.package"), "json"))
    archive = pack_package(plan, package)
    yield PublishedFile(urls.PACKAGE_ZIP, archive, titled(both("files.package"), "zip"))
    (filled,) = template.results()
    yield PublishedFile(urls.TEMPLATE, filled, both("data.template"))


@dataclass(frozen=True)
class _Tables:
    """A package's folder, and the digest of its files."""

    package: Path
    digest: str


def _filled_template(tables: _Tables) -> bytes:
    # Only here: it loads openpyxl, which no build needs whose tables are as they were.
    from plansite.workbook import make_template  # noqa: PLC0415

    return make_template(tables.package, filled=True)
