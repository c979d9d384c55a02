"""What a site holds beside its pages, all of it made of a publication."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plansite.analysis.publication import Publication
from plansite.data.package import PackageSnapshot
from plansite.model import Language, urls
from plansite.output.api import make_api
from plansite.output.catalogue import describe
from plansite.output.charts import (
    chart_data,
    draw_card,
    draw_packed,
    unpack,
)
from plansite.output.downloads import make_downloads, release_files
from plansite.output.pages import PageHead
from plansite.output.pages.share_cards import page_cards
from plansite.output.published_file import ListedFile, PublishedFile
from plansite.output.site_files.atom_feed import make_feeds
from plansite.output.site_files.comparison_data import compare_file
from plansite.output.site_files.sitemap import search_engine_files
from plansite.util.task_runner import TaskRunner
from plansite.util.text_spool import TextSpool

Add = Callable[[str, bytes], None]
"""Takes a file's address from the site's root, and its content."""


@dataclass(frozen=True)
class Artifacts:
    """What pages need to know of the files that were made."""

    figures: Mapping[Language, Mapping[str, str]]
    """HTML by the key that pages name it by."""
    heads: Mapping[Language, Mapping[str, str]]
    """HTML for the heads of pages, by the page's address within its language."""
    listed: Sequence[ListedFile]
    """Every file to take away."""
    sizes: Mapping[str, int]
    """Bytes by address, of what pages offer to take away."""
    undrawable: frozenset[str]
    """Characters that pictures lack."""


class ArtifactBuilder:
    """Makes the contents; other processes may draw while the caller does other things."""

    def __init__(
        self,
        publication: Publication,
        package: PackageSnapshot,
        runner: TaskRunner,
        spool: TextSpool,
    ) -> None:
        """Give out the drawing of all indicators in both languages.

        Args:
            publication: the plan with its verdicts, on its site.
            package: what the plan was read from.
            runner: where what takes long is made.
            spool: where what belongs on pages waits for them.
        """
        self._figures = {side: spool.spooled() for side in Language}
        self._heads = {side: spool.spooled() for side in Language}
        self._publication = publication
        self._package = package
        self._runner = runner
        ids = [indicator.indicator_id for indicator in publication.plan.indicators]
        # Languages side by side: who drew an indicator in one has half of it in the other.
        self._subjects = [(name, side) for name in ids for side in Language]
        self._drawing = runner.submit_all(
            draw_packed, (chart_data(name, publication, side) for name, side in self._subjects)
        )

    def finish(self, pages: Sequence[PageHead], add: Add) -> Artifacts:
        """Draw, write and describe everything; each file is given away as soon as it is made.

        Args:
            pages: all pages in both languages.
            add: takes the files.
        """
        publication = self._publication
        shared = pages if publication.site.address else []
        cards = self._runner.submit_all(draw_card, page_cards(shared, publication))
        listed = []
        for file in self._files():
            add(file.address, file.content)
            listed.append(file.listed)
        self._describe(listed, add)
        for address, content in _machine_files(publication, pages):
            add(address, content)
        sizes = {file.address: file.size for file in listed}
        undrawable: set[str] = set()
        for (_, side), packed in zip(self._subjects, self._drawing.results(), strict=True):
            drawing = unpack(packed)
            self._figures[side].put(drawing.figures)
            undrawable |= drawing.undrawable
            for address, content in drawing.files.items():
                sizes[address] = len(content)
                add(address, content)
        for page, card in zip(shared, cards.results(), strict=True):
            add(urls.card(page.address, page.language), card)
        return Artifacts(self._figures, self._heads, listed, sizes, frozenset(undrawable))

    def _describe(self, listed: Sequence[ListedFile], add: Add) -> None:
        described = describe(self._publication, listed)
        for file in described.files:
            add(file.address, file.content)
        for side, heads in described.heads.items():
            self._heads[side].put(heads)

    def _files(self) -> Iterator[PublishedFile]:
        # Behind the drawings: a preview's next page would wait for the plan's own workbook.
        yield from make_downloads(self._publication, self._package, self._runner)
        yield from make_api(self._publication)


def _machine_files(
    publication: Publication, pages: Sequence[PageHead]
) -> Iterator[tuple[str, bytes]]:
    """What scripts, feed readers, search engines and other sites read, and what stays for good."""
    yield urls.COMPARE_JSON, compare_file(publication)
    yield from make_feeds(publication)
    addresses = (page.address for page in pages if page.language is Language.ZH)
    yield from search_engine_files(addresses, publication)
    for release in publication.releases.known:
        yield from release_files(release)
