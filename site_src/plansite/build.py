"""The pipeline: read, check, assess, draw, write, run the engine, finish, check, swap.

Everything is made beside the published site. Only a site that passed its check takes its place.
"""

from __future__ import annotations

import calendar
import contextlib
import dataclasses
import datetime as dt
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from plansite import urls
from plansite.api import make_api
from plansite.assets import FOLDER as ASSETS
from plansite.assets import STYLE, gather_assets, hashed_names
from plansite.cards import page_cards
from plansite.catalogue import Described, describe
from plansite.charts import Drawing, draw_all, vega_bundle
from plansite.checks import validate
from plansite.compare import compare_file
from plansite.downloads import make_downloads, release_files
from plansite.engine import EngineRun, read_site, theme_style
from plansite.feeds import feed_title, make_feeds
from plansite.finish import Finisher
from plansite.history import read_history
from plansite.model import Language
from plansite.new_site import NewSite, write_bytes
from plansite.package import Reading
from plansite.pages import Page, generate_embeds, generate_pages
from plansite.problems import Problem, blockers
from plansite.publication import Publication, publish
from plansite.published import PublishedFile
from plansite.releases import read_releases
from plansite.search_index import index_site
from plansite.site_check import check_site
from plansite.site_faults import SiteFault
from plansite.sitemap import search_engine_files

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

    @property
    def program(self) -> tuple[Path, ...]:
        """What the site is made with, beside its data."""
        names = ("site_src", "mkdocs.yml", "mkdocs.en.yml", "build_site.py")
        return tuple(self.root / name for name in names)

    @property
    def work(self) -> Path:
        """Where a build keeps what it makes on the way."""
        return self.root / "build"


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
    with _alone(order.work, step):
        return _build(order, reading, problems, step)


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


def _build(order: Order, reading: Reading, problems: list[Problem], step: Step) -> Result:
    plan = reading.plan
    assert plan is not None
    with step("assess"):
        files = {table.name: table.path for table in plan.info.resources}
        history = read_history(order.package, files, order.program)
        known = publish(plan, order.as_of, problems, history, read_site(order.root))
        publication = dataclasses.replace(
            known, places=reading.places, releases=read_releases(order.package)
        )
    with step("pages"):
        pages = [page for side in Language for page in _write_pages(order, publication, side)]
    assets = gather_assets(order.root / "site_src", theme_style())
    # For whoever runs the engine alone afterwards; the build publishes it under another name.
    write_bytes(order.work / "docs" / Language.ZH / ASSETS / STYLE, assets[STYLE])
    built = {side: order.work / "html" / side for side in Language}
    with step("engine"):
        engine = EngineRun(order.root, built, calendar.timegm(order.as_of.timetuple()))
        drawings = {side: draw_all(publication, side) for side in Language}
        assets[VEGA] = vega_bundle(order.work)
        cards = list(page_cards(pages, publication)) if publication.site.address else []
        downloads = [*make_downloads(publication, order.package), *make_api(publication)]
        described = describe(publication, downloads)
        engine.finish()
    with step("finish"):
        names = hashed_names(assets)
        finishers = _finishers(publication, drawings, names, downloads, described)
        site = NewSite(order.out)
        site.add_pages(built, finishers)
        site.add_files((f"{ASSETS}/{names[name]}", asset) for name, asset in assets.items())
        site.add_files((file.address, file.content) for file in (*downloads, *described.files))
        for drawing in drawings.values():
            site.add_files(drawing.files.items())
        site.add_files(cards)
        site.add_files(_machine_files(publication, pages))
        for release in publication.releases.known:
            site.add_files(release_files(release))
        index_site(site.folder, order.work / "search", plan)
        # Only now: search leads to an indicator's page, not to its copy for other sites.
        for finisher in finishers:
            site.add_files(_embeds(order, publication, finisher))
        site.seal(publication)
    with step("check"):
        faults = check_site(site.folder)
    if faults:
        raise SiteError(faults)
    site.publish()
    return Result(
        len(pages),
        problems,
        frozenset().union(*(d.undrawable for d in drawings.values())),
        publication.releases.unreadable,
    )


def _finishers(
    publication: Publication,
    drawings: Mapping[Language, Drawing],
    assets: Mapping[str, str],
    downloads: Iterable[PublishedFile],
    described: Described,
) -> list[Finisher]:
    """One for each language, with all that pages lack until everything else is made."""
    pictures = (each for drawing in drawings.values() for each in drawing.files.items())
    sizes = {address: len(content) for address, content in pictures}
    sizes |= {file.address: len(file.content) for file in downloads}
    return [
        Finisher(
            language=side,
            figures=drawings[side].figures,
            assets=assets,
            site=publication.site.address,
            feed=feed_title(publication, side),
            sizes=sizes,
            heads=described.heads[side],
        )
        for side in Language
    ]


def _write_pages(order: Order, publication: Publication, language: Language) -> list[Page]:
    tree = order.work / "docs" / language
    shutil.rmtree(tree, ignore_errors=True)
    pages = list(generate_pages(publication, language, order.root / "site_src"))
    for page in pages:
        write_bytes(tree / urls.page_file(page.address), page.text.encode())
    return pages


def _machine_files(publication: Publication, pages: Iterable[Page]) -> Iterator[tuple[str, bytes]]:
    """What scripts, feed readers and search engines read."""
    yield urls.COMPARE_JSON, compare_file(publication)
    yield from make_feeds(publication)
    addresses = (page.address for page in pages if page.language is Language.ZH)
    yield from search_engine_files(addresses, publication)


def _embeds(
    order: Order, publication: Publication, finisher: Finisher
) -> Iterator[tuple[str, bytes]]:
    """The pages that stand in other sites' pages."""
    sources = order.root / "site_src"
    for address, html in generate_embeds(publication, finisher.language, sources):
        yield f"{address}index.html", finisher.fill(html, address).encode()
