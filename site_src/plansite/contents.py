"""What a site holds beside its pages, all of it made of a publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plansite import urls
from plansite.api import make_api
from plansite.cards import page_cards
from plansite.catalogue import describe
from plansite.charts import Drawing, Subject, draw_card, draw_packed, read_subject, unpack
from plansite.compare import compare_file
from plansite.downloads import make_downloads, release_files
from plansite.feeds import make_feeds
from plansite.model import Language
from plansite.pages import Page
from plansite.publication import Publication
from plansite.sitemap import search_engine_files
from plansite.workshop import Work, Workshop


@dataclass(frozen=True)
class Contents:
    """Everything that was made, and what pages need to know of it."""

    files: Sequence[tuple[str, bytes]]
    """Content by address, from the site's root."""
    figures: Mapping[Language, Mapping[str, str]]
    """HTML by the key that pages name it by."""
    heads: Mapping[Language, Mapping[str, str]]
    """HTML for the heads of pages, by the page's address within its language."""
    sizes: Mapping[str, int]
    """Bytes by address, of what pages offer to take away."""
    undrawable: frozenset[str]
    """Characters that pictures lack."""


def begin_drawing(publication: Publication, workshop: Workshop) -> dict[Language, Work[Subject]]:
    """Give out the drawing of all indicators in both languages."""
    ids = [indicator.indicator_id for indicator in publication.plan.indicators]
    return {
        side: workshop.begin(draw_packed, (read_subject(name, publication, side) for name in ids))
        for side in Language
    }


def make_contents(
    publication: Publication,
    pages: Sequence[Page],
    package: Path,
    drawing: Mapping[Language, Work[Subject]],
    workshop: Workshop,
) -> Contents:
    """Draw, write and describe everything.

    Args:
        publication: the plan with its verdicts, on its site.
        pages: all pages in both languages.
        package: the folder that the plan was read from.
        drawing: what :func:`begin_drawing` gave out.
        workshop: where the rest is drawn.
    """
    shared = pages if publication.site.address else []
    cards = workshop.begin(draw_card, page_cards(shared, publication))
    downloads = [*make_downloads(publication, package, workshop), *make_api(publication)]
    described = describe(publication, downloads)
    drawings = {side: unpack(work.results()) for side, work in drawing.items()}
    pictures = [each for drawn in drawings.values() for each in drawn.files.items()]
    of_pages = (urls.card(page.address, page.language) for page in shared)
    to_take = [*pictures, *((file.address, file.content) for file in downloads)]
    others = ((file.address, file.content) for file in described.files)
    return Contents(
        files=[
            *to_take,
            *others,
            *_unseen(publication, pages),
            *zip(of_pages, cards.results(), strict=True),
        ],
        figures={side: drawn.figures for side, drawn in drawings.items()},
        heads=described.heads,
        sizes={address: len(content) for address, content in to_take},
        undrawable=_lacking(drawings.values()),
    )


def _unseen(publication: Publication, pages: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
    """What scripts, feed readers, search engines and other sites read, and what stays for good."""
    yield urls.COMPARE_JSON, compare_file(publication)
    yield from make_feeds(publication)
    addresses = (page.address for page in pages if page.language is Language.ZH)
    yield from search_engine_files(addresses, publication)
    for release in publication.releases.known:
        yield from release_files(release)


def _lacking(drawings: Iterable[Drawing]) -> frozenset[str]:
    return frozenset().union(*(drawing.undrawable for drawing in drawings))
