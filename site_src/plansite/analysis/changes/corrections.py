"""Corrections by what they speak of: those that pages show, those that are to explain an edit.

A correction's ``row_key`` is the row's primary key as it was published, its values joined by ``/``
in the order of the key's fields: ``L02/2024/report-2024/2025-03-20``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from plansite.analysis.changes.table_diff import Cell, PackageChanges, kind_of, same_cell
from plansite.data.package import Key, RawPackage, RawRow, key_of
from plansite.model import Correction
from plansite.model.contract import CONTRACT
from plansite.model.problems import Problem


def parse_row_key(text: str) -> Key:
    """A ``row_key``'s parts. Anything that no id, year or date holds may stand between them."""
    return tuple(re.findall(r"[\w-]+", text))


class CorrectionIndex:
    """A plan's corrections by what they changed."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        corrections = tuple(corrections)
        self._order = {
            correction.correction_id: position for position, correction in enumerate(corrections)
        }
        self._by_row: dict[tuple[str, Key], list[Correction]] = {}
        for correction in corrections:
            row_id = (correction.resource, parse_row_key(correction.row_key))
            self._by_row.setdefault(row_id, []).append(correction)
        for table, key in list(self._by_row):
            rows = self._by_row[table, key]  # with those that led here
            moved = (table, _key_now(table, key, rows))
            if moved[1] != key:
                self._by_row[moved] = [*rows, *self._by_row.get(moved, [])]
        self._by_first: dict[tuple[str, str], dict[str, Correction]] = {}
        for (table, key), rows in self._by_row.items():
            known = self._by_first.setdefault((table, "".join(key[:1])), {})
            known.update((correction.correction_id, correction) for correction in rows)

    def key_of(self, correction: Correction) -> Key:
        """The key of the row that a correction speaks of, as corrections left it."""
        table, key = correction.resource, parse_row_key(correction.row_key)
        return _key_now(table, key, self._by_row[table, key])

    def of(self, table: str, record: object) -> list[Correction]:
        """Those of one record, in the order in which they are written."""
        key = tuple(str(cell) for cell in key_of(table, record))
        return self._by_row.get((table, key), [])

    def of_rows(self, rows: Iterable[tuple[str, str]]) -> list[Correction]:
        """Those of all rows whose key begins or began with an id, in the order of the table.

        Args:
            rows: tables, each with such an id.
        """
        corrections: dict[str, Correction] = {}
        for row in rows:
            corrections |= self._by_first.get(row, {})
        return sorted(corrections.values(), key=lambda row: self._order[row.correction_id])


def _key_now(table: str, key: Key, corrections: Iterable[Correction]) -> Key:
    """A row's key after what was corrected in its own fields."""
    fields = CONTRACT[table].primary_key if table in CONTRACT else ()
    cells = dict(zip(fields, key, strict=False))
    for correction in corrections:
        if correction.field in cells:
            cells[correction.field] = correction.new_value
    return tuple(cells.values()) or key


class NewCorrections:
    """The corrections that are new since an earlier state, by the cell that they speak of."""

    def __init__(self, new: RawPackage, changes: PackageChanges) -> None:
        self.file = new.tables["corrections"].file
        self.settled: set[Key] = set()
        """Corrections, by key, that were found to tell what changed, or told of as wrong."""
        self.rows = [row.row for row in changes.new if row.table == "corrections"]
        self._by_cell: dict[tuple[str, Key, str], list[RawRow]] = {}
        for row in self.rows:
            table, field = row.cells.get("resource", ""), row.cells.get("field", "")
            cell = (table, parse_row_key(row.cells.get("row_key", "")), field)
            self._by_cell.setdefault(cell, []).append(row)

    def of(self, table: str, keys: Iterable[Key], field: str) -> list[RawRow]:
        """The corrections of one cell, in the order in which they are written."""
        return [
            row for key in dict.fromkeys(keys) for row in self._by_cell.get((table, key, field), ())
        ]

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
            if not agrees(kind, row.cells.get("old_value", ""), stated):
                return [self.problem(row, "old_value", stated)]
            stated = row.cells.get("new_value", "")
        if not agrees(kind, stated, cell.new):
            return [self.problem(rows[-1], "new_value", cell.new)]
        return []

    def problem(self, row: RawRow, field: str, expected: str) -> Problem:
        """That a correction does not say what changed."""
        value = row.cells.get(field, "")
        details = {"expected_zh": expected or "空", "expected_en": expected or "nothing"}
        return Problem("correction-values", self.file, row.number, field, value, details)


def agrees(kind: str, stated: str, actual: str) -> bool:
    """Whether a correction states what stands, or stood, in a cell of a kind."""
    if stated == actual or same_cell(kind, stated, actual):
        return True
    try:
        return kind == "number" and Decimal(stated) == Decimal(actual)
    except InvalidOperation:
        return False
