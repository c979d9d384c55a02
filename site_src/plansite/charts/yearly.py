"""Actual values against yearly targets: what the chart of an indicator shows.

Values are dots joined by a line where years follow one another; a missing year leaves a gap.
Targets are short bars. Both carry their number, so the chart reads without colour and axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt

from plansite.charts.frame import framed, inline
from plansite.charts.palette import ACTUAL, BAND, FONT_SIZE, INK, PAPER, TARGET
from plansite.charts.points import ChartWords, Point, PointKind, TargetMark, rows_with_runs
from plansite.charts.scales import Scales, value_domain

_MARGIN = {"left": 44, "right": 30, "top": 26, "bottom": 24}
_LABEL_ROOM = 46
"""Pixels that a value's label needs beside its neighbour's."""
_WORD_ROOM = 60
"""Pixels that a target's label needs with its word; below, the number stands alone."""
_NOTE_ROOM = 78
"""Pixels that the words for an unpublished year need."""


@dataclass(frozen=True)
class Frame:
    """The size of the whole picture in pixels."""

    width: int
    height: int


WIDE = Frame(720, 320)
NARROW = Frame(336, 280)
_TARGETS_ONLY_HEIGHT = 190


def yearly_chart(
    points: list[Point], targets: list[TargetMark], frame: Frame, words: ChartWords
) -> alt.LayerChart:
    """Chart an indicator's values and targets.

    Args:
        points: published values; those of one year in order of precedence.
        targets: the plan's targets; without any, the plan's period is not shaded.
        frame: the picture's size.
        words: the words inside it.
    """
    years = sorted({point.year for point in points} | {target.year for target in targets})
    span = list(range(years[0], years[-1] + 1))
    width = frame.width - _MARGIN["left"] - _MARGIN["right"]
    full_height = frame.height if points else _TARGETS_ONLY_HEIGHT
    height = full_height - _MARGIN["top"] - _MARGIN["bottom"]
    scales = Scales(span, value_domain(points, targets), width)
    layers = [
        *_plan_period(targets, scales, words),
        *_lines(points, scales),
        *_targets(targets, points, scales),
        *_unpublished(points, targets, scales, words),
        *_dots(points, scales),
        *_labels(points, targets, scales),
    ]
    return framed(layers, width, height, _MARGIN)


def _plan_period(targets: list[TargetMark], scales: Scales, words: ChartWords) -> list[alt.Chart]:
    """The axes, and a band behind the years that have targets."""
    first = targets[0].year if targets else scales.span[0]
    last = targets[-1].year if targets else scales.span[-1]
    shown = bool(targets) and len(scales.span) > last - first + 1
    low, high = scales.domain
    rows = [{"year": first - 0.5, "end": last + 0.5, "value": low, "top": high}]
    band = (
        inline(rows)
        .mark_rect(color=BAND if shown else "transparent")
        .encode(x=scales.x(), x2="end:Q", y=scales.y(), y2="top:Q")
    )
    if not shown:
        return [band]
    middle = [{"year": (first + last) / 2, "value": high}]
    text = (
        inline(middle)
        .mark_text(text=words.plan_period, dy=-8, color=INK, fontSize=FONT_SIZE)
        .encode(x=scales.x(), y=scales.y())
    )
    return [band, text]


def _leading(points: list[Point]) -> list[Point]:
    return [point for point in points if point.kind in (PointKind.FINAL, PointKind.UNSETTLED)]


def _lines(points: list[Point], scales: Scales) -> list[alt.Chart]:
    rows = rows_with_runs(_leading(points))
    if len(rows) < 2:
        return []
    line = inline(rows).mark_line(color=ACTUAL, strokeWidth=2)
    return [line.encode(x=scales.x(), y=scales.y(), detail="run:N")]


def _targets(targets: list[TargetMark], points: list[Point], scales: Scales) -> list[alt.Chart]:
    if not targets:
        return []
    reach = min(0.36, 20 / scales.step)
    rows = [
        {"year": target.year - reach, "end": target.year + reach, "value": value}
        for target in targets
        for value in (target.value, target.upper)
        if value is not None
    ]
    bars = inline(rows).mark_rule(color=TARGET, strokeWidth=3, strokeCap="butt")
    actual = {point.year: point.value for point in reversed(_leading(points))}
    layers = [bars.encode(x=scales.x(), x2="end:Q", y=scales.y())]
    for above in (True, False):
        labels = [
            {
                "year": target.year,
                "value": target.value if above is False or target.upper is None else target.upper,
                "label": target.label if scales.step >= _WORD_ROOM else target.number,
            }
            for target in targets
            if (actual.get(target.year, target.value - 1) < target.value) == above
        ]
        if labels:
            text = inline(labels).mark_text(
                color=TARGET,
                fontSize=FONT_SIZE,
                dy=-10 if above else 13,
                text={"expr": "datum.label"},
            )
            layers.append(text.encode(x=scales.x(), y=scales.y()))
    return layers


def _unpublished(
    points: list[Point], targets: list[TargetMark], scales: Scales, words: ChartWords
) -> list[alt.Chart]:
    """Words at the foot of each target year that has no published value."""
    published = {point.year for point in points}
    rows = [
        {"year": target.year, "value": scales.domain[0]}
        for target in targets
        if target.year not in published
    ]
    if not rows or scales.step < _NOTE_ROOM:
        return []
    text = inline(rows).mark_text(text=words.unpublished, dy=-12, color=INK, fontSize=FONT_SIZE)
    return [text.encode(x=scales.x(), y=scales.y())]


def _dots(points: list[Point], scales: Scales) -> list[alt.Chart]:
    styles: dict[PointKind, dict[str, Any]] = {
        PointKind.RELATED: {"shape": "square", "size": 46, "fill": PAPER, "strokeWidth": 1.5},
        PointKind.COMPETING: {"shape": "circle", "size": 34, "fill": PAPER, "strokeWidth": 1.5},
        PointKind.UNSETTLED: {"shape": "circle", "size": 64, "fill": PAPER, "strokeWidth": 2},
        PointKind.FINAL: {"shape": "circle", "size": 64, "fill": ACTUAL, "strokeWidth": 2},
    }
    layers = []
    for kind, style in styles.items():
        rows = [{"year": p.year, "value": p.value} for p in points if p.kind is kind]
        if rows:
            dots = inline(rows).mark_point(filled=False, stroke=ACTUAL, opacity=1, **style)
            layers.append(dots.encode(x=scales.x(), y=scales.y()))
    return layers


def _labels(points: list[Point], targets: list[TargetMark], scales: Scales) -> list[alt.Chart]:
    """The leading values' numbers; where there is no room for all, the ends and target years."""
    leading = _leading(points)
    if not leading:
        return []
    target_of = {target.year: target.value for target in targets}
    kept = leading
    if scales.step < _LABEL_ROOM:
        latest = max(point.year for point in leading)
        kept = [point for point in leading if point.year in target_of or point.year == latest]
    layers = []
    for above in (True, False):
        rows = [
            {"year": point.year, "value": point.value, "label": point.label}
            for point in kept
            if (point.value >= target_of.get(point.year, point.value)) == above
        ]
        if rows:
            text = inline(rows).mark_text(
                color=ACTUAL,
                fontSize=FONT_SIZE,
                fontWeight="bold",
                dy=-12 if above else 15,
                text={"expr": "datum.label"},
            )
            layers.append(text.encode(x=scales.x(), y=scales.y()))
    return layers
