"""The picture of a single number that has no target to be compared with."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from plansite.output.charts.common.chart_input import ChartData
from plansite.output.charts.common.marks import Facts
from plansite.output.charts.common.palette import ACTUAL, INK
from plansite.output.charts.raster.embedded_chart import EmbeddedChart
from plansite.output.charts.raster.text_lines import Line
from plansite.output.charts.vector.outline import HALO, HALO_ATTRIBUTES, attributes_of
from plansite.output.charts.vector.svg_shapes import SVG

WIDTH, HEIGHT = 336, 92
_BOLD = ' font-weight="bold"'


def single_number_svg(data: ChartData) -> str:
    """The number in large figures with its unit and year, as SVG; words where there is none."""
    facts = {f"data-{name}": value for name, value in _facts(data).items()}
    key = f"lone-{data.indicator_id}"
    return (
        f'<svg xmlns="{SVG}" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" focusable="false" aria-labelledby="{key}-title" aria-describedby="{key}-desc">'
        f'<title id="{key}-title">{escape(data.title)}</title>'
        f'<desc id="{key}-desc">{escape(data.description)}</desc>'
        f"{_texts(data, facts, {})}</svg>"
    )


def single_number_chart(data: ChartData) -> EmbeddedChart:
    """The same for a picture."""
    svg = _texts(data, HALO_ATTRIBUTES, HALO_ATTRIBUTES)
    return EmbeddedChart(HEIGHT, svg, (), _lines(data))


def _lines(data: ChartData) -> tuple[Line, Line]:
    """The number, and what it counts."""
    number, below = data.labels.unpublished, data.measure
    if data.points:
        point = data.points[0]
        number = point.label
        below = f"{data.measure} · {data.words('common.year', year=point.year)}"
    size = 44 if data.points else 24
    return (
        Line(number, 0, 52, size, ACTUAL, bold=True, halo=HALO),
        Line(below, 0, 80, 14, INK, halo=HALO),
    )


def _facts(data: ChartData) -> Facts:
    return data.points[0].facts if data.points else {}


def _texts(data: ChartData, *more: Mapping[str, str]) -> str:
    """Both as SVG, each with more attributes."""
    return "".join(
        f'<text x="{line.x:g}" y="{line.y:g}" font-size="{line.size:g}"'
        f"{_BOLD if line.bold else ''}"
        f' fill="{line.colour}"{attributes_of(others)}>{escape(line.text)}</text>'
        for line, others in zip(_lines(data), more, strict=True)
    )
