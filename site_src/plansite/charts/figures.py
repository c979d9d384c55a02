"""The charts of an indicator, ready to stand in pages."""

from __future__ import annotations

import dataclasses
from html import escape

from plansite.charts.bullet import bullet_chart
from plansite.charts.key import key_entries, key_html
from plansite.charts.lone import lone_svg
from plansite.charts.points import leading
from plansite.charts.sparkline import sparkline
from plansite.charts.subject import Subject
from plansite.charts.svg import render_svg
from plansite.charts.yearly import NARROW, WIDE, Frame, yearly_chart
from plansite.model import Role


def main_chart(subject: Subject) -> str:
    """An indicator's chart at its full width, as SVG: its years, its one target, or its number."""
    if subject.spans_years:
        return _yearly(subject, WIDE, "wide")
    if subject.targets:
        return _bullet(subject, WIDE)
    return lone_svg(subject)


def draw_figures(subject: Subject, wide: str) -> dict[str, str]:
    """Every figure of an indicator as HTML, by key.

    Args:
        subject: the indicator.
        wide: its :func:`main_chart`, which is not drawn again.

    Returns:
        ``main/<id>`` for its own page and for embedding; ``bullet/<id>`` where it has a target;
        ``spark/<id>`` for the cards of those with several target years.
    """
    indicator_id = subject.indicator.indicator_id
    figures = {}
    if subject.targets and subject.indicator.role is not Role.CONTEXT:
        bullet = _bullet(subject, NARROW)
        figures[f"bullet/{indicator_id}"] = f'<div class="chart">{bullet}</div>'
    if subject.indicator.role is Role.HEADLINE or (subject.targets and subject.spans_years):
        figures[f"spark/{indicator_id}"] = f'<div class="chart">{_spark(subject)}</div>'
    figures[f"main/{indicator_id}"] = _main(subject, wide, figures.get(f"bullet/{indicator_id}"))
    return figures


def _main(subject: Subject, wide: str, bullet: str | None) -> str:
    """The figure of an indicator's page; of two sizes, the page's style shows the one that fits."""
    caption = f"<figcaption>{escape(subject.headline)}</figcaption>"
    if not subject.spans_years:
        return caption + (bullet or f'<div class="chart">{wide}</div>')
    parts = [caption]
    narrow = _yearly(subject, NARROW, "narrow")
    for svg, frame, name in ((wide, WIDE, "wide"), (narrow, NARROW, "narrow")):
        key = key_html(key_entries(subject, frame), subject.measure)
        parts.append(f'<div class="chart chart-{name}">{key}{svg}</div>')
    return "".join(parts)


def _yearly(subject: Subject, frame: Frame, name: str) -> str:
    chart = yearly_chart(subject.points, subject.marks, frame, subject.labels)
    key = f"chart-{subject.indicator.indicator_id}-{name}"
    return render_svg(chart, key, subject.title, subject.description)


def _bullet(subject: Subject, frame: Frame) -> str:
    """The last target and the value for its year."""
    year, target = list(subject.targets.items())[-1]
    point = next((point for point in leading(subject.points) if point.year == year), None)
    title = subject.words(
        "chart.bullet_title",
        name=subject.name,
        year=year,
        target=subject.narrator.target(target),
    )
    labels = dataclasses.replace(subject.labels, unpublished=subject.silence(year))
    chart = bullet_chart(point, subject.mark(target), frame.width, labels)
    key = f"bullet-{subject.indicator.indicator_id}"
    return render_svg(chart, key, title, subject.description)


def _spark(subject: Subject) -> str:
    """A small picture without words; the card says the same in text."""
    chart = sparkline(leading(subject.points), subject.marks)
    return render_svg(chart, f"spark-{subject.indicator.indicator_id}")
