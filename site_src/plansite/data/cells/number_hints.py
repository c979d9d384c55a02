"""What people and spreadsheets make of a number or an id, and what should stand there instead."""

from __future__ import annotations

import re
from unicodedata import category

from plansite.model.contract import ID_PATTERN

Fault = tuple[str, dict[str, str]]

PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
"""Python also reads ``1_150``, ``1.2E+10`` and the digits of other scripts."""
PLAIN_INTEGER = re.compile(r"[+-]?[0-9]+")
NO_NUMBERS = frozenset(
    {
        *("nan", "snan", "inf", "-inf", "+inf", "infinity", "-infinity", "n/a", "na", "null"),
        *("none", "nil", "n.a.", "n.a", "n/d", "tbd", "unknown", "missing", "无", "暂无"),
        *("无数据", "未公布", "未统计", "未知", "不详", "不适用", "保密", "待定", "缺", "缺失"),
    }
)
"""What people write where nothing was published, folded to small letters, besides ``—`` and the
like: marks without a letter or digit."""
GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[,'’ \u00a0\u2009\u202f][0-9]{3})+(?:\.[0-9]+)?")
SEPARATORS = re.compile("[,'’ \u00a0\u2009\u202f]")
SCIENTIFIC = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)[eE][+-]?[0-9]+")
SCIENTIFIC_ID = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE]\+[0-9]+")
CURRENCY = r"(?:CNY|RMB|USD|EUR|[¥￥$€£])"
MEASURED = re.compile(
    rf"{CURRENCY}?\s*(?P<number>[+-]?(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?)\s*"
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
    if ascii_cell.lower() in NO_NUMBERS or not any(map(str.isalnum, ascii_cell)):
        return "not-a-number", {}
    pattern = PLAIN_INTEGER if kind == "integer" else PLAIN_NUMBER
    if GROUPED.fullmatch(ascii_cell):
        bare = bare_number(ascii_cell)
        return _digits_fault(bare, pattern) or ("thousands-separator", {"bare": bare})
    if SCIENTIFIC.fullmatch(ascii_cell):
        return "scientific-notation", {}
    measured = MEASURED.fullmatch(ascii_cell)
    if measured and measured["number"] != ascii_cell and not _counts(measured["measure"] or ""):
        bare = bare_number(measured["number"])
        return _digits_fault(bare, pattern) or ("measure-in-number", {"bare": bare})
    fault = _digits_fault(ascii_cell, pattern)
    if fault is None and ascii_cell != cell:
        return "plain-digits", {"ascii": ascii_cell}
    return fault


def _counts(measure: str) -> bool:
    """Whether what follows a number goes on counting, so that the number alone is another.

    ``6½``, ``10²``, ``3万二``.
    """
    return any(category(sign)[0] == "N" or sign in "一二三四五六七八九两半" for sign in measure)


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
    if plain(cell) != cell and re.fullmatch(ID_PATTERN, plain(cell)):
        return "plain-digits", {"ascii": plain(cell)}
    return None
