"""What conditional formats may make of a cell: another number format, a line through it, nothing.

Whether a condition holds is worked out only where a cell is compared to a number; whatever else
it rests on (formulas, the other cells) may hold. So a cell is read only where it says the same
with and without the format.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import range_boundaries
from openpyxl.xml.constants import SHEET_MAIN_NS

from plansite.data.workbook.shown.colours import BLACK, WHITE
from plansite.data.workbook.shown.stored_cell import STORED_NUMBER
from plansite.data.workbook.shown.style_sheet import Change, StyleSheet, change_of

MOST_RULES = 20
"""Different rules of a sheet that may change what is read; each is tried on every cell of its
ranges."""
MOST_RANGES = 10_000
"""Ranges of such rules: copying rows leaves many behind."""
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_MAIN = f"{{{SHEET_MAIN_NS}}}"
_LATER = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
"""Rules that Excel keeps in an extension, since 2010: those that refer to another sheet."""
_CELLS = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"
_NEVER = ("containsBlanks", "containsErrors")
"""Conditions that no cell with a value meets: errors are refused by themselves."""
NOTHING = ";;;"
"""A format that shows nothing, as where an icon or a bar takes the value's place."""
_COMPARISONS: dict[str, Callable[[float, float, float], bool]] = {
    "lessThan": lambda value, low, high: value < low,
    "lessThanOrEqual": lambda value, low, high: value <= low,
    "equal": lambda value, low, high: value == low,
    "notEqual": lambda value, low, high: value != low,
    "greaterThanOrEqual": lambda value, low, high: value >= low,
    "greaterThan": lambda value, low, high: value > low,
    "between": lambda value, low, high: low <= value <= high,
    "notBetween": lambda value, low, high: not low <= value <= high,
}


@dataclass(frozen=True)
class Rule:
    """One rule: what it changes, and when as far as that is known."""

    change: Change
    operator: str = ""
    operands: tuple[float, ...] = ()
    """What a number is compared to; empty where the condition is another."""

    def may_hold(self, value: object) -> bool:
        """Whether the condition may hold for a cell that keeps this."""
        if not self.operands or isinstance(value, bool) or not isinstance(value, int | float):
            return True
        low, high = min(self.operands), max(self.operands)
        return _COMPARISONS[self.operator](value, low, high)


Range = tuple[int, int, int, int]
"""First column, first row, last column, last row."""


@dataclass
class Conditions:
    """The rules of a sheet and the cells that they are for."""

    ranges: dict[Rule, list[Range]] = field(default_factory=dict)
    _spans: dict[int, list[tuple[Rule, list[int], list[int]]]] = field(default_factory=dict)
    """For a column its rules, each with the first and the last rows that they are for."""

    def at(self, row: int, column: int) -> Iterator[Rule]:
        """The rules for a cell."""
        if not self.ranges:
            return
        if column not in self._spans:
            self._spans[column] = list(self._spans_of(column))
        for rule, firsts, lasts in self._spans[column]:
            index = bisect_right(firsts, row) - 1
            if index >= 0 and row <= lasts[index]:
                yield rule

    def _spans_of(self, column: int) -> Iterator[tuple[Rule, list[int], list[int]]]:
        for rule, ranges in self.ranges.items():
            spans = sorted(
                (top, end) for left, top, right, end in ranges if left <= column <= right
            )
            firsts: list[int] = []
            lasts: list[int] = []
            for top, end in spans:
                if lasts and top <= lasts[-1] + 1:
                    lasts[-1] = max(lasts[-1], end)
                else:
                    firsts.append(top)
                    lasts.append(end)
            if firsts:
                yield rule, firsts, lasts


class ConditionsReader:
    """Takes the conditional formats of a sheet from its XML."""

    def __init__(self, styles: StyleSheet) -> None:
        """Take the workbook's styles, whose changes rules name by number."""
        self._styles = styles
        self._found = Conditions()
        self._count = 0

    def conditions(self) -> Conditions:
        """What was taken."""
        return self._found

    def take(self, element: Any) -> None:
        """Take an element of the sheet, if it is of conditional formats.

        Raises:
            ValueError: there are more than a sheet that people fill in has.
        """
        if element.tag == f"{_MAIN}conditionalFormatting":
            self._take(element, element.get("sqref", ""), _MAIN)
        elif element.tag == f"{_LATER}conditionalFormatting":
            self._take(element, element.findtext(_CELLS) or "", _LATER)

    def _take(self, element: Any, cells: str, space: str) -> None:
        rules = [
            rule for node in element.findall(f"{space}cfRule") for rule in self._rules(node, space)
        ]
        refs = cells.split() if rules else []
        self._count += len(refs)
        for rule in rules:
            self._found.ranges.setdefault(rule, [])
        if self._count > MOST_RANGES or len(self._found.ranges) > MOST_RULES:
            raise ValueError(
                f"{self._count} cells with {len(self._found.ranges)} conditional formats"
            )
        ranges = [_range(ref) for ref in refs]
        for rule in rules:
            self._found.ranges[rule] += ranges

    def _rules(self, node: Any, space: str) -> Iterator[Rule]:
        kind = node.get("type", "")
        change = self._change(node, space)
        if kind in _NEVER or not _may_matter(change):
            return
        operator, operands = node.get("operator", ""), _operands(node)
        if kind == "cellIs" and operator in _COMPARISONS and operands:
            yield Rule(change, operator, operands)
        else:
            yield Rule(change)

    def _change(self, node: Any, space: str) -> Change:
        for part in (f"{space}iconSet", f"{space}dataBar"):
            shape = node.find(part)
            if shape is not None and shape.get("showValue", "1") in ("0", "false"):
                return Change(NOTHING)
        own = node.find(f"{_LATER}dxf")
        if own is not None:
            return change_of(own)
        number = int(node.get("dxfId", -1))
        known = self._styles.changes
        return known[number] if 0 <= number < len(known) else Change()


def _may_matter(change: Change) -> bool:
    """Whether a change may decide what is read: most only colour a cell."""
    if change.code is not None or change.is_struck:
        return True
    if change.ink is None or change.paper is None:
        return change.ink == WHITE or change.paper == BLACK
    return change.ink == change.paper


def _operands(node: Any) -> tuple[float, ...]:
    """The numbers that a cell is compared to; none where one of them is a formula."""
    texts = [
        (element.text or "").strip()
        for element in node.iter()
        if element.tag.rpartition("}")[2] in ("formula", "f")
    ]
    if not 1 <= len(texts) <= 2 or not all(map(STORED_NUMBER.fullmatch, texts)):
        return ()
    return tuple(map(float, texts))


def _range(ref: str) -> Range:
    left, top, right, bottom = range_boundaries(ref)
    return left or 1, top or 1, right or _MOST_COLUMNS, bottom or _MOST_ROWS
