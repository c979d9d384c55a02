"""One promised number: how far the published value has come towards it.

Without a published value the track stays an outline with the words for that, and the target still
stands where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt

from plansite.charts.frame import framed, inline
from plansite.charts.palette import ACTUAL, FONT_SIZE, GRID, INK, PAPER, TARGET
from plansite.charts.points import ChartWords, Point, TargetMark

_TRACK = 24
_PADDING = {"left": 2, "right": 2, "top": 24, "bottom": 12}


def bullet_chart(
    point: Point | None, target: TargetMark, width: int, words: ChartWords
) -> alt.LayerChart:
    """Chart a target and the value that leads, if any.

    Args:
        point: the leading value for the target's year.
        target: the promised number.
        width: the picture's width in pixels.
        words: the words inside it.
    """
    goal = target.value if target.upper is None else target.upper
    end = 1.25 * max(goal, point.value if point else goal, 0) or 1.0
    start = min(0.0, 1.25 * goal, point.value if point else 0.0)
    x = alt.X("value:Q", scale=alt.Scale(domain=[start, end], nice=False, zero=False), axis=None)
    outline = inline([{"value": start, "end": end}]).mark_rect(
        fill=PAPER, stroke=GRID, strokeWidth=1.5, strokeDash=[] if point else [4, 3]
    )
    track = outline.encode(x=x, x2="end:Q", y=alt.value(0), y2=alt.value(_TRACK))
    inside = _silence(start, x, words) if point is None else _bar(point, x)
    layers = [track, inside, *_target_marks(target, goal, x)]
    return framed(layers, width - _PADDING["left"] - _PADDING["right"], _TRACK, _PADDING)


def _bar(point: Point, x: alt.X) -> alt.Chart:
    bar = inline([{"value": min(0.0, point.value), "end": max(0.0, point.value)}])
    drawn: alt.Chart = bar.mark_rect(fill=ACTUAL).encode(
        x=x, x2="end:Q", y=alt.value(6), y2=alt.value(_TRACK - 6)
    )
    return drawn


def _silence(start: float, x: alt.X, words: ChartWords) -> alt.Chart:
    note = inline([{"value": start}]).mark_text(
        text=words.unpublished, align="left", dx=10, color=INK, fontSize=FONT_SIZE
    )
    drawn: alt.Chart = note.encode(x=x, y=alt.value(_TRACK / 2))
    return drawn


def _target_marks(target: TargetMark, goal: float, x: alt.X) -> Iterator[alt.Chart]:
    """A tick where each bound lies, and the target's words above."""
    for value in (target.value, target.upper):
        if value is not None:
            tick = inline([{"value": value}]).mark_rule(color=TARGET, strokeWidth=3)
            yield tick.encode(x=x, y=alt.value(-4), y2=alt.value(_TRACK + 4))
    label = inline([{"value": goal}]).mark_text(
        text=target.label, align="right", dx=4, dy=-12, color=TARGET, fontSize=FONT_SIZE
    )
    yield label.encode(x=x, y=alt.value(0))
