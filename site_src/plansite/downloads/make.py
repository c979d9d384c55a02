"""Every file to take away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plansite import urls
from plansite.downloads.archive import pack_package
from plansite.downloads.columns import VALUES, VERDICTS
from plansite.downloads.csv_files import BOM, to_csv
from plansite.downloads.rows import value_rows, verdict_rows
from plansite.model import Bilingual, Language
from plansite.publication import Publication
from plansite.published import PublishedFile
from plansite.words import Words
from plansite.workbook import make_template


def make_downloads(publication: Publication, package: Path) -> Iterator[PublishedFile]:
    """Tables, each indicator's values, verdicts, and the whole package.

    Args:
        publication: the plan with its verdicts.
        package: the folder that the plan was read from.
    """
    plan = publication.plan
    for resource in plan.info.resources:
        content = BOM + (package / resource.path).read_bytes().removeprefix(BOM)
        address = urls.resource_csv(resource.name)
        yield PublishedFile(address, content, resource.title, resource.name)
    for indicator in plan.indicators:
        rows = value_rows(indicator, plan, publication.assessments)
        address = urls.indicator_csv(indicator.indicator_id)
        content = BOM + to_csv(rows, VALUES)
        yield PublishedFile(address, content, indicator.name, indicator.indicator_id)
    verdicts = to_csv(verdict_rows(plan, publication.assessments), VERDICTS)
    yield PublishedFile(urls.VERDICTS_CSV, BOM + verdicts, _title("data.verdicts_csv"))
    descriptor = (package / "datapackage.json").read_bytes()
    yield PublishedFile(urls.DESCRIPTOR, descriptor, _title("data.descriptor"))
    archive = pack_package(plan, package)
    yield PublishedFile(urls.PACKAGE_ZIP, archive, _title("data.package_zip"))
    template = make_template(package, filled=True)
    yield PublishedFile(urls.TEMPLATE, template, _title("data.template"))


def _title(key: str) -> Bilingual:
    return Bilingual(*(Words(side)(key) for side in Language))
