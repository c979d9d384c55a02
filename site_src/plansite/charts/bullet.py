"""One promised number: how far the published value has come towards it.

Without a published value the track stays an outline with the words for that, and the target still
stands where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import altair as alt

from plansite.charts.frame import (
    DESCRIPTION,
    END,
    Spec,
    by_name,
    framed,
    layer,
    named,
    pixels,
)
from plansite.charts.outline import Said
from plansite.charts.palette import ACTUAL, GRID, INK, PAPER, TARGET
from plansite.charts.points import Bar, ChartWords, Dot, Point, PointKind, TargetMark
from plansite.charts.svg import Chart
from plansite.charts.texts import Anchor, Text, texts_at, texts_by_name

_VALUE, _TARGET, _UPPER = "value", "target", "upper"
_LABEL = "label"
_TRACK = 24
_PADDING = {"left": 2, "right": 2, "top": 24}
_BELOW, _BELOW_NUMBER = 6, 26
"""Room below the bar: for the targets' ends, and for a value's number."""
_STYLES: dict[PointKind, dict[str, Any]] = {
    PointKind.FINAL: {"fill": ACTUAL},
    PointKind.PROVISIONAL: {"fill": PAPER},
    PointKind.ESTIMATED: {"fill": PAPER, "strokeDash": [5, 3]},
}


@dataclass(frozen=True)
class _Promise:
    """What is drawn, in every language."""

    dot: Dot | None
    bar: Bar
    width: int

    @property
    def goal(self) -> float:
        """The number that is promised, of a range the upper."""
        return self.bar.bounds[-1]

    @property
    def start(self) -> float:
        """What the track begins at."""
        return min(0.0, 1.25 * min(self.bar.bounds), self.dot.value if self.dot else 0.0)

    @property
    def end(self) -> float:
        """What the track ends at."""
        return 1.25 * max(self.goal, self.dot.value if self.dot else self.goal, 0) or 1.0


def bullet_chart(point: Point | None, target: TargetMark, width: int, words: ChartWords) -> Chart:
    """Chart a target and the value that leads, if any.

    Args:
        point: the leading value for the target's year.
        target: the promised number.
        width: the picture's width in pixels.
        words: the words inside it.
    """
    promise = _Promise(point.dot if point else None, target.bar, width)
    label = Text(target.label, TARGET, dx=4, dy=-12, anchor="end")
    said: Said = {
        **by_name(_VALUE, [point.facts] if point else []),
        **by_name(_TARGET, [target.facts]),
        **texts_by_name(_LABEL, [label, _inside(point, promise, words)]),
    }
    return Chart(_spec, promise, said)


def _spec(promise: _Promise) -> Spec:
    """What Vega lays out."""
    start, end, dot = promise.start, promise.end, promise.dot
    x = alt.X("value:Q", scale=alt.Scale(domain=[start, end], nice=False, zero=False), axis=None)
    outline = alt.Chart().mark_rect(
        fill=PAPER, stroke=GRID, strokeWidth=1.5, strokeDash=[] if dot else [4, 3]
    )
    track = layer([{"value": start, "end": end}], outline.encode(x=x, x2=END, **pixels(0, _TRACK)))
    places = [{"value": promise.goal}, {"value": dot.value if dot else start}]
    layers = [
        track,
        *([_bar(dot, x)] if dot else []),
        *_ticks(promise.bar, x),
        texts_at(_LABEL, places, {"x": x, **pixels(0)}),
    ]
    padding = _PADDING | {"bottom": _BELOW_NUMBER if dot else _BELOW}
    width = promise.width - _PADDING["left"] - _PADDING["right"]
    return framed(layers, width, _TRACK, padding)


def _bar(dot: Dot, x: alt.X) -> Spec:
    row = {"value": min(0.0, dot.value), "end": max(0.0, dot.value)} | named(_VALUE, 0)
    bar = alt.Chart().mark_rect(stroke=ACTUAL, strokeWidth=2, **_STYLES[dot.kind])
    encoded = bar.encode(x=x, x2=END, **pixels(6, _TRACK - 6), description=DESCRIPTION)
    return layer([row], encoded)


def _inside(point: Point | None, promise: _Promise, words: ChartWords) -> Text:
    """The value below the end of its bar, turned inwards near the picture's sides; or its want."""
    if point is None:
        return Text(words.unpublished, INK, dx=10, dy=_TRACK / 2, anchor="start")
    share = (point.value - promise.start) / (promise.end - promise.start)
    anchor: Anchor = "middle"
    if not 0.15 <= share <= 0.85:
        anchor = "start" if share < 0.15 else "end"
    return Text(point.label, ACTUAL, dy=_TRACK + 14, anchor=anchor, bold=True)


def _ticks(bar: Bar, x: alt.X) -> Iterator[Spec]:
    """A tick where each bound lies."""
    for kind, bound in zip((_TARGET, _UPPER), bar.bounds, strict=False):
        tick = alt.Chart().mark_rule(color=TARGET, strokeWidth=3)
        encoded = tick.encode(x=x, **pixels(-4, _TRACK + 4), description=DESCRIPTION)
        yield layer([{"value": bound} | named(kind, 0)], encoded)
