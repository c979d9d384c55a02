"""What a picture says around its chart: title, summary, sources, and where it comes from."""

from __future__ import annotations

import re

from plansite.analysis.publication import Publication
from plansite.model import Indicator, Source, urls
from plansite.model.formatting import format_date, format_day
from plansite.model.precedence import values_by_year
from plansite.model.translations import Words
from plansite.output.charts.common.chart_input import Caption
from plansite.output.source_names import publisher_in, title_in

_BRACKETS = re.compile(r"[（(].*")


def short_source(source: Source, words: Words) -> str:
    """Who published it and how it was seen, in few words: ``国家统计局，代码仓库副本``.

    What a publisher's name carries in brackets (where a copy lies) is left to the list of sources.
    """
    publisher = publisher_in(source, words.language)
    name = _BRACKETS.sub("", publisher).rstrip() or publisher
    return words("chart.source", publisher=name, access=_access(source, words))


def _access(source: Source, words: Words) -> str:
    """How a source was seen, as words inside a line."""
    return words(f"access.{source.access}").lower()


def titled_source(source: Source, words: Words) -> str:
    """A target's source by its title, since the plan is known by that."""
    title = title_in(source, words.language)
    return words("chart.titled", title=title, access=_access(source, words))


def _dated_source(source: Source, words: Words) -> str:
    """A value's source by who published it, how it was seen and when it appeared."""
    date = words("common.published_unknown")
    if source.published:
        date = format_date(source.published, words.language)
    return words("chart.dated", source=short_source(source, words), date=date)


def make_caption(
    indicator: Indicator, publication: Publication, words: Words, headline: str
) -> Caption:
    """What the picture of an indicator's chart says around it.

    Args:
        indicator: whose chart it is.
        publication: what is published of it.
        words: of the picture's language.
        headline: what the chart shows, in short sentences.
    """
    plan, language, site = publication.plan, words.language, publication.site
    values = values_by_year(indicator.indicator_id, plan)
    targets = plan.targets_of(indicator.indicator_id)
    day = format_day(publication.assessments.as_of, language)
    address = site.page(urls.indicator(indicator.indicator_id), language)
    as_of = words("common.as_of" if targets else "card.as_of", day=day)
    origin = (site.name[language], address, as_of)
    used = dict.fromkeys(row.source_id for rows in values.values() for row in rows)
    targeted = dict.fromkeys(target.source_id for target in targets.values())
    cited = {
        "chart.values_from": [_dated_source(plan.source[name], words) for name in used],
        "chart.targets_from": [titled_source(plan.source[name], words) for name in targeted],
    }
    return Caption(
        title=indicator.name[language],
        summary=headline,
        measure=indicator.measure[language] if targets or len(values) > 1 else "",
        sources=[
            words(key, sources=words("chart.source_joiner").join(names))
            for key, names in cited.items()
            if names
        ],
        origin=" · ".join(part for part in origin if part),
        language=language,
    )
