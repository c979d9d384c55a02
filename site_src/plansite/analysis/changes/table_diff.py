"""Compares two states of a package row by row, as typed.

Rows are the same where their primary keys are. A row whose id alone changed is a rename, and
whatever refers to it follows; a number is the same where its value and its digits are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from plansite.data.package import Key, RawPackage, RawRow, RawTable
from plansite.model.contract import CONTRACT, FieldRule, ResourceRule

_TEXTS = ("position", "decimals")
"""Numbers that only say how something is shown."""
NewIds = Mapping[tuple[str, str], str]
"""For (table, old id) the new id."""


@dataclass(frozen=True)
class Cell:
    """One cell that is no longer as it was."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Row:
    """A row that stands on one side only; ``row`` carries its number there."""

    table: str
    file: str
    row: RawRow


@dataclass(frozen=True)
class ChangedRow:
    """A row that stands on both sides with other cells."""

    table: str
    file: str
    old: RawRow
    new: RawRow
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Rename:
    """An id that gave way to another while everything else in its row stayed."""

    table: str
    file: str
    old: RawRow
    new: RawRow


@dataclass(frozen=True)
class PackageChanges:
    """Everything that changed, each list in the order of tables and rows."""

    lost: tuple[Row, ...] = ()
    changed: tuple[ChangedRow, ...] = ()
    renamed: tuple[Rename, ...] = ()
    new: tuple[Row, ...] = ()

    @property
    def new_ids(self) -> dict[tuple[str, str], str]:
        """For (table, old id) the new id."""
        return {(row.table, row.old.key[0]): row.new.key[0] for row in self.renamed}


def compare(old: RawPackage, new: RawPackage) -> PackageChanges:
    """Compare every table that both sides could read."""
    names = [name for name in CONTRACT if name not in {*old.unreadable, *new.unreadable}]
    renames = _find_renames(old, new, names)
    new_ids = {key: row.key[0] for key, (_, row) in renames.items()}
    lost: list[Row] = []
    changed: list[ChangedRow] = []
    added: list[Row] = []
    for name in names:
        before, after = old.tables[name], new.tables[name]
        kept = _following(before, new_ids)
        lost += (Row(name, before.file, row) for key, row in kept.items() if key not in after.rows)
        for key, row in after.rows.items():
            if key not in kept:
                added.append(Row(name, after.file, row))
            elif cells := tuple(_changed_cells(CONTRACT[name], kept[key], row, new_ids)):
                changed.append(ChangedRow(name, after.file, kept[key], row, cells))
    renamed = (
        Rename(name, new.tables[name].file, *pair)
        for name in names
        for (table, _), pair in renames.items()
        if table == name
    )
    return PackageChanges(tuple(lost), tuple(changed), tuple(renamed), tuple(added))


def same_cell(kind: str, old: str, new: str) -> bool:
    """Whether two cells say the same: 1150 and +1150 do, 5.0 and 5.00 do not."""
    if old == new:
        return True
    if kind not in ("integer", "number"):
        return False
    try:
        return str(Decimal(old)) == str(Decimal(new))
    except InvalidOperation:
        return False


def row_key(key: Key) -> str:
    """A primary key as people write it, in ``corrections.csv`` too: ``L02/2024/report-2024``."""
    return "/".join(key)


def kind_of(rule: ResourceRule, field: str) -> str:
    """A field's type; text where the contract does not know the field."""
    return next((known.type for known in rule.fields if known.name == field), "string")


def is_text(table: str, field: str) -> bool:
    """Whether a field holds words, and not a number, a date, an id or a word of a vocabulary."""
    rule = next((rule for rule in CONTRACT[table].fields if rule.name == field), FieldRule(field))
    is_plain = rule.type == "string" and not rule.enum and not rule.pattern
    return field in _TEXTS or is_plain


def _changed_cells(rule: ResourceRule, old: RawRow, new: RawRow, new_ids: NewIds) -> Iterator[Cell]:
    if old.cells == new.cells:
        return
    links = _links(rule)
    for field in dict.fromkeys([*old.cells, *new.cells]):
        if field in rule.primary_key:
            continue
        before, after = old.cells.get(field, ""), new.cells.get(field, "")
        followed = new_ids.get((links.get(field, ""), before), before)
        if not same_cell(kind_of(rule, field), followed, after):
            yield Cell(field, before, after)


def _links(rule: ResourceRule) -> dict[str, str]:
    """The table that a field's ids are of: the row's own id, and those it refers to."""
    own = {rule.primary_key[0]: rule.name} if len(rule.primary_key) == 1 else {}
    return {**own, **{field: table for field, table, _ in rule.foreign_keys}}


def _following(table: RawTable, new_ids: NewIds) -> Mapping[Key, RawRow]:
    """A table's old rows under the keys that they have once renamed ids are followed."""
    rule = CONTRACT[table.name]
    links = _links(rule)
    targets = [links.get(field, "") for field in rule.primary_key]
    if not {target for target, _ in new_ids}.intersection(targets):
        return table.rows
    followed: dict[Key, RawRow] = {}
    for key, row in table.rows.items():
        ids = tuple(
            new_ids.get((target, part), part)
            for target, part in zip(targets, key[: len(targets)], strict=True)
        )
        new_key = (*ids, *key[len(targets) :])
        followed[key if new_key in followed or new_key in table.rows else new_key] = row
    return followed


def _find_renames(
    old: RawPackage, new: RawPackage, names: list[str]
) -> dict[tuple[str, str], tuple[RawRow, RawRow]]:
    """Pairs of a lost and a new row that agree in everything but their id.

    A row may refer to another that was renamed too, so the search goes on until it finds no more.
    """
    renames: dict[tuple[str, str], tuple[RawRow, RawRow]] = {}
    tables = [name for name in names if len(CONTRACT[name].primary_key) == 1]
    while True:
        new_ids = {key: row.key[0] for key, (_, row) in renames.items()}
        before = len(renames)
        for name in tables:
            for pair in _pairs(old.tables[name], new.tables[name], new_ids):
                renames[name, pair[0].key[0]] = pair
        if len(renames) == before:
            return renames


def _pairs(old: RawTable, new: RawTable, new_ids: NewIds) -> Iterator[tuple[RawRow, RawRow]]:
    rule = CONTRACT[old.name]
    taken = {target for (table, _), target in new_ids.items() if table == old.name}
    lost = [row for key, row in old.rows.items() if key not in new.rows]
    lost = [row for row in lost if (old.name, row.key[0]) not in new_ids]
    added = [row for key, row in new.rows.items() if key not in old.rows and key[0] not in taken]
    if not lost or not added:
        return
    fields = list(dict.fromkeys([*old.fields, *new.fields]))
    left: dict[Key, list[RawRow]] = defaultdict(list)
    right: dict[Key, list[RawRow]] = defaultdict(list)
    for row in lost:
        left[_content(rule, row, fields, new_ids)].append(row)
    for row in added:
        right[_content(rule, row, fields, {})].append(row)
    for content, rows in left.items():
        if len(rows) == 1 and len(right.get(content, ())) == 1:
            yield rows[0], right[content][0]


def _content(rule: ResourceRule, row: RawRow, fields: list[str], new_ids: NewIds) -> Key:
    """What a row says beside its id, with renamed ids followed."""
    links = _links(rule)
    cells = ((field, row.cells.get(field, "")) for field in fields if field not in rule.primary_key)
    return tuple(new_ids.get((links.get(field, ""), cell), cell) for field, cell in cells)
