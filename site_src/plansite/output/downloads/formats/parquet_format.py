"""Rows as Parquet: columnar, typed, decimals exact."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from plansite.model.formatting import decimal_places
from plansite.output.downloads.formats.columns import Column, Row


@dataclass(frozen=True)
class Table:
    """Rows and what their columns mean."""

    columns: Sequence[Column]
    rows: Sequence[Row]


def to_parquet(table: Table) -> bytes:
    """A table as one Parquet file; each column carries its title and meaning.

    Numbers are decimals with as many places as the longest of their column, so none is rounded; how
    many digits each was published with, only the other formats tell.
    """
    # Only here: the import takes a second and 100 MB, and nothing but a changed table needs it.
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    def arrow_type(column: Column) -> Any:
        if column.type == "number":
            numbers = [cell for row in table.rows if isinstance(cell := row[column.name], Decimal)]
            return pa.decimal128(38, max(map(decimal_places, numbers), default=0))
        kinds = {"integer": pa.int64(), "boolean": pa.bool_(), "date": pa.date32()}
        return kinds.get(column.type, pa.string())

    schema = pa.schema(
        [
            pa.field(
                column.name,
                arrow_type(column),
                metadata={
                    "title_zh": column.title.zh,
                    "title_en": column.title.en,
                    "description_zh": column.description.zh,
                    "description_en": column.description.en,
                },
            )
            for column in table.columns
        ]
    )
    buffer = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(list(table.rows), schema=schema), buffer)
    return buffer.getvalue()
