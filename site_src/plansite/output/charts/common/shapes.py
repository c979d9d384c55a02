"""The shape of each kind of mark, the same in charts, in their keys and in pictures.

Kinds differ by shape and filling; colour only repeats what the shape says.
"""

from __future__ import annotations

from dataclasses import dataclass

from plansite.output.charts.common.marks import PointKind
from plansite.output.charts.common.palette import ACTUAL, PAPER


@dataclass(frozen=True)
class Shape:
    """One mark.

    Args:
        path: its outline as SVG path data, within a box from -1 to 1.
        radius: half its width in pixels.
        fill: a colour, or ``none`` for strokes alone.
        stroke_width: pixels.
    """

    path: str
    radius: float
    fill: str
    stroke_width: float

    @property
    def area(self) -> float:
        """Vega's size of a mark with a path of its own: the square of half the box's width."""
        return (2 * self.radius) ** 2


_CIRCLE = "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0Z"
_SQUARE = "M-1,-1H1V1H-1Z"
_DIAMOND = "M0,-1L1,0L0,1L-1,0Z"
_CROSS = "M-1,-1L1,1M-1,1L1,-1"

SHAPES = {
    PointKind.RELATED: Shape(_SQUARE, 3.6, PAPER, 1.6),
    PointKind.COMPETING: Shape(_CROSS, 3.2, "none", 2.0),
    PointKind.ESTIMATED: Shape(_DIAMOND, 5.6, PAPER, 2.0),
    PointKind.PROVISIONAL: Shape(_CIRCLE, 4.4, PAPER, 2.0),
    PointKind.FINAL: Shape(_CIRCLE, 4.5, ACTUAL, 2.0),
}
"""In the order in which they are drawn: what leads lies on top."""
