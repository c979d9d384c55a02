"""A single number without a target: nothing to compare, so nothing but the number."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from plansite.output.charts.common.marks import Facts
from plansite.output.charts.common.palette import ACTUAL, INK
from plansite.output.charts.common.subject import ChartData
from plansite.output.charts.raster.embedded_chart import EmbeddedChart
from plansite.output.charts.raster.text_lines import Line
from plansite.output.charts.vector.outline import (
    HALO,
    HALO_ATTRIBUTES,
    attributes_of,
)
from plansite.output.charts.vector.svg_shapes import SVG

WIDTH, HEIGHT = 336, 92
_BOLD = ' font-weight="bold"'


def single_number_svg(subject: ChartData) -> str:
    """The number in large figures with its unit and year, as SVG; words where there is none."""
    facts = {f"data-{name}": value for name, value in _facts(subject).items()}
    key = f"lone-{subject.indicator_id}"
    return (
        f'<svg xmlns="{SVG}" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" focusable="false" aria-labelledby="{key}-title" aria-describedby="{key}-desc">'
        f'<title id="{key}-title">{escape(subject.title)}</title>'
        f'<desc id="{key}-desc">{escape(subject.description)}</desc>'
        f"{_texts(subject, facts, {})}</svg>"
    )


def single_number_chart(subject: ChartData) -> EmbeddedChart:
    """The same for a picture."""
    svg = _texts(subject, HALO_ATTRIBUTES, HALO_ATTRIBUTES)
    return EmbeddedChart(HEIGHT, svg, (), _lines(subject))


def _lines(subject: ChartData) -> tuple[Line, Line]:
    """The number, and what it counts."""
    number, below = subject.labels.unpublished, subject.measure
    if subject.points:
        point = subject.points[0]
        number = point.label
        below = f"{subject.measure} · {subject.words('common.year', year=point.year)}"
    size = 44 if subject.points else 24
    return (
        Line(number, 0, 52, size, ACTUAL, bold=True, halo=HALO),
        Line(below, 0, 80, 14, INK, halo=HALO),
    )


def _facts(subject: ChartData) -> Facts:
    return subject.points[0].facts if subject.points else {}


def _texts(subject: ChartData, *more: Mapping[str, str]) -> str:
    """Both as SVG, each with more attributes."""
    return "".join(
        f'<text x="{line.x:g}" y="{line.y:g}" font-size="{line.size:g}"'
        f"{_BOLD if line.bold else ''}"
        f' fill="{line.colour}"{attributes_of(others)}>{escape(line.text)}</text>'
        for line, others in zip(_lines(subject), more, strict=True)
    )
