"""The key of a chart: it explains what the chart has no room to label beside its marks."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from plansite.output.charts.common.chart_input import ChartData
from plansite.output.charts.common.marks import PointKind, years_without_value
from plansite.output.charts.common.palette import ACTUAL, INK, TARGET
from plansite.output.charts.common.shapes import SHAPES
from plansite.output.charts.vector.yearly import ChartSize, words_that_fit

_TARGET_MARK = f'<path d="M-9,0H9" stroke="{TARGET}" stroke-width="3"/>'
_SILENCE_MARK = f'<path d="M-4,0H4" stroke="{INK}" stroke-width="2"/>'


@dataclass(frozen=True)
class KeyEntry:
    """One mark with its word; ``drawing`` is SVG around the middle of a 20 × 12 pixel box."""

    drawing: str
    word: str


def key_entries(data: ChartData, frame: ChartSize) -> list[KeyEntry]:
    """The marks of a yearly chart that need explaining at this size; empty where one kind is."""
    present = {point.kind for point in data.points}
    kinds = [kind for kind in PointKind if kind in present]
    entries = [KeyEntry(_value_mark(kind), data.kinds[kind]) for kind in kinds]
    room = words_that_fit(data.points, data.marks, frame)
    if data.marks and not room.target_word:
        entries.append(KeyEntry(_TARGET_MARK, data.words("chart.key_target")))
    if years_without_value(data.points, data.marks) and not room.missing_word:
        entries.append(KeyEntry(_SILENCE_MARK, data.words("chart.key_silence")))
    if kinds == [PointKind.FINAL] and not data.marks:
        return []
    return entries


def key_html(entries: list[KeyEntry], measure: str) -> str:
    """The key as a list, with the unit of measure at its end."""
    items = [
        '<li><svg class="key-mark" width="20" height="12" viewBox="-10 -6 20 12" '
        f'aria-hidden="true" focusable="false">{entry.drawing}</svg>{escape(entry.word)}</li>'
        for entry in entries
    ]
    items.append(f'<li class="key-measure">{escape(measure)}</li>')
    return f'<ul class="chart-key">{"".join(items)}</ul>'


def _value_mark(kind: PointKind) -> str:
    shape = SHAPES[kind]
    return (
        f'<path d="{shape.path}" transform="scale({shape.radius})" fill="{shape.fill}" '
        f'stroke="{ACTUAL}" stroke-width="{shape.stroke_width / shape.radius:.3g}"/>'
    )
