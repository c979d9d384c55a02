"""What a date format shows of a day, and how much of the day that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

from plansite.data.workbook.shown.number_format import Section
from plansite.model.contract import YEARS

LAST_SERIAL = 2_958_465
"""31 December 9999, the last day that Excel knows."""
_FIRST_CERTAIN = 61
"""1 March 1900. Excel counts a 29 February before it that never was, other programs do not."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def is_year(serial: float, section: Section) -> bool:
    """Whether a day's number is rather a year that was typed into a cell that makes dates.

    As days the years of the contract are those of spring and summer 1905, long before any plan. A
    cell that makes times shows nothing of the kind.
    """
    parts = {part for part, _ in shown_parts(section)}
    return serial in YEARS and not parts.isdisjoint(("year", "month", "day"))


def day_of(serial: float, epoch: dt.datetime) -> dt.datetime | None:
    """The moment that a number stands for; ``None`` where Excel shows none for sure.

    Args:
        serial: days, with the time as a fraction.
        epoch: the day from which the workbook counts.
    """
    first = _FIRST_CERTAIN if epoch == WINDOWS_EPOCH else 1
    if not first <= serial < LAST_SERIAL:
        return None
    try:
        moment = from_excel(serial, epoch)
    except OverflowError:  # days after the year 9999, counted from 1904
        return None
    return moment if isinstance(moment, dt.datetime) else None


def shown_parts(section: Section) -> Iterator[tuple[str, str]]:
    """The parts of a date that a section shows, in their order, each with its text in the format.

    A part is ``year``, ``month``, ``day``, ``weekday``, ``time`` or ``literal``.
    """
    marks = [token for token in section.tokens if token.kind in ("date", "time")]
    minutes = {
        id(mark)
        for index, mark in enumerate(marks)
        if mark.text[0] == "m"
        and len(mark.text) < 3
        and (
            (index > 0 and marks[index - 1].text[0] == "h")
            or (index + 1 < len(marks) and marks[index + 1].text[0] == "s")
        )
    }
    names = {"y": "year", "m": "month", "d": "day", "a": "weekday"}
    for token in section.tokens:
        if token.kind == "time" or id(token) in minutes:
            yield "time", token.text
        elif token.kind == "date":
            is_weekday = token.text[0] == "d" and len(token.text) > 2
            yield "weekday" if is_weekday else names[token.text[0]], token.text
        else:
            yield "literal", token.text


def show_moment(section: Section, day: dt.datetime) -> str:
    """What a section shows of a moment, about as Excel would: for people who look for the cell."""
    clock = {"h": f"{day.hour}", "m": f"{day.minute:02}", "s": f"{day.second:02}"}
    texts = []
    for part, form in shown_parts(section):
        if part == "year":
            texts.append(f"{day.year:04}" if len(form) > 2 else f"{day.year % 100:02}")
        elif part == "month":
            texts.append(_month(day.month, len(form)))
        elif part == "day":
            texts.append(f"{day.day:0{len(form)}}")
        elif part == "time":
            texts.append(clock.get(form[0].lower(), ""))
        elif part == "literal":
            texts.append(form)
    return "".join(texts).strip()


def _month(month: int, width: int) -> str:
    return _MONTHS[month - 1] if width > 2 else f"{month:0{width}}"


def precision_shown(section: Section, day: dt.date) -> int | None:
    """How much of a day is shown: 3 the day, 2 the month, 1 the year.

    ``None`` where what is not shown is more than the first day of what is: the person who looks at
    the cell does not see it.
    """
    parts = {part for part, _ in shown_parts(section)}
    if {"year", "month", "day"} <= parts:
        return 3
    if "year" not in parts or "day" in parts or day.day != 1:
        return None
    if "month" in parts:
        return 2
    return 1 if day.month == 1 else None
