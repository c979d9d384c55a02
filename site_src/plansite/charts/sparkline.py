"""A small picture of an indicator's course for a card: values, gaps and target bars, no text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from plansite.charts.frame import END, RUN, Spec, framed, layer
from plansite.charts.palette import ACTUAL, GRID, TARGET
from plansite.charts.points import Bar, Dot, Point, TargetMark, rows_with_runs
from plansite.charts.svg import Chart

_WIDTH, _HEIGHT, _PADDING = 240, 56, 8


@dataclass(frozen=True)
class _Course:
    """What is drawn, in every language."""

    dots: Sequence[Dot]
    bars: Sequence[Bar]


def sparkline(points: list[Point], targets: list[TargetMark]) -> Chart:
    """Chart leading values and targets over the years that have either."""
    dots = tuple(point.dot for point in points)
    return Chart(_spec, _Course(dots, tuple(target.bar for target in targets)), {})


def _spec(course: _Course) -> Spec:
    """What Vega lays out."""
    dots, bars = course.dots, course.bars
    years = [dot.year for dot in dots] + [bar.year for bar in bars]
    bounds = [(bar.year, bound) for bar in bars for bound in bar.bounds]
    values = [0.0, *(dot.value for dot in dots), *(bound for _, bound in bounds)]
    x_scale = alt.Scale(domain=[min(years) - 0.5, max(years) + 0.5], nice=False, zero=False)
    low, high = min(values), max(values)
    y_scale = alt.Scale(domain=[low, high if high > low else 1], nice=False, zero=False)
    x = alt.X("year:Q", scale=x_scale, axis=None)
    y = alt.Y("value:Q", scale=y_scale, axis=None)

    def drawn(rows: Iterable[Mapping[str, float]], marks: alt.Chart, **more: Any) -> Spec:
        return layer(rows, marks.encode(x=x, y=y, **more))

    base = [{"year": min(years) - 0.5, "end": max(years) + 0.5, "value": low}]
    reached = [{"year": year - 0.34, "end": year + 0.34, "value": value} for year, value in bounds]
    layers = [
        drawn(base, alt.Chart().mark_rule(color=GRID, strokeWidth=1), x2=END),
        drawn(reached, alt.Chart().mark_rule(color=TARGET, strokeWidth=2.5), x2=END),
    ]
    if rows := rows_with_runs(dots):
        line = alt.Chart().mark_line(color=ACTUAL, strokeWidth=2)
        spots = alt.Chart().mark_point(filled=True, fill=ACTUAL, color=ACTUAL, size=26, opacity=1)
        layers += [drawn(rows, line, detail=RUN), drawn(rows, spots)]
    return framed(layers, _WIDTH - 2 * _PADDING, _HEIGHT - 2 * _PADDING, _PADDING)
