"""Everything that is drawn of one indicator in one language, as a pure function of its inputs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from altair.utils.schemapi import debug_mode

from plansite import urls
from plansite.charts.explore import explore_spec
from plansite.charts.figures import draw_figures, main_chart
from plansite.charts.key import key_entries
from plansite.charts.letters import undrawable
from plansite.charts.picture import Caption, compose
from plansite.charts.png import render_png
from plansite.charts.subject import Subject, short_source, titled_source
from plansite.charts.yearly import WIDE
from plansite.formatting import format_date, format_day
from plansite.model import Language, Source
from plansite.publication import Publication


@dataclass(frozen=True)
class Drawing:
    """What was drawn.

    Args:
        figures: HTML by the key that pages name it by.
        files: content by address, from the site's root.
        undrawable: characters that the pictures' fonts lack; a PNG shows boxes in their place.
    """

    figures: dict[str, str]
    files: dict[str, bytes]
    undrawable: frozenset[str]


def draw_indicator(indicator_id: str, publication: Publication, language: Language) -> Drawing:
    """Draw an indicator: its figures for pages, its pictures, and what to explore it with."""
    # Tests hold every kind of chart to Altair's schema; here that would take a third of the time.
    with debug_mode(False):
        return _draw(Subject(indicator_id, publication, language), publication)


def _draw(subject: Subject, publication: Publication) -> Drawing:
    indicator_id, language = subject.indicator.indicator_id, subject.words.language
    caption = _caption(subject, publication)
    chart = main_chart(subject)
    key = key_entries(subject, WIDE) if subject.spans_years else []
    picture = compose(chart, key, caption)
    files = {"svg": picture.encode(), "png": render_png(picture, language)}
    if subject.spans_years:
        files["json"] = explore_spec(subject)
    return Drawing(
        figures=draw_figures(subject, chart),
        files={
            urls.chart_file(indicator_id, language, kind): content
            for kind, content in files.items()
        },
        undrawable=undrawable([*caption.texts, *(entry.word for entry in key)]),
    )


def draw_all(publication: Publication, language: Language) -> Drawing:
    """Everything that is drawn of a plan in one language."""
    figures: dict[str, str] = {}
    files: dict[str, bytes] = {}
    lacking: set[str] = set()
    for indicator in publication.plan.indicators:
        drawing = draw_indicator(indicator.indicator_id, publication, language)
        figures |= drawing.figures
        files |= drawing.files
        lacking |= drawing.undrawable
    return Drawing(figures, files, frozenset(lacking))


def _caption(subject: Subject, publication: Publication) -> Caption:
    words, language = subject.words, subject.words.language
    as_of = words("common.as_of", day=format_day(publication.assessments.as_of, language))
    site = publication.site
    address = site.page(urls.indicator(subject.indicator.indicator_id), language)
    source = publication.plan.source
    values = dict.fromkeys(row.source_id for rows in subject.values.values() for row in rows)
    targets = dict.fromkeys(target.source_id for target in subject.targets.values())
    cited = {
        "chart.values_from": [_value_source(source[name], subject) for name in values],
        "chart.targets_from": [titled_source(source[name], words) for name in targets],
    }
    sources = [
        words(key, sources=words("chart.source_joiner").join(names))
        for key, names in cited.items()
        if names
    ]
    return Caption(
        title=subject.name,
        summary=subject.headline,
        measure=subject.measure if subject.targets or subject.spans_years else "",
        sources=sources,
        origin=_joined((site.name[language], address, as_of)),
        language=language.html,
    )


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _value_source(source: Source, subject: Subject) -> str:
    """A value's source by who published it, how it was seen and when it appeared."""
    words = subject.words
    date = words("common.published_unknown")
    if source.published:
        date = format_date(source.published, words.language)
    return words("chart.dated", source=short_source(source, words), date=date)
