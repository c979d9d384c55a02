"""A small picture of an indicator's course for a card: values, gaps and target bars, no text."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from plansite.output.charts.common.frame import END, Layout, LineRuns, Spec, SpecTemplate, layer
from plansite.output.charts.common.marks import Bar, Dot, Point, TargetMark, rows_with_runs
from plansite.output.charts.common.palette import ACTUAL, GRID, TARGET
from plansite.output.charts.vector.render_svg import Chart

_WIDTH, _HEIGHT, _PADDING = 240, 56, 8


@dataclass(frozen=True)
class _Course:
    """What is drawn, in every language."""

    dots: Sequence[Dot]
    bars: Sequence[Bar]


def sparkline(points: list[Point], targets: list[TargetMark]) -> Chart:
    """Chart leading values and targets over the years that have either."""
    dots = tuple(point.dot for point in points)
    return Chart(_layout, _Course(dots, tuple(target.bar for target in targets)), {})


def _layout(drawn: _Course) -> Layout:
    dots, bars = drawn.dots, drawn.bars
    years = [dot.year for dot in dots] + [bar.year for bar in bars]
    bounds = [(bar.year, bound) for bar in bars for bound in bar.bounds]
    values = [0.0, *(dot.value for dot in dots), *(bound for _, bound in bounds)]
    first, last = min(years) - 0.5, max(years) + 0.5
    low, high = min(values), max(values)
    course = rows_with_runs(dots)
    return Layout(
        form=_form(LineRuns.of(course)),
        width=_WIDTH - 2 * _PADDING,
        height=_HEIGHT - 2 * _PADDING,
        padding=_PADDING,
        tables={
            "base": [{"year": first, "end": last, "value": low}],
            "bounds": [{"year": y - 0.34, "end": y + 0.34, "value": bound} for y, bound in bounds],
            "course": course,
        },
        parameters={
            "first": first,
            "last": last,
            "low": low,
            "high": high if high > low else 1,
        },
    )


@functools.cache
def _form(course: LineRuns) -> SpecTemplate:
    ends = [alt.ExprRef("first"), alt.ExprRef("last")], [alt.ExprRef("low"), alt.ExprRef("high")]
    x_scale, y_scale = (alt.Scale(domain=domain, nice=False, zero=False) for domain in ends)
    x = alt.X("year:Q", scale=x_scale, axis=None)
    y = alt.Y("value:Q", scale=y_scale, axis=None)

    def drawn(table: str, marks: alt.Chart, **more: Any) -> Spec:
        """A layer of a table, at the year and value of each row."""
        return layer(table, marks.encode(x=x, y=y, **more))

    layers = [
        drawn("base", alt.Chart().mark_rule(color=GRID, strokeWidth=1), x2=END),
        drawn("bounds", alt.Chart().mark_rule(color=TARGET, strokeWidth=2.5), x2=END),
    ]
    if course is not LineRuns.NONE:
        line = alt.Chart().mark_line(color=ACTUAL, strokeWidth=2)
        spots = alt.Chart().mark_point(filled=True, fill=ACTUAL, color=ACTUAL, size=26, opacity=1)
        layers += [drawn("course", line, **course.runs), drawn("course", spots)]
    return SpecTemplate(layers, ("first", "last", "low", "high"))
