"""Every file to take away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plansite import urls
from plansite.downloads.archive import pack_package
from plansite.downloads.by_indicator import indicator_files
from plansite.downloads.columns import Row
from plansite.downloads.csv_files import BOM, harmless_copy
from plansite.downloads.rows import value_rows
from plansite.downloads.titles import titled
from plansite.downloads.whole_plan import plan_files
from plansite.publication import Publication
from plansite.published import PublishedFile
from plansite.words import both
from plansite.workbook import make_template


def make_downloads(publication: Publication, package: Path) -> Iterator[PublishedFile]:
    """Tables, each indicator's values, and the whole plan, in every format.

    Args:
        publication: the plan with its verdicts.
        package: the folder that the plan was read from.
    """
    plan = publication.plan
    for resource in plan.info.resources:
        content = BOM + harmless_copy((package / resource.path).read_bytes())
        address = urls.resource_csv(resource.name)
        yield PublishedFile(address, content, resource.title, resource.name)
    values: list[Row] = []
    for indicator in plan.indicators:
        rows = list(value_rows(indicator, plan, publication.assessments))
        yield from indicator_files(indicator, publication, rows)
        values += rows
    yield from plan_files(publication, package, values)
    descriptor = (package / "datapackage.json").read_bytes()
    yield PublishedFile(urls.DESCRIPTOR, descriptor, titled(both("files.package"), "json"))
    archive = pack_package(plan, package)
    yield PublishedFile(urls.PACKAGE_ZIP, archive, titled(both("files.package"), "zip"))
    template = make_template(package, filled=True)
    yield PublishedFile(urls.TEMPLATE, template, both("data.template"))
