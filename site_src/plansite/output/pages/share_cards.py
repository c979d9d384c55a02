"""Says what the picture shows by which a link to a page is shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from plansite.analysis.publication import Publication
from plansite.model.formatting import format_day
from plansite.model.translations import Words
from plansite.output.charts import Card
from plansite.output.pages import PageHead


def page_cards(pages: Iterable[PageHead], publication: Publication) -> Iterator[Card]:
    """What each page's picture says, in the order of the pages."""
    for page in pages:
        words = Words(page.language)
        day = format_day(publication.assessments.as_of, page.language)
        section = page.section.rstrip("/")
        yield Card(
            language=page.language,
            section=words(f"nav.{section}") if section else "",
            title=page.title,
            text=page.description,
            figure=page.figure,
            site_name=publication.site.name[page.language],
            host=urlsplit(publication.site.address).netloc,
            as_of=words("card.as_of", day=day),
        )
