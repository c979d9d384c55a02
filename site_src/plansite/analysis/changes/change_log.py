"""What changed in the data, commit by commit, as readers are told of it.

It tells of rows and cells and of nothing that a commit says of itself: commit messages are for
those who work on the project. Earlier states were never validated by today's rules, so every cell
is cleaned and shortened.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from plansite.analysis.changes.provenance import is_known
from plansite.analysis.changes.row_labels import (
    Cells,
    address_of,
    name_of,
    subject_of,
)
from plansite.analysis.changes.table_diff import (
    Cell,
    PackageChanges,
    compare,
    is_text,
    row_key,
)
from plansite.analysis.changes.unit_history import (
    UNIT_FIELDS,
    Measures,
    UnitHistory,
)
from plansite.analysis.changes.verdict_changes import VerdictChange, verdict_changes
from plansite.data.history import (
    Commit,
    History,
    Step,
)
from plansite.data.package import RawPackage, RawTable
from plansite.model import Bilingual, Plan
from plansite.model.contract import CONTRACT
from plansite.model.formatting import clean

MAX_CHANGES = 50
"""How many commits are told of."""
MAX_ROWS = 12
"""How many rows of one commit are told of one by one."""
_FIRST = ("observations", "progress_reports", "targets", "corrections")
_ORDER = (*_FIRST, *(name for name in CONTRACT if name not in _FIRST))
"""What was published comes before what describes it."""
_SAID_BESIDE = ("release_status", "comparability", "comparator", "upper_value")
"""Fields of values and targets without which their numbers say too much."""
_RESERVATIONS = ("provisional", "estimated", "related")
"""Codes of the status of a value that must not be told without it."""
_TypedChange = tuple["ChangeKind", str, Cells, tuple[Cell, ...]]
"""What happened to a row, its table, the row as typed, and the cells of it that are quoted."""


class ChangeKind(StrEnum):
    """What happened to a row, in the order in which it is told."""

    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"
    ADDED = "added"
    REWORDED = "reworded"
    """Nothing but words changed; counted, and not told one by one."""


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


@dataclass(frozen=True)
class DataChange:
    """What one commit changed in the data."""

    commit: Commit | None
    """``None`` for what is not committed yet."""
    begins: bool
    """Whether the record begins here: all its rows are new, and none is told one by one."""
    counts: tuple[tuple[str, ChangeKind, int], ...]
    """How many rows of which table."""
    entries: tuple[RowChange, ...] = ()
    """The first rows, one by one."""
    verdicts: tuple[VerdictChange, ...] | None = ()
    """The verdicts that it turned; ``None`` where nobody can tell."""

    @property
    def rows(self) -> int:
        """How many rows changed."""
        return sum(count for _, _, count in self.counts)

    def more(self, shown: int) -> int:
        """How many rows could still be told of where so many are."""
        reworded = sum(count for _, kind, count in self.counts if kind is ChangeKind.REWORDED)
        return self.rows - reworded - shown


def latest_changes(history: History, plan: Plan, as_of: dt.date) -> tuple[DataChange, ...]:
    """What changed with the latest commits, newest first; rows that became known later left out.

    Args:
        history: the data's history.
        plan: the plan as it is published, whose names are used.
        as_of: the day whose knowledge is shown.
    """
    found: list[DataChange] = []
    turned = verdict_changes(history, plan, as_of)
    units = UnitHistory(plan)
    for step in history.steps:
        begins = history.is_whole and step is history.steps[-1]
        if begins:
            change = _beginning(step, as_of)
        else:
            told = _change(step, plan, units.rewind(step), as_of)
            change = dataclasses.replace(told, verdicts=next(turned))
        if change.counts:
            found.append(change)
        if len(found) == MAX_CHANGES:
            break
    return tuple(found)


def _beginning(step: Step, as_of: dt.date) -> DataChange:
    counts = Counter(
        (after.name, ChangeKind.ADDED)
        for _, after in step.tables
        for row in after.rows.values()
        if is_known(after.name, row.cells, as_of)
    )
    return DataChange(step.commit, True, _in_order(counts))


def _change(step: Step, plan: Plan, measures: Measures, as_of: dt.date) -> DataChange:
    sides = [{table.name: table for table in side} for side in zip(*step.tables, strict=True)]
    rows = [
        (kind, table, cells, changed)
        for kind, table, cells, changed in _rows(compare(*map(_package, sides)))
        if is_known(table, cells, as_of)
    ]
    rows.sort(key=lambda row: (list(ChangeKind).index(row[0]), _ORDER.index(row[1])))
    counts = Counter((table, kind) for kind, table, _, _ in rows)
    told = (row for row in rows if row[0] is not ChangeKind.REWORDED)
    entries = (_entry(row, plan, measures) for row in itertools.islice(told, MAX_ROWS))
    return DataChange(step.commit, False, _in_order(counts), tuple(entries))


def _in_order(
    counts: Mapping[tuple[str, ChangeKind], int],
) -> tuple[tuple[str, ChangeKind, int], ...]:
    found = ((table, kind, count) for (table, kind), count in counts.items())
    return tuple(
        sorted(found, key=lambda one: (_ORDER.index(one[0]), list(ChangeKind).index(one[1])))
    )


def _package(tables: Mapping[str, RawTable]) -> RawPackage:
    """A package of which only the rows that differ are there."""
    return RawPackage(
        {
            name: tables.get(name) or RawTable(name, name, rule.field_names, {})
            for name, rule in CONTRACT.items()
        }
    )


def _rows(changes: PackageChanges) -> Iterator[_TypedChange]:
    for lost in changes.lost:
        yield ChangeKind.REMOVED, lost.table, lost.row.cells, ()
    for one in changes.renamed:
        field = CONTRACT[one.table].primary_key[0]
        ids = (Cell(field, row_key(one.old.key), row_key(one.new.key)),)
        yield ChangeKind.RENAMED, one.table, one.new.cells, ids
    for row in changes.changed:
        cells = tuple(cell for cell in row.cells if _is_told(row.table, cell.field))
        yield ChangeKind.CHANGED if cells else ChangeKind.REWORDED, row.table, row.new.cells, cells
    for new in changes.new:
        yield ChangeKind.ADDED, new.table, new.row.cells, ()


def _is_told(table: str, field: str) -> bool:
    """Whether a cell is quoted: any but wordings, and the unit, which decides what numbers mean."""
    return not is_text(table, field) or (table == "indicators" and field in UNIT_FIELDS)


def _entry(told: _TypedChange, plan: Plan, measures: Measures) -> RowChange:
    kind, table, row, changed = told
    subject, year = subject_of(table, row)
    is_figure = table in ("observations", "targets")
    value = (
        row.get("value", "") if is_figure and kind in (ChangeKind.ADDED, ChangeKind.REMOVED) else ""
    )
    return RowChange(
        kind,
        table,
        name_of(table, row, subject, plan),
        address_of(table, subject, row, plan),
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
