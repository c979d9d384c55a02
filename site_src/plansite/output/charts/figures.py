"""The charts of an indicator, ready to stand in pages."""

from __future__ import annotations

import dataclasses
from html import escape

from plansite.output.charts.common.chart_input import ChartData, FinalTarget
from plansite.output.charts.common.marks import leading
from plansite.output.charts.raster.embedded_chart import EmbeddedChart, embedded_chart
from plansite.output.charts.raster.single_number import single_number_chart, single_number_svg
from plansite.output.charts.vector.bullet import bullet_chart
from plansite.output.charts.vector.legend import key_entries, key_html
from plansite.output.charts.vector.render_svg import Chart, render_svg
from plansite.output.charts.vector.sparkline import sparkline
from plansite.output.charts.vector.yearly import NARROW, WIDE, ChartSize, yearly_chart


def main_chart(data: ChartData) -> EmbeddedChart:
    """An indicator's chart at its full width: its years, its one target, or its number."""
    if data.spans_years:
        return embedded_chart(_years(data, WIDE))
    if data.final_target:
        return embedded_chart(_promise(data, data.final_target, WIDE))
    return single_number_chart(data)


def draw_figures(data: ChartData) -> dict[str, str]:
    """Every figure of an indicator as HTML, by key.

    Returns:
        ``main/<id>`` for its own page and for embedding; ``bullet/<id>`` where it has a target;
        ``spark/<id>`` for the cards of those with several target years.
    """
    indicator_id = data.indicator_id
    figures = {}
    if data.final_target and data.promised:
        figures[f"bullet/{indicator_id}"] = _boxed(_bullet(data, data.final_target, NARROW))
    if data.has_sparkline:
        figures[f"spark/{indicator_id}"] = _boxed(_spark(data))
    figures[f"main/{indicator_id}"] = _main(data, figures.get(f"bullet/{indicator_id}"))
    return figures


def _boxed(svg: str) -> str:
    return f'<div class="chart">{svg}</div>'


def _main(data: ChartData, bullet: str | None) -> str:
    """The figure of an indicator's page; of two sizes, the page's style shows the one that fits."""
    caption = f"<figcaption>{escape(data.headline)}</figcaption>"
    if not data.spans_years:
        if bullet is None:
            target = data.final_target
            bullet = _boxed(_bullet(data, target, WIDE) if target else single_number_svg(data))
        return caption + bullet
    parts = [caption]
    for frame, name in ((WIDE, "wide"), (NARROW, "narrow")):
        key = key_html(key_entries(data, frame), data.measure)
        svg = _yearly(data, frame, name)
        parts.append(f'<div class="chart chart-{name}">{key}{svg}</div>')
    return "".join(parts)


def _yearly(data: ChartData, frame: ChartSize, name: str) -> str:
    key = f"chart-{data.indicator_id}-{name}"
    return render_svg(_years(data, frame), key, data.title, data.description)


def _years(data: ChartData, frame: ChartSize) -> Chart:
    return yearly_chart(data.points, data.marks, frame, data.labels)


def _bullet(data: ChartData, final_target: FinalTarget, frame: ChartSize) -> str:
    chart = _promise(data, final_target, frame)
    return render_svg(chart, f"bullet-{data.indicator_id}", final_target.title, data.description)


def _promise(data: ChartData, final_target: FinalTarget, frame: ChartSize) -> Chart:
    """The last target and the value for its year."""
    year = final_target.mark.year
    point = next((point for point in leading(data.points) if point.year == year), None)
    labels = dataclasses.replace(data.labels, unpublished=final_target.missing_label)
    return bullet_chart(point, final_target.mark, frame.width, labels)


def _spark(data: ChartData) -> str:
    """A small picture without words; the card says the same in text."""
    chart = sparkline(leading(data.points), data.marks)
    return render_svg(chart, f"spark-{data.indicator_id}")
