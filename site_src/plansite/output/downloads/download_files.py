"""Every file to take away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plansite.analysis.publication import Publication
from plansite.data.package import PackageSnapshot
from plansite.model import ResourceInfo, urls
from plansite.model.translations import both
from plansite.output.downloads.formats.csv_format import BOM, spreadsheet_copy
from plansite.output.downloads.formats.excel_format import to_xlsx
from plansite.output.downloads.formats.parquet_format import to_parquet
from plansite.output.downloads.indicator_files import IndicatorFiles, indicator_workbook
from plansite.output.downloads.package_zip import pack_package, published_descriptor
from plansite.output.downloads.plan_files import WholePlan
from plansite.output.published_file import PublishedFile, titled
from plansite.util.checksums import digest
from plansite.util.task_runner import TaskRunner


def make_downloads(
    publication: Publication, package: PackageSnapshot, runner: TaskRunner
) -> Iterator[PublishedFile]:
    """Tables, each indicator's values, and the whole plan, in every format.

    Args:
        publication: the plan with its verdicts.
        package: what the plan was read from.
        runner: where workbooks are written, which take longer than all the rest.
    """
    plan = publication.plan
    own = [IndicatorFiles(indicator, publication) for indicator in plan.indicators]
    whole = WholePlan(publication, [row for files in own for row in files.rows])
    workbook = runner.submit_all(to_xlsx, [whole.sheets()])
    columnar = runner.submit_all(to_parquet, whole.columnar)
    template = runner.submit_all(filled_template, [take_tables(package)])
    workbooks = runner.submit_all(indicator_workbook, (files.workbook_content for files in own))
    as_typed = {}
    for resource in plan.info.resources:
        tables = _table_files(resource, package.content(resource.path))
        yield from tables
        as_typed[resource.name] = tables[-1].address
    for files, content in zip(own, workbooks.results(), strict=True):
        yield from files.files(content)
    [book] = workbook.results()
    yield from whole.files(book, columnar.results())
    descriptor = published_descriptor(package, as_typed)
    yield PublishedFile(urls.DESCRIPTOR, descriptor, titled(both("files.package"), "json"))
    archive = pack_package(plan, package)
    yield PublishedFile(urls.PACKAGE_ZIP, archive, titled(both("files.package"), "zip"))
    (filled,) = template.results()
    yield PublishedFile(urls.TEMPLATE, filled, both("data.template"))


def _table_files(resource: ResourceInfo, typed: bytes) -> list[PublishedFile]:
    """A table for spreadsheets, then as typed where that alters a text of it."""
    copy = spreadsheet_copy(typed)
    address, content = urls.resource_csv(resource.name), BOM + copy.content
    files = [PublishedFile(address, content, resource.title, resource.name)]
    if copy.is_altered:
        title = titled(both("files.typed"), "csv")
        files.append(PublishedFile(urls.typed_csv(resource.name), typed, title))
    return files


@dataclass(frozen=True)
class Tables:
    """A package's files by their path in it, for another process to fill the template with."""

    digests: Mapping[str, str]
    contents: Mapping[str, bytes] = field(repr=False)


def take_tables(package: PackageSnapshot) -> Tables:
    """The descriptor and the tables of a package."""
    contents = package.contents()
    return Tables({name: digest(content) for name, content in contents.items()}, contents)


def filled_template(tables: Tables) -> bytes:
    """The template with a package's rows."""
    # Only here: it loads openpyxl, which no build needs whose tables are as they were.
    from plansite.output.excel_template.template import make_template  # noqa: PLC0415

    return make_template(PackageSnapshot(Path(), tables.contents), filled=True)
