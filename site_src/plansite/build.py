"""The pipeline: read, check, assess, draw, write, run the engine, finish, check, swap.

Everything is made beside the published site. Only a site that passed its check takes its place.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from plansite import urls
from plansite.assets import FOLDER as ASSETS
from plansite.assets import STYLE, gather_assets, hashed_names
from plansite.charts import vega_bundle
from plansite.checks import validate
from plansite.contents import Contents, begin_drawing, make_contents
from plansite.downloads import tidy_tables
from plansite.engine import Engine, read_site, theme_style
from plansite.feeds import feed_title
from plansite.finish import Finisher
from plansite.history import read_history
from plansite.model import Language
from plansite.new_site import NewSite, write_bytes
from plansite.package import Reading, read_raw
from plansite.pages import CompiledTemplates, Page, generate_embeds, generate_pages
from plansite.problems import Problem, blockers
from plansite.publication import Publication, publish
from plansite.releases import read_releases
from plansite.rendering import Rendering
from plansite.search_index import index_site
from plansite.site_check import check_site
from plansite.site_faults import SiteFault
from plansite.store import Store, program_name
from plansite.workshop import Workshop

VEGA = "vega.js"
"""The name, among the assets, of what draws charts to explore."""

Step = Callable[[str], AbstractContextManager[object]]
"""Announces a step by its key and times it."""


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
class Order:
    """What to build: from where, to where, and as of which day."""

    root: Path
    """The folder with ``mkdocs.yml`` and ``site_src``."""
    package: Path
    out: Path
    as_of: dt.date
    jobs: int
    """How many processes may draw."""
    caches: bool
    """Whether what earlier builds made is used, and kept for later ones."""

    @property
    def program(self) -> tuple[Path, ...]:
        """What the site is made with, beside its data."""
        names = ("site_src", "mkdocs.yml", "mkdocs.en.yml", "build_site.py")
        return tuple(self.root / name for name in names)

    @property
    def work(self) -> Path:
        """Where a build keeps what it makes on the way."""
        return self.root / "build"

    @property
    def cache(self) -> Path:
        """Where builds keep what later ones can use."""
        return self.work / "cache"


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
        DataError: the package has blockers; nothing was written.
        EngineError: the engine failed; the last site still stands.
        SiteError: the built site is wrong; the last one still stands.
    """
    with step("read"):
        reading, problems = validate(order.package, order.as_of)
    if blockers(problems) or reading.plan is None:
        raise DataError(problems)
    store = Store(order.cache, program_name(order.program)) if order.caches else None
    with _alone(order.work, step), Workshop(store, order.jobs) as workshop:
        result = _build(order, reading, problems, workshop, step)
    if store is not None:
        store.tidy()
    return result


@contextlib.contextmanager
def _alone(work: Path, step: Step) -> Iterator[None]:
    """One build at a time in a work folder: a second one waits for the first."""
    work.mkdir(parents=True, exist_ok=True)
    lock = FileLock(work / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        with step("wait"):
            lock.acquire()
    try:
        yield
    finally:
        lock.release()


@dataclass(frozen=True)
class _Made:
    """What the site is put together of."""

    html: Mapping[Language, Mapping[str, str]]
    embeds: Mapping[Language, Mapping[str, str]]
    contents: Contents
    assets: Mapping[str, bytes]


def _build(
    order: Order, reading: Reading, problems: list[Problem], workshop: Workshop, step: Step
) -> Result:
    with step("assess"):
        publication = _publication(order, reading, problems)
        drawing = begin_drawing(publication, workshop)
    with step("pages"):
        compiled = CompiledTemplates(workshop.store) if workshop.store else None
        pages = _write_pages(order, publication, compiled)
        assets = gather_assets(order.root / "site_src", theme_style())
        # For whoever runs the engine alone; the build publishes it under another name.
        write_bytes(order.work / "docs" / Language.ZH / ASSETS / STYLE, assets[STYLE])
    with step("engine"):
        engine = Engine(order.root, order.as_of)
        rendering = Rendering(engine, pages, order.work, workshop.store)
        sources = order.root / "site_src"
        embeds = {s: dict(generate_embeds(publication, s, sources, compiled)) for s in Language}
        contents = make_contents(publication, pages, order.package, drawing, workshop)
        assets[VEGA] = vega_bundle(order.work)
        html = rendering.finish()
    with step("finish"):
        site = _finish(order, publication, _Made(html, embeds, contents, assets))
    with step("check"):
        faults = check_site(site.folder)
    if faults:
        raise SiteError(faults)
    site.publish()
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


def _finish(order: Order, publication: Publication, made: _Made) -> NewSite:
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
    site = NewSite(order.out)
    site.add_pages(made.html, finishers)
    site.add_files((f"{ASSETS}/{names[name]}", asset) for name, asset in made.assets.items())
    site.add_files(made.contents.files)
    index_site(site.folder, order.work / "search", publication.plan)
    # Only now: search leads to an indicator's page, not to its copy for other sites.
    for finisher in finishers:
        for address, html in made.embeds[finisher.language].items():
            filled = finisher.fill(html, address).encode()
            site.add_files([(urls.html_file(address), filled)])
    site.seal(publication)
    return site


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
