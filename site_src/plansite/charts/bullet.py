"""One promised number: how far the published value has come towards it.

Without a published value the track stays an outline with the words for that, and the target still
stands where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import altair as alt

from plansite.charts.frame import DESCRIPTION, END, described, framed, inline
from plansite.charts.palette import ACTUAL, FONT_SIZE, GRID, INK, PAPER, TARGET
from plansite.charts.points import ChartWords, Point, PointKind, TargetMark

_TRACK = 24
_PADDING = {"left": 2, "right": 2, "top": 24}
_BELOW, _BELOW_NUMBER = 6, 26
"""Room below the bar: for the targets' ends, and for a value's number."""
_STYLES: dict[PointKind, dict[str, Any]] = {
    PointKind.FINAL: {"fill": ACTUAL},
    PointKind.PROVISIONAL: {"fill": PAPER},
    PointKind.ESTIMATED: {"fill": PAPER, "strokeDash": [5, 3]},
}


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
    start = min(0.0, 1.25 * min(goal, target.value), point.value if point else 0.0)
    x = alt.X("value:Q", scale=alt.Scale(domain=[start, end], nice=False, zero=False), axis=None)
    outline = inline([{"value": start, "end": end}]).mark_rect(
        fill=PAPER, stroke=GRID, strokeWidth=1.5, strokeDash=[] if point else [4, 3]
    )
    track = outline.encode(x=x, x2=END, y=alt.value(0), y2=alt.value(_TRACK))
    inside = [_silence(start, x, words)]
    if point is not None:
        inside = [_bar(point, x), _number(point, (point.value - start) / (end - start), x)]
    layers = [track, *inside, *_target_marks(target, goal, x)]
    padding = _PADDING | {"bottom": _BELOW_NUMBER if point else _BELOW}
    return framed(layers, width - _PADDING["left"] - _PADDING["right"], _TRACK, padding)


def _bar(point: Point, x: alt.X) -> alt.Chart:
    row = {"value": min(0.0, point.value), "end": max(0.0, point.value)} | described(point.facts)
    drawn: alt.Chart = (
        inline([row])
        .mark_rect(stroke=ACTUAL, strokeWidth=2, **_STYLES[point.kind])
        .encode(
            x=x,
            x2=END,
            y=alt.value(6),
            y2=alt.value(_TRACK - 6),
            description=DESCRIPTION,
        )
    )
    return drawn


def _number(point: Point, share: float, x: alt.X) -> alt.Chart:
    """The value below the end of its bar, turned inwards near the picture's sides."""
    align: Literal["left", "center", "right"] = "center"
    if not 0.15 <= share <= 0.85:
        align = "left" if share < 0.15 else "right"
    text = inline([{"value": point.value}]).mark_text(
        text=point.label, align=align, dy=14, color=ACTUAL, fontSize=FONT_SIZE, fontWeight="bold"
    )
    drawn: alt.Chart = text.encode(x=x, y=alt.value(_TRACK))
    return drawn


def _silence(start: float, x: alt.X, words: ChartWords) -> alt.Chart:
    note = inline([{"value": start}]).mark_text(
        text=words.unpublished, align="left", dx=10, color=INK, fontSize=FONT_SIZE
    )
    drawn: alt.Chart = note.encode(x=x, y=alt.value(_TRACK / 2))
    return drawn


def _target_marks(target: TargetMark, goal: float, x: alt.X) -> Iterator[alt.Chart]:
    """A tick where each bound lies, and the target's words above."""
    for value, facts in ((target.value, target.facts), (target.upper, {})):
        if value is not None:
            row = {"value": value} | described(facts)
            tick = inline([row]).mark_rule(color=TARGET, strokeWidth=3)
            yield tick.encode(
                x=x, y=alt.value(-4), y2=alt.value(_TRACK + 4), description=DESCRIPTION
            )
    label = inline([{"value": goal}]).mark_text(
        text=target.label, align="right", dx=4, dy=-12, color=TARGET, fontSize=FONT_SIZE
    )
    yield label.encode(x=x, y=alt.value(0))
