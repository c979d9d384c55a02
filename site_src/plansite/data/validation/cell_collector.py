"""What frictionless lets through in a cell, and the rows that it read.

:class:`CellCollector` is a frictionless check: it looks at cells as typed, before they become
numbers, and keeps the rows, so that each table is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import attrs
from frictionless import Check, Row, errors

from plansite.data.cells.cell_rules import Column

PLAIN_CODES = ("type", "date-format")


@dataclass(frozen=True)
class TypedRow:
    """A row by its number in a spreadsheet, with the values that its cells were read as."""

    number: int
    values: dict[str, Any]


@attrs.define(kw_only=True, repr=False)
class CellFaultError(errors.CellError):
    """A fault that our own check found; ``note`` is the code of its kind."""

    type = "raw-cell"
    title = "Raw cell"
    template = "{note}"


@attrs.define(kw_only=True, repr=False)
class CellCollector(Check):
    """Finds typed cells that only look right, and keeps the rows."""

    type = "raw-cells"
    Errors: ClassVar = [CellFaultError]

    columns: list[Column]
    """The table's columns in their order."""
    rows: list[TypedRow]
    """Filled with the table's rows."""

    def validate_row(self, row: Row) -> Iterable[errors.CellError]:
        """Yield the row's faults, and keep the row."""
        self.rows.append(TypedRow(row.row_number, dict(row)))
        return self._faults(row)

    def _faults(self, row: Row) -> Iterator[errors.CellError]:
        wrong = {error.field_name for error in row.errors if isinstance(error, errors.CellError)}
        for number, (column, cell) in enumerate(
            zip(self.columns, row.cells, strict=False), start=1
        ):
            fault = column.fault(cell)
            # What has no better name than frictionless gives it is not said twice.
            if fault is not None and not (fault[0] in PLAIN_CODES and column.name in wrong):
                yield CellFaultError(
                    note=fault[0],
                    cells=[str(value) for value in row.cells],
                    row_number=row.row_number,
                    cell=cell,
                    field_name=column.name,
                    field_number=number,
                )
