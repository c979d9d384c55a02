"""The words and numbers beside a yearly chart's marks, as far as there is room for them."""

from __future__ import annotations

import altair as alt

from plansite.charts.frame import inline
from plansite.charts.lettering import text_width
from plansite.charts.palette import ACTUAL, FONT_SIZE, INK, TARGET
from plansite.charts.points import ChartWords, Point, TargetMark, silent_years
from plansite.charts.scales import Scales

_LABEL_ROOM = 46
"""Pixels that a value's label needs beside its neighbour's."""
_WORD_ROOM = 0.9
"""The share of a target's label, at its generous estimate, that must fit from year to year."""
_NOTE_ROOM = 78
"""Pixels that the words for an unpublished year need; below, a dash stands for them."""
_SILENCE = "–"
"""Stands at the foot of an unpublished year where its words have no room."""


def target_labels(
    targets: list[TargetMark], points: list[Point], scales: Scales
) -> list[alt.Chart]:
    """Each target's number, on the side of its bar where its year's value is not."""
    actual = {point.year: point.value for point in reversed(points)}
    words_fit = words_fit_between(targets, scales.step)
    layers = []
    for above in (True, False):
        labels = [
            {
                "year": target.year,
                "value": target.value if above is False or target.upper is None else target.upper,
                "label": target.label if words_fit else target.number,
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


def silence_notes(
    points: list[Point], targets: list[TargetMark], scales: Scales, words: ChartWords
) -> list[alt.Chart]:
    """Words, or a dash, at the foot of each target year that has no published value."""
    silent = silent_years(points, targets)
    if not silent:
        return []
    words_fit = notes_fit(scales.step)
    rows = [
        {
            "year": target.year,
            "value": scales.domain[0],
            "note": target.facts.get("gap", words.unpublished) if words_fit else _SILENCE,
        }
        for target in targets
        if target.year in silent
    ]
    text = inline(rows).mark_text(
        text={"expr": "datum.note"},
        dy=-12,
        color=INK,
        fontSize=FONT_SIZE,
        fontWeight="normal" if words_fit else "bold",
    )
    return [text.encode(x=scales.x(), y=scales.y())]


def value_labels(points: list[Point], targets: list[TargetMark], scales: Scales) -> list[alt.Chart]:
    """The values' numbers; where there is no room for all, the last and those of target years."""
    told = [point for point in points if point.label]
    if not told:
        return []
    target_of = {target.year: target.value for target in targets}
    kept = told
    if scales.step < _LABEL_ROOM:
        latest = max(point.year for point in told)
        kept = [point for point in told if point.year in target_of or point.year == latest]
    layers = []
    for above in (True, False):
        rows = [
            {
                "year": point.year,
                "value": point.value,
                "label": point.label,
                "weight": "bold" if point.kind.leads else "normal",
            }
            for point in kept
            if (point.value >= target_of.get(point.year, point.value)) == above
        ]
        if rows:
            text = inline(rows).mark_text(
                color=ACTUAL,
                fontSize=FONT_SIZE,
                fontWeight={"expr": "datum.weight"},
                dy=-12 if above else 15,
                text={"expr": "datum.label"},
            )
            layers.append(text.encode(x=scales.x(), y=scales.y()))
    return layers


def words_fit_between(targets: list[TargetMark], step: float) -> bool:
    """Whether targets' labels can stand with their word; otherwise the numbers stand alone."""
    return all(text_width(target.label, FONT_SIZE) * _WORD_ROOM <= step for target in targets)


def notes_fit(step: float) -> bool:
    """Whether the words for an unpublished year have room; otherwise a dash stands for them."""
    return step >= _NOTE_ROOM
