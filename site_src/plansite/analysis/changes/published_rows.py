"""Checks a package against an earlier state of itself: what was published stays.

A published value is changed or withdrawn only with a row in ``corrections`` that says so, and an
id, since it is an address, never goes. Notes, wordings and translations may be edited freely.

A correction's ``row_key`` is the row's primary key as it was published, its values joined by ``/``
in the order of the key's fields: ``L02/2024/report-2024/2025-03-20``. A row is withdrawn by a
correction of its value (of a report, its ``progress_status``) with an empty ``new_value``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from plansite.analysis.changes.table_diff import (
    Cell,
    PackageChanges,
    Row,
    compare,
    kind_of,
    row_key,
    same_cell,
)
from plansite.data.package import Key, RawPackage, RawRow
from plansite.model.contract import CONTRACT
from plansite.model.problems import Problem

PROTECTED: dict[str, tuple[str, ...]] = {
    "observations": (
        *("value", "indicator_id", "year", "source_id", "published"),
        *("release_status", "comparability"),
    ),
    "targets": ("value", "indicator_id", "year", "comparator", "upper_value"),
    "progress_reports": ("progress_status", "date"),
}
"""For each table whose rows only grow, the fields that stay as published.

The first is the one that a correction names to withdraw the whole row.
"""
ADDRESSES = tuple(
    name for name, rule in CONTRACT.items() if len(rule.primary_key) == 1 and name not in PROTECTED
)
"""The tables whose ids stand in the site's addresses and in others' data."""


def check_published_rows(old: RawPackage, new: RawPackage, ref: str) -> list[Problem]:
    """Every published row that is not as it was, and every new correction that says otherwise.

    Args:
        old: the package at ``ref``.
        new: the package as it is to be published.
        ref: the revision, as it was named.
    """
    changes = compare(old, new)
    corrections = _Corrections(old, new, changes)
    return [
        *_vanished_ids(changes, set(new.tables["retired"].rows), ref),
        *_dropped_rows(changes, new, corrections, ref),
        *_edited_rows(changes, corrections, ref),
        *_wrong_corrections(corrections, old, new, changes),
    ]


@dataclass(frozen=True)
class _PublishedRow:
    """A row that is still there, and the keys under which corrections may speak of it."""

    table: str
    file: str
    row: RawRow
    keys: tuple[Key, ...]


class _Corrections:
    """The corrections that are new since the earlier state, by the cell that they speak of."""

    def __init__(self, old: RawPackage, new: RawPackage, changes: PackageChanges) -> None:
        self.file = new.tables["corrections"].file
        self.settled: set[Key] = set()
        """Corrections, by key, that were found to tell what changed, or told of as wrong."""
        self.rows = [row.row for row in changes.new if row.table == "corrections"]
        self._by_row: dict[tuple[str, Key], list[RawRow]] = {}
        for row in self.rows:
            row_id = (row.cells.get("resource", ""), parse_row_key(row.cells.get("row_key", "")))
            self._by_row.setdefault(row_id, []).append(row)

    def of(self, table: str, keys: Iterable[Key], field: str) -> list[RawRow]:
        """The corrections of one cell, in the order in which they are written."""
        rows = (row for key in dict.fromkeys(keys) for row in self._by_row.get((table, key), ()))
        return [row for row in rows if row.cells.get("field") == field]

    def judge(self, table: str, keys: Iterable[Key], cell: Cell) -> list[Problem] | None:
        """``None`` where no correction speaks of a change; else what is wrong with those that do.

        Several corrections of one cell follow one another, each from where the last one led.
        """
        rows = self.of(table, keys, cell.field)
        if not rows:
            return None
        self.settled |= {row.key for row in rows}
        kind = kind_of(CONTRACT[table], cell.field)
        stated = cell.old
        for row in rows:
            if not _agrees(kind, row.cells.get("old_value", ""), stated):
                return [self.problem(row, "old_value", stated)]
            stated = row.cells.get("new_value", "")
        if not _agrees(kind, stated, cell.new):
            return [self.problem(rows[-1], "new_value", cell.new)]
        return []

    def problem(self, row: RawRow, field: str, expected: str) -> Problem:
        """That a correction does not say what changed."""
        value = row.cells.get(field, "")
        details = {"expected_zh": expected or "空", "expected_en": expected or "nothing"}
        return Problem("correction-values", self.file, row.number, field, value, details)


def parse_row_key(text: str) -> Key:
    """A ``row_key``'s parts. Anything that no id, year or date holds may stand between them."""
    return tuple(re.findall(r"[\w-]+", text))


def _agrees(kind: str, stated: str, actual: str) -> bool:
    if stated == actual or same_cell(kind, stated, actual):
        return True
    try:
        return kind == "number" and Decimal(stated) == Decimal(actual)
    except InvalidOperation:
        return False


def _vanished_ids(changes: PackageChanges, retired: set[Key], ref: str) -> Iterator[Problem]:
    """Ids that are gone; ``retired`` are those, by table, of which the package says why."""
    for renaming in changes.renamed:
        if (renaming.table, renaming.old.key[0]) in retired:
            continue
        became = row_key(renaming.new.key)
        hint = {"zh": f"（似已改为 {became}）", "en": f" (it seems to have become {became})"}
        yield _vanished(renaming.table, renaming.file, renaming.old, ref, hint)
    for row in changes.lost:
        if row.table in ADDRESSES and (row.table, row.row.key[0]) not in retired:
            yield _vanished(row.table, row.file, row.row, ref, {"zh": "", "en": ""})


def _vanished(table: str, file: str, row: RawRow, ref: str, hint: dict[str, str]) -> Problem:
    field, value = CONTRACT[table].primary_key[0], row.key[0]
    details = {"ref": ref, "row": str(row.number), "hint_zh": hint["zh"], "hint_en": hint["en"]}
    return Problem("published-id", file, row.number, field, value, details)


def _dropped_rows(
    changes: PackageChanges, new: RawPackage, corrections: _Corrections, ref: str
) -> Iterator[Problem]:
    for lost in changes.lost:
        if lost.table not in PROTECTED:
            continue
        key = lost.row.key
        moved = _moved_to(lost, new, corrections)
        if moved is not None:
            published = _PublishedRow(lost.table, lost.file, moved, (key, moved.key))
            for field in PROTECTED[lost.table]:
                cell = Cell(field, lost.row.cells.get(field, ""), moved.cells.get(field, ""))
                yield from _judge_cell(published, cell, corrections, ref)
            continue
        field = PROTECTED[lost.table][0]
        value = lost.row.cells.get(field, "")
        problems = corrections.judge(lost.table, [key], Cell(field, value, ""))
        if problems is None:
            about = {"table": lost.table, "key": row_key(key), "ref": ref}
            details = {**about, "row": str(lost.row.number)}
            yield Problem("published-dropped", lost.file, lost.row.number, field, value, details)
        yield from problems or ()


def _moved_to(lost: Row, new: RawPackage, corrections: _Corrections) -> RawRow | None:
    """The row that a lost one became, where corrections change its key's fields."""
    fields = CONTRACT[lost.table].primary_key
    key = list(lost.row.key)
    for position, field in enumerate(fields):
        for row in corrections.of(lost.table, [lost.row.key], field):
            key[position] = row.cells.get("new_value", "")
    if tuple(key) == lost.row.key:
        return None
    return new.tables[lost.table].rows.get(tuple(key))


def _edited_rows(changes: PackageChanges, corrections: _Corrections, ref: str) -> Iterator[Problem]:
    for row in changes.changed:
        published = _PublishedRow(row.table, row.file, row.new, (row.old.key, row.new.key))
        for cell in row.cells:
            if cell.field in PROTECTED.get(row.table, ()):
                yield from _judge_cell(published, cell, corrections, ref)
            else:  # free to be edited; where a correction speaks of it, that has to agree
                yield from corrections.judge(row.table, published.keys, cell) or ()


def _judge_cell(
    published: _PublishedRow, cell: Cell, corrections: _Corrections, ref: str
) -> Iterator[Problem]:
    if same_cell(kind_of(CONTRACT[published.table], cell.field), cell.old, cell.new):
        return
    problems = corrections.judge(published.table, published.keys, cell)
    if problems is None:
        about = {"table": published.table, "key": row_key(published.keys[0])}
        details = {**about, "ref": ref, "old": cell.old or '""'}
        yield Problem(
            "published-edited", published.file, published.row.number, cell.field, cell.new, details
        )
    yield from problems or ()


def _wrong_corrections(
    corrections: _Corrections, old: RawPackage, new: RawPackage, changes: PackageChanges
) -> Iterator[Problem]:
    """New corrections that speak of nothing that changed.

    One may be written late, when the change is already published: then the cell has to hold what
    the correction says, or the row to be gone as it says.
    """
    was = {renaming.new.key: renaming.old.key for renaming in changes.renamed}
    for row in corrections.rows:
        if row.key in corrections.settled:
            continue
        table, field = row.cells.get("resource", ""), row.cells.get("field", "")
        stated = row.cells.get("new_value", "")
        key = parse_row_key(row.cells.get("row_key", ""))
        if table not in CONTRACT or field not in CONTRACT[table].field_names:
            continue  # the checks of the package itself say so
        now = new.tables[table].rows.get(key) or new.tables[table].rows.get(was.get(key, key))
        if now is None and (stated or key in old.tables[table].rows):
            value = row.cells.get("row_key", "")
            details = {"table": table, "fields": " / ".join(CONTRACT[table].primary_key)}
            yield Problem(
                "correction-place", corrections.file, row.number, "row_key", value, details
            )
        elif now is not None and not _agrees(
            kind_of(CONTRACT[table], field), stated, now.cells.get(field, "")
        ):
            yield corrections.problem(row, "new_value", now.cells.get(field, ""))
