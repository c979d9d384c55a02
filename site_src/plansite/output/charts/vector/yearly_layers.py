"""The layers that all charts over the years share, and the rows that fill them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import altair as alt

from plansite.output.charts.common.frame import (
    DESCRIPTION,
    END,
    LineRuns,
    SpecTemplate,
    layer,
    named,
)
from plansite.output.charts.common.marks import Bar, Dot, PointKind
from plansite.output.charts.common.palette import ACTUAL, TARGET
from plansite.output.charts.common.shapes import SHAPES
from plansite.output.charts.vector.scales import PARAMETERS, Scales, channels

BAND_COLOUR = "band"
"""The parameter for the colour of bands."""
VALUE_MARK, TARGET_MARK, UPPER_MARK = "value", "target", "upper"
"""How marks of values, of targets and of the upper ends of ranges are named."""
_ASIDE = 11
"""Pixels between the value that leads and each other source's value for the same year."""
_TOP = alt.Y2("top:Q")
_LOOKS = {
    "shape": alt.Shape("shape:N", scale=None),
    "size": alt.Size("size:Q", scale=None),
    "fill": alt.Fill("fill:N", scale=None),
    "strokeWidth": alt.StrokeWidth("strokeWidth:Q", scale=None),
}
"""How a point looks, as columns of its row."""


@functools.cache
def yearly_form(course: LineRuns, has_targets: bool) -> SpecTemplate:
    """Axes and bands, a line, targets; values and texts are one layer: each takes Vega a while."""
    band = alt.Chart().mark_rect(color=alt.ExprRef(BAND_COLOUR))
    line = alt.Chart().mark_line(color=ACTUAL, strokeWidth=2)
    rules = alt.Chart().mark_rule(color=TARGET, strokeWidth=3, strokeCap="butt")
    points = alt.Chart().mark_point(filled=False, stroke=ACTUAL, opacity=1)
    layers = [layer("bands", band.encode(**channels(axes=True), x2=END, y2=_TOP))]
    if course is not LineRuns.NONE:
        layers.append(layer("course", line.encode(**channels(), **course.runs)))
    if has_targets:
        bars = rules.encode(**channels(), x2=END, description=DESCRIPTION)
        layers.append(layer("targets", bars))
    marks = points.encode(**channels(), **_LOOKS, description=DESCRIPTION)
    return SpecTemplate([*layers, layer("points", marks)], (*PARAMETERS, BAND_COLOUR))


def band_rows(runs: Sequence[tuple[int, int]], scales: Scales) -> list[Mapping[str, float]]:
    """A band behind each of these runs; an unseen one where there is none, to carry the axes."""
    low, high = scales.domain
    return [
        {"year": first - 0.5, "end": last + 0.5, "value": low, "top": high}
        for first, last in runs or [(scales.span[0], scales.span[-1])]
    ]


def target_rows(bars: Sequence[Bar], scales: Scales) -> list[Mapping[str, Any]]:
    """A short bar for each target, or for either end of its range."""
    reach = min(0.36, 20 / scales.step)
    return [
        {"year": bar.year - reach, "end": bar.year + reach, "value": bound} | named(kind, number)
        for number, bar in enumerate(bars)
        for kind, bound in zip((TARGET_MARK, UPPER_MARK), bar.bounds, strict=False)
    ]


def value_rows(dots: Sequence[Dot], scales: Scales) -> Iterator[Mapping[str, Any]]:
    """One kind after the other, as they lie on each other."""
    aside = _aside(dots, scales)
    for kind, shape in SHAPES.items():
        looks = {
            "shape": shape.path,
            "size": shape.area,
            "fill": shape.fill,
            "strokeWidth": shape.stroke_width,
        }
        for number, dot in enumerate(dots):
            if dot.kind is kind:
                year = dot.year + aside.get(number, 0)
                yield {"year": year, "value": dot.value, **looks, **named(VALUE_MARK, number)}


def _aside(dots: Sequence[Dot], scales: Scales) -> dict[int, float]:
    """How far, in years, each further source's mark stands beside its year's leading one."""
    offsets: dict[int, float] = {}
    ranks: dict[int, int] = {}
    for number, dot in enumerate(dots):
        if dot.kind is PointKind.COMPETING:
            ranks[dot.year] = ranks.get(dot.year, 0) + 1
            offsets[number] = min(0.45, ranks[dot.year] * _ASIDE / scales.step)
    return offsets
