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

from plansite import urls
from plansite.against import parse_row_key
from plansite.changes import Cell, Changes, compare, is_text, row_key
from plansite.contract import CONTRACT
from plansite.formatting import clean
from plansite.history import Commit, History, Step
from plansite.model import Bilingual, Plan
from plansite.package import RawPackage, RawTable
from plansite.provenance import is_known
from plansite.verdict_changes import VerdictChange, verdict_changes

MOST_CHANGES = 50
"""How many commits are told of."""
MOST_ENTRIES = 12
"""How many rows of one commit are told of one by one."""
_FIRST = ("observations", "progress_reports", "targets", "corrections")
_ORDER = (*_FIRST, *(name for name in CONTRACT if name not in _FIRST))
"""What was published comes before what describes it."""
_PAIRS = ("name", "title", "heading")

Cells = Mapping[str, str]


class Kind(StrEnum):
    """What happened to a row, in the order in which it is told."""

    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"
    ADDED = "added"
    REWORDED = "reworded"
    """Nothing but words changed; counted, and not told one by one."""


@dataclass(frozen=True)
class Entry:
    """One row that changed."""

    kind: Kind
    table: str
    name: Bilingual
    """What the row is about, as the plan calls it now."""
    address: str | None
    """The page that shows it now."""
    year: str = ""
    value: str = ""
    """The number of a published value or target that is new or gone."""
    measure: Bilingual | None = None
    """What numbers of the row count in."""
    cells: tuple[Cell, ...] = ()
    """What changed but wordings, which are too long to be quoted."""
    source_id: str = ""
    """The source that the row names."""


@dataclass(frozen=True)
class DataChange:
    """What one commit changed in the data."""

    commit: Commit | None
    """``None`` for what is not committed yet."""
    begins: bool
    """Whether the record begins here: all its rows are new, and none is told one by one."""
    counts: tuple[tuple[str, Kind, int], ...]
    """How many rows of which table."""
    entries: tuple[Entry, ...] = ()
    """The first rows, one by one."""
    verdicts: tuple[VerdictChange, ...] | None = ()
    """The verdicts that it turned; ``None`` where nobody can tell."""

    @property
    def rows(self) -> int:
        """How many rows changed."""
        return sum(count for _, _, count in self.counts)

    def more(self, shown: int) -> int:
        """How many rows could still be told of where so many are."""
        reworded = sum(count for _, kind, count in self.counts if kind is Kind.REWORDED)
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
    for step in history.steps:
        begins = history.is_whole and step is history.steps[-1]
        if begins:
            change = _beginning(step, as_of)
        else:
            change = dataclasses.replace(_change(step, plan, as_of), verdicts=next(turned))
        if change.counts:
            found.append(change)
        if len(found) == MOST_CHANGES:
            break
    return tuple(found)


def _beginning(step: Step, as_of: dt.date) -> DataChange:
    counts = Counter(
        (after.name, Kind.ADDED)
        for _, after in step.tables
        for row in after.rows.values()
        if is_known(after.name, row.cells, as_of)
    )
    return DataChange(step.commit, True, _in_order(counts))


def _change(step: Step, plan: Plan, as_of: dt.date) -> DataChange:
    sides = [{table.name: table for table in side} for side in zip(*step.tables, strict=True)]
    rows = [
        (kind, table, cells, changed)
        for kind, table, cells, changed in _rows(compare(*map(_package, sides)))
        if is_known(table, cells, as_of)
    ]
    rows.sort(key=lambda row: (list(Kind).index(row[0]), _ORDER.index(row[1])))
    counts = Counter((table, kind) for kind, table, _, _ in rows)
    told = (row for row in rows if row[0] is not Kind.REWORDED)
    entries = (_entry(*row, plan) for row in itertools.islice(told, MOST_ENTRIES))
    return DataChange(step.commit, False, _in_order(counts), tuple(entries))


def _in_order(counts: Mapping[tuple[str, Kind], int]) -> tuple[tuple[str, Kind, int], ...]:
    found = ((table, kind, count) for (table, kind), count in counts.items())
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one[0]), list(Kind).index(one[1]))))


def _package(tables: Mapping[str, RawTable]) -> RawPackage:
    """A package of which only the rows that differ are there."""
    return RawPackage(
        {
            name: tables.get(name) or RawTable(name, name, rule.field_names, {})
            for name, rule in CONTRACT.items()
        }
    )


def _rows(changes: Changes) -> Iterator[tuple[Kind, str, Cells, tuple[Cell, ...]]]:
    for lost in changes.lost:
        yield Kind.REMOVED, lost.table, lost.row.cells, ()
    for one in changes.renamed:
        field = CONTRACT[one.table].primary_key[0]
        ids = (Cell(field, row_key(one.old.key), row_key(one.new.key)),)
        yield Kind.RENAMED, one.table, one.new.cells, ids
    for row in changes.changed:
        cells = tuple(cell for cell in row.cells if not is_text(row.table, cell.field))
        yield Kind.CHANGED if cells else Kind.REWORDED, row.table, row.new.cells, cells
    for new in changes.new:
        yield Kind.ADDED, new.table, new.row.cells, ()


def _entry(kind: Kind, table: str, row: Cells, changed: tuple[Cell, ...], plan: Plan) -> Entry:
    subject, year = _subject(table, row)
    indicator = plan.indicator.get(subject)
    is_figure = table in ("observations", "targets")
    value = row.get("value", "") if is_figure and kind in (Kind.ADDED, Kind.REMOVED) else ""
    return Entry(
        kind,
        table,
        _name(table, row, subject, plan),
        _address(table, subject, row, plan),
        clean(year),
        clean(value),
        indicator.measure if indicator and is_figure else None,
        tuple(Cell(clean(cell.field), clean(cell.old), clean(cell.new)) for cell in changed),
        "" if table == "sources" else clean(row.get("source_id", "")),
    )


def _subject(table: str, row: Cells) -> tuple[str, str]:
    """The id of the indicator or task that a row is about, and the year."""
    if table == "corrections" and row.get("resource") in ("observations", "targets"):
        key = (*parse_row_key(row.get("row_key", "")), "", "")
        return key[0], key[1]
    field = "indicator_id" if "indicator_id" in row else "task_id"
    return row.get(field, ""), row.get("year", "")


def _name(table: str, row: Cells, subject: str, plan: Plan) -> Bilingual:
    for pair in _PAIRS:
        if row.get(f"{pair}_zh") and row.get(f"{pair}_en"):
            return Bilingual(clean(row[f"{pair}_zh"]), clean(row[f"{pair}_en"]))
    if table == "sources":
        title = clean(row.get("title", ""))
        return Bilingual(title, clean(row.get("title_en", "")) or title)
    if subject in plan.indicator:
        return plan.indicator[subject].name
    if subject in plan.task:
        task, agency = plan.task[subject].title, plan.agency.get(row.get("agency_id", ""))
        if agency is None:
            return task
        return Bilingual(f"{task.zh} · {agency.name.zh}", f"{task.en} · {agency.name.en}")
    key = clean(subject or row.get("row_key", "") or row.get(CONTRACT[table].primary_key[0], ""))
    return Bilingual(key, key)


def _address(table: str, subject: str, row: Cells, plan: Plan) -> str | None:
    """The page that shows a row, where there is one."""
    if table == "retired":
        known = {(one.resource, one.retired_id) for one in plan.retired}
        place = (row.get("resource", ""), row.get("retired_id", ""))
        return urls.of_record(*place) if place in known else None
    if table in ("themes", "plan_sections"):
        return urls.PLAN
    if table == "sources":
        return urls.QUALITY if row.get("source_id") in plan.source else None
    if table == "agencies":
        return urls.agency(row["agency_id"]) if row.get("agency_id") in plan.agency else None
    if subject in plan.indicator:
        return urls.indicator(subject)
    return urls.task(subject) if subject in plan.task else None
