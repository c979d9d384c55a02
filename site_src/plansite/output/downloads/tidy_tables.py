"""The tidy tables of the whole plan, described like those of the package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plansite.analysis.publication import Publication
from plansite.model import FieldInfo, ResourceInfo, urls
from plansite.model.translations import both
from plansite.output.downloads.formats.columns import VALUES, VERDICTS, Column, Row, plain
from plansite.output.downloads.tidy_rows import value_rows, verdict_rows

_REFERENCES = (
    ("indicator_id", "indicators", "indicator_id"),
    ("source_id", "sources", "source_id"),
    ("target_source_id", "sources", "source_id"),
    ("value_source_id", "sources", "source_id"),
)


def tidy_tables(publication: Publication) -> Iterator[tuple[ResourceInfo, list[dict[str, str]]]]:
    """The tables of :data:`plansite.model.urls.TIDY`, each with its rows as its file has them.

    They have no key and no cell that must be filled: a row tells what is known.
    """
    plan, assessments = publication.plan, publication.assessments
    values = [
        row for indicator in plan.indicators for row in value_rows(indicator, plan, assessments)
    ]
    for name, columns, rows in (
        ("values", VALUES, values),
        ("verdicts", VERDICTS, list(verdict_rows(plan, assessments))),
    ):
        yield _described(name, columns, len(rows)), [_as_text(row) for row in rows]


def _described(name: str, columns: Sequence[Column], count: int) -> ResourceInfo:
    names = {column.name for column in columns}
    return ResourceInfo(
        name=name,
        path=urls.resource_csv(name),
        title=both(f"files.{name}"),
        description=both(f"files.use_{name}_csv"),
        fields=tuple(
            FieldInfo(column.name, column.type, False, column.title, column.description)
            for column in columns
        ),
        primary_key=(),
        foreign_keys=tuple(reference for reference in _REFERENCES if reference[0] in names),
        row_count=count,
    )


def _as_text(row: Row) -> dict[str, str]:
    return {name: plain(cell) for name, cell in row.items()}
