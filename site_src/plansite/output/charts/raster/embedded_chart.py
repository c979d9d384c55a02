"""A chart as a picture has it inside: without what is for a page's script and screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plansite.output.charts.common.palette import FONT_SIZE
from plansite.output.charts.raster.text_lines import Line
from plansite.output.charts.vector.outline import HALO
from plansite.output.charts.vector.render_svg import Chart
from plansite.output.charts.vector.svg_shapes import SvgShape


@dataclass(frozen=True)
class EmbeddedChart:
    """A chart for a picture.

    Args:
        height: in units of the picture.
        svg: all of it as SVG.
        shapes: what it has beside texts.
        lines: its texts; their places count from the chart's corner.
    """

    height: float
    svg: str
    shapes: Sequence[SvgShape]
    lines: Sequence[Line]


def embedded_chart(chart: Chart) -> EmbeddedChart:
    """A chart, with a halo around its texts."""
    outline = chart.outline
    lines = [
        Line(text.text, x, y, FONT_SIZE, text.colour, text.bold, text.anchor, HALO)
        for text, x, y in outline.lines(chart.mark_texts)
    ]
    return EmbeddedChart(outline.height, outline.elsewhere(chart.mark_texts), outline.shapes, lines)
