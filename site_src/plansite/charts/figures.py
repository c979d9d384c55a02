"""The charts of an indicator, ready to stand in pages."""

from __future__ import annotations

import dataclasses
from html import escape

from plansite.charts.bullet import bullet_chart
from plansite.charts.key import key_entries, key_html
from plansite.charts.lone import lone_svg
from plansite.charts.points import leading
from plansite.charts.sparkline import sparkline
from plansite.charts.subject import Goal, Subject
from plansite.charts.svg import render_svg
from plansite.charts.yearly import NARROW, WIDE, Frame, yearly_chart


def main_chart(subject: Subject) -> str:
    """An indicator's chart at its full width, as SVG: its years, its one target, or its number."""
    if subject.spans_years:
        return _yearly(subject, WIDE, "wide")
    if subject.goal:
        return _bullet(subject, subject.goal, WIDE)
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
    indicator_id = subject.indicator_id
    figures = {}
    if subject.goal and subject.promised:
        bullet = _bullet(subject, subject.goal, NARROW)
        figures[f"bullet/{indicator_id}"] = f'<div class="chart">{bullet}</div>'
    if subject.sparks:
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
    key = f"chart-{subject.indicator_id}-{name}"
    return render_svg(chart, key, subject.title, subject.description)


def _bullet(subject: Subject, goal: Goal, frame: Frame) -> str:
    """The last target and the value for its year."""
    year = goal.mark.year
    point = next((point for point in leading(subject.points) if point.year == year), None)
    labels = dataclasses.replace(subject.labels, unpublished=goal.silence)
    chart = bullet_chart(point, goal.mark, frame.width, labels)
    return render_svg(chart, f"bullet-{subject.indicator_id}", goal.title, subject.description)


def _spark(subject: Subject) -> str:
    """A small picture without words; the card says the same in text."""
    chart = sparkline(leading(subject.points), subject.marks)
    return render_svg(chart, f"spark-{subject.indicator_id}")
