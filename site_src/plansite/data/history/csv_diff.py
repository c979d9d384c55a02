"""Tables as records of text, and the rows in which two states of one differ."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from plansite.data.package import RawTable, raw_rows
from plansite.model.contract import CONTRACT


def take_apart(content: bytes) -> list[str]:
    """A table's records as typed, the header first; one may run over several lines."""
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    lines = text.split("\n")
    if '"' not in text:
        return lines
    records: list[str] = []
    is_open = False
    for line in lines:
        is_odd = line.count('"') % 2 == 1
        if is_open:
            records[-1] = f"{records[-1]}\n{line}"
            is_open = not is_odd
        else:
            records.append(line)
            is_open = is_odd and _runs_on(line)
    return records


def _runs_on(line: str) -> bool:
    """Whether a line ends within quotation marks, and has not just an inch sign in it."""
    try:
        next(csv.reader([line], strict=True))
    except csv.Error:
        return True
    return False


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
    own = [(place, text) for place, text in enumerate(records[1:], 2) if text not in known]
    cells = csv.reader((text for _, text in own), strict=True)
    numbered = zip((place for place, _ in own), cells, strict=True)
    rows = {row.key: row for row in raw_rows(rule, header, numbered)}
    return RawTable(table, file, tuple(header), rows)
