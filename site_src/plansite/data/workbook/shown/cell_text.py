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
from plansite.data.workbook.shown.cell_style import Cell, CellStyle, SheetView
from plansite.data.workbook.shown.conditional_format import NOTHING, Rule
from plansite.data.workbook.shown.date_text import day_of, is_year, precision_shown, show_moment
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
from plansite.data.workbook.values import held, seen, tidy_date

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
    cell: Cell, column: Column, style: CellStyle, view: SheetView, rules: Iterable[Rule] = ()
) -> CellText | CellFault:
    """What a cell that is not empty says.

    Args:
        cell: the cell.
        column: what its column holds.
        style: how it looks.
        view: what the sheet does to all of its cells.
        rules: conditional formats that may change how it looks.
    """
    found = _read(cell, column, style, view)
    if isinstance(found, CellText):
        for rule in rules:
            style_then = rule.change.applied(style)
            if rule.may_hold(cell.value) and _read(cell, column, style_then, view) != found:
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


def _read(cell: Cell, column: Column, style: CellStyle, view: SheetView) -> CellText | CellFault:
    value = cell.value
    if cell.data_type in ("f", "e"):
        code = "cell-formula" if cell.data_type == "f" else "cell-error"
        return CellFault(code, str(value))
    fault = _size_fault(value, style) or _style_fault(value, column, style)
    if fault is not None:
        return fault
    if isinstance(value, bool):
        truth = "TRUE" if value else "FALSE"
        return CellText(truth) if style.format.shows_text("x") else _differs("", truth)
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        value = to_excel(value, view.epoch)  # type: ignore[no-untyped-call]
    if isinstance(value, int | float):
        return _number(value, column, style, view)
    return _text(value, column, style)


def _size_fault(value: object, style: CellStyle) -> CellFault | None:
    """What is longer than Excel writes it, at a cost that each of many cells would have."""
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        return CellFault("long-cell", value[:MOST_SHOWN], {"limit": f"{LONGEST_CELL:,}"})
    if len(style.code) > LONGEST_FORMAT:
        return CellFault("cell-format", str(value), {"format": style.code[:MOST_SHOWN]})
    return None


def _style_fault(value: object, column: Column, style: CellStyle) -> CellFault | None:
    """What is struck through, unseen, or raised where it would be taken for a digit."""
    runs = value if isinstance(value, FormattedText) else None
    unseen = _unseen(value, runs, style)
    if unseen:
        return CellFault("cell-unseen", None, {"unseen": unseen})
    struck = runs.struck if runs is not None and runs.struck else ""
    if style.is_struck or struck:
        return CellFault("cell-struck", None, {"struck": struck or str(value)})
    raised = runs.raised if runs is not None else ""
    if column.is_free_text or not (style.is_raised or raised):
        return None
    return CellFault("cell-raised", None, {"raised": raised or str(value)})


def _unseen(value: object, runs: FormattedText | None, style: CellStyle) -> str:
    """The letters that have the colour of what is behind them."""
    if runs is None:
        return str(value)[:MOST_SHOWN] if style.hides(style.ink) else ""
    hidden = {ink for ink in runs.inks if style.hides(style.ink if ink is None else ink)}
    if not hidden:
        return ""
    return "".join(run.text for run in runs.runs if run.ink in hidden).strip()[:MOST_SHOWN]


def _text(value: str, column: Column, style: CellStyle) -> CellText | CellFault:
    shown = style.format.shows_text(value).strip()
    if shown != value.strip():
        return _differs(shown, value)
    text = seen(value.as_seen if isinstance(value, FormattedText) else value)
    return CellText(tidy_date(text) if column.kind == DATE else text)


def _number(
    value: float, column: Column, style: CellStyle, view: SheetView
) -> CellText | CellFault:
    if value == 0 and not view.shows_zeros:
        return _differs("", "0")
    chosen = style.format.section(value)
    if chosen is None:
        return _unknown(value, style)
    section, sign = chosen
    if section.is_mixed:
        return _unknown(value, style)
    if section.is_date:
        return _OF_DATE[column.kind](value, section, style, view)
    shown = show_number(section, value, sign)
    if shown is None:
        return _unknown(value, style)
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


def _unknown(value: float, style: CellStyle) -> CellFault:
    """That nobody can tell what a cell with this format shows."""
    return CellFault("cell-format", str(value), {"format": style.code})


def _differs(shown: str, kept: str) -> CellFault:
    shown, kept = shown[:MOST_SHOWN], kept[:MOST_SHOWN]
    details = {"shown_zh": shown or "空", "shown_en": shown or "nothing", "held": kept}
    return CellFault("cell-shown", shown or kept, details)


def _date(
    value: float, section: Section, style: CellStyle, view: SheetView
) -> CellText | CellFault:
    """A date in a column of dates: as much of it as the cell shows."""
    if is_year(value, section):
        return _typed_year(value, view)
    moment = day_of(value, view.epoch)
    if moment is None:
        return _unknown(value, style)
    if moment.time() != dt.time():
        return CellText(moment.isoformat(" "))
    day = moment.date().isoformat()
    precision = precision_shown(section, moment.date())
    if precision is None:
        return _differs(show_moment(section, moment), day)
    return CellText(day[: (4, 7, 10)[precision - 1]], day if precision < 3 else "")


def _typed_year(value: float, view: SheetView) -> CellText:
    moment = day_of(value, view.epoch)
    return CellText(f"{value:.0f}", moment.date().isoformat() if moment else "")


def _year(
    value: float, section: Section, style: CellStyle, view: SheetView
) -> CellText | CellFault:
    """A date in a column of whole numbers: a year that Excel made a day of 1905."""
    if is_year(value, section):
        return _typed_year(value, view)
    return _date_for_another(value, section, style, view)


def _date_for_another(
    value: float, section: Section, style: CellStyle, view: SheetView
) -> CellText | CellFault:
    """A date where none should be: what was typed is gone."""
    moment = day_of(value, view.epoch)
    if moment is None:
        return _unknown(value, style)
    made = moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(" ")
    return CellFault("cell-date", show_moment(section, moment) or made, {"held": made})


_OF_DATE: dict[str, Callable[[float, Section, CellStyle, SheetView], CellText | CellFault]] = {
    DATE: _date,
    INTEGER: _year,
    NUMBER: _date_for_another,
    TEXT: _date_for_another,
}
"""How a number that shows as a date is read, by the kind of its column."""
