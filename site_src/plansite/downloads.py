"""Files that people take away: tables, each indicator's values, verdicts, the whole package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from plansite import urls
from plansite.assess import Assessment, Assessments
from plansite.formatting import format_share, plain_number
from plansite.model import Indicator, Observation, Plan
from plansite.publication import Publication
from plansite.series import values_by_year
from plansite.workbook import make_template

BOM = b"\xef\xbb\xbf"
"""Tells Excel that a CSV file is UTF-8."""
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold: the same content gives the same bytes."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

INDICATOR_COLUMNS = (
    "indicator_id",
    "indicator_zh",
    "indicator_en",
    "unit_zh",
    "unit_en",
    "year",
    "value",
    "leads",
    "release_status",
    "comparability",
    "target_comparator",
    "target_value",
    "target_upper_value",
    "verdict",
    "as_of",
    "source_id",
    "source_title",
    "source_publisher",
    "source_published",
    "source_access",
    "source_url",
    "note_zh",
    "note_en",
)
VERDICT_COLUMNS = (
    "kind",
    "id",
    "name_zh",
    "name_en",
    "year",
    "verdict",
    "target_comparator",
    "target_value",
    "target_upper_value",
    "target_strength",
    "value",
    "value_source_id",
    "release_status",
    "progress_share",
    "as_of",
)
Row = dict[str, str]


def make_downloads(publication: Publication, package: Path) -> Iterator[tuple[str, bytes]]:
    """Every file as (address, content); ``package`` is the folder that the plan was read from."""
    plan, assessments = publication.plan, publication.assessments
    for resource in plan.info.resources:
        content = (package / resource.path).read_bytes()
        yield urls.resource_csv(resource.name), BOM + content.removeprefix(BOM)
    for indicator in plan.indicators:
        rows = list(indicator_rows(indicator, plan, assessments))
        yield urls.indicator_csv(indicator.indicator_id), to_csv(rows, INDICATOR_COLUMNS)
    yield urls.VERDICTS_CSV, to_csv(list(verdict_rows(plan, assessments)), VERDICT_COLUMNS)
    yield urls.DESCRIPTOR, (package / "datapackage.json").read_bytes()
    yield urls.PACKAGE_ZIP, zip_package(plan, package)
    yield urls.TEMPLATE, make_template(package, filled=True)


def to_csv(rows: list[Row], columns: tuple[str, ...]) -> bytes:
    """Rows as CSV for Excel: UTF-8 with BOM, CRLF, and no cell that runs as a formula."""
    table = pd.DataFrame(rows, columns=list(columns), dtype="string")
    harmless = table.map(_harmless, na_action="ignore")
    text = harmless.to_csv(index=False, lineterminator="\r\n")
    return BOM + text.encode("utf-8")


def _harmless(cell: str) -> str:
    """Text that a spreadsheet would run gets an apostrophe in front; numbers stay as they are."""
    if not cell.startswith(_FORMULA_STARTS) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    digits = cell.removeprefix("-")
    return digits.replace(".", "", 1).isdecimal()


def _target_cells(row: Assessment | None) -> Row:
    target = row.target if row else None
    if target is None:
        return {"target_comparator": "", "target_value": "", "target_upper_value": ""}
    upper = "" if target.upper_value is None else plain_number(target.upper_value)
    return {
        "target_comparator": target.comparator.value,
        "target_value": plain_number(target.value),
        "target_upper_value": upper,
    }


def indicator_rows(indicator: Indicator, plan: Plan, assessments: Assessments) -> Iterator[Row]:
    """One row for each published value, and one for each target year without any."""
    by_year = {row.year: row for row in assessments.of(indicator.indicator_id)}
    values = values_by_year(indicator.indicator_id, plan)
    for year in sorted(set(by_year) | set(values)):
        row = by_year.get(year)
        common = {
            "indicator_id": indicator.indicator_id,
            "indicator_zh": indicator.name.zh,
            "indicator_en": indicator.name.en,
            "unit_zh": indicator.measure.zh,
            "unit_en": indicator.measure.en,
            "year": str(year),
            **_target_cells(row),
            "verdict": row.verdict.value if row else "",
            "as_of": assessments.as_of.isoformat(),
        }
        if not values.get(year):
            yield {**dict.fromkeys(INDICATOR_COLUMNS, ""), **common}
        for value in values.get(year, []):
            leads = row is not None and row.leading is value
            yield {**common, "leads": "true" if leads else "false", **_value_cells(value, plan)}


def _value_cells(value: Observation, plan: Plan) -> Row:
    source = plan.source[value.source_id]
    return {
        "value": plain_number(value.value),
        "release_status": value.release_status.value,
        "comparability": value.comparability.value,
        "source_id": source.source_id,
        "source_title": source.title,
        "source_publisher": source.publisher,
        "source_published": value.published.text,
        "source_access": source.access.value,
        "source_url": source.link or "",
        "note_zh": value.note.zh if value.note else "",
        "note_en": value.note.en if value.note else "",
    }


def verdict_rows(plan: Plan, assessments: Assessments) -> Iterator[Row]:
    """One row for each indicator and year that was assessed, then one for each commitment."""
    as_of = assessments.as_of.isoformat()
    for row in assessments.indicators:
        indicator = plan.indicator[row.indicator_id]
        leading = row.leading
        yield {
            "kind": "indicator",
            "id": row.indicator_id,
            "name_zh": indicator.name.zh,
            "name_en": indicator.name.en,
            "year": str(row.year),
            "verdict": row.verdict.value,
            **_target_cells(row),
            "target_strength": row.target.strength.value if row.target else "",
            "value": plain_number(leading.value) if leading else "",
            "value_source_id": leading.source_id if leading else "",
            "release_status": leading.release_status.value if leading else "",
            "progress_share": "" if row.covered is None else format_share(row.covered),
            "as_of": as_of,
        }
    for item in assessments.commitments:
        yield {
            **dict.fromkeys(VERDICT_COLUMNS, ""),
            "kind": "commitment",
            "id": item.commitment.commitment_id,
            "name_zh": item.commitment.title.zh,
            "name_en": item.commitment.title.en,
            "verdict": item.verdict.value,
            "value_source_id": item.report.source_id if item.report else "",
            "as_of": as_of,
        }


def zip_package(plan: Plan, package: Path) -> bytes:
    """The package as it stands in the repository, byte for byte, with a note on its licence."""
    names = ["datapackage.json", *(resource.path for resource in plan.info.resources)]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            _add(archive, name, (package / name).read_bytes())
        _add(archive, "README.md", _readme(plan).encode("utf-8"))
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _readme(plan: Plan) -> str:
    info = plan.info
    licences = "\n".join(f"- {title} <{address}>" for title, address in info.licenses)
    tables = "\n".join(f"- `{r.path}` {r.title.zh} / {r.title.en}" for r in info.resources)
    parts = (
        f"# {info.title.zh}",
        info.title.en,
        info.description.zh,
        info.description.en,
        f"Version: {info.version}",
        licences,
        tables,
    )
    return "\n\n".join(parts) + "\n"
