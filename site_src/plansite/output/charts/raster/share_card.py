"""The picture that a link to a page shows where it is shared: what the page is about, in a glance.

Its size is that which the Open Graph protocol's readers expect, 1200 × 630 pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model import Language
from plansite.output.charts.common.palette import ACTUAL, GRID, INK, TITLE
from plansite.output.charts.common.text_width import wrap
from plansite.output.charts.raster.canvas import Canvas
from plansite.output.charts.raster.glyphs import text_length
from plansite.output.charts.raster.text_lines import Line

WIDTH, HEIGHT = 1200, 630
_LEFT, _INNER = 72, 1056
_TITLE_SPREAD, _SPREAD = 1.25, 1.5
"""From one line to the next, for letters of size 1."""
_TITLE_SIZES = ((68, 2), (54, 3), (44, 3))
"""Sizes of letters with the most lines that they may fill, the largest that fits is taken."""
_TEXT_SIZE, _TEXT_END = 38, 516


@dataclass(frozen=True)
class Card:
    """What a card says, in one language.

    Args:
        language: whose letters it has.
        section: the part of the site that the page belongs to.
        title: the page's heading.
        text: what the page says in a sentence; not shown beside a figure.
        figure: the number that matters, as (digits, unit of measure, what it is).
        site_name: the site's name.
        host: where the site is; shown where the name is the title already.
        as_of: the day that its verdicts rest on.
    """

    language: Language
    section: str
    title: str
    text: str
    figure: tuple[str, str, str] | None
    site_name: str
    host: str
    as_of: str


def draw_card(card: Card) -> bytes:
    """A card as PNG."""
    sheet = _Sheet(card.language)
    sheet.box(0, 0, WIDTH, 16, ACTUAL)
    sheet.box(_LEFT, 529, _INNER, 2, GRID)
    sheet.line(card.section, (_LEFT, 92), 28)
    sheet.text(Line(card.as_of, WIDTH - _LEFT, 92, 28, INK, anchor="end"))
    bottom = sheet.title(card.title)
    if card.figure:
        sheet.figure(*card.figure)
    else:
        most = int((_TEXT_END - bottom - 30) / (_TEXT_SIZE * _SPREAD))
        sheet.lines(card.text, _TEXT_SIZE, bottom + 30, most)
    origin = card.host if card.title == card.site_name else card.site_name
    sheet.line(origin, (_LEFT, 582), 30, TITLE, bold=True)
    return sheet.png()


class _Sheet(Canvas):
    """The texts of a card in one language."""

    def __init__(self, language: Language) -> None:
        super().__init__((WIDTH, HEIGHT), language)
        self._letters = language

    def line(
        self,
        text: str,
        at: tuple[float, float],
        size: int,
        colour: str = INK,
        *,
        bold: bool = False,
    ) -> None:
        """A text on one line."""
        self.text(Line(text, *at, size, colour, bold))

    def title(self, title: str) -> float:
        """The heading, as large as it fits; gives where it ends."""
        for size, most in _TITLE_SIZES:
            lines = self._wrapped(title, size)
            fills = text_length(lines[-1], size, self._letters) > _INNER / 5
            if len(lines) == 1 or (len(lines) <= most and fills):
                break
        return self.lines(title, size, 140, most, bold=True)

    def lines(self, text: str, size: int, top: float, most: int, *, bold: bool = False) -> float:
        """A text on as many lines as it needs, cut where these are too many; gives its end."""
        lines = self._wrapped(text, size)
        if len(lines) > most:
            lines = [*lines[: most - 1], f"{lines[most - 1][:-1].rstrip()}…"]
        height = size * (_TITLE_SPREAD if bold else _SPREAD)
        colour = TITLE if bold else INK
        for number, line in enumerate(lines):
            foot = top + height * number + size * 0.85
            self.line(line, (_LEFT, foot), size, colour, bold=bold)
        return top + height * len(lines)

    def figure(self, digits: str, measure: str, meaning: str) -> None:
        """The number that matters, what it counts, and what it is."""
        self.line(digits, (_LEFT, 432), 124, ACTUAL, bold=True)
        beside = _LEFT + text_length(digits, 124, self._letters) + 24
        self.line(measure, (beside, 432), 40)
        self.line(meaning, (_LEFT, 494), 36, TITLE)

    def _wrapped(self, text: str, size: int) -> list[str]:
        return wrap(text, size, _INNER, lambda part, _: text_length(part, size, self._letters))
