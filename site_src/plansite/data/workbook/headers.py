"""Which table a sheet or CSV file holds, by its headings: field names, or the words over them.

Columns may stand in any order and some may be gone; the row of field names or that of the Chinese
headings may be missing; other rows may stand above.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plansite.data.workbook.sheets import Sheet

LOOKED_AT = 10
"""How many rows from the top may be headings."""
COMPARED = 200
"""Characters of a heading that are compared: one sign may stand for eighteen letters (NFKC)."""
Labels = Mapping[int, str]
"""The texts of a row by column, counted from 1."""


@dataclass(frozen=True)
class Header:
    """How a table stands in a sheet: its fields by column, and where its rows begin."""

    sheet: Sheet
    fields: dict[int, str]
    row: int
    """The row of the headings, for people who look for it."""
    first_row: int
    unknown: dict[int, str]
    """Columns with a heading that no field has."""
    twice: tuple[str, ...]
    """Fields that two columns hold."""

    @property
    def missing_keys(self) -> list[str]:
        """Key fields without a column."""
        return [name for name in self.sheet.key if name not in self.fields.values()]


def recognise(rows: Sequence[tuple[int, Labels]], title: str, sheets: list[Sheet]) -> Header | None:
    """The table whose headings stand in the first rows; ``None`` where there are none.

    Args:
        rows: the first rows of a sheet, with their numbers.
        title: the sheet's title or the file's name, which decides between equals.
        sheets: every table that there could be.
    """
    named = [sheet for sheet in sheets if title in (sheet.title, sheet.name)]
    best: Header | None = None
    best_score = (False, 0, False)
    for sheet in sheets:
        header = _read(rows, sheet)
        if header is None or (header.missing_keys and sheet not in named):
            continue
        known = len(header.fields) - len(header.unknown) - len(header.missing_keys)
        score = (not header.missing_keys, known, sheet in named)
        if best is None or score > best_score:
            best, best_score = header, score
    return best


def _read(rows: Sequence[tuple[int, Labels]], sheet: Sheet) -> Header | None:
    """The sheet's headings, where these rows begin with a table of its fields."""
    candidates = [(number, labels, _fields(labels, sheet)) for number, labels in rows]
    start = next((i for i, row in enumerate(candidates) if _is_heading(row[1], row[2])), None)
    if start is None:
        return None
    headings = [candidates[start]]
    for row in candidates[start + 1 :]:
        if row[0] != headings[-1][0] + 1 or not _is_heading(row[1], row[2]):
            break
        headings.append(row)
    fields: dict[int, str] = {}
    labels: dict[int, str] = {}
    for _, texts, known in sorted(headings, key=lambda row: -len(row[2])):
        fields = {**known, **fields}
        labels = {**texts, **labels}
    names = list(fields.values())
    return Header(
        sheet,
        fields,
        headings[0][0],
        headings[-1][0] + 1,
        {column: text for column, text in labels.items() if column not in fields},
        tuple(sorted({name for name in names if names.count(name) > 1})),
    )


def _is_heading(labels: Labels, known: Labels) -> bool:
    return len(known) >= 2 and 2 * len(known) >= len(labels)


def _fields(labels: Labels, sheet: Sheet) -> dict[int, str]:
    words = dict(_words(sheet))
    named = ((column, words.get(_folded(text))) for column, text in labels.items())
    return {column: name for column, name in named if name is not None}


def _words(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Everything that may stand over a column; a field's own name counts most, so it comes last."""
    for column in sheet.columns:
        yield _folded(column.field.title.en), column.name
    for column in sheet.columns:
        yield _folded(column.field.title.zh), column.name
    for column in sheet.columns:
        yield _folded(column.name), column.name


def _folded(text: str) -> str:
    """A heading's beginning, without what differs between people who type the same."""
    return "".join(unicodedata.normalize("NFKC", text[:COMPARED]).casefold().split())
