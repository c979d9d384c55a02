"""A cell of a workbook as the text that the package would hold, or why nobody can tell.

What a person sees in the cell is what is read. Where the cell shows other than it holds (a rounded
number, a footnote's mark among digits, a year that Excel made a day of 1905), the cell is refused,
or what was made of it is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.utils.datetime import to_excel

from plansite.data.workbook.sheets import DATE, INTEGER, NUMBER, TEXT, Column
from plansite.data.workbook.shown.conditional_format import NOTHING, Rule
from plansite.data.workbook.shown.date_text import day_of, is_year, precision_shown, show_moment
from plansite.data.workbook.shown.look import Cell, Look, Sight
from plansite.data.workbook.shown.number_format import LONGEST_FORMAT, Section
from plansite.data.workbook.shown.number_text import (
    EXCEL_DIGITS,
    ShownNumber,
    held_digits,
    plain_number,
    show_number,
)
from plansite.data.workbook.shown.style_sheet import Change
from plansite.data.workbook.shown.text_runs import LONGEST_CELL, FormattedText
from plansite.data.workbook.values import held, tidy_date

MOST_IN_TEXT = 10**15
"""From here on Excel does not keep all digits of a number, so that none is an id."""

MOST_SHOWN = 200
"""Characters that a problem gives of what a cell shows or holds: people see fewer."""


@dataclass(frozen=True)
class CellText:
    """What a cell says."""

    text: str
    made: str = ""
    """The day that Excel keeps, where it may have made it of something else that was typed."""


@dataclass(frozen=True)
class CellFault:
    """Why a cell cannot be read: the code of a problem, what it shows, and what its words need."""

    code: str
    value: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


def read_cell(
    cell: Cell, column: Column, look: Look, sight: Sight, rules: Iterable[Rule] = ()
) -> CellText | CellFault:
    """What a cell that is not empty says.

    Args:
        cell: the cell.
        column: what its column holds.
        look: how it looks.
        sight: what the sheet does to all of its cells.
        rules: conditional formats that may change how it looks.
    """
    found = _read(cell, column, look, sight)
    if isinstance(found, CellText):
        for rule in rules:
            look_then = rule.change.applied(look)
            if rule.may_hold(cell.value) and _read(cell, column, look_then, sight) != found:
                return _conditional(found, rule.change)
    return found


def _conditional(found: CellText, change: Change) -> CellFault:
    """That a conditional format may make a cell show other than it does without it."""
    if change.code == NOTHING:
        zh, en = "不显示数值", "hide the value of this cell"
    elif change.code is not None:
        code = change.code[:MOST_SHOWN]
        zh, en = f"按格式“{code}”显示", f"show this cell in the format “{code}”"
    elif change.is_struck:
        zh, en = "带删除线", "strike this cell through"
    else:
        zh, en = "文字与底色相同", "give the letters of this cell the colour behind them"
    return CellFault("cell-conditional", found.text, {"effect_zh": zh, "effect_en": en})


def _read(cell: Cell, column: Column, look: Look, sight: Sight) -> CellText | CellFault:
    value = cell.value
    if cell.data_type in ("f", "e"):
        code = "cell-formula" if cell.data_type == "f" else "cell-error"
        return CellFault(code, str(value))
    fault = _size_fault(value, look) or _look_fault(value, column, look)
    if fault is not None:
        return fault
    if isinstance(value, bool):
        truth = "TRUE" if value else "FALSE"
        return CellText(truth) if look.format.shows_text("x") else _differs("", truth)
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        value = to_excel(value, sight.epoch)  # type: ignore[no-untyped-call]
    if isinstance(value, int | float):
        return _number(value, column, look, sight)
    return _text(value, column, look)


def _size_fault(value: object, look: Look) -> CellFault | None:
    """What is longer than Excel writes it, at a cost that each of many cells would have."""
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        return CellFault("long-cell", value[:MOST_SHOWN], {"limit": f"{LONGEST_CELL:,}"})
    if len(look.code) > LONGEST_FORMAT:
        return CellFault("cell-format", str(value), {"format": look.code[:MOST_SHOWN]})
    return None


def _look_fault(value: object, column: Column, look: Look) -> CellFault | None:
    """What is struck through, unseen, or raised where it would be taken for a digit."""
    runs = value if isinstance(value, FormattedText) else None
    unseen = _unseen(value, runs, look)
    if unseen:
        return CellFault("cell-unseen", None, {"unseen": unseen})
    struck = runs.struck if runs is not None and runs.struck else ""
    if look.is_struck or struck:
        return CellFault("cell-struck", None, {"struck": struck or str(value)})
    moved = runs.moved if runs is not None else ""
    if column.is_free_text or not (look.is_moved or moved):
        return None
    return CellFault("cell-raised", None, {"raised": moved or str(value)})


def _unseen(value: object, runs: FormattedText | None, look: Look) -> str:
    """The letters that have the colour of what is behind them."""
    if runs is None:
        return str(value)[:MOST_SHOWN] if look.hides(look.ink) else ""
    hidden = {ink for ink in runs.inks if look.hides(look.ink if ink is None else ink)}
    if not hidden:
        return ""
    return "".join(run.text for run in runs.runs if run.ink in hidden).strip()[:MOST_SHOWN]


def _text(value: str, column: Column, look: Look) -> CellText | CellFault:
    shown = look.format.shows_text(value).strip()
    if shown != value.strip():
        return _differs(shown, value)
    text = held(value.as_seen if isinstance(value, FormattedText) else value)
    return CellText(tidy_date(text) if column.kind == DATE else text)


def _number(value: float, column: Column, look: Look, sight: Sight) -> CellText | CellFault:
    if value == 0 and not sight.shows_zeros:
        return _differs("", "0")
    chosen = look.format.section(value)
    if chosen is None:
        return _unknown(value, look)
    section, sign = chosen
    if section.is_mixed:
        return _unknown(value, look)
    if section.is_date:
        return _OF_DATE[column.kind](value, section, look, sight)
    shown = show_number(section, value, sign)
    if shown is None:
        return _unknown(value, look)
    return _digits(shown, held_digits(value), column)


def _digits(shown: ShownNumber, number: Decimal, column: Column) -> CellText | CellFault:
    """What a cell shows of a number, where it shows all of it."""
    text, plain = shown.text.strip(), plain_number(shown.text)
    if not (text and shown.is_exact) or (plain is not None and Decimal(plain) != number):
        return _differs(text, f"{number:f}")
    if column.kind in (INTEGER, NUMBER):
        # What shows more than digits is judged as if it had been typed: 8亿元, (5), 45.5%.
        return CellText(text if plain is None else plain)
    if abs(number) >= MOST_IN_TEXT:
        return CellFault("long-number", f"{number:f}", {"limit": str(EXCEL_DIGITS)})
    return CellText(held(text))


def _unknown(value: float, look: Look) -> CellFault:
    """That nobody can tell what a cell with this format shows."""
    return CellFault("cell-format", str(value), {"format": look.code})


def _differs(shown: str, kept: str) -> CellFault:
    shown, kept = shown[:MOST_SHOWN], kept[:MOST_SHOWN]
    details = {"shown_zh": shown or "空", "shown_en": shown or "nothing", "held": kept}
    return CellFault("cell-shown", shown or kept, details)


def _date(value: float, section: Section, look: Look, sight: Sight) -> CellText | CellFault:
    """A date in a column of dates: as much of it as the cell shows."""
    if is_year(value, section):
        return _typed_year(value, sight)
    moment = day_of(value, sight.epoch)
    if moment is None:
        return _unknown(value, look)
    if moment.time() != dt.time():
        return CellText(moment.isoformat(" "))
    day = moment.date().isoformat()
    precision = precision_shown(section, moment.date())
    if precision is None:
        return _differs(show_moment(section, moment), day)
    return CellText(day[: (4, 7, 10)[precision - 1]], day if precision < 3 else "")


def _typed_year(value: float, sight: Sight) -> CellText:
    moment = day_of(value, sight.epoch)
    return CellText(f"{value:.0f}", moment.date().isoformat() if moment else "")


def _year(value: float, section: Section, look: Look, sight: Sight) -> CellText | CellFault:
    """A date in a column of whole numbers: a year that Excel made a day of 1905."""
    if is_year(value, section):
        return _typed_year(value, sight)
    return _date_for_another(value, section, look, sight)


def _date_for_another(
    value: float, section: Section, look: Look, sight: Sight
) -> CellText | CellFault:
    """A date where none should be: what was typed is gone."""
    moment = day_of(value, sight.epoch)
    if moment is None:
        return _unknown(value, look)
    made = moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(" ")
    return CellFault("cell-date", show_moment(section, moment) or made, {"held": made})


_OF_DATE: dict[str, Callable[[float, Section, Look, Sight], CellText | CellFault]] = {
    DATE: _date,
    INTEGER: _year,
    NUMBER: _date_for_another,
    TEXT: _date_for_another,
}
"""How a number that shows as a date is read, by the kind of its column."""
