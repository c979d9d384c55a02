"""Open a workbook, at a cost that is bounded by what a real one has.

openpyxl makes objects of every XML element, and an empty one is five bytes that pack to next to
nothing: 59 kilobytes with four million cell formats took it 41 seconds and 2.2 gigabytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from itertools import chain, pairwise
from typing import IO, Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from plansite.data.workbook.shown.text_runs import texts_of
from plansite.data.workbook.xlsx_archive import Refusal

MOST_DETAILS = 400_000
"""Tags in all parts that are read in one piece: styles above all. Excel keeps at most 65,430 cell
formats ([MS-OI29500] 2.1.727, on ``cellXfs``), and writes one with four tags at most."""
MOST_TEXTS = 1_000_000
"""Tags in the table of texts: a quarter of a million different ones."""
MOST_CELLS = 6_000_000
"""Tags in all sheets, each of which openpyxl opens twice: 80,000 rows of nine cells."""
MOST_IN_ROW = 100_000
"""Tags from one row or text to the next: four for each of 16,384 columns. After the last row come
links, of which Excel keeps 65,530."""
MOST_READINGS = 10
"""How often one part is read: a sheet twice by openpyxl, and as often by us. Each of a thousand
sheets may name the same part."""
_STRING = f"{{{SHEET_MAIN_NS}}}si"
_START = re.compile(rb"<(?:\w+:)?(?:row|si)\b")


class RefusedError(Exception):
    """A workbook that is not read any further, and why."""

    def __init__(self, refused: Refusal) -> None:
        super().__init__(refused.code)
        self.refusal = refused


class EntriesError(RefusedError):
    """A part of the workbook holds more than Excel would write."""

    def __init__(self, part: str, limit: int) -> None:
        super().__init__(Refusal("workbook-entries", {"part": part, "limit": f"{limit:,}"}))


class _Archive(zipfile.ZipFile):
    """Gives a part away only while the tags in it, and in those before, are within limits."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))
        self._limits = {"whole": MOST_DETAILS, "stream": MOST_TEXTS}
        self._left = dict(self._limits)
        self._readings: Counter[str] = Counter()

    def expect_sheets(self) -> None:
        """From now on what is read bit by bit is sheets."""
        self._limits["stream"] = self._left["stream"] = MOST_CELLS

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """A part that is read in one piece.

        Raises:
            EntriesError: it holds too much.
        """
        return self._checked("whole", name)

    def open(self, name: str | zipfile.ZipInfo, *_: Any, **__: Any) -> IO[bytes]:
        """A part that is read bit by bit, row after row.

        Raises:
            EntriesError: it holds too much, or a row of it does.
        """
        content = self._checked("stream", name)
        starts = chain([0], (match.start() for match in _START.finditer(content)), [len(content)])
        if any(content.count(b"<", *part) > MOST_IN_ROW for part in pairwise(starts)):
            raise EntriesError(_name_of(name), MOST_IN_ROW)
        return io.BytesIO(content)

    def _checked(self, way: str, name: str | zipfile.ZipInfo) -> bytes:
        self._readings[_name_of(name)] += 1
        if self._readings[_name_of(name)] > MOST_READINGS:
            raise EntriesError(_name_of(name), MOST_READINGS)
        with super().open(name) as part:
            content = part.read()
        self._left[way] -= content.count(b"<")
        if self._left[way] < 0:
            raise EntriesError(_name_of(name), self._limits[way])
        return content


def _name_of(part: str | zipfile.ZipInfo) -> str:
    return part if isinstance(part, str) else part.filename


class _Reader(ExcelReader):
    """Reads what holds data and leaves charts alone."""

    archive: _Archive

    def read_strings(self) -> None:
        """The table of texts, with the looks of their letters."""
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                nodes = (node for _, node in iterparse(source) if node.tag == _STRING)
                self.shared_strings = texts_of(nodes)
        self.archive.expect_sheets()

    def read_chartsheet(self, *_: Any) -> None:
        """A sheet that is nothing but a chart holds no rows."""


def open_workbook(content: bytes) -> Any:
    """The workbook, whose sheets are read while one goes through their rows.

    Raises:
        EntriesError: it holds more than Excel would write. Going through a sheet may raise it too.
        Exception: whatever else openpyxl finds wrong.
    """
    reader = _Reader(io.BytesIO(content), read_only=True, keep_links=False)
    reader.archive = _Archive(content)
    reader.read()
    return reader.wb
