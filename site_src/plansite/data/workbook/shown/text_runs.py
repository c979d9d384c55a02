"""Texts in which some letters look other than the rest: struck through, raised, of a colour.

openpyxl gives a text without its looks, in which a footnote's number becomes the last digit of a
value. Read here from the XML of shared and inline strings alike. What is written over characters
to say how they are read (``rPh``) is no part of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from openpyxl.xml.constants import SHEET_MAIN_NS

from plansite.data.workbook.shown.colours import BLACK, colour_of

_T, _R, _LOOK = f"{{{SHEET_MAIN_NS}}}t", f"{{{SHEET_MAIN_NS}}}r", f"{{{SHEET_MAIN_NS}}}rPr"
_STRIKE, _POSITION = f"{{{SHEET_MAIN_NS}}}strike", f"{{{SHEET_MAIN_NS}}}vertAlign"
_COLOUR = f"{{{SHEET_MAIN_NS}}}color"
_OFF = ("0", "false", "off")
LONGEST_CELL = 32_767
"""As many characters as Excel allows."""
_SIGNS = "0123456789+-=()"
_RAISED = str.maketrans(_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED = str.maketrans(_SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


class Run(NamedTuple):
    """Letters that look alike."""

    text: str
    is_struck: bool
    position: str
    """``superscript``, ``subscript`` or nothing."""
    ink: str | None = None
    """Their colour (:mod:`colours`); ``None`` where it is that of the cell's letters."""


class FormattedText(str):
    """A text that knows how its letters look."""

    runs: tuple[Run, ...] = ()

    @cached_property
    def struck(self) -> str:
        """What is struck through."""
        return "".join(run.text for run in self.runs if run.is_struck).strip()

    @cached_property
    def raised(self) -> str:
        """What is raised or lowered."""
        return "".join(run.text for run in self.runs if run.position).strip()

    @cached_property
    def inks(self) -> frozenset[str | None]:
        """The colours of its letters; ``None`` is that of the cell's."""
        return frozenset(run.ink for run in self.runs)

    @cached_property
    def as_seen(self) -> str:
        """The text with raised and lowered digits as characters of their own: m², not m2."""
        tables = {"superscript": _RAISED, "subscript": _LOWERED}
        return "".join(run.text.translate(tables.get(run.position, {})) for run in self.runs)


def text_of(element: Any) -> str:
    """The text of a shared (``si``) or inline (``is``) string.

    Of one that is longer than a cell may be as much is kept as tells so: thousands of cells can
    name it.
    """
    runs: list[Run] = []
    for child in element:
        if child.tag == _T:
            runs.append(Run(child.text or "", False, ""))
        elif child.tag == _R:
            runs.append(_run(child))
    text = "".join(run.text for run in runs)
    if len(text) > LONGEST_CELL:
        return text[: LONGEST_CELL + 1]
    if not any(run.is_struck or run.position or run.ink for run in runs):
        return text
    formatted = FormattedText(text)
    formatted.runs = tuple(runs)
    return formatted


def _run(element: Any) -> Run:
    text = element.findtext(_T) or ""
    look = element.find(_LOOK)
    if look is None:
        return Run(text, False, "")
    strike = look.find(_STRIKE)
    is_struck = strike is not None and strike.get("val", "1").lower() not in _OFF
    position = look.find(_POSITION)
    place = "" if position is None else position.get("val", "")
    colour = look.find(_COLOUR)
    ink = None if colour is None else colour_of(colour, BLACK)
    return Run(text, is_struck, place if place in ("superscript", "subscript") else "", ink)


def texts_of(elements: Iterable[Any]) -> list[str]:
    """The texts of a table of shared strings, each element cleared once it was read."""
    texts = []
    for element in elements:
        texts.append(text_of(element))
        element.clear()
    return texts
