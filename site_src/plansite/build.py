"""The pipeline: read, check, assess, draw, write, run the engine, finish, check, swap.

Everything is made beside the published site. Only a site that passed its check takes its place.
"""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
from collections.abc import Mapping
from dataclasses import dataclass

from plansite import urls
from plansite.assets import FOLDER as ASSETS
from plansite.assets import STYLE, gather_assets, hashed_names
from plansite.charts import vega_bundle
from plansite.checks import validate
from plansite.contents import Contents, ContentsMaker
from plansite.downloads import tidy_tables
from plansite.engine import Engine, EngineError, read_site, theme_style
from plansite.feeds import feed_title
from plansite.finish import Finisher
from plansite.history import read_history
from plansite.model import Language
from plansite.new_site import NewSite
from plansite.order import Order, Step, Turn, take_turn
from plansite.package import Reading, read_raw
from plansite.pagefind import IndexingError
from plansite.pages import CompiledTemplates, Page, generate_embeds, generate_pages
from plansite.problems import Problem, blockers
from plansite.publication import Publication, publish
from plansite.releases import read_releases
from plansite.rendering import Rendering
from plansite.search_index import index_site
from plansite.site_check import check_site
from plansite.site_faults import SiteFault
from plansite.site_folder import SiteFolder
from plansite.store import Store, program_name
from plansite.words import UsageError
from plansite.workshop import Workshop
from plansite.writing import write_bytes

VEGA = "vega.js"
"""The name, among the assets, of what draws charts to explore."""

Read = tuple[Reading, list[Problem]]
"""A package, and what is wrong with it."""


class DataError(Exception):
    """The package has problems that stop a build."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


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


def build_site(order: Order, step: Step) -> Result:
    """Build the site and put it in place of the last one.

    Raises:
        UsageError: the new site would take the place of what it is made from.
        DataError: the package has blockers; nothing was written.
        EngineError: the engine failed; the last site still stands.
        IndexingError: so did the maker of the search index.
        OSError: a file could not be read or written; the last site still stands.
        SiteError: the built site is wrong; the last one still stands.
    """
    place = SiteFolder(order.out)
    for source in (order.root, order.package):
        if source.resolve().is_relative_to(place.published):
            raise UsageError("cli.out_holds_source", out=order.out, source=source)
    place.heal()
    read = _read(order, step)
    store = Store(order.cache, program_name(order.program)) if order.caches else None
    with take_turn(order, place, step) as turn, Workshop(store, order.jobs) as workshop:
        if turn.waited:  # somebody may have edited the data meanwhile
            read = _read(order, step)
        place.clear()
        try:
            result = _build(turn, read, workshop, step)
        except (EngineError, IndexingError, OSError):
            place.clear()  # on a full disk every file that nobody needs is in the way
            raise
        if store is not None:
            store.tidy()
    return result


def _read(order: Order, step: Step) -> Read:
    """Read the package and check it."""
    with step("read"):
        reading, problems = validate(order.package, order.as_of)
    if blockers(problems) or reading.plan is None:
        raise DataError(problems)
    return reading, problems


@dataclass(frozen=True)
class _Made:
    """What the site is put together of."""

    html: Mapping[Language, Mapping[str, str]]
    embeds: Mapping[Language, Mapping[str, str]]
    contents: Contents
    assets: Mapping[str, bytes]


def _build(turn: Turn, read: Read, workshop: Workshop, step: Step) -> Result:
    order, (reading, problems) = turn.order, read
    with step("assess"):
        publication = _publication(order, reading, problems)
        maker = ContentsMaker(publication, order.package, workshop)
    with step("pages"):
        compiled = CompiledTemplates(workshop.store) if workshop.store else None
        pages = _write_pages(order, publication, compiled)
        assets = gather_assets(order.root / "site_src", theme_style())
        # For whoever runs the engine alone; the build publishes it under another name.
        write_bytes(order.work / "docs" / Language.ZH / ASSETS / STYLE, assets[STYLE])
    with step("engine"):
        engine = Engine(order.root, order.as_of, turn.locks)
        sources = order.root / "site_src"
        with contextlib.closing(Rendering(engine, pages, order.work, workshop.store)) as rendering:
            embeds = {s: dict(generate_embeds(publication, s, sources, compiled)) for s in Language}
            site = NewSite(turn.place.new)
            contents = maker.finish(pages, site.add_file)
            assets[VEGA] = vega_bundle(order.work)
            html = rendering.finish()
    with step("finish"):
        _finish(site, turn, publication, _Made(html, embeds, contents, assets))
    with step("check"):
        faults = check_site(site.folder)
    if faults:
        raise SiteError(faults)
    if order.compress:
        with step("compress"):
            site.compress(order.jobs)
    turn.place.swap()
    return Result(len(pages), problems, contents.undrawable, publication.releases.unreadable)


def _publication(order: Order, reading: Reading, problems: list[Problem]) -> Publication:
    plan = reading.plan
    assert plan is not None
    files = {table.name: table.path for table in plan.info.resources}
    history = read_history(order.package, files, order.program)
    known = publish(plan, order.as_of, problems, history, read_site(order.root))
    releases = read_releases(order.package)
    tables = read_raw(order.package).tables
    return dataclasses.replace(known, places=reading.places, tables=tables, releases=releases)


def _finish(site: NewSite, turn: Turn, publication: Publication, made: _Made) -> None:
    """Put the site together beside the published one."""
    names = hashed_names(made.assets)
    finishers = [
        Finisher(
            language=side,
            figures=made.contents.figures[side],
            assets=names,
            site=publication.site.address,
            feed=feed_title(publication, side),
            sizes=made.contents.sizes,
            heads=made.contents.heads[side],
        )
        for side in Language
    ]
    site.add_pages(made.html, finishers)
    for name, asset in made.assets.items():
        site.add_file(f"{ASSETS}/{names[name]}", asset)
    index_site(site.folder, publication.plan, turn.locks)
    # Only now: search leads to an indicator's page, not to its copy for other sites.
    for finisher in finishers:
        for address, html in made.embeds[finisher.language].items():
            site.add_file(urls.html_file(address), finisher.fill(html, address).encode())
    site.seal(publication)


def _write_pages(
    order: Order, publication: Publication, compiled: CompiledTemplates | None
) -> list[Page]:
    """Write both languages' Markdown for the engine."""
    tidy = list(tidy_tables(publication))
    pages = []
    for side in Language:
        tree = order.work / "docs" / side
        shutil.rmtree(tree, ignore_errors=True)
        for page in generate_pages(publication, side, order.root / "site_src", tidy, compiled):
            write_bytes(tree / urls.page_file(page.address), page.text.encode())
            pages.append(page)
    return pages
