"""A small picture of an indicator's course for a card: values, gaps and target bars, no text."""

from __future__ import annotations

import altair as alt

from plansite.charts.frame import END, RUN, Spec, framed, inline
from plansite.charts.palette import ACTUAL, GRID, TARGET
from plansite.charts.points import Point, TargetMark, rows_with_runs

_WIDTH, _HEIGHT, _PADDING = 240, 56, 8


def sparkline(points: list[Point], targets: list[TargetMark]) -> Spec:
    """Chart leading values and targets over the years that have either."""
    years = [point.year for point in points] + [target.year for target in targets]
    bounds = [(t, value) for t in targets for value in (t.value, t.upper) if value is not None]
    values = [0.0, *(point.value for point in points), *(value for _, value in bounds)]
    x_scale = alt.Scale(domain=[min(years) - 0.5, max(years) + 0.5], nice=False, zero=False)
    low, high = min(values), max(values)
    y_scale = alt.Scale(domain=[low, high if high > low else 1], nice=False, zero=False)
    x = alt.X("year:Q", scale=x_scale, axis=None)
    y = alt.Y("value:Q", scale=y_scale, axis=None)

    base = [{"year": min(years) - 0.5, "end": max(years) + 0.5, "value": low}]
    bars = [{"year": t.year - 0.34, "end": t.year + 0.34, "value": value} for t, value in bounds]
    layers = [
        inline(base).mark_rule(color=GRID, strokeWidth=1).encode(x=x, x2=END, y=y),
        inline(bars).mark_rule(color=TARGET, strokeWidth=2.5).encode(x=x, x2=END, y=y),
    ]
    rows = rows_with_runs(points)
    if rows:
        line = inline(rows).mark_line(color=ACTUAL, strokeWidth=2)
        dots = inline(rows).mark_point(filled=True, fill=ACTUAL, color=ACTUAL, size=26, opacity=1)
        layers += [line.encode(x=x, y=y, detail=RUN), dots.encode(x=x, y=y)]
    return framed(layers, _WIDTH - 2 * _PADDING, _HEIGHT - 2 * _PADDING, _PADDING)
