"""The letters of the project's own fonts: how wide they are, and how they look in pixels."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from plansite.model import Language
from plansite.util.program_files import FONTS

_CHINESE, _LATIN = "PlansiteSans-Regular.otf", "PlansiteSansLatin-Regular.otf"
_FONTS = {Language.ZH: (_CHINESE,), Language.EN: (_LATIN, _CHINESE)}
"""By language, the first that has a character; Latin quotation marks are narrow, Chinese wide."""
_MISSING = ".notdef"
_UNITS = 1000
"""How many of a letter's units make the size of the text."""

STEPS = 4
"""Places within a pixel where a letter can begin."""


class Glyph(NamedTuple):
    """A letter in pixels.

    Args:
        pixels: how much of each it covers.
        right: how far right of the pen it begins.
        down: how far below the line.
        advance: how far it moves the pen, in :data:`STEPS` of a pixel.
    """

    pixels: Image.Image
    right: int
    down: int
    advance: float


def text_length(text: str, size: float, language: Language) -> float:
    """How long a line of these letters is, in the unit of ``size``."""
    return size / _UNITS * sum([_advance(mark, language) for mark in text])


def undrawable(texts: Iterable[str]) -> frozenset[str]:
    """The characters that no font has, whitespace apart."""
    wanted = {mark for text in texts for mark in text if not mark.isspace()}
    return frozenset(mark for mark in wanted if ord(mark) not in _names(_CHINESE))


@functools.lru_cache(maxsize=4096)
def glyph(mark: str, language: Language, size: float, step: int, thicker: float) -> Glyph:
    """A character in pixels, a box where no font has it.

    Args:
        mark: the character.
        language: whose punctuation it has.
        size: of the text in pixels.
        step: how many of :data:`STEPS` after the beginning of a pixel it begins.
        thicker: pixels that are added all around.
    """
    font = _sized(_font_of(mark, language), size)
    left, top, right, bottom = font.getbbox(mark, stroke_width=thicker, anchor="ls")
    corner = int(left) - 1, int(top) - 1
    pixels = Image.new("L", (int(right) - corner[0] + 3, int(bottom) - corner[1] + 2))
    origin = step / STEPS - corner[0], -corner[1]
    ImageDraw.Draw(pixels).text(origin, mark, 255, font, anchor="ls", stroke_width=thicker)
    return Glyph(pixels, *corner, STEPS * text_length(mark, size, language))


@functools.cache
def _advance(mark: str, language: Language) -> int:
    """How far a character moves the pen, in units.

    From the font itself: laid out for pixels, every letter is some whole pixels wide.
    """
    name = _font_of(mark, language)
    width, _ = _tables(name)["hmtx"][_names(name).get(ord(mark), _MISSING)]
    return int(width)


def _font_of(mark: str, language: Language) -> str:
    fonts = _FONTS[language]
    return next((name for name in fonts if ord(mark) in _names(name)), fonts[-1])


@functools.cache
def _sized(name: str, size: float) -> ImageFont.FreeTypeFont:
    # The other layout takes a library of the machine's where it finds one.
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


@functools.cache
def _names(name: str) -> dict[int, str]:
    """The glyphs' names by character."""
    names: dict[int, str] = _tables(name).getBestCmap()
    return names


@functools.cache
def _tables(name: str) -> TTFont:
    font = TTFont(FONTS / name, lazy=True)
    assert font["head"].unitsPerEm == _UNITS
    return font
