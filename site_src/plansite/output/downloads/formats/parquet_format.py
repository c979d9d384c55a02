"""Rows as a data frame and as Parquet: columnar, typed, decimals exact."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from plansite.model.formatting import decimal_places
from plansite.output.downloads.formats.columns import Column, Row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Table:
    """Rows and what their columns mean."""

    columns: Sequence[Column]
    rows: Sequence[Row]


def to_frame(table: Table) -> pd.DataFrame:
    """A table as a data frame with a nullable Arrow type for each column.

    Numbers are decimals with as many places as the longest of their column, so none is rounded; how
    many digits each was published with, only the other formats tell.
    """
    # Only here: the import takes half a second and 60 MB, and nothing but a changed table needs it.
    import pandas as pd  # noqa: PLC0415

    def series(column: Column) -> pd.Series[Any]:
        """A column in the type that its values have in Arrow."""
        dtype = pd.ArrowDtype(_arrow_type(column, table.rows))
        return pd.Series([row[column.name] for row in table.rows], dtype=dtype)

    return pd.DataFrame({column.name: series(column) for column in table.columns})


def to_parquet(table: Table) -> bytes:
    """A table as one Parquet file; each column carries its title and meaning."""
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    schema = pa.schema(
        [
            pa.field(
                column.name,
                _arrow_type(column, table.rows),
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
    columnar = pa.Table.from_pandas(to_frame(table), schema, preserve_index=False)
    buffer = io.BytesIO()
    # Without what pandas would note for itself: the file is for any reader.
    parquet.write_table(columnar.replace_schema_metadata(), buffer)
    return buffer.getvalue()


def _arrow_type(column: Column, rows: Sequence[Row]) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    if column.type == "number":
        numbers = [cell for row in rows if isinstance(cell := row[column.name], Decimal)]
        return pa.decimal128(38, max(map(decimal_places, numbers), default=0))
    kinds = {"integer": pa.int64(), "boolean": pa.bool_(), "date": pa.date32()}
    return kinds.get(column.type, pa.string())
