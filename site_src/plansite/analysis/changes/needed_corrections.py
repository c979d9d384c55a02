"""Published cells that are not as they were, and the corrections that they still need.

Takes two states of a package. What is protected, and why, is in ``model/contract/protection.toml``.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from plansite.analysis.changes.corrections import NewCorrections
from plansite.analysis.changes.table_diff import Cell, PackageChanges, Row, compare, row_key
from plansite.data.package import Key, RawPackage, RawRow
from plansite.data.package.csv_lines import write_cells
from plansite.model.contract import CONTRACT, WITHDRAWN_BY, protection_of


@dataclass(frozen=True)
class PublishedChange:
    """A published cell that is not as it was; of a row that is gone, the cell that withdraws it."""

    table: str
    old: RawRow
    new: RawRow | None
    """The row as it is now; ``None`` where it is gone."""
    cell: Cell

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys under which corrections may speak of the row, the published one first."""
        return (self.old.key,) if self.new is None else (self.old.key, self.new.key)


@dataclass(frozen=True)
class NeededCorrection:
    """What a correction has to say but for its reason, which only people know."""

    resource: str
    row_key: str
    field: str
    old_value: str
    new_value: str


def needed_corrections(old: RawPackage, new: RawPackage) -> tuple[NeededCorrection, ...]:
    """What has to be added to ``corrections`` before a state may be published.

    Ids that are gone, and published corrections that were edited, are not among it: no correction
    makes up for those.

    Args:
        old: the package as it was published.
        new: the package as it is to be published, with the corrections that it has already.
    """
    changes = compare(old, new)
    corrections = NewCorrections(new, changes)
    return tuple(
        NeededCorrection(
            change.table,
            row_key(change.old.key),
            change.cell.field,
            change.cell.old,
            change.cell.new,
        )
        for change in published_changes(changes, new, corrections)
        if corrections.judge(change.table, change.keys, change.cell) is None
    )


def corrections_as_csv(needed: Iterable[NeededCorrection], new: RawPackage, day: dt.date) -> str:
    """Rows to paste at the end of the package's table of corrections; reasons are left empty.

    Args:
        needed: what the rows are to say.
        new: the package, whose table has the columns and the ids that are taken.
        day: the day of the correction.
    """
    table = new.tables["corrections"]
    taken = {row.cells.get("correction_id", "") for row in table.rows.values()}
    ids = (name for number in range(1, 10**6) if (name := f"{day}-{number}") not in taken)
    lines = []
    for row in needed:
        cells = {**vars(row), "correction_id": next(ids), "date": day.isoformat()}
        lines.append(write_cells([cells.get(field, "") for field in table.fields]))
    return "\n".join(lines)


def published_changes(
    changes: PackageChanges, new: RawPackage, corrections: NewCorrections
) -> Iterator[PublishedChange]:
    """Every published cell that needs a correction, and what became of each row that is gone.

    Args:
        changes: the changes from what was published.
        new: the package as it is to be published.
        corrections: those that are new; they may say into what a row's key was corrected.
    """
    rekeyed = _RekeyedRows(changes, new, corrections)
    for lost in changes.lost:
        if lost.table in WITHDRAWN_BY and not _goes_with_retired(lost, new):
            yield from _changes_of_lost(lost, rekeyed.of(lost))
    for row in changes.changed:
        for cell in row.cells:
            if needs_correction(row.table, cell):
                yield PublishedChange(row.table, row.old, row.new, cell)


def _changes_of_lost(lost: Row, now: RawRow | None) -> Iterator[PublishedChange]:
    """What differs in the row that took a lost one's place; its withdrawal where none did."""
    old = lost.row.cells
    if now is None:
        field = WITHDRAWN_BY[lost.table]
        cell = Cell(field, old.get(field, ""), "")
        yield PublishedChange(lost.table, lost.row, None, cell)
        return
    for field in dict.fromkeys([*old, *now.cells]):
        cell = Cell(field, old.get(field, ""), now.cells.get(field, ""))
        if cell.old != cell.new and needs_correction(lost.table, cell):
            yield PublishedChange(lost.table, lost.row, now, cell)


def _goes_with_retired(lost: Row, new: RawPackage) -> bool:
    """Whether a row only tied two ids together, one of which the package says it retired."""
    retired = new.tables["retired"].rows
    links = ("tasks", "agencies") if lost.table == "task_agencies" else ()
    return any(pair in retired for pair in zip(links, lost.row.key, strict=False))


def needs_correction(table: str, cell: Cell) -> bool:
    """Whether a cell that changed had something in it that stays as published."""
    return bool(cell.old) and protection_of(table, cell.field).needs_correction


class _RekeyedRows:
    """Rows that are gone under their key and stand under another."""

    def __init__(
        self, changes: PackageChanges, new: RawPackage, corrections: NewCorrections
    ) -> None:
        self._new = new
        self._corrections = corrections
        self._lost = _by_all_but_one_part(changes.lost)
        self._came = _by_all_but_one_part(changes.new)

    def of(self, lost: Row) -> RawRow | None:
        """What a row that is gone became, as corrections say.

        Otherwise the one row that differs from it in nothing protected but one part of the key,
        unless corrections withdraw it.
        """
        corrected = self._as_corrected(lost)
        field = WITHDRAWN_BY[lost.table]
        if corrected is not None or self._corrections.of(lost.table, [lost.row.key], field):
            return corrected
        found = {
            row.key: row
            for pattern in _patterns(lost)
            if len(self._lost[pattern]) == len(rows := self._came.get(pattern, ())) == 1
            for row in rows
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _as_corrected(self, lost: Row) -> RawRow | None:
        """The row under the key that corrections of the old key's parts give."""
        key = list(lost.row.key)
        for position, field in enumerate(CONTRACT[lost.table].primary_key):
            for row in self._corrections.of(lost.table, [lost.row.key], field):
                key[position] = row.cells.get("new_value", "")
        now = tuple(key)
        return None if now == lost.row.key else self._new.tables[lost.table].rows.get(now)


def _by_all_but_one_part(rows: Sequence[Row]) -> dict[Key, list[RawRow]]:
    """Rows by each of their patterns: two that share one differ only in that part of the key."""
    found: dict[Key, list[RawRow]] = defaultdict(list)
    for row in rows:
        for pattern in _patterns(row):
            found[pattern].append(row.row)
    return found


def _patterns(row: Row) -> Iterator[Key]:
    """What a row may share with one that it became: all that is protected but a part of the key."""
    if row.table not in WITHDRAWN_BY or len(CONTRACT[row.table].primary_key) == 1:
        return
    cells = row.row.cells
    said = tuple([cells.get(field, "") for field in _said_beside_key(row.table)])
    parts = row.row.key
    for position in range(len(CONTRACT[row.table].primary_key)):
        yield (row.table, str(position), *parts[:position], *parts[position + 1 :], *said)


@functools.cache
def _said_beside_key(table: str) -> tuple[str, ...]:
    """The protected fields of a table that are no part of its key."""
    return tuple(
        field
        for field in CONTRACT[table].field_names
        if field not in CONTRACT[table].primary_key and protection_of(table, field).needs_correction
    )
