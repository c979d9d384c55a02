"""A table as handed in, put into the package's own file: only what was changed is written anew.

Rows are known by their primary key. A row that nobody touched since its template was made stays as
the package has it now, so that an old workbook undoes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from plansite.data.package.csv_lines import CsvLine, CsvLines
from plansite.data.workbook.sheets import Sheet
from plansite.data.workbook.submitted_rows import Key, SubmittedRow, SubmittedTable
from plansite.data.workbook.values import fingerprint, held, is_same
from plansite.model.problems import Problem

Origin = tuple[str, int]
"""A file or sheet and a row in it, as shown to people."""


@dataclass
class MergeResult:
    """A table after the merge."""

    rows: list[CsvLine] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    """Where each row stands: in the file that was handed in, or else in the package."""
    added: list[Key] = field(default_factory=list)
    changed: list[Key] = field(default_factory=list)
    removed: list[Key] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        """Whether anything is to be written."""
        return bool(self.added or self.changed or self.removed)


def cells_of(record: CsvLine, header: tuple[str, ...]) -> dict[str, str]:
    """A row's cells by field."""
    return dict(zip(header, record.cells, strict=False))


def key_of(cells: Mapping[str, str], key: tuple[str, ...]) -> Key:
    """A row's primary key."""
    return tuple(held(cells.get(name, "")) for name in key)


def merge(sheet: Sheet, table: SubmittedTable, own: CsvLines, *, removals: bool) -> MergeResult:
    """Put a table that was handed in over the package's own.

    Args:
        sheet: the table's columns.
        table: what was handed in.
        own: the package's file.
        removals: whether rows that were taken out of the table are taken out of the package.
    """
    merger = _Merger(sheet, table, own)
    merger.merge(removals=removals)
    return merger.result


class _Merger:
    """Goes through both tables once and fills a result."""

    def __init__(self, sheet: Sheet, table: SubmittedTable, own: CsvLines) -> None:
        self._sheet = sheet
        self._table = table
        self._own = own
        self._kinds = {column.name: column.kind for column in sheet.columns}
        self._own_keys = [
            key_of(cells_of(record, own.header.cells), sheet.key) for record in own.rows
        ]
        self._is_whole = self._holds_the_table()
        self._all_keys_are_read = all(row.unread.isdisjoint(sheet.key) for row in table.rows)
        self.result = MergeResult()

    def merge(self, *, removals: bool) -> None:
        """Fill the result: the package's rows in their order, then new ones."""
        submitted, extra = self._by_key()
        known = set(self._own_keys)
        for number, record in enumerate(self._own.rows, start=2):
            key = self._own_keys[number - 2]
            row = submitted.get(key)
            if row is None:
                self._missing(record, number, key, removals=removals)
            else:
                self._keep(self._updated(record, row, key), (self._table.location, row.number))
        for key, row in submitted.items():
            if key not in known:
                self._add(key, row)
        for key, row in extra:
            self._append(key, row)

    def _by_key(self) -> tuple[dict[Key, SubmittedRow], list[tuple[Key, SubmittedRow]]]:
        """The rows by key, and those whose key stands a second time or not at all."""
        first: dict[Key, SubmittedRow] = {}
        extra = []
        for row in self._table.rows:
            key = key_of(row.cells, self._sheet.key)
            if key in first and all(key):
                self._say_twice(key, row, first[key])
            if key in first or not any(key):
                extra.append((key, row))
            else:
                first[key] = row
        return first, extra

    def _say_twice(self, key: Key, row: SubmittedRow, other: SubmittedRow) -> None:
        """That two rows have one key. Neither is held against the package: nobody else did it."""
        details = {"key": " + ".join(self._sheet.key), "other_row": str(other.number)}
        place = (self._table.location, row.number, self._sheet.key[0])
        self.result.problems.append(Problem("primary-key", *place, " + ".join(key), details))

    def _keep(self, record: CsvLine, origin: Origin) -> None:
        self.result.rows.append(record)
        self.result.origins.append(origin)

    def _updated(self, record: CsvLine, row: SubmittedRow, key: Key) -> CsvLine:
        own = cells_of(record, self._own.header.cells)
        if self._is_untouched(row, key):
            return record
        changes = {
            self._own.header.cells.index(name): value
            for name, value in row.cells.items()
            if name in own and not is_same(value, own[name], self._kinds[name])
        }
        if not changes:
            return record
        if self._table.issued is not None and self._table.issued.get(key) != fingerprint(own):
            self._outdated(row, key)
        self.result.changed.append(key)
        return record.changed(changes, self._own.line_end)

    def _is_untouched(self, row: SubmittedRow, key: Key) -> bool:
        issued = self._table.issued
        return issued is not None and issued.get(key) == fingerprint(row.cells)

    def _outdated(self, row: SubmittedRow, key: Key) -> None:
        self.result.problems.append(
            Problem(
                "row-outdated",
                self._table.location,
                row.number,
                self._sheet.key[0],
                " + ".join(key),
                {"table": self._own.path.as_posix()},
            )
        )

    def _add(self, key: Key, row: SubmittedRow) -> None:
        issued = self._table.issued
        if issued is not None and key in issued and any(key):
            if self._is_untouched(row, key):
                return  # taken out of the package since the template was made
            self._outdated(row, key)
        self._append(key, row)

    def _append(self, key: Key, row: SubmittedRow) -> None:
        """Put a row under the last one."""
        self.result.added.append(key)
        self._keep(self._own.new_record(row.cells), (self._table.location, row.number))

    def _missing(self, record: CsvLine, number: int, key: Key, *, removals: bool) -> None:
        """A row of the package that was not handed in: taken out, or never handed out."""
        issued = self._table.issued
        taken_out = self._is_whole if issued is None else key in issued
        if taken_out and removals:
            self.result.removed.append(key)
            return
        self._keep(record, (self._own.path.as_posix(), number))
        if taken_out and self._all_keys_are_read:  # else it may be a row that is not known again
            self.result.problems.append(
                Problem(
                    "row-missing",
                    self._table.location,
                    None,
                    self._sheet.key[0],
                    " + ".join(key),
                    {"table": self._own.path.as_posix(), "row": str(number)},
                )
            )

    def _holds_the_table(self) -> bool:
        """Whether a file without marks of a template holds any row of the package.

        A file with nothing but new rows is an addition: nobody means to replace a whole table.
        """
        own = set(self._own_keys)
        return any(key_of(row.cells, self._sheet.key) in own for row in self._table.rows)


def own_origins(own: CsvLines) -> Iterator[Origin]:
    """Where each row of a table that was not handed in stands."""
    file = own.path.as_posix()
    return ((file, number) for number in range(2, 2 + len(own.rows)))
