"""Cells of a workbook and the text that the package holds, both ways.

Excel keeps a number as a binary fraction without its closing zeros, and turns what looks like a
date into one. So a number's format says how many decimals were published, and coming back a number
is written with at least those decimals, and with every digit that it has: 171.10 stays 171.10.
Cells that are still empty are formatted as text, so that 8.0 and 2022-05 stay as they are typed.
What a number cannot hold is written as text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.utils.datetime import from_excel, to_excel

from plansite.data.cells.date_hints import date_readings
from plansite.data.workbook.sheets import DATE, INTEGER, NUMBER, TEXT

AS_TEXT = "@"
LONGEST_CELL = 32_767
"""As many characters as Excel allows."""
EXCEL_DIGITS = 15
"""As many significant digits as Excel keeps; what comes after them is noise of binary fractions."""
CHINESE_DATES = {
    **dict.fromkeys((27, 36, 50, 52, 57), "yyyy-m"),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), "m-d"),
    **dict.fromkeys((30, 31), "yyyy-m-d"),
}
"""Formats that only Chinese Excel has, by number; openpyxl takes their dates for plain numbers."""
_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE_AS_EXCEL_SHOWS_IT = re.compile(
    r"([0-9]{4})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?", re.ASCII
)
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@dataclass(frozen=True)
class CellText:
    """What a cell says; ``is_guess`` where Excel may have made something else of what was typed."""

    text: str
    is_guess: bool = False


def held(text: str) -> str:
    """What a cell can hold of a text: Excel knows one line end, no control characters, an end."""
    plain = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("", plain)[:LONGEST_CELL]


def to_cell(text: str, kind: str) -> tuple[int | float | str | None, str]:
    """A text as a cell's value and number format."""
    if not text:
        return None, "0" if kind == INTEGER else AS_TEXT
    if kind in (INTEGER, NUMBER) and _PLAIN.fullmatch(text):
        decimals = len(text.partition(".")[2])
        number = float(text) if decimals else int(text)
        form = f"0.{'0' * decimals}" if decimals else "0"
        if number_text(float(number), form) == text:
            return number, form
    return held(text), AS_TEXT


def number_text(value: float, form: str) -> str:
    """A number's digits: as short as they can be, but with the decimals that its format shows."""
    shown = Decimal(f"{value:.{EXCEL_DIGITS}g}")
    code = _format_code(form)
    if "%" in code:  # typed as 12.3%, kept as 0.123: which was meant only the typist knows
        return f"{number_text(value * 100, code.replace('%', ''))}%"
    text = f"{shown:f}"
    match = re.search(r"[0#?]\.(0+)", code)
    if match is None or not shown.is_finite():
        return text
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.ljust(len(match[1]), '0')}"


def _format_code(form: str) -> str:
    """A number format for positive numbers, without texts, colours and fillers."""
    return _NOT_CODE.sub("", form).partition(";")[0].lower()


def cell_text(
    value: object, kind: str, form: str, form_number: int, epoch: dt.datetime
) -> CellText:
    """What a cell says, as the text that the package would hold.

    Args:
        value: what openpyxl gives for the cell.
        kind: the kind of the cell's column.
        form: the cell's number format.
        form_number: that format's number, by which Chinese Excel knows formats of its own.
        epoch: the day from which the workbook counts dates.
    """
    if isinstance(value, bool):
        return CellText("TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        code = CHINESE_DATES.get(form_number)
        if code is None or not 0 < value < 3_000_000:
            return CellText(number_text(value, form))
        value, form = from_excel(value, epoch), code
    if isinstance(value, dt.datetime):
        return _date_text(value, kind, _format_code(form), epoch)
    text = "" if value is None else held(str(value))
    return CellText(tidy_date(text) if kind == DATE else text)


def _date_text(value: dt.datetime, kind: str, code: str, epoch: dt.datetime) -> CellText:
    """A date that Excel made. How it is shown says how much of it was typed."""
    serial: float = to_excel(value, epoch)  # type: ignore[no-untyped-call]
    if kind == INTEGER and 1900 <= serial <= 2100:
        return CellText(number_text(serial, "0"))  # a year in a cell that has the format of a date
    if value.time() != dt.time():
        return CellText(value.isoformat(" "))
    day = value.date().isoformat()
    if kind not in (DATE, TEXT) or ("d" in code and "y" in code):
        return CellText(day)
    if "d" not in code and value.day == 1:
        month_shown = "m" in code or value.month != 1
        return CellText(day[:7] if month_shown else day[:4], is_guess=True)
    return CellText(day, is_guess=True)


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
