"""Actual values against yearly targets: what the chart of an indicator shows.

Values are marks joined by a line where years follow one another; a missing year leaves a gap.
Targets are short bars. Both carry their number, so the chart reads without colour and axis. Another
source's value for the same year stands beside the one that leads, never hidden behind it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import altair as alt

from plansite.charts.frame import DESCRIPTION, END, RUN, Spec, described, framed, inline
from plansite.charts.labels import (
    notes_fit,
    silence_notes,
    target_labels,
    value_labels,
    words_fit_between,
)
from plansite.charts.palette import ACTUAL, BAND, INK, TARGET
from plansite.charts.points import (
    ChartWords,
    Point,
    PointKind,
    TargetMark,
    leading,
    rows_with_runs,
)
from plansite.charts.scales import Scales, value_domain
from plansite.charts.shapes import SHAPES
from plansite.charts.texts import PlacedText, Text, texts_at

_MARGIN = {"left": 44, "right": 30, "top": 26, "bottom": 24}
_ASIDE = 11
"""Pixels between the value that leads and each other source's value for the same year."""


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
) -> Spec:
    """Chart an indicator's values and targets.

    Args:
        points: published values; those of one year in order of precedence.
        targets: the plan's targets, ascending; the years that have one are shaded.
        frame: the picture's size.
        words: the words inside it.
    """
    scales = _scales(points, targets, frame)
    full_height = frame.height if points else _TARGETS_ONLY_HEIGHT
    height = full_height - _MARGIN["top"] - _MARGIN["bottom"]
    band, heading = _target_years(targets, scales, words)
    beneath = [
        *scales.labels(),
        *heading,
        *target_labels(targets, points, scales),
        *silence_notes(points, targets, scales, words),
    ]
    layers = [
        band,
        *_lines(points, scales),
        *_targets(targets, scales),
        _texts(beneath, scales),
        *_dots(points, scales),
        _texts(value_labels(points, targets, scales), scales),
    ]
    return framed(layers, scales.width, height, _MARGIN)


def _scales(points: list[Point], targets: list[TargetMark], frame: Frame) -> Scales:
    years = [point.year for point in points] + [target.year for target in targets]
    width = frame.width - _MARGIN["left"] - _MARGIN["right"]
    span = list(range(min(years), max(years) + 1))
    return Scales(span, value_domain(points, targets), width)


@dataclass(frozen=True)
class Room:
    """What a chart has no room to say beside its marks, so that its key must."""

    target_word: bool
    silence_word: bool


def room_for_words(points: list[Point], targets: list[TargetMark], frame: Frame) -> Room:
    """Which words stand in the chart itself."""
    step = _scales(points, targets, frame).step
    return Room(target_word=words_fit_between(targets, step), silence_word=notes_fit(step))


def _target_years(
    targets: list[TargetMark], scales: Scales, words: ChartWords
) -> tuple[alt.Chart, list[PlacedText]]:
    """The axes, a band behind each run of years that have targets, and its heading."""
    runs = _runs(target.year for target in targets)
    shown = bool(runs) and len(scales.span) > len(targets)
    low, high = scales.domain
    rows = [
        {"year": first - 0.5, "end": last + 0.5, "value": low, "top": high}
        for first, last in runs or [(scales.span[0], scales.span[-1])]
    ]
    band = (
        inline(rows)
        .mark_rect(color=BAND if shown else "transparent")
        .encode(x=scales.x(), x2=END, y=scales.y(), y2=alt.Y2("top:Q"))
    )
    if not shown:
        return band, []
    first, last = max(runs, key=lambda run: run[1] - run[0])
    middle = {"year": (first + last) / 2, "value": high}
    return band, [(middle, Text(words.target_years, INK, dy=-8))]


def _texts(placed: Iterable[PlacedText], scales: Scales) -> alt.Chart:
    layer: alt.Chart = texts_at(placed).encode(x=scales.x(), y=scales.y(), description=DESCRIPTION)
    return layer


def _runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending years as (first, last) of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], year
        else:
            runs.append((year, year))
    return runs


def _lines(points: list[Point], scales: Scales) -> list[alt.Chart]:
    rows = rows_with_runs(leading(points))
    if len(rows) < 2:
        return []
    line = inline(rows).mark_line(color=ACTUAL, strokeWidth=2)
    return [line.encode(x=scales.x(), y=scales.y(), detail=RUN)]


def _targets(targets: list[TargetMark], scales: Scales) -> list[alt.Chart]:
    if not targets:
        return []
    reach = min(0.36, 20 / scales.step)
    rows = [
        {"year": target.year - reach, "end": target.year + reach, "value": value} | described(facts)
        for target in targets
        for value, facts in ((target.value, target.facts), (target.upper, {}))
        if value is not None
    ]
    bars = inline(rows).mark_rule(color=TARGET, strokeWidth=3, strokeCap="butt")
    return [bars.encode(x=scales.x(), x2=END, y=scales.y(), description=DESCRIPTION)]


def _dots(points: list[Point], scales: Scales) -> list[alt.Chart]:
    aside = _aside(points, scales)
    layers = []
    for kind, shape in SHAPES.items():
        rows = [
            {"year": p.year + aside.get(id(p), 0), "value": p.value} | described(p.facts)
            for p in points
            if p.kind is kind
        ]
        if rows:
            dots = inline(rows).mark_point(
                filled=False,
                shape=shape.path,
                size=shape.area,
                fill=shape.fill,
                stroke=ACTUAL,
                strokeWidth=shape.stroke_width,
                opacity=1,
            )
            layers.append(dots.encode(x=scales.x(), y=scales.y(), description=DESCRIPTION))
    return layers


def _aside(points: list[Point], scales: Scales) -> dict[int, float]:
    """How far, in years, each further source's mark stands beside its year's leading one."""
    found: dict[int, float] = {}
    places: dict[int, int] = {}
    for point in points:
        if point.kind is PointKind.COMPETING:
            places[point.year] = places.get(point.year, 0) + 1
            found[id(point)] = min(0.45, places[point.year] * _ASIDE / scales.step)
    return found
