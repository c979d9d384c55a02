"""Finds when the data that a page shows last changed on this site.

A page rests on facts: (table, field, value) stands for every row of the table that has, or had,
this value in this field. So a row that was taken away counts for the pages that showed it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plansite.analysis.changes.corrections import CorrectionIndex, parse_row_key
from plansite.data.history import History
from plansite.data.package import RawRow, RawTable
from plansite.model import Correction, Plan
from plansite.model.contract import CONTRACT

Fact = tuple[str, str, str]
"""Table, field, value."""
_DATED = {"observations": "published", "progress_reports": "date"}
"""What cannot be known before its date."""
_FIELDS = {
    name: tuple(dict.fromkeys([rule.primary_key[0], *(key[0] for key in rule.foreign_keys)]))
    for name, rule in CONTRACT.items()
} | {
    "retired": ("retired_id",),
    "targets": ("indicator_id", "source_id", "year"),
    "observations": ("indicator_id", "source_id", "year"),
}
"""The fields by which rows of a table are found."""


@dataclass(frozen=True)
class KnownRows:
    """Which rows of the data could be known on a day."""

    day: dt.date
    left_out: frozenset[tuple[str, str]] = frozenset()
    """By table and id, documents and corrections of what became known later."""

    def has(self, table: str, cells: Mapping[str, str]) -> bool:
        """Whether a row of any state of the data is one of them."""
        row = (table, cells.get(CONTRACT[table].primary_key[0], ""))
        return is_known(table, cells, self.day) and row not in self.left_out


def whole(table: str) -> Fact:
    """Every row of a table."""
    return table, "", ""


def corrections_of(table: str, row_id: str) -> Fact:
    """The corrections of a table's rows whose key begins with an id."""
    return "corrections", table, row_id


@dataclass(frozen=True)
class Provenance:
    """Where what a page shows comes from."""

    changed: dt.date | None
    """The day on which the data last changed; ``None`` where it is unknown."""
    is_uncommitted: bool
    """Whether the data has changes that are in no commit yet."""


class LastChanges:
    """For each fact the last step that changed it."""

    def __init__(self, history: History, known: KnownRows) -> None:
        """Look the history through once.

        Args:
            history: the data's history.
            known: the rows that count.
        """
        self._history = history
        self._positions: dict[Fact, int] = {}
        for position, step in enumerate(history.steps):
            for before, after in step.tables:
                for row in _changed_rows(before, after, known):
                    for fact in _facts_of(before.name, row.cells):
                        self._positions.setdefault(fact, position)

    def of(self, facts: Iterable[Fact]) -> Provenance:
        """Where the data that rest on these facts come from."""
        return self.at(self.position(facts))

    def position(self, facts: Iterable[Fact]) -> int | None:
        """The latest step that changed one of these facts, 0 the latest of all."""
        return min(
            (self._positions[fact] for fact in facts if fact in self._positions), default=None
        )

    def at(self, position: int | None) -> Provenance:
        """A step as where data come from."""
        step = None if position is None else self._history.steps[position]
        return Provenance(
            step.commit.day if step and step.commit else None,
            step is not None and step.commit is None,
        )


def is_known(table: str, cells: Mapping[str, str], as_of: dt.date) -> bool:
    """Whether a row could be known on a day; dates are as precise as ``YYYY-MM-DD`` or less."""
    date = cells.get(_DATED.get(table, ""), "")
    return f"{date}-01-01"[:10] <= as_of.isoformat()


def known_corrections(plan: Plan, known: Plan, day: dt.date) -> tuple[Correction, ...]:
    """A plan's corrections but for those of rows that became known after a day.

    Args:
        plan: all of it.
        known: the plan as it could be known on the day.
        day: the day.
    """
    later = {("sources", name) for name in plan.source.keys() - known.source.keys()}
    later |= {
        ("progress_reports", row.report_id)
        for row in {*plan.progress_reports} - {*known.progress_reports}
    }
    corrected = CorrectionIndex(plan.corrections)

    def is_of_known(row: Correction) -> bool:
        """Whether a correction speaks of a row that could be known on the day."""
        key = corrected.key_of(row)
        fields = CONTRACT[row.resource].primary_key if row.resource in CONTRACT else ()
        is_dated_later = not is_known(row.resource, dict(zip(fields, key, strict=False)), day)
        return not is_dated_later and (row.resource, "".join(key[:1])) not in later

    return tuple(filter(is_of_known, plan.corrections))


def _changed_rows(before: RawTable, after: RawTable, known: KnownRows) -> Iterator[RawRow]:
    """Rows of either side that say something else on the other, or are not there."""
    for rows, others in ((before.rows, after.rows), (after.rows, before.rows)):
        for key, row in rows.items():
            other = others.get(key)
            if (other is None or not _say_the_same(row, other)) and known.has(
                before.name, row.cells
            ):
                yield row


def _say_the_same(row: RawRow, other: RawRow) -> bool:
    """Whether two rows differ in nothing but the order of columns and empty ones."""
    return {name: cell for name, cell in row.cells.items() if cell} == {
        name: cell for name, cell in other.cells.items() if cell
    }


def _facts_of(table: str, cells: Mapping[str, str]) -> Iterator[Fact]:
    yield whole(table)
    for field in _FIELDS[table]:
        yield table, field, cells.get(field, "")
    if table == "corrections":
        key = parse_row_key(cells.get("row_key", ""))
        yield corrections_of(cells.get("resource", ""), key[0] if key else "")
