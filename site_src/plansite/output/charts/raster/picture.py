"""A chart as a picture that can stand alone: title, key, chart, sources, where it is from.

As SVG it is in the colours of a light page. Pages elsewhere know nothing of our variables, so their
fallbacks are put in. As PNG it is lettered with the project's own fonts, whatever a machine has.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PIL import Image

from plansite.model import Language
from plansite.output.charts.common.chart_input import Caption
from plansite.output.charts.common.palette import GRID, INK, PAPER, TITLE, plain_colours
from plansite.output.charts.common.text_width import SYSTEM_FAMILIES, text_width, wrap
from plansite.output.charts.raster.canvas import Canvas
from plansite.output.charts.raster.embedded_chart import EmbeddedChart
from plansite.output.charts.raster.rasterize import rasterize, rasterize_with_text
from plansite.output.charts.raster.text_lines import Line
from plansite.output.charts.vector.legend import KeyEntry
from plansite.output.charts.vector.svg_shapes import SVG, SvgShape

_MARGIN = 24
_INNER = 720
_WIDTH = _INNER + 2 * _MARGIN
_TITLE, _TEXT, _SMALL = 20, 13, 11
_KEY_BOX, _KEY_HEIGHT = 20, 16
_SCALE = 2
"""Pixels of a PNG for each unit: sharp on screens and in print at half a column."""


class _Sheet:
    """A page that fills from the top."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.svg: list[str] = []
        self.marks: list[tuple[float, float, str]] = []
        """The key's marks by their middles."""
        self.charts: list[tuple[float, EmbeddedChart]] = []
        """Charts by their tops."""
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
            x = left + _KEY_BOX / 2
            transform = f"translate({x:.1f},{middle:.1f})"
            self.svg.append(f'<g transform="{transform}" fill="none">{entry.drawing}</g>')
            self.marks.append((x, middle, entry.drawing))
            left += _KEY_BOX + 5
            self._write(Line(entry.word, left, foot, _TEXT, INK))
            left += text_width(entry.word, _TEXT) + 16
        self._write(Line(measure, _WIDTH - _MARGIN, foot, _TEXT, INK, anchor="end"))
        self.bottom += _TEXT * 1.8

    def chart(self, chart: EmbeddedChart) -> None:
        """A chart in its own size; as a group, since a picture in a picture is slow to clip.

        In pixels it begins with a whole one, so that it looks the same under any texts.
        """
        self.svg.append(f'<g transform="translate({_MARGIN},{self.bottom:.1f})">{chart.svg}</g>')
        top = round(self.bottom * _SCALE) / _SCALE
        self.charts.append((top, chart))
        self.bottom += chart.height

    def rule(self) -> None:
        """A thin line from side to side."""
        self.rules.append(self.bottom)
        self.svg.append(
            f'<path d="M{_MARGIN},{self.bottom:.1f}H{_WIDTH - _MARGIN}" stroke="{GRID}"/>'
        )

    def _write(self, line: Line) -> None:
        self.lines.append(line)
        self.svg.append(_as_svg(line))


def _as_svg(line: Line) -> str:
    anchor = "" if line.anchor == "start" else f' text-anchor="{line.anchor}"'
    weight = ' font-weight="bold"' if line.bold else ""
    return (
        f'<text x="{line.x:.1f}" y="{line.y:.1f}" font-size="{line.size}" fill="{line.colour}"'
        f"{anchor}{weight}>{escape(line.text)}</text>"
    )


@dataclass(frozen=True)
class Picture:
    """A whole picture, in both forms."""

    svg: str
    png: bytes


def compose(chart: EmbeddedChart, key: Sequence[KeyEntry], caption: Caption) -> Picture:
    """A whole picture.

    Args:
        chart: the chart inside.
        key: what the chart's marks mean.
        caption: the words around it.
    """
    sheet = _Sheet()
    sheet.text(caption.title, _TITLE, TITLE, heavy=True)
    sheet.gap(2)
    sheet.text(caption.summary, _TEXT)
    sheet.gap(12)
    sheet.key(key, caption.measure)
    sheet.chart(chart)
    sheet.gap(10)
    sheet.rule()
    sheet.gap(4)
    for source in caption.sources:
        sheet.text(source, _SMALL)
    sheet.gap(4)
    sheet.text(caption.origin, _SMALL)
    height = round(sheet.bottom + _MARGIN)
    return Picture(_svg(sheet, height, caption), _png(sheet, height, caption.language))


def _svg(sheet: _Sheet, height: int, caption: Caption) -> str:
    return plain_colours(
        f'<svg xmlns="{SVG}" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}" '
        f'role="img" aria-labelledby="title desc" lang="{caption.language.html}" '
        f'font-family="{escape(SYSTEM_FAMILIES)}">'
        f'<title id="title">{escape(caption.title)}</title>'
        f'<desc id="desc">{escape(caption.summary)}</desc>'
        f'<rect width="{_WIDTH}" height="{height}" fill="{PAPER}"/>{"".join(sheet.svg)}</svg>\n'
    )


def _png(sheet: _Sheet, height: int, language: Language) -> bytes:
    canvas = Canvas((_WIDTH, height), language, _SCALE)
    for x, y, drawing in sheet.marks:
        canvas.put(_mark(drawing), x - _KEY_BOX / 2, y - _KEY_HEIGHT / 2)
    for top, chart in sheet.charts:
        size = _INNER, chart.height
        canvas.put(
            rasterize_with_text(chart.shapes, chart.lines, language, size, _SCALE), _MARGIN, top
        )
    for y in sheet.rules:
        canvas.box(_MARGIN, y - 0.5, _INNER, 1, GRID)
    for line in sheet.lines:
        canvas.text(line)
    return canvas.png()


@functools.cache
def _mark(drawing: str) -> Image.Image:
    """A mark of the key; there are few."""
    middle = f"translate({_KEY_BOX / 2},{_KEY_HEIGHT / 2})"
    mark = f'<g transform="{middle}" fill="none">{drawing}</g>'
    size = _KEY_BOX, _KEY_HEIGHT
    return rasterize([SvgShape(mark, 0, 0, *size)], size, _SCALE)
