"""Finds the corrections of a record."""

from __future__ import annotations

from collections.abc import Iterable

from plansite.analysis.changes.published_rows import parse_row_key
from plansite.data.package import key_of
from plansite.model import Correction
from plansite.model.contract import CONTRACT

_Key = tuple[str, ...]


class Corrected:
    """A plan's corrections by what they changed."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        corrections = tuple(corrections)
        self._order = {
            correction.correction_id: position for position, correction in enumerate(corrections)
        }
        self._by_row: dict[tuple[str, _Key], list[Correction]] = {}
        for correction in corrections:
            row_id = (correction.resource, parse_row_key(correction.row_key))
            self._by_row.setdefault(row_id, []).append(correction)
        for (table, key), rows in list(self._by_row.items()):
            moved = (table, _key_now(table, key, rows))
            if moved[1] != key:
                self._by_row[moved] = [*rows, *self._by_row.get(moved, [])]
        self._by_first: dict[tuple[str, str], dict[str, Correction]] = {}
        for (table, key), rows in self._by_row.items():
            known = self._by_first.setdefault((table, "".join(key[:1])), {})
            known.update((correction.correction_id, correction) for correction in rows)

    def of(self, table: str, record: object) -> list[Correction]:
        """Those of one record, in the order in which they are written."""
        key = tuple(str(cell) for cell in key_of(table, record))
        return self._by_row.get((table, key), [])

    def beginning_with(self, tables: Iterable[str], first: str) -> list[Correction]:
        """Those of all rows whose key begins or began with an id, in the order of the table."""
        corrections: dict[str, Correction] = {}
        for table in tables:
            corrections |= self._by_first.get((table, first), {})
        return sorted(corrections.values(), key=lambda row: self._order[row.correction_id])


def _key_now(table: str, key: _Key, corrections: Iterable[Correction]) -> _Key:
    """A row's key after what was corrected in its own fields."""
    fields = CONTRACT[table].primary_key if table in CONTRACT else ()
    cells = dict(zip(fields, key, strict=False))
    for correction in corrections:
        if correction.field in cells:
            cells[correction.field] = correction.new_value
    return tuple(cells.values()) or key
