"""Pictures in pixels: shapes from vl-convert, letters of the project's own, few colours.

A renderer of SVG reads a font anew for each text, or fills the outlines of its letters one by one;
here a letter is drawn once for each size and stamped wherever it stands.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import vl_convert
from PIL import Image, ImageDraw

from plansite.charts.letters import STEPS, stamp, text_length
from plansite.charts.palette import plain_colours
from plansite.charts.pieces import SVG, Piece
from plansite.charts.texts import Anchor
from plansite.model import Language

_BOLD = 0.015
"""How much thicker a bold letter is on each side, for letters of size 1."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_LINE_COLOUR = re.compile(r'stroke="(#[0-9a-f]{6})"')
_ALL_OR_NOTHING = [0] * 255 + [255]
_MOST_COLOURS = 256
_SHAPES = 256
"""Drawn shapes that are held: those of keys, and of a chart until every language has it."""
_NEAR = 20
"""How far apart two shades are at least: of nearer ones Pillow, which looks colours up by their
first six bits, would take either."""
Colour = tuple[int, int, int]
"""Red, green and blue up to 255."""
_ANCHOR = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class Line:
    """One line of text.

    Args:
        text: what is written.
        x: where the part of the line stands that ``anchor`` names.
        y: the foot of its letters.
        size: of the letters.
        colour: of the letters, as charts name it.
        bold: in heavy letters.
        anchor: which part of the line stands at ``x``.
        halo: how far around the letters the ground is kept free.
    """

    text: str
    x: float
    y: float
    size: float
    colour: str
    bold: bool = False
    anchor: Anchor = "start"
    halo: float = 0


class Canvas:
    """A picture that is drawn from the ground up; all measures are in units of the picture."""

    def __init__(
        self, size: tuple[int, int], paper: str, language: Language, scale: int = 1
    ) -> None:
        """An empty one.

        Args:
            size: its width and height.
            paper: the colour of its ground.
            language: of its texts.
            scale: pixels for each unit.
        """
        self._paper = plain_colours(paper)
        self._inks: set[str] = set()
        self._language = language
        self._scale = scale
        self._picture = Image.new("RGB", (size[0] * scale, size[1] * scale), self._paper)
        self._pen = ImageDraw.Draw(self._picture)

    def box(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """A rectangle."""
        across, down = left * self._scale, top * self._scale
        end = across + width * self._scale - 1, down + height * self._scale - 1
        self._pen.rectangle((across, down, *end), self._ink(colour))

    def draw(self, piece: Piece) -> None:
        """A shape, its room from the nearest whole pixel on."""
        if piece.colour:
            self.box(piece.left, piece.top, piece.width, piece.height, piece.colour)
            return
        svg = plain_colours(piece.svg)
        self._inks.update(_COLOUR.findall(svg))
        drawn = _drawn(svg, piece.width, piece.height, self._scale)
        place = round(piece.left * self._scale), round(piece.top * self._scale)
        self._picture.paste(drawn, place, drawn)

    def text(self, line: Line) -> None:
        """A line of text."""
        thicker = line.size * _BOLD if line.bold else 0
        if line.halo:
            self._stamp(line, self._paper, thicker + line.halo)
        self._stamp(line, self._ink(line.colour), thicker)

    def png(self) -> bytes:
        """The picture as PNG: each of its inks in shades from the paper's colour to its own.

        What lies between two inks takes the nearest shade. A picture has a quarter of the bytes
        that it has in all its colours.
        """
        palette = _palette(self._paper, tuple(sorted(self._inks - {self._paper})))
        packed = io.BytesIO()
        few = self._picture.quantize(palette=palette, dither=Image.Dither.NONE)
        few.save(packed, "PNG", compress_level=3)
        return packed.getvalue()

    def _stamp(self, line: Line, colour: str, thicker: float) -> None:
        size, thick = line.size * self._scale, thicker * self._scale
        ink, draw = _parts(colour), self._pen.bitmap
        length = text_length(line.text, size, self._language)
        pen = (line.x * self._scale - _ANCHOR[line.anchor] * length) * STEPS
        foot = round(line.y * self._scale)
        for mark in line.text:
            whole, step = divmod(round(pen), STEPS)
            letter = stamp(mark, self._language, size, step, thick)
            draw((whole + letter.right, foot + letter.down), letter.pixels, ink)
            pen += letter.advance

    def _ink(self, colour: str) -> str:
        plain = plain_colours(colour)
        self._inks.add(plain)
        return plain


@functools.lru_cache(maxsize=_SHAPES)
def _drawn(svg: str, width: float, height: float, scale: int) -> Image.Image:
    """A shape on no ground.

    Where it covers a pixel in part, vl-convert darkens the colour; there it is that of its line.
    """
    packed = vl_convert.svg_to_png(
        f'<svg xmlns="{SVG}" width="{width}" height="{height}">{svg}</svg>', scale=scale
    )
    drawn = Image.open(io.BytesIO(packed), formats=["PNG"])
    cover = drawn.getchannel("A")
    line = _LINE_COLOUR.search(svg)
    assert line, "what is no box has a line"
    whole = Image.new("RGB", drawn.size, line[1])
    whole.paste(drawn.convert("RGB"), mask=cover.point(_ALL_OR_NOTHING))
    whole.putalpha(cover)
    return whole


@functools.lru_cache
def _palette(paper: str, inks: tuple[str, ...]) -> Image.Image:
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for shade in _shades(paper, inks) for part in shade])
    return palette


def _shades(paper: str, inks: Iterable[str]) -> Iterator[Colour]:
    """Paper and inks as they are, then what lies between, unless it could be taken for one."""
    ground = _parts(paper)
    pure = [_parts(ink) for ink in inks]
    whole = [ground, *pure]
    yield from whole
    for ink in pure:
        shades = min(_distance(ground, ink) // _NEAR, _MOST_COLOURS // len(whole))
        for number in range(1, shades):
            red, green, blue = (
                round(light + (dark - light) * number / shades)
                for light, dark in zip(ground, ink, strict=True)
            )
            if all(_distance((red, green, blue), other) >= _NEAR for other in whole):
                yield red, green, blue


def _parts(colour: str) -> Colour:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _distance(one: Colour, other: Colour) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
