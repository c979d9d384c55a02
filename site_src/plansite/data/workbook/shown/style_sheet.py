"""The part of a workbook that says how its cells look: number formats, fonts and fills.

Read here and not by openpyxl, which gives a workbook up for a border or a font that it does not
know, and makes objects of all that nobody asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import IO, Any, NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from plansite.data.workbook.shown.cell_style import CellStyle
from plansite.data.workbook.shown.colours import BLACK, UNKNOWN, WHITE, colour_of
from plansite.data.workbook.shown.number_format import CHINESE_FORMATS

_NS = f"{{{SHEET_MAIN_NS}}}"
_OFF = ("0", "false", "off")
_RAISED = ("superscript", "subscript")


class Font(NamedTuple):
    """What of a font decides whether and how letters are seen."""

    is_struck: bool = False
    is_raised: bool = False
    """Or lowered."""
    ink: str = BLACK


class _CellFormat(NamedTuple):
    """A cell format (``xf``): the numbers of what it is made of."""

    number_format: int
    font: int
    fill: int


@dataclass(frozen=True)
class Change:
    """What a conditional format changes in a cell's look (``dxf``); ``None`` is left as it is."""

    code: str | None = None
    is_struck: bool | None = None
    ink: str | None = None
    paper: str | None = None

    def applied(self, style: CellStyle) -> CellStyle:
        """How a cell looks where the condition holds."""
        given = {name: value for name, value in vars(self).items() if value is not None}
        return replace(style, **given)


@dataclass
class StyleSheet:
    """How the cells of a workbook look, by their style's number."""

    styles: list[_CellFormat] = field(default_factory=lambda: [_CellFormat(0, 0, 0)])
    fonts: list[Font] = field(default_factory=list)
    fills: list[str] = field(default_factory=list)
    codes: Mapping[int, str] = field(default_factory=dict)
    """The workbook's own number formats."""
    changes: list[Change] = field(default_factory=list)
    """What conditional formats change, by number."""
    _known: dict[_CellFormat, CellStyle] = field(default_factory=dict)

    def of_cell(self, number: int) -> CellStyle:
        """How cells of a style look.

        Raises:
            ValueError: the workbook has no such style.
        """
        if not 0 <= number < len(self.styles):
            raise ValueError(f"style {number}")
        entry = self.styles[number]
        if entry not in self._known:
            font = self.fonts[entry.font] if entry.font < len(self.fonts) else Font()
            paper = self.fills[entry.fill] if entry.fill < len(self.fills) else WHITE
            code = self._code(entry.number_format)
            self._known[entry] = CellStyle(code, font.is_struck, font.is_raised, font.ink, paper)
        return self._known[entry]

    def _code(self, number: int) -> str:
        known = self.codes.get(number) or CHINESE_FORMATS.get(number)
        return str(known or BUILTIN_FORMATS.get(number, "General"))


def read_styles(source: IO[bytes]) -> StyleSheet:
    """Read the part ``styles.xml``.

    Raises:
        ValueError: a number in it is none.
    """
    *_, (_, root) = iterparse(source)
    children = {child.tag.removeprefix(_NS): child for child in root}
    return StyleSheet(
        [_cell_format(xf) for xf in children.get("cellXfs", ())] or [_CellFormat(0, 0, 0)],
        [_font(font) for font in children.get("fonts", ())],
        [fill_colour(fill, WHITE) for fill in children.get("fills", ())],
        {
            int(form.get("numFmtId", 0)): form.get("formatCode", "")
            for form in children.get("numFmts", ())
        },
        [change_of(dxf) for dxf in children.get("dxfs", ())],
    )


def _cell_format(xf: Any) -> _CellFormat:
    numbers = (int(xf.get(name, 0)) for name in ("numFmtId", "fontId", "fillId"))
    return _CellFormat(*numbers)


def _font(font: Any) -> Font:
    return Font(
        bool(is_struck(font)),
        _value(font, "vertAlign") in _RAISED,
        colour_of(font.find(f"{_NS}color"), BLACK),
    )


def is_struck(font: Any) -> bool | None:
    """Whether a font strikes letters through; ``None`` where it does not say."""
    strike = font.find(f"{_NS}strike")
    return None if strike is None else strike.get("val", "1").lower() not in _OFF


def _value(element: Any, name: str) -> str:
    child = element.find(f"{_NS}{name}")
    return "" if child is None else str(child.get("val", ""))


def fill_colour(fill: Any, default: str, colour: str = "fgColor") -> str:
    """What a fill puts behind letters: of patterns and gradients nobody knows."""
    pattern = fill.find(f"{_NS}patternFill")
    if pattern is None:
        return default if len(fill) == 0 else UNKNOWN
    kind = pattern.get("patternType", "solid" if colour == "bgColor" else "none")
    if kind == "none":
        return default
    return colour_of(pattern.find(f"{_NS}{colour}"), UNKNOWN) if kind == "solid" else UNKNOWN


def change_of(dxf: Any) -> Change:
    """What a ``dxf`` changes; its fill has its colour in ``bgColor``, unlike that of a cell."""
    form, font, fill = (dxf.find(f"{_NS}{name}") for name in ("numFmt", "font", "fill"))
    colour = None if font is None else font.find(f"{_NS}color")
    return Change(
        None if form is None else form.get("formatCode", ""),
        None if font is None else is_struck(font),
        None if colour is None else colour_of(colour, BLACK),
        None if fill is None else fill_colour(fill, WHITE, "bgColor"),
    )
