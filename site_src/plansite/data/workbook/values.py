"""Cells of a workbook and the text that the package holds, both ways.

Excel keeps a number as a binary fraction without its closing zeros, and turns what looks like a
date into one. So a number's format shows the decimals that were published, closing zeros included,
and whatever else is typed over it: 171.10 stays 171.10, and 171.125 shows as that. Cells that are
still empty are formatted as text, so that 8.0 and 2022-05 stay as they are typed. What a number
cannot hold is written as text. How cells are read is in ``shown``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal

from plansite.data.cells.date_hints import date_readings
from plansite.data.workbook.sheets import INTEGER, NUMBER
from plansite.data.workbook.shown.number_format import LONGEST_FORMAT
from plansite.data.workbook.shown.number_text import EXCEL_DIGITS
from plansite.data.workbook.shown.text_runs import LONGEST_CELL

AS_TEXT, AS_WHOLE, AS_TYPED = "@", "0", "General"
MOST_DECIMALS = 9
"""Decimals that a cell shows of what is typed over a published number."""
LONGEST_GENERAL = 11
"""Digits from which on Excel shows a number without a format as a power of ten."""
_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE_AS_EXCEL_SHOWS_IT = re.compile(
    r"([0-9]{4})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?", re.ASCII
)


def held(text: str) -> str:
    """What a cell can hold of a text: Excel knows one line end, no control characters, an end."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("", plain)[:LONGEST_CELL]


def seen(text: str) -> str:
    """A text of a workbook as Excel shows it: ``_x0041_`` is an A, ``_x005F_`` an underscore."""
    return held(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text))


def _written(text: str) -> str:
    """A text as a workbook has it, so that Excel shows it as it is."""
    return _LIKE_ESCAPED.sub("_x005F_", held(text))


def to_cell(text: str, kind: str) -> tuple[int | float | str | None, str]:
    """A text as a cell's value and number format."""
    if not text:
        return None, AS_WHOLE if kind == INTEGER else AS_TEXT
    if kind in (INTEGER, NUMBER) and _PLAIN.fullmatch(text):
        decimals = len(text.partition(".")[2])
        number, form = float(text) if decimals else int(text), _form(text, decimals, kind)
        is_kept = f"{Decimal(f'{float(number):.{EXCEL_DIGITS}g}'):.{decimals}f}" == text
        if is_kept and len(form) <= LONGEST_FORMAT:
            return number, form
    return _written(text), AS_TEXT


def _form(text: str, decimals: int, kind: str) -> str:
    """A format that shows a number's decimals, and those of another that is typed over it."""
    if decimals:
        return f"0.{'0' * decimals}{'#' * (MOST_DECIMALS - decimals)}"
    return AS_WHOLE if kind == INTEGER or len(text) >= LONGEST_GENERAL else AS_TYPED


def tidy_date(text: str) -> str:
    """A date as Chinese Excel shows it (2022/5/26, 2022年5月) in the package's form.

    Any other text stays as it is, and so does one that has more than one reading: 2026.1 is also
    what Excel makes of 2026.10.
    """
    typed = text.strip()
    if _DATE_AS_EXCEL_SHOWS_IT.fullmatch(typed) is None:
        return text
    readings = date_readings(typed)
    return readings[0] if len(readings) == 1 else text


def is_same(new: str, old: str, kind: str) -> bool:
    """Whether a cell still says what it said: Excel may have dropped closing zeros, never added."""
    if held(new) == held(old):
        return True
    if kind != NUMBER or not (_PLAIN.fullmatch(new) and _PLAIN.fullmatch(old)):
        return False
    return len(new) < len(old) and Decimal(new) == Decimal(old)


def fingerprint(cells: Mapping[str, str]) -> str:
    """A row's content in a few letters, by which a row that nobody touched is known again."""
    parts = [f"{name}\x1f{held(cells[name])}" for name in sorted(cells) if cells[name]]
    return hashlib.sha256("\x1e".join(parts).encode("utf-8")).hexdigest()[:16]
