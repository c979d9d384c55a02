"""The scales and axes that all layers of a yearly chart share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt

from plansite.model.formatting import decimal_places, format_number
from plansite.output.charts.common.marks import Bar, Dot
from plansite.output.charts.common.palette import FONT_SIZE, GRID, INK
from plansite.output.charts.common.text_marks import PlacedText, Text
from plansite.output.charts.common.text_width import text_width

PARAMETERS = ("first", "last", "low", "high", "lines")
"""Where the years begin and end, and the values, and the values that lines are drawn at."""
_YEAR_ROOM = 34
"""Pixels that a year's label needs beside its neighbour's."""
_LINE = 0.5
"""Where Vega draws a line of one pixel, so that it fills one row of them."""
_LABEL_GAP = 6
"""Pixels between a value's label and the plot."""
_WIDEST_FONT = 1.1
"""How much wider digits are in DejaVu Sans, which many a Linux has for its own, than in most."""
_STEPS = (
    (Decimal(1), math.sqrt(2)),
    (Decimal(2), math.sqrt(10)),
    (Decimal(5), math.sqrt(50)),
)
"""A step, and the ratio to a power of ten up to which it is the nearest."""


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
    finest: Decimal = Decimal(0)
    """No two lines are nearer to each other: whole numbers have none at halves."""

    @property
    def step(self) -> float:
        """Pixels from one year to the next."""
        return self.width / max(1, len(self.span))

    @property
    def ticks(self) -> list[Decimal]:
        """The values at which lines are drawn."""
        return ticks(*self.domain, self.finest)

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What :func:`channels` rest on."""
        lines = [float(tick) for tick in self.ticks]
        numbers = (self.span[0] - 0.5, self.span[-1] + 0.5, *self.domain, lines)
        return dict(zip(PARAMETERS, numbers, strict=True))

    def labels(self) -> Iterator[PlacedText]:
        """The years at the foot, every second, third … where there is little room; the values."""
        low = self.domain[0]
        stride = math.ceil(_YEAR_ROOM / self.step)
        for year in self.span[(len(self.span) - 1) % stride :: stride]:
            yield (year, low), Text(str(year), INK, dx=_LINE, dy=11 + _LINE)
        for tick in self.ticks:
            label = Text(format_number(tick), INK, dx=_LINE - _LABEL_GAP, dy=_LINE, anchor="end")
            yield (self.span[0] - 0.5, float(tick)), label


def channels(*, axes: bool = False) -> dict[str, Any]:
    """How a layer reads its columns ``year`` and ``value``, on scales of :data:`PARAMETERS`.

    Args:
        axes: whether the layer draws the axes; one does, since each costs Vega time.
    """
    first, last, low, high, lines = map(alt.ExprRef, PARAMETERS)
    years = alt.Scale(domain=[first, last], nice=False, zero=False)
    values = alt.Scale(domain=[low, high], nice=False, zero=False)
    year_axis = alt.Axis(labels=False, grid=False, domainColor=INK, ticks=False, title=None)
    value_axis = alt.Axis(
        labels=False, values=lines, gridColor=GRID, domain=False, ticks=False, title=None
    )
    return {
        "x": alt.X("year:Q", scale=years, axis=year_axis if axes else None),
        "y": alt.Y("value:Q", scale=values, axis=value_axis if axes else None),
    }


def label_room(domain: tuple[float, float], finest: Decimal) -> int:
    """Pixels that the values up the side take, with the gap to the plot, in any reader's font."""
    widest = max(text_width(format_number(tick), FONT_SIZE) for tick in ticks(*domain, finest))
    return math.ceil(_WIDEST_FONT * widest) + _LABEL_GAP


def ticks(low: float, high: float, finest: Decimal = Decimal(0), count: int = 4) -> list[Decimal]:
    """Round numbers from ``low`` to ``high``, about ``count`` of them, a step of 1, 2 or 5 apart.

    They are no less than ``finest`` apart.

    The steps are those of D3, which the charts to explore are drawn with: whichever of 1, 2, 5 and
    10 is nearest by ratio.
    """
    wanted = (high - low) / count
    power = math.floor(math.log10(wanted))
    ratio = wanted / 10**power
    step = next((step for step, most in _STEPS if ratio < most), Decimal("1E+1")).scaleb(power)
    step = max(step, finest)
    first, last = math.ceil(Decimal(low) / step), math.floor(Decimal(high) / step)
    return [number * step for number in range(first, last + 1)]


def finest_step(values: Iterable[float]) -> Decimal:
    """The finest difference that values as they are published can have."""
    places = (decimal_places(Decimal(repr(value)).normalize()) for value in values)
    return Decimal(1).scaleb(-max(places, default=0))


def values_of(points: Iterable[Dot], targets: Iterable[Bar]) -> list[float]:
    """Every value that a chart shows."""
    values = [point.value for point in points]
    return values + [bound for target in targets for bound in target.bounds]


def value_domain(points: Sequence[Dot], targets: Sequence[Bar]) -> tuple[float, float]:
    """From nought, where nothing lies below it, to the highest value and room for its number."""
    values = values_of(points, targets)
    low, high = min(values), max(values)
    bottom = 0.0 if low >= 0 else low - 0.14 * (high - low or abs(low))
    room = 0.14 * ((high - bottom) or 1)
    return bottom, high + room
