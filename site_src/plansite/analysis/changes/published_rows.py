"""Checks a package against an earlier state of itself: what was published stays.

A published figure, and whatever gives it its meaning, is changed or withdrawn only with a row in
``corrections`` that says so; an id, since it is an address, never goes; and what was once recorded
as corrected or retired stays on record. Which field is protected in which way, and why, is in
``model/contract/protection.toml``. An empty cell may be filled.

A row is withdrawn by a correction of its value (of a report, its ``progress_status``; of an agency
that answers for a task, its ``agency_id``) with an empty ``new_value``.
"""

from __future__ import annotations

from collections.abc import Iterator

from plansite.analysis.changes.corrections import NewCorrections, agrees, parse_row_key
from plansite.analysis.changes.needed_corrections import (
    PublishedChange,
    needs_correction,
    published_changes,
)
from plansite.analysis.changes.table_diff import (
    PackageChanges,
    compare,
    kind_of,
    row_key,
)
from plansite.data.package import RawPackage, RawRow
from plansite.model.contract import CONTRACT, WITHDRAWN_BY, Protection, protection_of
from plansite.model.problems import Problem

ADDRESSES = tuple(
    name
    for name, rule in CONTRACT.items()
    if len(rule.primary_key) == 1 and name not in WITHDRAWN_BY
)
"""The tables whose ids stand in the site's addresses and in others' data."""
_NAMES = ("name_zh", "title_zh", "title", "heading_zh")
"""The field that holds what a row is called, whichever its table has."""


def check_published_rows(old: RawPackage, new: RawPackage, ref: str) -> list[Problem]:
    """Every published row that is not as it was, and every new correction that says otherwise.

    Args:
        old: the package at ``ref``.
        new: the package as it is to be published.
        ref: the revision, as it was named.
    """
    changes = compare(old, new)
    corrections = NewCorrections(new, changes)
    return [
        *_vanished_ids(changes, new, ref),
        *_vanished_retirements(changes, new, ref),
        *_changed_cells(changes, new, corrections, ref),
        *_edited_record(changes, ref),
        *_freely_corrected(changes, corrections),
        *_wrong_corrections(corrections, old, new, changes),
    ]


def _place(table: str, new: RawPackage) -> tuple[str, dict[str, str]]:
    """A file that is there, for what is said of a row that is not, and what its table is called."""
    own = new.tables[table]
    if own.is_there:
        return own.file, {"file_zh": "此文件", "file_en": "this file"}
    name = own.file.rpartition("/")[2]
    return new.tables["corrections"].file, {"file_zh": f" {name} ", "file_en": name}


def _vanished_ids(changes: PackageChanges, new: RawPackage, ref: str) -> Iterator[Problem]:
    """Ids that are gone and of which the package does not say why."""
    retired = new.tables["retired"].rows
    for renaming in changes.renamed:
        if (renaming.table, renaming.old.key[0]) not in retired:
            yield _vanished(renaming.table, renaming.old, renaming.new, new, ref)
    for lost in changes.lost:
        if lost.table in ADDRESSES and (lost.table, lost.row.key[0]) not in retired:
            yield _vanished(lost.table, lost.row, None, new, ref)


def _vanished(
    table: str, row: RawRow, renamed: RawRow | None, new: RawPackage, ref: str
) -> Problem:
    file, _ = _place(table, new)
    details = {"ref": ref, "row": str(row.number), "hint_zh": "", "hint_en": ""}
    if renamed is not None:
        became = row_key(renamed.key)
        details["hint_zh"] = f"（似已改为 {became}）"
        details["hint_en"] = f" (it seems to have become {became})"
    number = None if renamed is None else renamed.number
    field = CONTRACT[table].primary_key[0]
    return Problem("published-id", file, number, field, row.key[0], details)


def _vanished_retirements(changes: PackageChanges, new: RawPackage, ref: str) -> Iterator[Problem]:
    """Retired ids that are no more said to be, and are not in use again as what they were."""
    for lost in changes.lost:
        if lost.table != "retired":
            continue
        table, name = lost.row.key[:2]
        again = new.tables[table].rows.get((name,)) if table in new.tables else None
        if again is None or not _is_the_same_thing(table, lost.row, again):
            file, _ = _place("retired", new)
            details = {"ref": ref, "row": str(lost.row.number), "table": table}
            details["name"] = lost.row.cells.get("name_zh", "")
            yield Problem("published-retirement", file, None, "retired_id", name, details)


def _is_the_same_thing(table: str, retired: RawRow, again: RawRow) -> bool:
    """Whether an id that returns names what it named, where figures rest on its name."""
    field = next(name for name in _NAMES if name in CONTRACT[table].field_names)
    is_free = not protection_of(table, field).needs_correction
    return is_free or again.cells.get(field) == retired.cells.get("name_zh")


def _changed_cells(
    changes: PackageChanges, new: RawPackage, corrections: NewCorrections, ref: str
) -> Iterator[Problem]:
    for change in published_changes(changes, new, corrections):
        problems = corrections.judge(change.table, change.keys, change.cell)
        if problems is None:
            yield _uncorrected(change, new, ref)
        yield from problems or ()


def _uncorrected(change: PublishedChange, new: RawPackage, ref: str) -> Problem:
    cell, now = change.cell, change.new
    details = {"table": change.table, "key": row_key(change.old.key), "ref": ref}
    if now is None:
        file, named = _place(change.table, new)
        details |= {"row": str(change.old.number), **named}
        return Problem("published-dropped", file, None, cell.field, cell.old, details)
    file = new.tables[change.table].file
    details["old"] = cell.old
    return Problem("published-edited", file, now.number, cell.field, cell.new, details)


def _edited_record(changes: PackageChanges, ref: str) -> Iterator[Problem]:
    """Published corrections that were edited; a column that came later may be filled."""
    for row in changes.changed:
        for cell in row.cells:
            is_fixed = protection_of(row.table, cell.field) is Protection.FIXED
            if is_fixed and cell.field in row.old.cells:
                details = {"ref": ref, "old": cell.old, "key": row_key(row.old.key)}
                yield Problem(
                    *("published-correction", row.file, row.new.number, cell.field, cell.new),
                    details,
                )


def _freely_corrected(changes: PackageChanges, corrections: NewCorrections) -> Iterator[Problem]:
    """Corrections, of cells that need none, that do not agree with what changed."""
    for row in changes.changed:
        for cell in row.cells:
            if not needs_correction(row.table, cell):
                yield from corrections.judge(row.table, (row.old.key, row.new.key), cell) or ()


def _wrong_corrections(
    corrections: NewCorrections, old: RawPackage, new: RawPackage, changes: PackageChanges
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
        elif now is not None and not agrees(
            kind_of(CONTRACT[table], field), stated, now.cells.get(field, "")
        ):
            yield corrections.problem(row, "new_value", now.cells.get(field, ""))
