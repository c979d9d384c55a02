"""Actual values against yearly targets: what the chart of an indicator shows.

Values are marks joined by a line where years follow one another; a missing year leaves a gap.
Targets are short bars. Both carry their number, so the chart reads without colour and axis. Another
source's value for the same year stands beside the one that leads, never hidden behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from plansite.output.charts.common.frame import Layout, LineRuns, by_name
from plansite.output.charts.common.marks import (
    Bar,
    ChartWords,
    Dot,
    Point,
    TargetMark,
    leading,
    rows_with_runs,
)
from plansite.output.charts.common.palette import BAND, INK
from plansite.output.charts.common.text_marks import (
    EXTENTLESS,
    PlacedText,
    Text,
    text_rows,
    texts_by_name,
)
from plansite.output.charts.vector.labels import (
    missing_notes,
    notes_fit,
    target_labels,
    value_labels,
    words_fit_between,
)
from plansite.output.charts.vector.outline import MarkTexts
from plansite.output.charts.vector.render_svg import Chart
from plansite.output.charts.vector.scales import (
    Scales,
    finest_step,
    label_room,
    value_domain,
    values_of,
)
from plansite.output.charts.vector.yearly_layers import (
    BAND_COLOUR,
    TARGET_MARK,
    VALUE_MARK,
    band_rows,
    target_rows,
    value_rows,
    yearly_form,
)

_MARGIN = {"left": 44, "right": 30, "top": 26, "bottom": 24}
"""Around the plot; more on the left where values have many digits."""
_BENEATH, _ABOVE = "beneath", "above"


@dataclass(frozen=True)
class ChartSize:
    """The size of the whole picture in pixels."""

    width: int
    height: int


WIDE = ChartSize(720, 320)
NARROW = ChartSize(336, 280)
_TARGETS_ONLY_HEIGHT = 190


@dataclass(frozen=True)
class _Years:
    """What is drawn, in every language.

    Args:
        dots: the published values.
        bars: the targets.
        frame: the picture's size.
        beneath: places of the texts that marks may cover.
        above: places of the texts that cover marks.
    """

    dots: Sequence[Dot]
    bars: Sequence[Bar]
    frame: ChartSize
    beneath: Sequence[tuple[float, float]]
    above: Sequence[tuple[float, float]]


def yearly_chart(
    points: list[Point], targets: list[TargetMark], frame: ChartSize, words: ChartWords
) -> Chart:
    """Chart an indicator's values and targets.

    Args:
        points: published values; those of one year in order of precedence.
        targets: the plan's targets, ascending; the years that have one are shaded.
        frame: the picture's size.
        words: the words inside it.
    """
    scales = _scales(points, targets, frame)
    beneath = [
        *scales.labels(),
        *_heading(targets, scales, words),
        *target_labels(targets, points, scales),
        *missing_notes(points, targets, scales, words),
    ]
    above = [*value_labels(points, targets, scales)]
    years = _Years(
        dots=tuple(point.dot for point in points),
        bars=tuple(target.bar for target in targets),
        frame=frame,
        beneath=tuple(position for position, _ in beneath),
        above=tuple(position for position, _ in above),
    )
    mark_texts: MarkTexts = {
        **by_name(VALUE_MARK, (point.facts for point in points)),
        **by_name(TARGET_MARK, (target.facts for target in targets)),
        **texts_by_name(_BENEATH, (text for _, text in beneath)),
        **texts_by_name(_ABOVE, (text for _, text in above)),
    }
    return Chart(_layout, years, mark_texts)


def _layout(years: _Years) -> Layout:
    scales = _scales(years.dots, years.bars, years.frame)
    full_height = years.frame.height if years.dots else _TARGETS_ONLY_HEIGHT
    band_years = _target_years(years.bars, scales)
    course = rows_with_runs(leading(years.dots))
    return Layout(
        form=yearly_form(LineRuns.of(course if len(course) > 1 else []), bool(years.bars)),
        width=scales.width,
        height=full_height - _MARGIN["top"] - _MARGIN["bottom"],
        padding=_MARGIN | {"left": _left(scales.domain, scales.finest)},
        tables={
            "bands": band_rows(band_years, scales),
            "course": course,
            "targets": target_rows(years.bars, scales),
            "points": [
                *text_rows(_BENEATH, map(_position, years.beneath)),
                *value_rows(years.dots, scales),
                *text_rows(_ABOVE, map(_position, years.above)),
            ],
        },
        parameters={**scales.parameters, BAND_COLOUR: BAND if band_years else "transparent"},
    )


def _position(position: tuple[float, float]) -> Mapping[str, Any]:
    """Columns for a text's place and for how its mark looks to Vega."""
    year, value = position
    return {"year": year, "value": value, **EXTENTLESS}


def _scales(points: Sequence[Dot], targets: Sequence[Bar], frame: ChartSize) -> Scales:
    years = [point.year for point in points] + [target.year for target in targets]
    domain, finest = value_domain(points, targets), finest_step(values_of(points, targets))
    width = frame.width - _left(domain, finest) - _MARGIN["right"]
    return Scales(list(range(min(years), max(years) + 1)), domain, width, finest)


def _left(domain: tuple[float, float], finest: Decimal) -> int:
    return max(_MARGIN["left"], label_room(domain, finest))


@dataclass(frozen=True)
class FittingWords:
    """What a chart has no room to say beside its marks, so that its key must."""

    target_word: bool
    missing_word: bool


def words_that_fit(
    points: list[Point], targets: list[TargetMark], frame: ChartSize
) -> FittingWords:
    """Which words stand in the chart itself."""
    step = _scales(points, targets, frame).step
    return FittingWords(target_word=words_fit_between(targets, step), missing_word=notes_fit(step))


def _target_years(targets: Sequence[Bar], scales: Scales) -> list[tuple[int, int]]:
    """Each run of years that have targets; none where all years have one."""
    if len(scales.span) <= len(targets):
        return []
    return _runs(target.year for target in targets)


def _heading(targets: list[TargetMark], scales: Scales, words: ChartWords) -> Iterator[PlacedText]:
    """The words over the longest of these runs."""
    if runs := _target_years(targets, scales):
        first, last = max(runs, key=lambda run: run[1] - run[0])
        yield ((first + last) / 2, scales.domain[1]), Text(words.target_years, INK, dy=-8)


def _runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending years as (first, last) of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], year
        else:
            runs.append((year, year))
    return runs
