"""Texts in a chart: Vega finds their places, :mod:`plansite.charts.svg` writes them there.

Vega measures each text that it lays out, which takes about a millisecond, and nothing in a fixed
frame rests on the measure. So a text goes through it as a mark without extent; what is to be
written at its place stands in its description.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

import altair as alt

from plansite.charts.frame import inline
from plansite.charts.palette import FONT_SIZE

_MIDDLE = round(0.3 * FONT_SIZE)
"""Pixels from the middle of a line of text down to its foot, as Vega has them."""


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
    anchor: Literal["start", "middle", "end"] = "middle"
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

    def transform(self, x: float, y: float) -> str:
        """Where SVG writes it, for the place (x, y)."""
        return f"translate({x + self.dx:.2f},{y + self.dy + _MIDDLE:.2f})"


PlacedText = tuple[Mapping[str, float], Text]
"""A text with its place, as columns of a row."""


def texts_at(placed: Iterable[PlacedText]) -> alt.Chart:
    """A layer of texts; the caller encodes the columns of their places."""
    rows = [{**place, "description": json.dumps([asdict(text)])} for place, text in placed]
    layer: alt.Chart = inline(rows).mark_point(shape="M0,0", size=1)
    return layer


def written_text(description: str) -> Text | None:
    """The text that a mark stands for, by the mark's description."""
    return Text(**json.loads(description)[0]) if description.startswith("[") else None
