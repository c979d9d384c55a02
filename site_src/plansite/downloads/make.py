"""Every file to take away, by its address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plansite import urls
from plansite.downloads.archive import pack_package
from plansite.downloads.columns import VALUES, VERDICTS
from plansite.downloads.csv_files import BOM, to_csv
from plansite.downloads.rows import value_rows, verdict_rows
from plansite.publication import Publication
from plansite.workbook import make_template


def make_downloads(publication: Publication, package: Path) -> Iterator[tuple[str, bytes]]:
    """Every file as (address, content); ``package`` is the folder that the plan was read from."""
    plan, assessments = publication.plan, publication.assessments
    for resource in plan.info.resources:
        content = (package / resource.path).read_bytes()
        yield urls.resource_csv(resource.name), BOM + content.removeprefix(BOM)
    for indicator in plan.indicators:
        rows = value_rows(indicator, plan, assessments)
        yield urls.indicator_csv(indicator.indicator_id), BOM + to_csv(rows, VALUES)
    yield urls.VERDICTS_CSV, BOM + to_csv(verdict_rows(plan, assessments), VERDICTS)
    yield urls.DESCRIPTOR, (package / "datapackage.json").read_bytes()
    yield urls.PACKAGE_ZIP, pack_package(plan, package)
    yield urls.TEMPLATE, make_template(package, filled=True)
