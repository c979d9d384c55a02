"""The picture that a link to a page shows where it is shared: what the page is about, in a glance.

Its size is that which the Open Graph protocol's readers expect, 1200 × 630 pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from plansite.charts.lettering import wrap
from plansite.charts.letters import text_length
from plansite.charts.palette import ACTUAL, GRID, INK, PAPER, plain_colours
from plansite.charts.png import render_png
from plansite.charts.svg import SVG
from plansite.model import Language

WIDTH, HEIGHT = 1200, 630
_LEFT, _INNER = 72, 1056
_TITLE_INK = "#1c232b"
_BOLD = ' font-weight="bold"'
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
    sheet.text(card.section, (_LEFT, 92), 28)
    sheet.text(card.as_of, (WIDTH - _LEFT, 92), 28, more=' text-anchor="end"')
    bottom = sheet.title(card.title)
    if card.figure:
        sheet.figure(*card.figure)
    else:
        most = int((_TEXT_END - bottom - 30) / (_TEXT_SIZE * _SPREAD))
        sheet.lines(card.text, _TEXT_SIZE, bottom + 30, most)
    origin = card.host if card.title == card.site_name else card.site_name
    sheet.text(origin, (_LEFT, 582), 30, _TITLE_INK, more=_BOLD)
    svg = (
        f'<svg xmlns="{SVG}" width="{WIDTH}" height="{HEIGHT}">'
        f'<path d="M0,0H{WIDTH}V{HEIGHT}H0Z" fill="{PAPER}"/>'
        f'<path d="M0,0H{WIDTH}V16H0Z" fill="{ACTUAL}"/>'
        f'<path d="M{_LEFT},530H{WIDTH - _LEFT}" stroke="{GRID}" stroke-width="2"/>'
        f"{''.join(sheet.parts)}</svg>"
    )
    return render_png(plain_colours(svg), card.language, scale=1)


class _Sheet:
    """The texts of a card in one language."""

    def __init__(self, language: Language) -> None:
        self.parts: list[str] = []
        self._language = language

    def text(
        self, text: str, at: tuple[float, float], size: int, colour: str = INK, *, more: str = ""
    ) -> None:
        """A text on one line."""
        x, y = at
        self.parts.append(
            f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{colour}"{more}>'
            f"{escape(text)}</text>"
        )

    def title(self, title: str) -> float:
        """The heading, as large as it fits; gives where it ends."""
        for size, most in _TITLE_SIZES:
            lines = self._wrapped(title, size)
            fills = text_length(lines[-1], size, self._language) > _INNER / 5
            if len(lines) == 1 or (len(lines) <= most and fills):
                break
        return self.lines(title, size, 140, most, bold=True)

    def lines(self, text: str, size: int, top: float, most: int, *, bold: bool = False) -> float:
        """A text on as many lines as it needs, cut where these are too many; gives its end."""
        lines = self._wrapped(text, size)
        if len(lines) > most:
            lines = [*lines[: most - 1], f"{lines[most - 1][:-1].rstrip()}…"]
        height = size * (_TITLE_SPREAD if bold else _SPREAD)
        colour, weight = (_TITLE_INK, _BOLD) if bold else (INK, "")
        for place, line in enumerate(lines):
            self.text(line, (_LEFT, top + height * place + size * 0.85), size, colour, more=weight)
        return top + height * len(lines)

    def figure(self, digits: str, measure: str, meaning: str) -> None:
        """The number that matters, what it counts, and what it is."""
        self.text(digits, (_LEFT, 432), 124, ACTUAL, more=_BOLD)
        beside = _LEFT + text_length(digits, 124, self._language) + 24
        self.text(measure, (beside, 432), 40)
        self.text(meaning, (_LEFT, 494), 36, _TITLE_INK)

    def _wrapped(self, text: str, size: int) -> list[str]:
        return wrap(text, size, _INNER, lambda part, _: text_length(part, size, self._language))
