"""What is wrong with a cell as typed, whatever it may be read as.

Takes one cell's text and what its column holds. Gives the code of the fault and the details that
its words need. Each cell has one fault at most: the one that must be mended first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from plansite.data.cells.date_hints import date_fault
from plansite.data.cells.number_hints import figure_fault, id_fault, plain
from plansite.util.json_format import json_faults, read_json

Fault = tuple[str, dict[str, str]]

LINE_BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]")
HIDDEN = re.compile(
    "[\x00-\x09\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e007f]"
)
"""Control, zero-width and bidi characters: two cells that look alike would not be."""
LOST = re.compile("[\ufffd-\uffff\ud800-\udfff\ue000-\uf8ff]|\\?{3}|锟斤拷")
"""What is left of a text that went through the wrong encoding; Excel writes ??? for Chinese.

Half a character and what Unicode keeps free of characters stand in no XML, so in no workbook.
"""
SHEET_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|#+)")
FORMULA = re.compile(r"[=@]|[+-](?!(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)%?\Z)")
"""A spreadsheet would compute it; ``-3.5`` stays a number."""
MARKUP = re.compile(
    r"<!--|<!doctype|<\?|</?[a-z][a-z0-9:-]*(?:[\s/][^<>]*)?>"
    r"|<(?:script|style|iframe|img|svg|object|embed|link|meta|a|form|input)\b"
    r"|&(?:nbsp|amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-f]+);",
    re.IGNORECASE,
)
LINK = re.compile(r"https?://[^\s/?#\"'<>\\][^\s\"<>\\]*", re.IGNORECASE)
SERVER = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:@^|\[\]]+)(?::(?P<port>[0-9]{0,5}))?")
"""A host and a port, with nobody's name before them and none of the signs that no host has."""
LAST_PORT = 65_535
HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?(?:[/?#][^\s\"<>\\]*)?", re.IGNORECASE)

LONGEST_CELL = 32_767
"""UTF-16 units that a cell of Excel holds: a longer text would be cut in every workbook."""
NUMBERS = ("integer", "number")
DATE, ID, WORD, LINK_KIND = "partial-date", "id", "word", "link"
"""Kinds of columns besides frictionless' own types: dates, ids, words of a vocabulary, links."""


@dataclass
class Column:
    """A column's name and kind; it remembers what it found, since most cells occur often."""

    name: str
    kind: str
    _known: dict[str, Fault | None] = field(default_factory=dict)

    def fault(self, cell: str) -> Fault | None:
        """The first fault of a cell, or ``None``."""
        try:
            return self._known[cell]
        except KeyError:
            fault = self._known[cell] = cell_fault(cell, self.kind)
            return fault


def cell_fault(cell: str, kind: str) -> Fault | None:
    """The first fault of a cell in a column of a kind, or ``None``."""
    if not cell:
        return None
    return next(_faults(cell, kind), None)


def _faults(cell: str, kind: str) -> Iterator[Fault]:
    if len(cell) > LONGEST_CELL // 2 and len(cell.encode("utf-16-le")) > 2 * LONGEST_CELL:
        yield "long-cell", {"limit": f"{LONGEST_CELL:,}"}
    if hidden := HIDDEN.findall(cell):
        shown = ", ".join(f"U+{ord(sign):04X}" for sign in dict.fromkeys(hidden))
        yield "hidden-character", {"characters": shown}
    if not cell.strip():
        yield "only-spaces", {}
    if LINE_BREAK.search(cell):
        yield "line-break", {}
    if cell != cell.strip():
        yield "padding", {}
    if SHEET_ERROR.fullmatch(cell):
        yield "spreadsheet-error", {}
    if FORMULA.match(cell) and (kind not in NUMBERS or cell[0] in "=@"):
        yield "formula", {}
    if LOST.search(cell):
        yield "lost-character", {}
    if MARKUP.search(cell):
        yield "markup", {}
    fault_of_kind = _OF_KIND.get(kind, _no_fault)(cell)
    if fault_of_kind is not None:
        yield fault_of_kind


def _no_fault(cell: str) -> Fault | None:
    return None


def _link_fault(cell: str) -> Fault | None:
    if LINK.fullmatch(cell) and _names_its_host(cell):
        return None
    hints = {"hint_zh": "", "hint_en": ""}
    if HOST.fullmatch(cell):
        hints = {"hint_zh": f"，例如 https://{cell}", "hint_en": f", such as https://{cell}"}
    return "link", hints


def _names_its_host(link: str) -> bool:
    """Whether browsers open a link, and readers see where it leads.

    ``https://stats.gov.cn@evil.example/`` leads to the second.
    """
    try:
        server = SERVER.fullmatch(urlsplit(link).netloc)
    except ValueError:  # brackets without an address of IPv6, a letter that stands for a slash
        return False
    return server is not None and int(server["port"] or 0) <= LAST_PORT


def _word_fault(cell: str) -> Fault | None:
    return ("plain-digits", {"ascii": plain(cell)}) if plain(cell) != cell else None


def _ascii_fault(cell: str) -> Fault | None:
    """What frictionless reads where others do not: digits of other scripts."""
    return _word_fault(cell) or (None if cell.isascii() else ("type", {}))


def _json_fault(cell: str) -> Fault | None:
    """Whether a cell of JSON is none, or programs read it in several ways."""
    try:
        faults = json_faults(read_json(cell))
        return ("type", {}) if next(faults, None) else None
    except (ValueError, RecursionError):
        return "type", {}


_OF_KIND: dict[str, Callable[[str], Fault | None]] = {
    **{kind: partial(figure_fault, kind=kind) for kind in NUMBERS},
    DATE: date_fault,
    ID: id_fault,
    WORD: _word_fault,
    **dict.fromkeys(("year", "yearmonth", "geopoint"), _ascii_fault),
    **dict.fromkeys(("object", "array", "geojson"), _json_fault),
    LINK_KIND: _link_fault,
}
