"""Compares two states of a package: rows lost, changed and added, and verdicts that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from plansite.analysis.changes.table_diff import (
    Cell,
    ChangedRow,
    PackageChanges,
    Rename,
    Row,
    compare,
    is_text,
    kind_of,
)
from plansite.analysis.publication import Publication
from plansite.analysis.verdicts.assess import Assessments
from plansite.data.package import Key, RawPackage
from plansite.model import Bilingual, CommitmentVerdict, Verdict
from plansite.model.contract import CONTRACT, Protection, protection_of
from plansite.model.formatting import round_change
from plansite.output.diff.descriptor_changes import DescriptorChange, descriptor_changes

_MEANINGS = (Protection.MEANING, Protection.LEADING, Protection.FIXED)
_KEPT = (CommitmentVerdict.COMPLETED, CommitmentVerdict.COMPLETED_LATE)


@dataclass(frozen=True)
class PackageState:
    """One state of the package."""

    raw: RawPackage
    publication: Publication | None
    """What the site would say of it; ``None`` where the data is invalid."""
    revision: str | None = None
    """The git revision as it was named; ``None`` for the files as they are."""
    errors: int = 0
    name: str = ""
    """What the state is called where it is no revision but a folder or a file."""
    is_absent: bool = False
    """Whether there is no package at the revision."""
    folder: str = ""
    """The package's folder at the revision, where that was another than now."""
    commit: str = ""
    """The last commit in which it was, where it had been deleted before the revision."""


@dataclass(frozen=True)
class ValueChange:
    """One cell's old and new content; ``row`` and ``key`` are those of the new side."""

    table: str
    file: str
    row: int
    key: Key
    field: str
    old: str
    new: str
    percent: Decimal | None = None
    """For a published number, by how much it grew."""


@dataclass(frozen=True)
class Flip:
    """Another verdict on the same target or commitment, by its new id."""

    subject: str
    """``indicators`` or ``commitments``: the table that the id is of."""
    subject_id: str
    name: Bilingual
    year: int | None
    old: str
    new: str
    worse: bool
    """Whether a target was met, or a commitment completed, and no longer is."""


@dataclass(frozen=True)
class Comparison:
    """Everything that changed, in the order in which it should be read."""

    old: PackageState
    new: PackageState
    lost: tuple[Row, ...]
    renamed: tuple[Rename, ...]
    meaning: tuple[ValueChange, ...]
    """What numbers are read by: units of measure, names, how they are judged, documents."""
    package: tuple[DescriptorChange, ...]
    """What the package and its columns are called and described as."""
    values: tuple[ValueChange, ...]
    verdicts: tuple[Flip, ...] | None
    """``None`` where one side is invalid, so that nothing can be judged."""
    added: tuple[Row, ...]
    sources: tuple[Row, ...]
    texts: tuple[ValueChange, ...]

    @property
    def unreadable(self) -> tuple[str, ...]:
        """Tables that one side could not take apart."""
        either = {*self.old.raw.unreadable, *self.new.raw.unreadable}
        return tuple(name for name in CONTRACT if name in either)


def compare_states(old: PackageState, new: PackageState) -> Comparison:
    """Compare two states. What can be read is compared even where one of them is invalid."""
    changes = compare(old.raw, new.raw)
    cells: dict[str, list[ValueChange]] = {"meaning": [], "values": [], "texts": []}
    for row in changes.changed:
        for cell in row.cells:
            cells[_group_of(row.table, cell.field)].append(_change(row, cell))
    return Comparison(
        old,
        new,
        changes.lost,
        changes.renamed,
        tuple(cells["meaning"]),
        descriptor_changes(old.raw.descriptor, new.raw.descriptor),
        tuple(cells["values"]),
        _flips(old.publication, new.publication, changes),
        tuple(row for row in changes.new if row.table != "sources"),
        tuple(row for row in changes.new if row.table == "sources"),
        tuple(cells["texts"]),
    )


def _group_of(table: str, field: str) -> str:
    if protection_of(table, field) in _MEANINGS:
        return "meaning"
    return "texts" if is_text(table, field) else "values"


def _change(row: ChangedRow, cell: Cell) -> ValueChange:
    is_number = kind_of(CONTRACT[row.table], cell.field) == "number"
    percent = _percent(cell.old, cell.new) if is_number else None
    position = (row.table, row.file, row.new.number, row.new.key)
    return ValueChange(*position, cell.field, cell.old, cell.new, percent)


def _percent(old: str, new: str) -> Decimal | None:
    """By how much a number grew, in percent; ``None`` where that has no meaning."""
    try:
        before, after = Decimal(old), Decimal(new)
        percent = round_change((after - before) / abs(before) * 100)
    except ArithmeticError:  # no number, zero to begin with, or beyond all measure
        return None
    return percent if percent.is_finite() and percent else None  # 5.0 and 5.00 are the same


def _flips(
    old: Publication | None, new: Publication | None, changes: PackageChanges
) -> tuple[Flip, ...] | None:
    if old is None or new is None:
        return None
    flips = [
        *_indicator_flips(old.assessments, new, changes.new_ids),
        *_commitment_flips(old.assessments, new, changes.new_ids),
    ]
    return tuple(sorted(flips, key=lambda flip: not flip.worse))


def _indicator_flips(
    old: Assessments, new: Publication, new_ids: dict[tuple[str, str], str]
) -> Iterator[Flip]:
    before = {
        (new_ids.get(("indicators", row.indicator_id), row.indicator_id), row.year): row.verdict
        for row in old.indicators
    }
    for row in new.assessments.indicators:
        verdict = before.get((row.indicator_id, row.year), row.verdict)
        if verdict is not row.verdict:
            name = new.plan.indicator[row.indicator_id].name
            worse = verdict is Verdict.MET
            about = ("indicators", row.indicator_id, name, row.year)
            yield Flip(*about, verdict.value, row.verdict.value, worse)


def _commitment_flips(
    old: Assessments, new: Publication, new_ids: dict[tuple[str, str], str]
) -> Iterable[Flip]:
    before = {}
    for row in old.commitments:
        key = row.commitment.commitment_id
        before[new_ids.get(("commitments", key), key)] = row.verdict
    for row in new.assessments.commitments:
        key = row.commitment.commitment_id
        verdict = before.get(key, row.verdict)
        if verdict is not row.verdict:
            worse = verdict in _KEPT and row.verdict not in _KEPT
            about = ("commitments", key, row.commitment.title, None)
            yield Flip(*about, verdict.value, row.verdict.value, worse)
