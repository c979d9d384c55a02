"""Lists what each commit changed in the data.

It names rows and cells and nothing that a commit says of itself: commit messages are written for
those who work on the project.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from plansite.analysis.changes.provenance import KnownRows
from plansite.analysis.changes.row_changes import ChangeKind, RowChange, row_change, typed_changes
from plansite.analysis.changes.table_diff import compare
from plansite.analysis.changes.unit_history import Measures, UnitHistory
from plansite.analysis.changes.verdict_changes import VerdictChange, verdict_changes
from plansite.data.history import Commit, History, Step
from plansite.data.package import RawPackage, RawTable
from plansite.model import Plan
from plansite.model.contract import CONTRACT

MAX_CHANGES = 50
"""How many commits are listed."""
MAX_ROWS = 12
"""How many rows of one commit are listed one by one."""
MAX_VERDICTS = 50
"""How many verdicts that one commit changed people are told one by one; programs get all."""
_FIRST = ("observations", "progress_reports", "targets", "corrections")
_ORDER = (*_FIRST, *(name for name in CONTRACT if name not in _FIRST))
"""What was published comes before what describes it."""


@dataclass(frozen=True)
class DataChange:
    """What one commit changed in the data."""

    commit: Commit | None
    """``None`` for what is not committed yet."""
    begins: bool
    """Whether the record begins here: all its rows are new, and none is listed one by one."""
    counts: tuple[tuple[str, ChangeKind, int], ...]
    """How many rows of which table."""
    entries: tuple[RowChange, ...] = ()
    """The first rows, one by one."""
    verdicts: tuple[VerdictChange, ...] | None = ()
    """The verdicts that it changed; ``None`` where they cannot be worked out."""
    package: str = ""
    """What the package was called then; empty where it did not say."""

    @property
    def rows(self) -> int:
        """How many rows changed."""
        return sum(count for _, _, count in self.counts)

    def more(self, shown: int) -> int:
        """How many more rows could be listed beside those shown."""
        reworded = sum(count for _, kind, count in self.counts if kind is ChangeKind.REWORDED)
        return self.rows - reworded - shown


def latest_changes(history: History, plan: Plan, known: KnownRows) -> tuple[DataChange, ...]:
    """What changed with the latest commits, newest first; rows that became known later left out.

    Args:
        history: the data's history.
        plan: the plan as it is published, whose names are used.
        known: the rows that are told of.
    """
    changes: list[DataChange] = []
    turned = verdict_changes(history, plan, known.day)
    units = UnitHistory(plan)
    for step in history.steps:
        begins = history.is_whole and step is history.steps[-1]
        if begins:
            change = _beginning(step, known)
        else:
            own_changes = _change(step, plan, units.rewind(step), known)
            change = dataclasses.replace(own_changes, verdicts=next(turned))
        if change.counts:
            changes.append(change)
        if len(changes) == MAX_CHANGES:
            break
    return tuple(changes)


def _beginning(step: Step, known: KnownRows) -> DataChange:
    counts = Counter(
        (after.name, ChangeKind.ADDED)
        for _, after in step.tables
        for row in after.rows.values()
        if known.has(after.name, row.cells)
    )
    return DataChange(step.commit, True, _in_order(counts), package=step.package)


def _change(step: Step, plan: Plan, measures: Measures, known: KnownRows) -> DataChange:
    before_and_after = [
        {table.name: table for table in tables} for tables in zip(*step.tables, strict=True)
    ]
    rows = [
        (kind, table, cells, changed)
        for kind, table, cells, changed in typed_changes(compare(*map(_package, before_and_after)))
        if known.has(table, cells)
    ]
    rows.sort(key=lambda row: (list(ChangeKind).index(row[0]), _ORDER.index(row[1])))
    counts = Counter((table, kind) for kind, table, _, _ in rows)
    listed = (row for row in rows if row[0] is not ChangeKind.REWORDED)
    entries = (row_change(row, plan, measures) for row in itertools.islice(listed, MAX_ROWS))
    return DataChange(step.commit, False, _in_order(counts), tuple(entries), package=step.package)


def _in_order(
    counts: Mapping[tuple[str, ChangeKind], int],
) -> tuple[tuple[str, ChangeKind, int], ...]:
    rows = ((table, kind, count) for (table, kind), count in counts.items())
    return tuple(
        sorted(rows, key=lambda row: (_ORDER.index(row[0]), list(ChangeKind).index(row[1])))
    )


def _package(tables: Mapping[str, RawTable]) -> RawPackage:
    """A package of which only the rows that differ are there."""
    return RawPackage(
        {
            name: tables.get(name) or RawTable(name, name, rule.field_names, {})
            for name, rule in CONTRACT.items()
        }
    )
