"""A table as records that keep their own text, so that what nobody changed is written as it was.

Gives a table's rows both as cells and as typed, with quotation marks and line ends. Rows that are
changed keep the typing of their other cells.
"""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

BOM = "\ufeff"
_WRITTEN_END = "\r\n"


@dataclass(frozen=True)
class CsvLine:
    """One row: its cells, and the text that stands for them in the file."""

    cells: tuple[str, ...]
    text: str

    def changed(self, changes: Mapping[int, str], line_end: str) -> CsvLine:
        """The row with other text in some cells, by column; the rest stays as typed."""
        body = self.text.rstrip("\r\n")
        end = self.text[len(body) :] or line_end
        typed = list(_typed_cells(body))
        if len(typed) != len(self.cells):
            typed = [write_cells([cell]) for cell in self.cells]
        cells = list(self.cells)
        for column, value in changes.items():
            cells[column] = value
            typed[column] = write_cells([value])
        return CsvLine(tuple(cells), ",".join(typed) + end)


@dataclass(frozen=True)
class CsvLines:
    """A table's file: its header and its rows. ``path`` is the file, as shown to people."""

    path: Path
    mark: str
    """The byte order mark, or nothing."""
    header: CsvLine
    rows: tuple[CsvLine, ...]

    @property
    def line_end(self) -> str:
        """How the header's line ends."""
        return "\r\n" if self.header.text.endswith("\r\n") else "\n"

    def content(self, rows: Iterator[CsvLine]) -> bytes:
        """The file's bytes with these rows in the place of its own."""
        end = self.line_end
        parts = [self.mark]
        for record in (self.header, *rows):
            if not parts[-1].endswith(("\n", "\r", BOM)) and parts[-1]:
                parts.append(end)  # the last line of the file had no end
            parts.append(record.text)
        return "".join(parts).encode("utf-8")

    def new_record(self, cells: Mapping[str, str]) -> CsvLine:
        """A row for cells by field; a field that is not named is empty."""
        values = tuple(cells.get(name, "") for name in self.header.cells)
        return CsvLine(values, write_cells(values) + self.line_end)


def read_csv_lines(content: bytes, path: Path) -> CsvLines:
    """Take a table's file apart.

    Args:
        content: what it holds.
        path: the file, as shown to people.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
        csv.Error: its quotation marks are not in pairs.
    """
    text = content.decode("utf-8")
    mark = BOM if text.startswith(BOM) else ""
    records = split_records(text.removeprefix(BOM))
    cells = csv.reader(records, strict=True)
    header, *rows = [
        CsvLine(tuple(values), record) for values, record in zip(cells, records, strict=True)
    ] or [CsvLine((), "")]
    return CsvLines(path, mark, header, tuple(rows))


def split_records(text: str) -> list[str]:
    """A table's records with their line ends; one may run over several lines.

    Where quotation marks are not in pairs, a record runs on to the text's end.
    """
    lines = io.StringIO(text, newline="")
    if '"' not in text:
        return list(lines)
    records = []
    for line in lines:
        record = [line]
        if '"' in line:
            with contextlib.suppress(csv.Error):  # reading the record's cells raises it again
                next(csv.reader(_lines_of(record, lines)))
        records.append("".join(record))
    return records


def _lines_of(record: list[str], lines: Iterator[str]) -> Iterator[str]:
    """A record's first line, then each further line as far as it is asked for."""
    yield record[0]
    for line in lines:
        record.append(line)
        yield line


def _typed_cells(body: str) -> Iterator[str]:
    """A row's cells as typed, quotation marks and all."""
    start, quoted = 0, False
    for position, character in enumerate(body):
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            yield body[start:position]
            start = position + 1
    yield body[start:]


def write_cells(cells: list[str] | tuple[str, ...]) -> str:
    """Cells as a line without its end, in quotation marks only where they must be."""
    if list(cells) == [""]:
        return ""  # the csv module would write "" for the only cell of a row
    text = io.StringIO()
    # Older Pythons put a line end in quotation marks only where it is of the writer's own.
    csv.writer(text, lineterminator=_WRITTEN_END).writerow(cells)
    return text.getvalue().removesuffix(_WRITTEN_END)
