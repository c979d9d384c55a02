"""The words and numbers beside a yearly chart's marks, as far as there is room for them."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.output.charts.common.marks import ChartWords, Point, TargetMark, years_without_value
from plansite.output.charts.common.palette import ACTUAL, FONT_SIZE, INK, TARGET
from plansite.output.charts.common.text_marks import PlacedText, Text
from plansite.output.charts.common.text_width import text_width
from plansite.output.charts.vector.scales import Scales

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
) -> Iterator[PlacedText]:
    """Each target's number, on the side of its bar where its year's value is not."""
    actual = {point.year: point.value for point in reversed(points)}
    words_fit = words_fit_between(targets, scales.step)
    for target in targets:
        above = actual.get(target.year, target.value - 1) < target.value
        top = target.value if not above or target.upper is None else target.upper
        label = target.label if words_fit else target.number
        yield (target.year, top), Text(label, TARGET, dy=-10 if above else 13)


def missing_notes(
    points: list[Point], targets: list[TargetMark], scales: Scales, words: ChartWords
) -> Iterator[PlacedText]:
    """Words, or a dash, at the foot of each target year that has no published value."""
    silent = years_without_value(points, targets)
    words_fit = notes_fit(scales.step)
    for target in targets:
        if target.year in silent:
            note = target.facts.get("gap", words.unpublished) if words_fit else _SILENCE
            yield (target.year, scales.domain[0]), Text(note, INK, dy=-12, bold=not words_fit)


def value_labels(
    points: list[Point], targets: list[TargetMark], scales: Scales
) -> Iterator[PlacedText]:
    """The values' numbers; where there is no room for all, the last and those of target years."""
    labelled = [point for point in points if point.label]
    target_of = {target.year: target.value for target in targets}
    latest = max((point.year for point in labelled), default=0)
    for point in labelled:
        if scales.step >= _LABEL_ROOM or point.year in target_of or point.year == latest:
            above = point.value >= target_of.get(point.year, point.value)
            number = Text(point.label, ACTUAL, dy=-12 if above else 15, bold=point.kind.leads)
            yield (point.year, point.value), number


def words_fit_between(targets: list[TargetMark], step: float) -> bool:
    """Whether targets' labels can stand with their word; otherwise the numbers stand alone."""
    return all(text_width(target.label, FONT_SIZE) * _WORD_ROOM <= step for target in targets)


def notes_fit(step: float) -> bool:
    """Whether the words for an unpublished year have room; otherwise a dash stands for them."""
    return step >= _NOTE_ROOM
