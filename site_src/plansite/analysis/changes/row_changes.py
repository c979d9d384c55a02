"""One row that changed: what happened to it, what it is about, and which of its cells are quoted.

Earlier states of the data were never validated by today's rules, so every cell is cleaned and
shortened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from plansite.analysis.changes.row_labels import (
    Cells,
    address_of,
    corrected_row,
    name_of,
    subject_of,
)
from plansite.analysis.changes.table_diff import Cell, PackageChanges, is_text, row_key
from plansite.analysis.changes.unit_history import UNIT_FIELDS, Measures
from plansite.model import Bilingual, Plan
from plansite.model.contract import CONTRACT, Protection, protection_of
from plansite.model.formatting import clean

_SAID_BESIDE = ("release_status", "comparability", "comparator", "upper_value")
"""Fields of values and targets without which their numbers say too much."""
_RESERVATIONS = ("provisional", "estimated", "related")
"""Codes of a status that must be named wherever the value is."""
TypedChange = tuple["ChangeKind", str, Cells, tuple[Cell, ...]]
"""What happened to a row, its table, the row as typed, and the cells of it that are quoted."""


class ChangeKind(StrEnum):
    """What happened to a row, in the order in which changes are listed."""

    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"
    ADDED = "added"
    REWORDED = "reworded"
    """Nothing but words changed; counted, and not listed one by one."""


@dataclass(frozen=True)
class RowChange:
    """One row that changed."""

    kind: ChangeKind
    table: str
    name: Bilingual
    """What the row is about, as the plan calls it now."""
    address: str | None
    """The page that shows it now."""
    year: str = ""
    value: str = ""
    """The number of a published value or target that is new or gone."""
    measure: Bilingual | None = None
    """What numbers of the row counted in; ``None`` too where the change left them in two units."""
    cells: tuple[Cell, ...] = ()
    """What changed but wordings, which are too long to be quoted."""
    source_id: str = ""
    """The source that the row names."""
    release_status: str = ""
    comparability: str = ""
    """How settled a published value is, and whether it is compared, as it was typed."""
    comparator: str = ""
    upper_value: str = ""
    """How values compare to a target, and the upper end of one that is a range."""

    @property
    def reservations(self) -> tuple[str, ...]:
        """What has to be said beside the row's value, as codes of its status."""
        changed = {cell.field: cell.new for cell in self.cells}
        codes = {"release_status": self.release_status, "comparability": self.comparability}
        return tuple(
            code for field, code in codes.items() if code in _RESERVATIONS and field not in changed
        )


def typed_changes(changes: PackageChanges) -> Iterator[TypedChange]:
    """Every row that changed, as typed: lost ones, renamed, edited and new ones."""
    for lost in changes.lost:
        yield ChangeKind.REMOVED, lost.table, lost.row.cells, ()
    for renaming in changes.renamed:
        field = CONTRACT[renaming.table].primary_key[0]
        ids = (Cell(field, row_key(renaming.old.key), row_key(renaming.new.key)),)
        yield ChangeKind.RENAMED, renaming.table, renaming.new.cells, ids
    for row in changes.changed:
        cells = tuple(cell for cell in row.cells if _is_quoted(row.table, cell.field))
        yield ChangeKind.CHANGED if cells else ChangeKind.REWORDED, row.table, row.new.cells, cells
    for new in changes.new:
        yield ChangeKind.ADDED, new.table, new.row.cells, ()


def _is_quoted(table: str, field: str) -> bool:
    """Whether a cell is quoted: any but wordings, and what decides how numbers are read."""
    is_unit = table == "indicators" and field in UNIT_FIELDS
    is_name = protection_of(table, field) is Protection.MEANING and field != "decimals"
    return not is_text(table, field) or is_unit or is_name


def row_change(typed: TypedChange, plan: Plan, measures: Measures) -> RowChange:
    """What is said of a row that changed.

    Args:
        typed: the row as typed.
        plan: the plan as it is published, whose names are used.
        measures: what numbers counted in before and after the change.
    """
    kind, table, row, changed = typed
    about, cells = corrected_row(row, plan) if table == "corrections" else (table, row)
    subject, year = subject_of(cells)
    is_figure = table in ("observations", "targets")
    value = (
        row.get("value", "") if is_figure and kind in (ChangeKind.ADDED, ChangeKind.REMOVED) else ""
    )
    return RowChange(
        kind,
        table,
        name_of(about, cells, subject, plan),
        address_of(about, subject, cells, plan),
        clean(year),
        clean(value),
        _measure(kind, subject, measures) if is_figure else None,
        tuple(Cell(clean(cell.field), clean(cell.old), clean(cell.new)) for cell in changed),
        "" if table == "sources" else clean(row.get("source_id", "")),
        **{field: clean(row.get(field, "")) for field in _SAID_BESIDE},
    )


def _measure(kind: ChangeKind, subject: str, measures: Measures) -> Bilingual | None:
    """What a row's numbers counted in, on the side of the change that they stand on."""
    old, new = measures.before.get(subject), measures.after.get(subject)
    if kind is ChangeKind.ADDED:
        return new
    if kind is ChangeKind.REMOVED:
        return old
    return new if old is None or old == new else None
