"""The charts of an indicator, ready to stand in pages."""

from __future__ import annotations

import dataclasses
from html import escape

from plansite.output.charts.common.marks import leading
from plansite.output.charts.common.subject import ChartData, FinalTarget
from plansite.output.charts.raster.embedded_chart import EmbeddedChart, embedded_chart
from plansite.output.charts.raster.single_number import single_number_chart, single_number_svg
from plansite.output.charts.vector.bullet import bullet_chart
from plansite.output.charts.vector.legend import key_entries, key_html
from plansite.output.charts.vector.render_svg import Chart, render_svg
from plansite.output.charts.vector.sparkline import sparkline
from plansite.output.charts.vector.yearly import (
    NARROW,
    WIDE,
    ChartSize,
    yearly_chart,
)


def main_chart(subject: ChartData) -> EmbeddedChart:
    """An indicator's chart at its full width: its years, its one target, or its number."""
    if subject.spans_years:
        return embedded_chart(_years(subject, WIDE))
    if subject.goal:
        return embedded_chart(_promise(subject, subject.goal, WIDE))
    return single_number_chart(subject)


def draw_figures(subject: ChartData) -> dict[str, str]:
    """Every figure of an indicator as HTML, by key.

    Returns:
        ``main/<id>`` for its own page and for embedding; ``bullet/<id>`` where it has a target;
        ``spark/<id>`` for the cards of those with several target years.
    """
    indicator_id = subject.indicator_id
    figures = {}
    if subject.goal and subject.promised:
        figures[f"bullet/{indicator_id}"] = _boxed(_bullet(subject, subject.goal, NARROW))
    if subject.sparks:
        figures[f"spark/{indicator_id}"] = _boxed(_spark(subject))
    figures[f"main/{indicator_id}"] = _main(subject, figures.get(f"bullet/{indicator_id}"))
    return figures


def _boxed(svg: str) -> str:
    return f'<div class="chart">{svg}</div>'


def _main(subject: ChartData, bullet: str | None) -> str:
    """The figure of an indicator's page; of two sizes, the page's style shows the one that fits."""
    caption = f"<figcaption>{escape(subject.headline)}</figcaption>"
    if not subject.spans_years:
        if bullet is None:
            bullet = _boxed(
                _bullet(subject, subject.goal, WIDE) if subject.goal else single_number_svg(subject)
            )
        return caption + bullet
    parts = [caption]
    for frame, name in ((WIDE, "wide"), (NARROW, "narrow")):
        key = key_html(key_entries(subject, frame), subject.measure)
        svg = _yearly(subject, frame, name)
        parts.append(f'<div class="chart chart-{name}">{key}{svg}</div>')
    return "".join(parts)


def _yearly(subject: ChartData, frame: ChartSize, name: str) -> str:
    key = f"chart-{subject.indicator_id}-{name}"
    return render_svg(_years(subject, frame), key, subject.title, subject.description)


def _years(subject: ChartData, frame: ChartSize) -> Chart:
    return yearly_chart(subject.points, subject.marks, frame, subject.labels)


def _bullet(subject: ChartData, goal: FinalTarget, frame: ChartSize) -> str:
    chart = _promise(subject, goal, frame)
    return render_svg(chart, f"bullet-{subject.indicator_id}", goal.title, subject.description)


def _promise(subject: ChartData, goal: FinalTarget, frame: ChartSize) -> Chart:
    """The last target and the value for its year."""
    year = goal.mark.year
    point = next((point for point in leading(subject.points) if point.year == year), None)
    labels = dataclasses.replace(subject.labels, unpublished=goal.missing_label)
    return bullet_chart(point, goal.mark, frame.width, labels)


def _spark(subject: ChartData) -> str:
    """A small picture without words; the card says the same in text."""
    chart = sparkline(leading(subject.points), subject.marks)
    return render_svg(chart, f"spark-{subject.indicator_id}")
