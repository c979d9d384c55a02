"""The letters of the project's own fonts, as outlines."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.recordingPen import RecordingPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from plansite.model import Language

_FOLDER = Path(__file__).resolve().parents[2] / "fonts"
_CHINESE, _LATIN = "PlansiteSans-Regular.otf", "PlansiteSansLatin-Regular.otf"
_FONTS = {Language.ZH: (_CHINESE,), Language.EN: (_LATIN, _CHINESE)}
"""By language, the first that has a character; Latin quotation marks are narrow, Chinese wide."""
_MISSING = ".notdef"

UNITS = 1000
"""How many of a letter's units make the size of the text."""

Stroke = tuple[str, tuple[tuple[int, int], ...]]
"""A command of an SVG path with its points; they count upwards, as fonts do."""


@dataclass(frozen=True)
class Letter:
    """One character: how far it moves the pen, and its outline, both in units."""

    advance: int
    outline: tuple[Stroke, ...]


@functools.cache
def letter(mark: str, language: Language) -> Letter:
    """A character as the first of the language's fonts has it; a box where none does."""
    fonts = [_font(name) for name in _FONTS[language]]
    font = next((font for font in fonts if ord(mark) in font.names), fonts[-1])
    return font.letter(font.names.get(ord(mark), _MISSING))


def text_length(text: str, size: float, language: Language) -> float:
    """How long a line of these letters is, in the unit of ``size``."""
    return size / UNITS * sum(letter(mark, language).advance for mark in text)


def undrawable(texts: Iterable[str]) -> frozenset[str]:
    """The characters that no font has, whitespace apart."""
    wanted = {mark for text in texts for mark in text if not mark.isspace()}
    return frozenset(mark for mark in wanted if ord(mark) not in _font(_CHINESE).names)


class _Font:
    """A font in the form that Noto Sans CJK has: cubic outlines on a grid of whole units."""

    _COMMANDS = {"moveTo": "M", "lineTo": "L", "curveTo": "C", "closePath": "Z"}  # noqa: RUF012

    def __init__(self, path: Path) -> None:
        font = TTFont(path, lazy=True)
        assert font["head"].unitsPerEm == UNITS
        self.names: dict[int, str] = font.getBestCmap()
        self._glyphs = font.getGlyphSet()

    def letter(self, name: str) -> Letter:
        """The glyph of a name."""
        pen = RecordingPen()
        glyph = self._glyphs[name]
        glyph.draw(pen)
        outline = tuple((self._COMMANDS[command], points) for command, points in pen.value)
        return Letter(glyph.width, outline)


@functools.cache
def _font(name: str) -> _Font:
    return _Font(_FOLDER / name)
