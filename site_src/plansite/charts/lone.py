"""A single number without a target: nothing to compare, so nothing but the number."""

from __future__ import annotations

from html import escape

from plansite.charts.palette import ACTUAL, INK
from plansite.charts.subject import Subject
from plansite.charts.svg import SVG

WIDTH, HEIGHT = 336, 92


def lone_svg(subject: Subject) -> str:
    """The number in large figures with its unit and year, as SVG; words where there is none."""
    number, below, facts = subject.labels.unpublished, subject.measure, ""
    if subject.points:
        point = subject.points[0]
        number = point.label
        below = f"{subject.measure} · {subject.words('common.year', year=point.year)}"
        facts = "".join(f' data-{name}="{escape(value)}"' for name, value in point.facts.items())
    size = 44 if subject.points else 24
    key = f"lone-{subject.indicator_id}"
    return (
        f'<svg xmlns="{SVG}" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" focusable="false" aria-labelledby="{key}-title" aria-describedby="{key}-desc">'
        f'<title id="{key}-title">{escape(subject.title)}</title>'
        f'<desc id="{key}-desc">{escape(subject.description)}</desc>'
        f'<text x="0" y="52" font-size="{size}" font-weight="bold" fill="{ACTUAL}"{facts}>'
        f"{escape(number)}</text>"
        f'<text x="0" y="80" font-size="14" fill="{INK}">{escape(below)}</text></svg>'
    )
