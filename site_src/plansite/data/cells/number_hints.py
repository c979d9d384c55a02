"""What people and spreadsheets make of a number or an id, and what should stand there instead."""

from __future__ import annotations

import re

Fault = tuple[str, dict[str, str]]

PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
"""Python also reads ``1_150``, ``1.2E+10`` and the digits of other scripts."""
PLAIN_INTEGER = re.compile(r"[+-]?[0-9]+")
NO_NUMBERS = frozenset(
    {
        *("nan", "snan", "inf", "-inf", "+inf", "infinity", "-infinity", "n/a", "na", "null"),
        *("none", "-", "--", "—", "——", "–", "/", "…", "……", "无", "暂无", "未公布", "待定", "缺"),
    }
)
"""What people write where nothing was published, folded to small letters."""
GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[,'’ \u00a0\u2009\u202f][0-9]{3})+(?:\.[0-9]+)?")
SEPARATORS = re.compile("[,'’ \u00a0\u2009\u202f]")
SCIENTIFIC = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)[eE][+-]?[0-9]+")
SCIENTIFIC_ID = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE]\+[0-9]+")
CURRENCY = r"(?:CNY|RMB|USD|EUR|[¥￥$€£])"
MEASURED = re.compile(
    rf"{CURRENCY}?\s*(?P<number>[+-]?[0-9][0-9,]*(?:\.[0-9]+)?)\s*"
    r"(?P<measure>[^\s0-9.,;+\-][^0-9;]*)?",
)
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D}
"""Full-width forms and the minus sign; ``²`` and ``①`` are left, since they are no digits."""
MOST_DIGITS = 15
"""A spreadsheet keeps no more: what is longer is not the number that was typed."""


def plain(cell: str) -> str:
    """A cell with full-width digits, letters and marks in their ASCII form."""
    return cell.translate(WIDE)


def bare_number(text: str) -> str:
    """A number without what separates its thousands: ``10,240.5`` is ``10240.5``."""
    return SEPARATORS.sub("", text)


def figure_fault(cell: str, kind: str) -> Fault | None:
    """What is wrong with a cell that should hold a number; ``None`` leaves it to frictionless."""
    ascii_cell = plain(cell)
    if ascii_cell.lower() in NO_NUMBERS:
        return "not-a-number", {}
    if GROUPED.fullmatch(ascii_cell):
        return "thousands-separator", {"bare": bare_number(ascii_cell)}
    if SCIENTIFIC.fullmatch(ascii_cell):
        return "scientific-notation", {}
    measured = MEASURED.fullmatch(ascii_cell)
    if measured and measured["number"] != ascii_cell:
        return "measure-in-number", {"bare": bare_number(measured["number"])}
    if ascii_cell != cell:
        return "plain-digits", {"ascii": ascii_cell}
    return _digits_fault(cell, PLAIN_INTEGER if kind == "integer" else PLAIN_NUMBER)


def _digits_fault(cell: str, pattern: re.Pattern[str]) -> Fault | None:
    if not pattern.fullmatch(cell):
        return "type", {}
    if sum(map(str.isdigit, cell.lstrip("+-0."))) > MOST_DIGITS:
        return "long-number", {"limit": str(MOST_DIGITS)}
    return None


def id_fault(cell: str) -> Fault | None:
    """What is wrong with a cell that should hold an id; ``None`` leaves it to its pattern."""
    if SCIENTIFIC_ID.fullmatch(plain(cell)):
        return "scientific-notation", {}
    return ("plain-digits", {"ascii": plain(cell)}) if plain(cell) != cell else None
