"""What is known of indicators and commitments as tidy rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from plansite.analysis.verdicts.assess import Assessment, Assessments
from plansite.model import Indicator, Observation, Plan, Source
from plansite.model.formatting import format_share
from plansite.model.precedence import values_by_year
from plansite.model.translations import both
from plansite.output.downloads.formats.columns import SOURCES, VALUES, VERDICTS, Row, complete


def value_rows(indicator: Indicator, plan: Plan, assessments: Assessments) -> Iterator[Row]:
    """An indicator's published values by year, and its target years without any.

    Of a year's values the one that leads comes first.
    """
    by_year = {row.year: row for row in assessments.of(indicator.indicator_id)}
    values = values_by_year(indicator.indicator_id, plan)
    for year in sorted(set(by_year) | set(values)):
        row = by_year.get(year)
        common: Row = {
            "indicator_id": indicator.indicator_id,
            "indicator_zh": indicator.name.zh,
            "indicator_en": indicator.name.en,
            "unit_zh": indicator.measure.zh,
            "unit_en": indicator.measure.en,
            "year": year,
            **_target_cells(row),
            **(verdict_cells("verdict", row.verdict) if row else {}),
            "as_of": assessments.as_of,
        }
        if not values.get(year):
            yield complete(VALUES, common)
        for value in values.get(year, []):
            leads = row is not None and row.leading is value
            yield complete(VALUES, {**common, "leads": leads, **_value_cells(value, plan)})


def verdict_rows(plan: Plan, assessments: Assessments) -> Iterator[Row]:
    """One row for each indicator and year that was assessed, then one for each commitment."""
    for row in assessments.indicators:
        indicator = plan.indicator[row.indicator_id]
        cells: Row = {
            "kind": "indicator",
            "id": row.indicator_id,
            "name_zh": indicator.name.zh,
            "name_en": indicator.name.en,
            "year": row.year,
            **verdict_cells("verdict", row.verdict),
            **_target_cells(row),
            **_leading_cells(row.leading),
            "progress_share": None if row.covered is None else Decimal(format_share(row.covered)),
            "as_of": assessments.as_of,
        }
        yield complete(VERDICTS, cells)
    for item in assessments.commitments:
        cells = {
            "kind": "commitment",
            "id": item.commitment.commitment_id,
            "name_zh": item.commitment.title.zh,
            "name_en": item.commitment.title.en,
            **verdict_cells("commitment", item.verdict),
            "value_source_id": item.report.source_id if item.report else None,
            "as_of": assessments.as_of,
        }
        yield complete(VERDICTS, cells)


def _target_cells(row: Assessment | None) -> Row:
    target = row.target if row else None
    if target is None:
        return {}
    return {
        "target_comparator": target.comparator.value,
        "target_value": target.value,
        "target_upper_value": target.upper_value,
        "target_strength": target.strength.value,
        "target_source_id": target.source_id,
    }


def verdict_cells(group: str, verdict: str) -> Row:
    """A verdict's code and its name in both languages; ``group`` says on what it is."""
    name = both(f"{group}.{verdict}")
    return {
        "verdict": str(verdict),
        "verdict_zh": name.zh,
        "verdict_en": name.en,
    }


def _leading_cells(value: Observation | None) -> Row:
    if value is None:
        return {}
    return {
        "value": value.value,
        "value_source_id": value.source_id,
        "release_status": value.release_status.value,
    }


def _value_cells(value: Observation, plan: Plan) -> Row:
    source = plan.source[value.source_id]
    return {
        "value": value.value,
        "release_status": value.release_status.value,
        "comparability": value.comparability.value,
        "source_id": source.source_id,
        "source_title": source.title,
        "source_publisher": source.publisher,
        "source_published": value.published.text,
        "source_access": source.access.value,
        "source_url": source.link,
        "note_zh": value.note.zh if value.note else None,
        "note_en": value.note.en if value.note else None,
    }


def source_row(source: Source) -> Row:
    """What is known of a document; a copy's address is not told."""
    cells: Row = {
        "source_id": source.source_id,
        "title": source.title,
        "title_en": source.title_en,
        "publisher": source.publisher,
        "publisher_en": source.publisher_en,
        "published": source.published.text if source.published else None,
        "access": source.access.value,
        "url": source.link,
        "accessed": source.accessed.text if source.accessed else None,
        "quote": source.quote,
        "note_zh": source.note.zh if source.note else None,
        "note_en": source.note.en if source.note else None,
    }
    return complete(SOURCES, cells)
