"""Draws pictures in pixels: shapes by vl-convert, letters of the project's fonts, few colours.

A renderer of SVG reads a font anew for each text, or fills the outlines of its letters one by one.
"""

from __future__ import annotations

import dataclasses
import functools
import io
from typing import NamedTuple

from PIL import Image, ImageDraw

from plansite.model import Language
from plansite.output.charts.common.palette import PAPER
from plansite.output.charts.raster.palette_index import (
    changed,
    number_of,
    numbers_by_cover,
    palette,
)
from plansite.output.charts.raster.text_lines import Line

_LINES = 64
"""Lines that are held: many indicators have the same sources."""
_SEEN = bytes([0, *[255] * 255])


class Canvas:
    """A picture on paper; all measures are in units of the picture."""

    def __init__(self, size: tuple[int, int], language: Language, scale: int = 1) -> None:
        """An empty one.

        Args:
            size: its width and height.
            language: of its texts.
            scale: pixels for each unit.
        """
        self._language = language
        self._scale = scale
        self._picture = Image.new("L", (size[0] * scale, size[1] * scale), number_of(PAPER))
        self._pen = ImageDraw.Draw(self._picture)

    def box(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """A rectangle."""
        across, down = left * self._scale, top * self._scale
        end = across + width * self._scale - 1, down + height * self._scale - 1
        self._pen.rectangle((across, down, *end), number_of(colour))

    def put(self, rasterize: Image.Image, left: float, top: float) -> None:
        """A part by the numbers of its colours, from the nearest whole pixel on."""
        self._picture.paste(rasterize, (round(left * self._scale), round(top * self._scale)))

    def text(self, line: Line) -> None:
        """A line of text on plain paper."""
        written = _write(dataclasses.replace(line, y=0), self._language, self._scale)
        top = written.top + round(line.y * self._scale)
        self._picture.paste(written.numbers, (written.left, top), written.seen)

    def png(self) -> bytes:
        """The picture as PNG; it is finished then."""
        self._picture.putpalette(palette())
        packed = io.BytesIO()
        self._picture.save(packed, "PNG", compress_level=2)
        return packed.getvalue()


class _Written(NamedTuple):
    """A line in pixels.

    Args:
        numbers: of the colours.
        seen: nought where there is nothing of it.
        left: where it begins, from the picture's side.
        top: the same, from the foot of its letters.
    """

    numbers: Image.Image
    seen: Image.Image
    left: int
    top: int


@functools.lru_cache(maxsize=_LINES)
def _write(line: Line, language: Language, scale: int) -> _Written:
    letters = [*line.letters(language, scale)]
    left = min((x for x, _, _ in letters), default=0)
    top = min((y for _, y, _ in letters), default=0)
    right = max((x + cover.width for x, _, cover in letters), default=0)
    bottom = max((y + cover.height for _, y, cover in letters), default=0)
    whole = Image.new("L", (right - left, bottom - top))
    pen = ImageDraw.Draw(whole)
    for x, y, cover in letters:
        pen.bitmap((x - left, y - top), cover, 255)
    numbers = changed(whole, numbers_by_cover(line.colour))
    return _Written(numbers, changed(whole, _SEEN), left, top)
