"""What all charts over the years have in common: their layers, without a number."""

from __future__ import annotations

import functools

import altair as alt

from plansite.output.charts.common.frame import (
    DESCRIPTION,
    END,
    LineRuns,
    SpecTemplate,
    layer,
)
from plansite.output.charts.common.palette import ACTUAL, TARGET
from plansite.output.charts.vector.scales import PARAMETERS, channels

BAND_COLOUR = "band"
"""The parameter for the colour of bands."""
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
