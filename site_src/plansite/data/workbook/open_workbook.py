"""Open a workbook, at a cost that is bounded by what a real one has.

Only what decides which rows there are and what their cells show is read: a print area, a filter or
a list of choices that another program wrote oddly keeps nobody's data out.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import IO

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from plansite.data.workbook.shown.style_sheet import StyleSheet, read_styles
from plansite.data.workbook.shown.text_runs import texts_of
from plansite.data.workbook.xlsx_archive import Refusal

MOST_DETAILS = 400_000
"""Tags in all parts that are read in one piece: styles above all. Excel keeps at most 65,430 cell
formats ([MS-OI29500] 2.1.727, on ``cellXfs``), and writes one with four tags at most."""
MOST_TEXTS = 1_000_000
"""Tags in the table of texts: a quarter of a million different ones."""
MOST_CELLS = 3_000_000
"""Tags in all sheets: 80,000 rows of nine cells."""
MOST_IN_ROW = 100_000
"""Tags from one row or text to the next: four for each of 16,384 columns. After the last row come
links, of which Excel keeps 65,530."""
MOST_READINGS = 10
"""How often one part is read. Each of a thousand sheets may name the same part."""
_STRING, _SHEET = f"{{{SHEET_MAIN_NS}}}si", f"{{{SHEET_MAIN_NS}}}sheet"
_SETTINGS = f"{{{SHEET_MAIN_NS}}}workbookPr"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LINK = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_WITHOUT_ROWS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
"""Kinds of sheets that hold a chart, a form or a program."""
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
        self._names = {name.casefold(): name for name in self.namelist()}

    def expect_sheets(self) -> None:
        """From now on what is read bit by bit is sheets."""
        self._limits["stream"] = self._left["stream"] = MOST_CELLS

    def has(self, part: str) -> bool:
        """Whether there is such a part; capitals make no difference, as in Excel."""
        return part.casefold() in self._names

    def read_whole(self, part: str) -> IO[bytes]:
        """A part that is read in one piece.

        Raises:
            EntriesError: it holds too much.
            ValueError: there is no such part.
        """
        return io.BytesIO(self._checked("whole", part))

    def stream(self, part: str) -> IO[bytes]:
        """A part that is read bit by bit, row after row.

        Raises:
            EntriesError: it holds too much, or a row of it does.
            ValueError: there is no such part.
        """
        content = self._checked("stream", part)
        starts = chain([0], (match.start() for match in _START.finditer(content)), [len(content)])
        if any(content.count(b"<", *piece) > MOST_IN_ROW for piece in pairwise(starts)):
            raise EntriesError(part, MOST_IN_ROW)
        return io.BytesIO(content)

    def _checked(self, way: str, part: str) -> bytes:
        if not self.has(part):
            raise ValueError(f"no part {part}")
        self._readings[part] += 1
        if self._readings[part] > MOST_READINGS:
            raise EntriesError(part, MOST_READINGS)
        content = self.read(self._names[part.casefold()])
        self._left[way] -= content.count(b"<")
        if self._left[way] < 0:
            raise EntriesError(part, self._limits[way])
        return content


@dataclass(frozen=True)
class SheetPart:
    """A sheet of rows, and the part of the file that it stands in."""

    title: str
    is_visible: bool
    part: str


class Workbook:
    """A workbook whose sheets are read when they are asked for."""

    def __init__(self, content: bytes) -> None:
        """Read all but the sheets.

        Raises:
            EntriesError: it holds more than Excel would write.
            Exception: it is damaged in any other way.
        """
        self._archive = _Archive(content)
        self._part = next(iter(self._linked("", "officeDocument")), "xl/workbook.xml")
        self.epoch: dt.datetime = WINDOWS_EPOCH
        """The day from which it counts."""
        self.sheets: list[SheetPart] = []
        self._read_contents()
        self.texts = self._read_texts()
        """The texts that cells name by number."""
        styles = self._linked(self._part, "styles")
        self.styles = read_styles(self._archive.read_whole(styles[0])) if styles else StyleSheet()

    def open(self, sheet: SheetPart) -> IO[bytes]:
        """A sheet as it stands in the file.

        Raises:
            EntriesError: it holds more than Excel would write.
            ValueError: it is not in the file.
        """
        return self._archive.stream(sheet.part)

    def _read_contents(self) -> None:
        """Which sheets there are, each with its part; one without would be missed silently."""
        links = self._links(self._part)
        for _, element in iterparse(self._archive.read_whole(self._part)):
            if element.tag == _SETTINGS and element.get("date1904") in ("1", "true", "on"):
                self.epoch = MAC_EPOCH
            elif element.tag == _SHEET:
                title = element.get("name", "")
                kind, part = links.get(element.get(_ID, ""), ("", ""))
                if not self._archive.has(part):
                    raise ValueError(f"{title}: no part {part}")
                if kind not in _WITHOUT_ROWS:
                    is_visible = element.get("state", "visible") == "visible"
                    self.sheets.append(SheetPart(title, is_visible, part))

    def _read_texts(self) -> list[str]:
        texts: list[str] = []
        for part in self._linked(self._part, "sharedStrings")[:1]:
            with self._archive.stream(part) as source:
                texts = texts_of(node for _, node in iterparse(source) if node.tag == _STRING)
        self._archive.expect_sheets()
        return texts

    def _linked(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that a part names."""
        return [name for found, name in self._links(part).values() if found == kind]

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """The kind and name of every part that a part names, by id; ``""`` is the whole file."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self._archive.has(listed):
            return {}
        return {
            link.get("Id", ""): (
                link.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))[1:],
            )
            for _, link in iterparse(self._archive.read_whole(listed))
            if link.tag == _LINK and link.get("TargetMode") != "External"
        }
