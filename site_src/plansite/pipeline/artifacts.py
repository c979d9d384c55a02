"""What a site holds beside its pages, all of it made of a publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from plansite.analysis.publication import Publication
from plansite.data.package import PackageSnapshot
from plansite.model import Language, urls
from plansite.output.api import make_api
from plansite.output.catalogue import describe
from plansite.output.charts import ChartData, chart_data, draw_card, draw_packed, unpack
from plansite.output.downloads import make_downloads, release_files
from plansite.output.pages import PageHead
from plansite.output.pages.share_cards import page_cards
from plansite.output.published_file import ListedFile
from plansite.output.site_files.atom_feed import make_feeds
from plansite.output.site_files.comparison_data import compare_file
from plansite.output.site_files.sitemap import search_engine_files
from plansite.pipeline.staging import StagedSite
from plansite.util.steps import Steps
from plansite.util.task_runner import PendingResults, TaskRunner
from plansite.util.text_spool import SpooledTexts, TextSpool


@dataclass(frozen=True)
class PendingDrawings:
    """Charts that are being drawn, indicator by indicator in every language."""

    languages: Sequence[Language]
    """Of each drawing, in their order."""
    results: PendingResults[ChartData]


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


@dataclass(frozen=True)
class _Figures:
    """What was drawn, but for the files."""

    html: Mapping[Language, Mapping[str, str]]
    sizes: dict[str, int]
    undrawable: frozenset[str]


@dataclass(frozen=True)
class ArtifactBuilder:
    """What artifacts are made of, and with."""

    publication: Publication
    package: PackageSnapshot
    """What the plan was read from."""
    runner: TaskRunner
    spool: TextSpool
    """Holds what belongs on pages until they are finished."""

    def start_drawings(self) -> PendingDrawings:
        """Give out the drawing of all indicators in both languages."""
        ids = [indicator.indicator_id for indicator in self.publication.plan.indicators]
        # Languages side by side: who drew an indicator in one has half of it in the other.
        drawn = [(name, language) for name in ids for language in Language]
        charts = (chart_data(name, self.publication, language) for name, language in drawn)
        results = self.runner.submit_all(draw_packed, charts)
        return PendingDrawings([language for _, language in drawn], results)

    def add_to(
        self, site: StagedSite, pages: Sequence[PageHead], drawings: PendingDrawings
    ) -> Steps[Artifacts]:
        """Write and describe everything, each file as soon as it is made.

        Args:
            site: takes the files.
            pages: all pages in both languages.
            drawings: the charts.
        """
        shared = pages if self.publication.site.address else []
        cards = self.runner.submit_all(draw_card, page_cards(shared, self.publication))
        listed = yield from self._add_listed(site)
        heads = yield from self._add_descriptions(site, listed)
        yield from _add(site, _machine_files(self.publication, pages))
        figures = yield from self._add_drawings(site, drawings)
        for page, card in zip(shared, cards.results(), strict=True):
            yield from _add(site, [(urls.card(page.address, page.language), card)])
        sizes = {file.address: file.size for file in listed} | figures.sizes
        return Artifacts(figures.html, heads, listed, sizes, figures.undrawable)

    def _add_listed(self, site: StagedSite) -> Steps[list[ListedFile]]:
        """Files to take away."""
        listed = []
        # Behind the drawings: a preview's next page would wait for the plan's own workbook.
        downloads = make_downloads(self.publication, self.package, self.runner)
        for file in chain(downloads, make_api(self.publication)):
            yield from _add(site, [(file.address, file.content)])
            listed.append(file.listed)
        return listed

    def _add_descriptions(
        self, site: StagedSite, listed: Sequence[ListedFile]
    ) -> Steps[dict[Language, SpooledTexts]]:
        """What describes the files to take away; gives what pages' heads say of them."""
        described = describe(self.publication, listed)
        yield from _add(site, ((file.address, file.content) for file in described.files))
        heads = {language: self.spool.texts() for language in Language}
        for language, texts in described.heads.items():
            heads[language].put(texts)
        return heads

    def _add_drawings(self, site: StagedSite, drawings: PendingDrawings) -> Steps[_Figures]:
        html = {language: self.spool.texts() for language in Language}
        sizes: dict[str, int] = {}
        undrawable: set[str] = set()
        for language, packed in zip(drawings.languages, drawings.results.results(), strict=True):
            drawing = unpack(packed)
            html[language].put(drawing.figures)
            undrawable |= drawing.undrawable
            sizes |= {address: len(content) for address, content in drawing.files.items()}
            yield from _add(site, drawing.files.items())
        return _Figures(html, sizes, frozenset(undrawable))


def _add(site: StagedSite, files: Iterable[tuple[str, bytes]]) -> Steps[None]:
    for address, content in files:
        yield
        site.add_file(address, content)


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
