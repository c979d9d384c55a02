"""Texts in a chart: Vega finds their places, ``charts.vector.outline`` writes them there.

Vega measures each text that it lays out, which takes about a millisecond, and nothing in a fixed
frame rests on the measure. So a text goes through it as a mark without extent, by its name alone:
the place is the same in every language, what is written there is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

from plansite.output.charts.common.frame import DESCRIPTION, Spec, by_name, layer, named
from plansite.output.charts.common.palette import FONT_SIZE

_KIND = "text"
EXTENTLESS: Mapping[str, Any] = {"shape": "M0,0", "size": 1}
"""How the mark of a text looks to Vega."""
_MIDDLE = round(0.3 * FONT_SIZE)
"""Pixels from the middle of a line of text down to its foot, as Vega has them."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Text:
    """One line of text beside a place.

    Args:
        text: what is written.
        colour: of the letters.
        dx: pixels to the right of the place.
        dy: pixels from the place down to the middle of the line.
        anchor: which part of the line stands there.
        bold: in heavy letters.
    """

    text: str
    colour: str
    dx: float = 0
    dy: float = 0
    anchor: Anchor = "middle"
    bold: bool = False

    @property
    def attributes(self) -> dict[str, str]:
        """How SVG writes it."""
        weight = {"font-weight": "bold"} if self.bold else {}
        return {
            "text-anchor": self.anchor,
            "font-size": f"{FONT_SIZE}px",
            **weight,
            "fill": self.colour,
        }

    def beside(self, x: float, y: float) -> tuple[float, float]:
        """Where its foot stands, for the place (x, y)."""
        return round(x + self.dx, 2), round(y + self.dy + _MIDDLE, 2)


PlacedText = tuple[tuple[float, float], Text]
"""A text with its place: the year, which may lie between two, and the value."""


def texts_of(table: str, encodings: Mapping[str, Any]) -> Spec:
    """A layer of texts; ``encodings`` tell how columns give their places."""
    marks = alt.Chart().mark_point(**EXTENTLESS)
    return layer(table, marks.encode(**encodings, description=DESCRIPTION))


def text_rows(kind: str, positions: Iterable[Mapping[str, float]]) -> Iterator[Mapping[str, Any]]:
    """A row for each text of a kind, with the columns of its place."""
    for number, position in enumerate(positions):
        yield {**position, **named(_KIND + kind, number)}


def texts_by_name(kind: str, texts: Iterable[Text]) -> dict[str, Text]:
    """The texts of a layer, by the names of their marks."""
    return by_name(_KIND + kind, texts)


def is_text_name(name: str) -> bool:
    """Whether a mark of this name stands for a text."""
    return name.startswith(_KIND)
