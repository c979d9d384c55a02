"""The plain data that an indicator is drawn from, in one language.

Whatever is drawn of an indicator is a function of this alone, so it can be drawn in another
process, and need not be drawn again while this stays the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plansite.model import Language
from plansite.model.translations import Words
from plansite.output.charts.common.marks import ChartWords, Point, PointKind, TargetMark


@dataclass(frozen=True)
class Caption:
    """Everything that a picture says around its chart, in its language.

    Args:
        title: the indicator.
        summary: what the chart shows, as sentences with the numbers.
        measure: the unit of measure; empty where the chart itself names it.
        sources: one entry for each source.
        origin: site, address and day.
        language: of all this.
    """

    title: str
    summary: str
    measure: str
    sources: Sequence[str]
    origin: str
    language: Language

    @property
    def texts(self) -> list[str]:
        """All of it."""
        return [self.title, self.summary, self.measure, *self.sources, self.origin]


@dataclass(frozen=True)
class FinalTarget:
    """The last target, as a bullet chart shows it.

    Args:
        mark: the target.
        title: what the chart shows.
        missing_label: the few words for its year without a comparable value.
    """

    mark: TargetMark
    title: str
    missing_label: str


@dataclass(frozen=True)
class ChartData:
    """What charts need of an indicator.

    Args:
        indicator_id: for ids in SVG and the keys of figures.
        language: of all texts.
        years: ascending, each with a target or a value.
        measure: the unit of measure.
        title: what a chart over the years shows.
        description: the same as sentences, with the numbers.
        headline: the same for a picture's readers, short.
        points: all published values; those of one year in order of precedence.
        marks: all targets, ascending.
        kinds: what each kind of value is called in this indicator's charts.
        final_target: the last target, if there is one.
        promised: whether the plan promises it, rather than gives it for context.
        has_sparkline: whether cards show its course as a small picture.
        caption: what a picture says around its chart.
    """

    indicator_id: str
    language: Language
    years: Sequence[int]
    measure: str
    title: str
    description: str
    headline: str
    points: list[Point]
    marks: list[TargetMark]
    kinds: Mapping[PointKind, str]
    final_target: FinalTarget | None
    promised: bool
    has_sparkline: bool
    caption: Caption

    @property
    def spans_years(self) -> bool:
        """Whether there is more than one year to show."""
        return len(self.years) > 1

    @cached_property
    def words(self) -> Words:
        """The site's words in its language."""
        return Words(self.language)

    @property
    def labels(self) -> ChartWords:
        """The few words inside a chart."""
        return ChartWords(self.words("chart.target_years"), self.words("chart.unpublished"))
