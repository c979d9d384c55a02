"""The few colours of pictures in pixels: paper, each ink, and shades between paper and ink.

A picture in a byte for each pixel has a quarter of the bytes that it has in all its colours, and
letters are stamped four times as fast.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from PIL import Image

from plansite.output.charts.common.palette import (
    ACTUAL,
    BAND,
    GRID,
    INK,
    PAPER,
    TARGET,
    TITLE,
    plain_colours,
)

_MOST_COLOURS = 256
_NEAR = 20
"""How far apart two shades are at least: of nearer ones Pillow, which looks colours up by their
first six bits, would take either."""
Colour = tuple[int, int, int]
"""Red, green and blue up to 255."""


@functools.cache
def parts(colour: str) -> Colour:
    """A colour, as charts name it, by its parts."""
    red, green, blue = bytes.fromhex(plain_colours(colour)[1:])
    return red, green, blue


_WHOLE = [parts(colour) for colour in (PAPER, INK, TITLE, ACTUAL, TARGET, GRID, BAND)]


@functools.cache
def number_of(colour: str) -> int:
    """The number that pixels of paper or an ink have."""
    return _WHOLE.index(parts(colour))


@functools.cache
def numbers_by_cover(ink: str) -> bytes:
    """The number of a pixel of paper by how much of it an ink covers, from 0 to 255."""
    covers = Image.frombytes("L", (256, 1), bytes(range(256)))
    ramp = Image.new("RGB", covers.size, parts(PAPER))
    ramp.paste(parts(ink), mask=covers)
    return few_colours(ramp).tobytes()


def few_colours(picture: Image.Image) -> Image.Image:
    """The numbers of the colours that are nearest to a picture's red, green and blue."""
    nearest = picture.quantize(palette=_palette(), dither=Image.Dither.NONE)
    return Image.frombytes("L", picture.size, nearest.tobytes())


@functools.cache
def palette() -> bytes:
    """Red, green and blue of each number, one after the other."""
    return bytes(part for shade in _shades() for part in shade)


def changed(picture: Image.Image, table: bytes) -> Image.Image:
    """Each pixel changed as a table says; Pillow's own way rounds every number of a table first."""
    return Image.frombytes("L", picture.size, picture.tobytes().translate(table))


@functools.cache
def _palette() -> Image.Image:
    holder = Image.new("P", (1, 1))
    holder.putpalette(palette())
    return holder


def _shades() -> Iterator[Colour]:
    """Paper and inks as they are, then what lies between, unless it could be taken for one."""
    yield from _WHOLE
    ground, *pure = _WHOLE
    for ink in pure:
        shades = min(_distance(ground, ink) // _NEAR, _MOST_COLOURS // len(_WHOLE))
        for number in range(1, shades):
            red, green, blue = (
                round(light + (dark - light) * number / shades)
                for light, dark in zip(ground, ink, strict=True)
            )
            if all(_distance((red, green, blue), other) >= _NEAR for other in _WHOLE):
                yield red, green, blue


def _distance(colour: Colour, other: Colour) -> int:
    return max(abs(a - b) for a, b in zip(colour, other, strict=True))
