"""Lines of text in pixels: a letter is drawn once for each size and stamped wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from plansite.model import Language
from plansite.output.charts.common.text_marks import Anchor
from plansite.output.charts.raster.glyphs import STEPS, glyph, text_length

_BOLD = 0.015
"""How much thicker a bold letter is on each side, for letters of size 1."""
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

    def letters(
        self, language: Language, scale: int, around: float = 0
    ) -> Iterator[tuple[int, int, Image.Image]]:
        """Each letter's left and top in pixels, and how much of each pixel it covers.

        Args:
            language: whose letters they are.
            scale: pixels for each unit.
            around: how much wider they are on each side than the line has them.
        """
        size = self.size * scale
        thicker = (around + self.size * _BOLD * self.bold) * scale
        length = text_length(self.text, size, language)
        pen = (self.x * scale - _ANCHOR[self.anchor] * length) * STEPS
        foot = round(self.y * scale)
        for mark in self.text:
            whole, step = divmod(round(pen), STEPS)
            letter = glyph(mark, language, size, step, thicker)
            yield whole + letter.right, foot + letter.down, letter.pixels
            pen += letter.advance
