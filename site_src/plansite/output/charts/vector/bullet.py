"""The bullet chart: how far the published value has come towards one target.

Without a published value the track stays an outline with the words for that, and the target still
stands where it belongs.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt

from plansite.output.charts.common.frame import (
    DESCRIPTION,
    END,
    Layout,
    Spec,
    SpecTemplate,
    by_name,
    layer,
    named,
    pixels,
)
from plansite.output.charts.common.marks import Bar, ChartWords, Dot, Point, PointKind, TargetMark
from plansite.output.charts.common.palette import ACTUAL, GRID, INK, PAPER, TARGET
from plansite.output.charts.common.text_marks import (
    Anchor,
    Text,
    text_rows,
    texts_by_name,
    texts_of,
)
from plansite.output.charts.vector.outline import MarkTexts
from plansite.output.charts.vector.render_svg import Chart

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
    mark_texts: MarkTexts = {
        **by_name(_VALUE, [point.facts] if point else []),
        **by_name(_TARGET, [target.facts]),
        **texts_by_name(_LABEL, [label, _inside(point, promise, words)]),
    }
    return Chart(_layout, promise, mark_texts)


def _layout(promise: _Promise) -> Layout:
    start, end, dot, bar = promise.start, promise.end, promise.dot, promise.bar
    positions = [{"value": promise.goal}, {"value": dot.value if dot else start}]
    bounds = zip((_TARGET, _UPPER), bar.bounds, strict=False)
    return Layout(
        form=_form(dot.kind if dot else None),
        width=promise.width - _PADDING["left"] - _PADDING["right"],
        height=_TRACK,
        padding=_PADDING | {"bottom": _BELOW_NUMBER if dot else _BELOW},
        tables={
            "track": [{"value": start, "end": end}],
            "reached": _reached(dot) if dot else [],
            "bounds": [{"value": bound} | named(kind, 0) for kind, bound in bounds],
            "texts": text_rows(_LABEL, positions),
        },
        parameters={"start": start, "end": end},
    )


def _reached(dot: Dot) -> list[Mapping[str, Any]]:
    """The bar, from nought to the value."""
    return [{"value": min(0.0, dot.value), "end": max(0.0, dot.value)} | named(_VALUE, 0)]


@functools.cache
def _form(kind: PointKind | None) -> SpecTemplate:
    """A track, a bar of a kind of value, if there is one, and a tick where each bound lies."""
    scale = alt.Scale(domain=[alt.ExprRef("start"), alt.ExprRef("end")], nice=False, zero=False)
    x = alt.X("value:Q", scale=scale, axis=None)
    dash = [] if kind else [4, 3]
    outline = alt.Chart().mark_rect(fill=PAPER, stroke=GRID, strokeWidth=1.5, strokeDash=dash)
    ticks = alt.Chart().mark_rule(color=TARGET, strokeWidth=3)
    bounds = ticks.encode(x=x, **pixels(-4, _TRACK + 4), description=DESCRIPTION)
    layers = [
        layer("track", outline.encode(x=x, x2=END, **pixels(0, _TRACK))),
        *([_bar(kind, x)] if kind else []),
        layer("bounds", bounds),
        texts_of("texts", {"x": x, **pixels(0)}),
    ]
    return SpecTemplate(layers, ("start", "end"))


def _bar(kind: PointKind, x: alt.X) -> Spec:
    bar = alt.Chart().mark_rect(stroke=ACTUAL, strokeWidth=2, **_STYLES[kind])
    heights = pixels(6, _TRACK - 6)
    return layer("reached", bar.encode(x=x, x2=END, **heights, description=DESCRIPTION))


def _inside(point: Point | None, promise: _Promise, words: ChartWords) -> Text:
    """The value below the end of its bar, turned inwards near the picture's sides; or its want."""
    if point is None:
        return Text(words.unpublished, INK, dx=10, dy=_TRACK / 2, anchor="start")
    share = (point.value - promise.start) / (promise.end - promise.start)
    anchor: Anchor = "middle"
    if not 0.15 <= share <= 0.85:
        anchor = "start" if share < 0.15 else "end"
    return Text(point.label, ACTUAL, dy=_TRACK + 14, anchor=anchor, bold=True)
