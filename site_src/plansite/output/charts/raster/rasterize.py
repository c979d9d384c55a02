"""A part of a picture where shapes lie on each other and texts among them, in all their colours."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Sequence

import vl_convert
from PIL import Image, ImageDraw

from plansite.model import Language
from plansite.output.charts.common.palette import PAPER, plain_colours
from plansite.output.charts.raster.palette_index import changed, few_colours, parts
from plansite.output.charts.raster.text_lines import Line
from plansite.output.charts.vector.svg_shapes import SVG, SvgShape

_LINE_COLOUR = re.compile(r'stroke="(#[0-9a-f]{6})"')
_ALL_OR_NOTHING = bytes([*[0] * 255, 255])
_SHAPES = 256
"""Drawn shapes that are held, since other charts have the same."""
Size = tuple[float, float]
"""Width and height in units of a picture."""


def rasterize(shapes: Sequence[SvgShape], size: Size, scale: int) -> Image.Image:
    """Shapes on paper, from the ground up, by the numbers of their colours."""
    return few_colours(_ground(tuple(shapes), size, scale))


def rasterize_with_text(
    shapes: Sequence[SvgShape], lines: Sequence[Line], language: Language, size: Size, scale: int
) -> Image.Image:
    """The same with lines of text over them.

    Args:
        shapes: the shapes.
        lines: each with its halo.
        language: of these.
        size: width and height.
        scale: pixels for each unit of shapes, lines and size.
    """
    picture = _ground(tuple(shapes), size, scale).copy()
    pen = ImageDraw.Draw(picture)
    for line in lines:
        for colour, around in ((PAPER, line.halo), (line.colour, 0)):
            for left, top, cover in line.letters(language, scale, around):
                pen.bitmap((left, top), cover, parts(colour))
    return few_colours(picture)


@functools.lru_cache(maxsize=1)
def _ground(shapes: tuple[SvgShape, ...], size: Size, scale: int) -> Image.Image:
    """Shapes without texts; held until every language has its chart."""
    width, height = size
    picture = Image.new("RGB", (round(width * scale), round(height * scale)), parts(PAPER))
    pen = ImageDraw.Draw(picture)
    for piece in shapes:
        left, top = piece.left * scale, piece.top * scale
        if piece.colour:
            end = left + piece.width * scale - 1, top + piece.height * scale - 1
            pen.rectangle((left, top, *end), parts(piece.colour))
        else:
            drawn = _drawn(plain_colours(piece.svg), piece.width, piece.height, scale)
            picture.paste(drawn, (round(left), round(top)), drawn)
    return picture


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
    whole.paste(drawn.convert("RGB"), mask=changed(cover, _ALL_OR_NOTHING))
    whole.putalpha(cover)
    return whole
