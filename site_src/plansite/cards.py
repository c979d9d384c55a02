"""Which picture a link to each page shows where it is shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from plansite import urls
from plansite.charts import Card, draw_card
from plansite.formatting import format_day
from plansite.pages import Page
from plansite.publication import Publication
from plansite.words import Words


def page_cards(pages: Iterable[Page], publication: Publication) -> Iterator[tuple[str, bytes]]:
    """A picture for each page as (address, PNG)."""
    for page in pages:
        words = Words(page.language)
        day = format_day(publication.assessments.as_of, page.language)
        section = page.section.rstrip("/")
        card = Card(
            section=words(f"nav.{section}") if section else "",
            title=page.title,
            text=page.description,
            figure=page.figure,
            site_name=publication.site.name[page.language],
            host=urlsplit(publication.site.address).netloc,
            as_of=words("card.as_of", day=day),
        )
        yield urls.card(page.address, page.language), draw_card(card, page.language)
