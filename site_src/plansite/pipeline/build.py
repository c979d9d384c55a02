"""The pipeline: read, check, assess, draw, write, run the engine, finish, check, swap.

Everything is made beside the published site. Only a site that passed its check takes its place.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plansite.analysis.publication import Publication
from plansite.model import Language, urls
from plansite.model.problems import Problem
from plansite.output.charts import vega_bundle
from plansite.output.pages import CompiledTemplates, generate_embeds
from plansite.output.published_file import ListedFile
from plansite.pipeline.artifacts import Contents, ContentsMaker
from plansite.pipeline.build_record import Told
from plansite.pipeline.check.faults import SiteFault
from plansite.pipeline.check.links import check_site
from plansite.pipeline.engine import EngineError, theme_style
from plansite.pipeline.html.assets import FOLDER as ASSETS
from plansite.pipeline.html.assets import (
    STYLE,
    VEGA,
    gather_assets,
    hashed_names,
)
from plansite.pipeline.html.parse_page import BuiltPage, read_pages
from plansite.pipeline.html.postprocess import Finisher, make_finisher
from plansite.pipeline.markdown import PageWriting
from plansite.pipeline.options import (
    Order,
    Step,
    Turn,
)
from plansite.pipeline.prepare import Begun, begin_build
from plansite.pipeline.render_pages import Rendering
from plansite.pipeline.search.index import search_index
from plansite.pipeline.search.pagefind import IndexingError
from plansite.pipeline.staging import NewSite
from plansite.util.files import write_bytes
from plansite.util.process_pool import Crew, give_back_memory
from plansite.util.task_runner import Workshop
from plansite.util.text_spool import Shelf

_MANY_PAGES = 1000
"""Pages whose index takes so much memory that new processes are worth their start: those that made
the files hold as much."""


class SiteError(Exception):
    """The built site has faults; the published one was left alone."""

    def __init__(self, faults: list[SiteFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@dataclass(frozen=True)
class Result:
    """A finished build."""

    pages: int
    warnings: list[Problem]
    undrawable: frozenset[str]
    """Characters that pictures may lack: the font that they are lettered with has none of them."""
    unreadable: tuple[str, ...] = ()
    """Tags of releases that could not be had."""
    is_new: bool = True
    """Whether a site was made; the one that stands may be just what would have been made."""
    listed: Sequence[ListedFile] = ()
    """Every file to take away."""


def build_site(order: Order, step: Step) -> Result:
    """Build the site and put it in place of the last one.

    Args:
        order: what to build.
        step: told of each step.

    Raises:
        UsageError, DataError: see :func:`begin_build`.
        EngineError, IndexingError, OSError, SiteError: see :func:`finish_build`.
    """
    with begin_build(order, step) as begun, Crew(order.jobs) as crew:
        return finish_build(begun, step, crew)


def finish_build(begun: Begun, step: Step, crew: Crew) -> Result:
    """Make the site, unless it stands already, and put it in place of the last one.

    Args:
        begun: the build.
        step: told of each step.
        crew: who helps.

    Raises:
        EngineError: the engine failed; the last site still stands.
        IndexingError: so did the maker of the search index.
        OSError: a file could not be read or written; the last site still stands.
        SiteError: the built site is wrong; the last one still stands.
    """
    begun.turn.place.clear()
    told, is_new = begun.told, False
    if told is None:
        told, is_new = _build(begun, Workshop(begun.store, crew), step), True
        if begun.standing is not None:
            begun.standing.keep(told)
    unreadable = begun.inputs.releases.unreadable
    return Result(
        told.pages, begun.inputs.problems, told.undrawable, unreadable, is_new, told.listed
    )


def _build(begun: Begun, workshop: Workshop, step: Step) -> Told:
    """Build the site and publish it."""
    turn = begun.turn
    try:
        with Shelf(turn.order.work) as shelf:
            told = _make(begun, workshop, shelf, step)
    except (EngineError, IndexingError, OSError):
        turn.place.clear()  # on a full disk every file that nobody needs is in the way
        raise
    turn.place.swap(turn.go_on)
    if workshop.store is not None:
        workshop.store.tidy()
    return told


def _make(begun: Begun, workshop: Workshop, shelf: Shelf, step: Step) -> Told:
    """Make the site beside the published one, and check it.

    Files are written as they are made: all of a large site is more than fits into memory.
    """
    turn, inputs, order = begun.turn, begun.inputs, begun.turn.order
    sources = order.root / "site_src"
    with step("assess"):
        publication = inputs.publication
        writing = PageWriting(publication, sources, order.work / "docs", workshop)
        maker = ContentsMaker(publication, inputs.data.folder, workshop, shelf)
    with step("pages"):
        compiled = CompiledTemplates(workshop.store) if workshop.store else None
        pages = writing.finish(turn.go_on)
        assets = gather_assets(sources, theme_style())
        # For whoever runs the engine alone; the build publishes it under another name.
        write_bytes(order.work / "docs" / Language.ZH / ASSETS / STYLE, assets[STYLE])
    with (
        step("engine"),
        contextlib.closing(Rendering(begun.engine, pages, order.work, workshop.store)) as rendering,
    ):
        site = NewSite(turn.place.new, turn.go_on)
        contents = maker.finish(pages, site.add_file)
        finishers = _finishers(
            publication, contents, assets | {VEGA: vega_bundle(order.work)}, site
        )
        for finisher in finishers:
            for address, html in generate_embeds(publication, finisher.language, sources, compiled):
                site.add_page(urls.html_file(address), finisher.fill(html, address), finisher)
        rendering.finish(turn.go_on)
    if len(pages) > _MANY_PAGES:
        workshop.crew.relieve()
    with step("finish"):
        for finisher in finishers:
            site.add_pages(rendering.pages(finisher.language), finisher)
        give_back_memory()  # Pagefind needs much
        built = _index(site, turn, publication, workshop)
        site.seal(publication, order.engine)
    _check(site, built, turn, step)
    return Told(len(pages), contents.undrawable, contents.listed)


def _check(site: NewSite, built: list[BuiltPage], turn: Turn, step: Step) -> None:
    """Let no site pass that has faults; the other gets its compressed copies, if it is to."""
    with step("check"):
        faults = check_site(site.folder, built, turn.go_on)
    if faults:
        raise SiteError(faults)
    if turn.order.compress:
        with step("compress"):
            site.compress(turn.order.jobs)


def _finishers(
    publication: Publication, contents: Contents, assets: Mapping[str, bytes], site: NewSite
) -> list[Finisher]:
    """Who finishes the pages of each language; adds the assets, by whose names pages know them."""
    names = hashed_names(assets)
    for name, asset in assets.items():
        site.add_file(f"{ASSETS}/{names[name]}", asset)
    return [
        dataclasses.replace(
            make_finisher(publication, side, names),
            figures=contents.figures[side],
            sizes=contents.sizes,
            heads=contents.heads[side],
        )
        for side in Language
    ]


def _index(
    site: NewSite, turn: Turn, publication: Publication, workshop: Workshop
) -> list[BuiltPage]:
    """Index the site for search; gives what its pages say, but for the words to search."""
    built = []

    def pages() -> Iterator[BuiltPage]:
        for page in read_pages(site.page_files(), workshop):
            built.append(dataclasses.replace(page, searched=None))
            yield page

    for address, content in search_index(pages(), publication.plan, turn.locks, turn.go_on):
        site.add_file(address, content)
    return built
