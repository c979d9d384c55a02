"""What spreadsheets make of a date, and the form of ISO 8601 that should stand there instead.

What is read as a date has one reading only. Where a cell may mean several days nobody but its
writer knows which: it is refused with all of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from plansite.data.cells.number_hints import plain
from plansite.model import PartialDate
from plansite.model.contract import YEARS

Fault = tuple[str, dict[str, str]]

FIRST_SERIAL, LAST_SERIAL = 18264, 73415
"""1950-01-01 and 2100-12-31 as a spreadsheet counts days."""
SERIAL_ORIGIN = dt.date(1899, 12, 30)
"""Day 0 of Excel on Windows, for every day after February 1900."""
SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR, _MONTH, _DAY = r"(?P<y>[0-9]{4}|[0-9]{2})", r"(?P<m>[0-9]{1,2})", r"(?P<d>[0-9]{1,2})"
_NAME, _TIME = r"(?P<name>[A-Za-z]{3,9})\.?", r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?Z?)?"
FORMS = tuple(
    re.compile(form + _TIME)
    for form in (
        rf"(?P<y>[0-9]{{4}})[-/.]{_MONTH}(?:[-/.]{_DAY})?",
        rf"{_YEAR} *年(?: *{_MONTH} *月份?(?: *{_DAY} *[日号])?)?",
        rf"(?:{_DAY}[- ])?{_NAME}[-, ]+{_YEAR}",
        rf"{_NAME} {_DAY},? {_YEAR}",
        rf"(?P<y>[0-9]{{4}})[- ]{_NAME}(?:[- ]{_DAY})?",
    )
)
TWO_WAYS = re.compile(rf"(?P<a>[0-9]{{1,2}})[-/.](?P<b>[0-9]{{1,2}})[-/.]{_YEAR}" + _TIME)
"""``5/6/2022``: where both could be the month, nobody but the writer knows."""
WITHOUT_ZERO = re.compile(r"([0-9]{4})\.1")
"""``2026.10`` is a number to a spreadsheet, which then writes 2026.1, as it does January."""
COMPACT = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
        r"(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>[0-9]{4})",
        r"(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?P<y>[0-9]{4})",
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})",
        r"(?P<y>[0-9]{4})(?P<m>[0-9])(?P<d>[0-9])",
        r"(?P<y>[0-9]{4})(?P<m>[0-9])",
        r"(?P<y>[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
    )
)
"""Digits alone: 202611 may be November or 1 January."""


def date_fault(cell: str) -> Fault | None:
    """What is wrong with a cell that should hold a date; ``None`` where it holds one."""
    if _exists(cell):
        return None
    ascii_cell = plain(cell)
    if ascii_cell != cell and _exists(ascii_cell):
        return "plain-digits", {"ascii": ascii_cell}
    meant = date_readings(ascii_cell)
    counted = list(_counted_days(ascii_cell))
    if counted and meant in ([], counted):
        return "date-serial", {"iso": counted[0]}
    if meant:
        words = {"iso_zh": " 或 ".join(meant), "iso_en": " or ".join(meant)}
        return "spreadsheet-date", words
    return "date-format", {}


def date_readings(cell: str) -> list[str]:
    """Every date that a cell may mean, in the form of ISO 8601, in order; none where it is none."""
    return sorted({*_readings(cell), *_counted_days(cell)})


def _counted_days(cell: str) -> Iterator[str]:
    """The day that a spreadsheet counts as a number, where it is one of our time."""
    serial = SERIAL.fullmatch(cell)
    if serial and FIRST_SERIAL <= int(serial[1]) <= LAST_SERIAL:
        yield (SERIAL_ORIGIN + dt.timedelta(days=int(serial[1]))).isoformat()


def _readings(cell: str) -> Iterator[str]:
    """Every date that a cell may be another way of writing."""
    for form in FORMS:
        if match := form.fullmatch(cell):
            parts = match.groupdict()
            month = parts.get("m") or _month_number(parts.get("name"))
            yield from _written(parts["y"], month, parts.get("d"))
    if match := WITHOUT_ZERO.fullmatch(cell):
        yield from _written(match[1], "10", None)
    for form in COMPACT:
        if match := form.fullmatch(cell):
            parts = match.groupdict()
            for text in _written(parts["y"], parts["m"], parts.get("d")):
                if int(text[:4]) in YEARS:
                    yield text
    if match := TWO_WAYS.fullmatch(cell):
        yield from _written(match["y"], match["a"], match["b"])
        yield from _written(match["y"], match["b"], match["a"])


def _written(year: str, month: str | None, day: str | None) -> Iterator[str]:
    # Excel reads two digits up to 29 as 20xx.
    full_year = year if len(year) == 4 else f"{'20' if int(year) <= 29 else '19'}{year}"
    text = "-".join([full_year, *(part.zfill(2) for part in (month, day) if part)])
    if _exists(text):
        yield text


def _month_number(name: str | None) -> str | None:
    if name is None:
        return None
    short = name[:3].lower()
    return str(MONTHS.index(short) + 1) if short in MONTHS else "99"


def _exists(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True
