"""A chart as a picture that can stand alone: title, key, chart, sources, where it is from.

As SVG it is in the colours of a light page. Pages elsewhere know nothing of our variables, so their
fallbacks are put in. As PNG it is lettered with the project's own fonts, whatever a machine has.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import cast

from lxml import etree

from plansite.charts.canvas import Anchor, Canvas, Line
from plansite.charts.key import KeyEntry
from plansite.charts.lettering import SYSTEM_FAMILIES, text_width, wrap
from plansite.charts.palette import GRID, INK, PAPER, plain_colours
from plansite.charts.subject import Caption
from plansite.charts.svg import SVG
from plansite.model import Language

_MARGIN = 24
_INNER = 720
_WIDTH = _INNER + 2 * _MARGIN
_TITLE, _TEXT, _SMALL = 20, 13, 11
_KEY_BOX = 20
_TITLE_INK = "#1c232b"
_HALO = 1.5
"""How far around a chart's text the ground is kept free."""
_SCALE = 2
"""Pixels of a PNG for each unit: sharp on screens and in print at half a column."""
_TEXT_TAG = f"{{{SVG}}}text"
_PLACE = re.compile(r"translate\(([^,]+),([^)]+)\)")


class _Sheet:
    """A page that fills from the top."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.svg: list[str] = []
        self.shapes: list[str] = []
        """What has no text in it, nor is it ruled."""
        self.rules: list[float] = []
        self.bottom = float(_MARGIN)

    def text(self, text: str, size: int, colour: str = INK, heavy: bool = False) -> None:
        """A text over the whole width, in as many lines as it needs."""
        for part in wrap(text, size, _INNER):
            self.bottom += size * 1.5
            y = self.bottom - size * 0.35
            self._write(Line(part, _MARGIN, y, size, colour, heavy))

    def gap(self, height: float) -> None:
        """Pixels left free."""
        self.bottom += height

    def key(self, entries: Sequence[KeyEntry], measure: str) -> None:
        """The key in one line, the unit of measure at its end."""
        if not entries and not measure:
            return
        left = float(_MARGIN)
        middle = self.bottom + _TEXT * 0.75
        foot = middle + _TEXT * 0.36
        for entry in entries:
            place = f"translate({left + _KEY_BOX / 2:.1f},{middle:.1f})"
            mark = f'<g transform="{place}" fill="none">{entry.drawing}</g>'
            self.svg.append(mark)
            self.shapes.append(mark)
            left += _KEY_BOX + 5
            self._write(Line(entry.word, left, foot, _TEXT, INK))
            left += text_width(entry.word, _TEXT) + 16
        self._write(Line(measure, _WIDTH - _MARGIN, foot, _TEXT, INK, anchor="end"))
        self.bottom += _TEXT * 1.8

    def chart(self, svg: str) -> None:
        """A chart in its own size; as a group, since a picture in a picture is slow to clip."""
        root = etree.fromstring(svg)
        for element in list(root.iter()):
            _only_looks(element)
        group = etree.Element(f"{{{SVG}}}g")
        group.set("transform", f"translate({_MARGIN},{self.bottom:.1f})")
        group.extend(root)
        self.svg.append(etree.tostring(group, encoding="unicode"))
        for text in list(group.iter(_TEXT_TAG)):
            self.lines.append(_line_of(text))
            parent = text.getparent()
            assert parent is not None, "it is in the group"
            parent.remove(text)
        self.shapes.append(etree.tostring(group, encoding="unicode"))
        self.bottom += float(root.get("height", "0"))

    def rule(self) -> None:
        """A thin line from side to side."""
        self.rules.append(self.bottom)
        self.svg.append(
            f'<path d="M{_MARGIN},{self.bottom:.1f}H{_WIDTH - _MARGIN}" stroke="{GRID}"/>'
        )

    def _write(self, line: Line) -> None:
        self.lines.append(line)
        self.svg.append(_as_svg(line))


def _only_looks(element: etree._Element) -> None:
    """Take away what is for the page: descriptions, facts for its script; give text its halo."""
    for name in list(element.attrib):
        if name in ("id", "role", "focusable") or str(name).startswith(("aria-", "data-")):
            del element.attrib[name]
    parent = element.getparent()
    if element.tag in (f"{{{SVG}}}title", f"{{{SVG}}}desc") and parent is not None:
        parent.remove(element)
    if element.tag == _TEXT_TAG:
        for name, value in (
            ("paint-order", "stroke"),
            ("stroke", PAPER),
            ("stroke-width", str(2 * _HALO)),
            ("stroke-linejoin", "round"),
        ):
            element.set(name, value)


def _as_svg(line: Line) -> str:
    anchor = "" if line.anchor == "start" else f' text-anchor="{line.anchor}"'
    weight = ' font-weight="bold"' if line.bold else ""
    return (
        f'<text x="{line.x:.1f}" y="{line.y:.1f}" font-size="{line.size}" fill="{line.colour}"'
        f"{anchor}{weight}>{escape(line.text)}</text>"
    )


def _line_of(text: etree._Element) -> Line:
    """A text of a chart, which it and the groups around it move but never turn."""
    x, y = float(text.get("x", "0")), float(text.get("y", "0"))
    for element in (text, *text.iterancestors()):
        if moved := element.get("transform"):
            place = _PLACE.fullmatch(moved)
            assert place, "charts only move what they hold"
            x, y = x + float(place[1]), y + float(place[2])
    return Line(
        text.text or "",
        x,
        y,
        float(text.get("font-size", "0").removesuffix("px")),
        text.get("fill", ""),
        text.get("font-weight") == "bold",
        cast(Anchor, text.get("text-anchor", "start")),
        _HALO,
    )


@dataclass(frozen=True)
class Picture:
    """A whole picture, in both forms."""

    svg: str
    png: bytes


def compose(chart: str, key: Sequence[KeyEntry], caption: Caption) -> Picture:
    """A whole picture.

    Args:
        chart: the chart as a page shows it.
        key: what the chart's marks mean.
        caption: the words around it.
    """
    sheet = _Sheet()
    sheet.text(caption.title, _TITLE, _TITLE_INK, heavy=True)
    sheet.gap(2)
    sheet.text(caption.summary, _TEXT)
    sheet.gap(12)
    top = sheet.bottom
    sheet.key(key, caption.measure)
    sheet.chart(chart)
    rows = math.floor(top), math.ceil(sheet.bottom) - math.floor(top)
    sheet.gap(10)
    sheet.rule()
    sheet.gap(4)
    for source in caption.sources:
        sheet.text(source, _SMALL)
    sheet.gap(4)
    sheet.text(caption.origin, _SMALL)
    height = round(sheet.bottom + _MARGIN)
    return Picture(_svg(sheet, height, caption), _png(sheet, height, rows, caption.language))


def _svg(sheet: _Sheet, height: int, caption: Caption) -> str:
    return plain_colours(
        f'<svg xmlns="{SVG}" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}" '
        f'role="img" aria-labelledby="title desc" lang="{caption.language.html}" '
        f'font-family="{escape(SYSTEM_FAMILIES)}">'
        f'<title id="title">{escape(caption.title)}</title>'
        f'<desc id="desc">{escape(caption.summary)}</desc>'
        f'<rect width="{_WIDTH}" height="{height}" fill="{PAPER}"/>{"".join(sheet.svg)}</svg>\n'
    )


def _png(sheet: _Sheet, height: int, rows: tuple[int, int], language: Language) -> bytes:
    canvas = Canvas((_WIDTH, height), PAPER, language, _SCALE)
    canvas.shapes("".join(sheet.shapes), *rows)
    for y in sheet.rules:
        canvas.box(_MARGIN, y - 0.5, _INNER, 1, GRID)
    for line in sheet.lines:
        canvas.text(line)
    return canvas.png()
