"""Tables as records of text, and the rows in which two states of one differ."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from plansite.data.package import RawTable, raw_rows
from plansite.data.package.csv_lines import split_records
from plansite.model.contract import CONTRACT

_POINTER = b"version https://git-lfs.github.com/spec/"


def is_pointer(content: bytes) -> bool:
    """Whether git keeps, in place of a file, only where Git LFS does."""
    return content.startswith(_POINTER)


def records_of(content: bytes) -> list[str]:
    """A table's records as typed, the header first, whichever way their lines end."""
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    return [record.removesuffix("\n") for record in split_records(text)]


def difference(
    table: str, file: str, old: Sequence[str], new: Sequence[str]
) -> tuple[RawTable, RawTable]:
    """The rows that two states of a table do not share.

    Raises:
        csv.Error: a record cannot be taken apart.
        LookupError: a header lacks a key field.
    """
    same_header = old[:1] == new[:1]
    return (
        _without(table, file, old, set(new) if same_header else set()),
        _without(table, file, new, set(old) if same_header else set()),
    )


def _without(table: str, file: str, records: Sequence[str], known: set[str]) -> RawTable:
    rule = CONTRACT[table]
    if not any(records):
        return RawTable(table, file, rule.field_names, {})
    header = next(csv.reader(records[:1], strict=True))
    own = [(number, text) for number, text in enumerate(records[1:], 2) if text not in known]
    cells = csv.reader((text for _, text in own), strict=True)
    numbered = zip((number for number, _ in own), cells, strict=True)
    rows = {row.key: row for row in raw_rows(rule, header, numbered)}
    return RawTable(table, file, tuple(header), rows)
