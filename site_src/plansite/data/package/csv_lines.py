"""A table as records that keep their own bytes, so that what nobody changed is written as it was.

Takes a table's file. Gives its rows both as cells and as typed, with quotation marks and line end;
rows that are changed keep the typing of their other cells.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

BOM = "\ufeff"


@dataclass(frozen=True)
class CsvLine:
    """One row: its cells, and the text that stands for them in the file."""

    cells: tuple[str, ...]
    text: str

    def changed(self, changes: Mapping[int, str], line_end: str) -> CsvLine:
        """The row with other text in some cells, by their place; the rest stays as typed."""
        body = self.text.rstrip("\r\n")
        end = self.text[len(body) :] or line_end
        typed = list(_typed_cells(body))
        if len(typed) != len(self.cells):
            typed = [write_cells([cell]) for cell in self.cells]
        cells = list(self.cells)
        for place, value in changes.items():
            cells[place] = value
            typed[place] = write_cells([value])
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


def read_csv_lines(path: Path) -> CsvLines:
    """Take a table's file apart.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
        csv.Error: its quotation marks are not in pairs.
    """
    text = path.read_bytes().decode("utf-8")
    mark = BOM if text.startswith(BOM) else ""
    header, *rows = _split(text.removeprefix(BOM)) or [CsvLine((), "")]
    return CsvLines(path, mark, header, tuple(rows))


def _split(text: str) -> list[CsvLine]:
    """Records with their text: a cell in quotation marks may run over several lines."""
    lines = io.StringIO(text, newline="")
    taken: list[str] = []

    def feed() -> Iterator[str]:
        """The lines, each kept until its record is complete."""
        for line in lines:
            taken.append(line)
            yield line

    records = []
    for cells in csv.reader(feed(), strict=True):
        records.append(CsvLine(tuple(cells), "".join(taken)))
        taken.clear()
    return records


def _typed_cells(body: str) -> Iterator[str]:
    """A row's cells as typed, quotation marks and all."""
    start, quoted = 0, False
    for place, mark in enumerate(body):
        if mark == '"':
            quoted = not quoted
        elif mark == "," and not quoted:
            yield body[start:place]
            start = place + 1
    yield body[start:]


def write_cells(cells: list[str] | tuple[str, ...]) -> str:
    """Cells as a line without its end, in quotation marks only where they must be."""
    if list(cells) == [""]:
        return ""  # the csv module would write "" for the only cell of a row
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()
