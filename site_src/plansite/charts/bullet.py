"""One promised number: how far the published value has come towards it.

Without a published value the track stays an outline with the words for that, and the target still
stands where it belongs.
"""

from __future__ import annotations

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
    scale = alt.Scale(domain=[start, end], nice=False, zero=False)

    x = alt.X("value:Q", scale=scale, axis=None)
    middle = alt.value(_TRACK / 2)
    outline = inline([{"value": start, "end": end}]).mark_rect(
        fill=PAPER, stroke=GRID, strokeWidth=1.5, strokeDash=[] if point else [4, 3]
    )
    layers = [outline.encode(x=x, x2="end:Q", y=alt.value(0), y2=alt.value(_TRACK))]
    if point is not None:
        bar = inline([{"value": min(0.0, point.value), "end": max(0.0, point.value)}])
        layers.append(
            bar.mark_rect(fill=ACTUAL).encode(
                x=x, x2="end:Q", y=alt.value(6), y2=alt.value(_TRACK - 6)
            )
        )
    else:
        note = inline([{"value": start}]).mark_text(
            text=words.unpublished, align="left", dx=10, color=INK, fontSize=FONT_SIZE
        )
        layers.append(note.encode(x=x, y=middle))
    for value in filter(None, (target.value, target.upper)):
        tick = inline([{"value": value}]).mark_rule(color=TARGET, strokeWidth=3)
        layers.append(tick.encode(x=x, y=alt.value(-4), y2=alt.value(_TRACK + 4)))
    label = inline([{"value": goal}]).mark_text(
        text=target.label,
        align="right",
        dx=4,
        dy=-20 - _TRACK / 2 + 8,
        color=TARGET,
        fontSize=FONT_SIZE,
    )
    layers.append(label.encode(x=x, y=middle))
    return framed(layers, width - _PADDING["left"] - _PADDING["right"], _TRACK, _PADDING)
