"""The scales and axes that all layers of a yearly chart share."""

from __future__ import annotations

import math
from dataclasses import dataclass

import altair as alt

from plansite.charts.palette import FONT_SIZE, GRID, INK
from plansite.charts.points import Point, TargetMark

_YEAR_ROOM = 34
"""Pixels that a year's label needs beside its neighbour's."""


@dataclass(frozen=True)
class Scales:
    """Where years and values lie; every layer of a chart has the same.

    Args:
        span: the years, one after the other.
        domain: the lowest and the highest value shown.
        width: the plot's width in pixels.
    """

    span: list[int]
    domain: tuple[float, float]
    width: int

    @property
    def step(self) -> float:
        """Pixels from one year to the next."""
        return self.width / max(1, len(self.span))

    def x(self) -> alt.X:
        """Years along the foot; every second, third … where there is little room."""
        scale = alt.Scale(domain=[self.span[0] - 0.5, self.span[-1] + 0.5], nice=False, zero=False)
        stride = math.ceil(_YEAR_ROOM / self.step)
        ticks = self.span[(len(self.span) - 1) % stride :: stride]
        style = alt.Axis(
            values=ticks,
            format="d",
            grid=False,
            domainColor=INK,
            ticks=False,
            labelColor=INK,
            labelFontSize=FONT_SIZE,
            labelPadding=6,
            labelOverlap=False,
            labelBound=False,
            title=None,
        )
        return alt.X("year:Q", scale=scale, axis=style)

    def y(self) -> alt.Y:
        """Values up the side, with four lines or so to read them by."""
        style = alt.Axis(
            tickCount=4,
            gridColor=GRID,
            domain=False,
            ticks=False,
            labelColor=INK,
            labelFontSize=FONT_SIZE,
            labelPadding=6,
            labelOverlap=False,
            title=None,
        )
        scale = alt.Scale(domain=list(self.domain), nice=False, zero=False)
        return alt.Y("value:Q", scale=scale, axis=style)


def value_domain(points: list[Point], targets: list[TargetMark]) -> tuple[float, float]:
    """From nought, where nothing lies below it, to the highest value and room for its number."""
    values = [point.value for point in points]
    values += [target.value for target in targets]
    values += [target.upper for target in targets if target.upper is not None]
    low, high = min(values), max(values)
    bottom = 0.0 if low >= 0 else low - 0.14 * (high - low or abs(low))
    room = 0.14 * ((high - bottom) or 1)
    return bottom, high + room
