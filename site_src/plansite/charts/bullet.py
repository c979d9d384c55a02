"""One promised number: how far the published value has come towards it.

Without a published value the track stays an outline with the words for that, and the target still
stands where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import altair as alt

from plansite.charts.frame import DESCRIPTION, END, Spec, described, framed, inline, pixels
from plansite.charts.palette import ACTUAL, GRID, INK, PAPER, TARGET
from plansite.charts.points import ChartWords, Point, PointKind, TargetMark
from plansite.charts.texts import PlacedText, Text, texts_at

_TRACK = 24
_PADDING = {"left": 2, "right": 2, "top": 24}
_BELOW, _BELOW_NUMBER = 6, 26
"""Room below the bar: for the targets' ends, and for a value's number."""
_STYLES: dict[PointKind, dict[str, Any]] = {
    PointKind.FINAL: {"fill": ACTUAL},
    PointKind.PROVISIONAL: {"fill": PAPER},
    PointKind.ESTIMATED: {"fill": PAPER, "strokeDash": [5, 3]},
}


def bullet_chart(point: Point | None, target: TargetMark, width: int, words: ChartWords) -> Spec:
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
    track = outline.encode(x=x, x2=END, **pixels(0, _TRACK))
    label = Text(target.label, TARGET, dx=4, dy=-12, anchor="end")
    texts = [({"value": goal}, label), _inside(point, start, end, words)]
    layers = [
        track,
        *([_bar(point, x)] if point else []),
        *_ticks(target, x),
        texts_at(texts).encode(x=x, **pixels(0), description=DESCRIPTION),
    ]
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
            **pixels(6, _TRACK - 6),
            description=DESCRIPTION,
        )
    )
    return drawn


def _inside(point: Point | None, start: float, end: float, words: ChartWords) -> PlacedText:
    """The value below the end of its bar, turned inwards near the picture's sides; or its want."""
    if point is None:
        note = Text(words.unpublished, INK, dx=10, dy=_TRACK / 2, anchor="start")
        return {"value": start}, note
    share = (point.value - start) / (end - start)
    anchor: Literal["start", "middle", "end"] = "middle"
    if not 0.15 <= share <= 0.85:
        anchor = "start" if share < 0.15 else "end"
    number = Text(point.label, ACTUAL, dy=_TRACK + 14, anchor=anchor, bold=True)
    return {"value": point.value}, number


def _ticks(target: TargetMark, x: alt.X) -> Iterator[alt.Chart]:
    """A tick where each bound lies."""
    for value, facts in ((target.value, target.facts), (target.upper, {})):
        if value is not None:
            row = {"value": value} | described(facts)
            tick = inline([row]).mark_rule(color=TARGET, strokeWidth=3)
            yield tick.encode(x=x, **pixels(-4, _TRACK + 4), description=DESCRIPTION)
