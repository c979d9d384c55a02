"""The charts of a plan, ready to stand in its pages."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from plansite.charts.bullet import bullet_chart
from plansite.charts.points import ChartWords, Point, PointKind, TargetMark
from plansite.charts.sparkline import sparkline
from plansite.charts.svg import render_svg
from plansite.charts.yearly import NARROW, WIDE, yearly_chart
from plansite.formatting import format_number
from plansite.model import (
    Comparability,
    Indicator,
    Language,
    Observation,
    ReleaseStatus,
    Role,
    Target,
)
from plansite.publication import Publication
from plansite.sentences import target_symbols
from plansite.series import values_by_year
from plansite.words import Words


def draw_figures(publication: Publication, language: Language) -> Iterator[tuple[str, str]]:
    """Every figure of one language as (key, HTML).

    Keys are ``yearly/<id>`` and ``bullet/<id>`` for pages, ``spark/<id>`` for cards.
    """
    for indicator in publication.plan.indicators:
        drawing = _Drawing(indicator, publication, language)
        if drawing.spans_years:
            yield f"yearly/{indicator.indicator_id}", drawing.yearly()
        if indicator.role is not Role.CONTEXT and drawing.targets:
            yield f"bullet/{indicator.indicator_id}", drawing.bullet()
        if indicator.role is Role.HEADLINE or (drawing.targets and drawing.spans_years):
            yield f"spark/{indicator.indicator_id}", drawing.spark()


class _Drawing:
    def __init__(self, indicator: Indicator, publication: Publication, language: Language) -> None:
        self._indicator = indicator
        self._words = words = Words(language)
        self._narrator = publication.narrator(language)
        self._rows = publication.assessments.of(indicator.indicator_id)
        self._values = values_by_year(indicator.indicator_id, publication.plan)
        self.targets = publication.plan.targets_of(indicator.indicator_id)
        self._labels = ChartWords(words("chart.plan_period"), words("chart.unpublished"))

    @property
    def spans_years(self) -> bool:
        """Whether there is more than one year to show."""
        return len(set(self._values) | set(self.targets)) > 1

    def yearly(self) -> str:
        """The chart for a wide and for a narrow page; the page's style shows the one that fits."""
        points, marks = self._points(), self._marks()
        title, description = self._title(), self._description()
        parts = []
        for frame, name in ((WIDE, "wide"), (NARROW, "narrow")):
            chart = yearly_chart(points, marks, frame, self._labels)
            key = f"chart-{self._indicator.indicator_id}-{name}"
            svg = render_svg(chart, key, title, description)
            parts.append(f'<div class="chart chart-{name}">{svg}</div>')
        return "".join(parts)

    def bullet(self) -> str:
        """The last target and the value for its year."""
        year, target = list(self.targets.items())[-1]
        point = next((p for p in self._points() if p.year == year and _leads(p)), None)
        mark = self._mark(target)
        title = self._words(
            "chart.bullet_title",
            name=self._name,
            year=year,
            target=self._narrator.target(target),
        )
        chart = bullet_chart(point, mark, NARROW.width, self._labels)
        key = f"bullet-{self._indicator.indicator_id}"
        return f'<div class="chart">{render_svg(chart, key, title, self._description())}</div>'

    def spark(self) -> str:
        """A small picture without words; the card says the same in text."""
        points = [point for point in self._points() if _leads(point)]
        chart = sparkline(points, self._marks())
        return (
            f'<div class="chart">{render_svg(chart, f"spark-{self._indicator.indicator_id}")}</div>'
        )

    @property
    def _name(self) -> str:
        return self._indicator.name[self._words.language]

    def _title(self) -> str:
        years = sorted(set(self._values) | set(self.targets))
        return self._words(
            "chart.title" if self.targets else "chart.title_values",
            name=self._name,
            first=years[0],
            last=years[-1],
            measure=self._indicator.measure[self._words.language],
        )

    def _description(self) -> str:
        if self._indicator.role is Role.CONTEXT:
            return self._narrator.course(self._indicator, self._values)
        return self._narrator.summary(self._rows)

    def _marks(self) -> list[TargetMark]:
        return [self._mark(target) for target in self.targets.values()]

    def _mark(self, target: Target) -> TargetMark:
        return TargetMark(
            year=target.year,
            value=float(target.value),
            label=self._words("chart.target", value=target_symbols(target)),
            number=format_number(target.value),
            upper=None if target.upper_value is None else float(target.upper_value),
        )

    def _points(self) -> list[Point]:
        return [point for rows in self._values.values() for point in _year_points(rows)]


def _leads(point: Point) -> bool:
    return point.kind in (PointKind.FINAL, PointKind.UNSETTLED)


def _year_points(rows: list[Observation]) -> Iterator[Point]:
    """One year's values, the leading one with its number; equal values are drawn once."""
    drawn: set[Decimal] = set()
    for row in rows:
        if row.value in drawn:
            continue
        if row.comparability is Comparability.RELATED:
            kind = PointKind.RELATED
        elif drawn:
            kind = PointKind.COMPETING
        elif row.release_status is ReleaseStatus.FINAL:
            kind = PointKind.FINAL
        else:
            kind = PointKind.UNSETTLED
        drawn.add(row.value)
        label = format_number(row.value) if kind in (PointKind.FINAL, PointKind.UNSETTLED) else ""
        yield Point(row.year, float(row.value), kind, label)
