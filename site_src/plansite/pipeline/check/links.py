"""Checks the pages of a built site: links, both languages, no request to another host.

Takes a folder of HTML and knows nothing of the package that it came from.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from plansite.model.urls.page_address import parse_address
from plansite.pipeline.check.csv_rows import SiteTables
from plansite.pipeline.check.faults import SiteFault
from plansite.pipeline.check.machine_files import check_machine_files
from plansite.pipeline.html.parse_page import CSS_ADDRESS, BuiltPage, PageFile, read_pages
from plansite.util.checksums import digest
from plansite.util.compression import without_copies
from plansite.util.process_pool import ProcessPool, available_cores
from plansite.util.steps import Steps, run_to_end
from plansite.util.task_runner import TaskRunner


def check_folder(site: Path) -> list[SiteFault]:
    """Every fault of a site that somebody built, by what stands in its folder."""
    names = sorted(name for name in addresses_in(site) if name.endswith(".html"))
    digests = ((name, digest((site / name).read_bytes())) for name in names)
    files = (PageFile(name, known, known, site) for name, known in digests)
    with ProcessPool(available_cores()) as pool:
        return run_to_end(check_site(site, read_pages(files, TaskRunner(None, pool))))


def check_site(site: Path, built: Iterable[BuiltPage]) -> Steps[list[SiteFault]]:
    """Every fault of a built site, pages in order.

    Args:
        site: the site's folder.
        built: all of its pages.
    """
    if not (site / "index.html").is_file():
        return [SiteFault("empty", site.as_posix())]
    files = addresses_in(site)
    tables = SiteTables(site)
    pages = {page.address: page for page in sorted(built, key=lambda page: page.address)}
    faults: list[SiteFault] = []
    for page in pages.values():
        yield
        if not page.is_readable:
            faults.append(SiteFault("unreadable", page.address))
            continue
        faults += _check_page(page)
        faults += _check_links(page, files, pages, tables)
        faults += _check_translation(page, files)
    for name in sorted(files):
        if name.endswith(".css"):
            faults += _check_style(name, (site / name).read_text("utf-8", "replace"))
    anchors = {page.address: page.ids for page in pages.values()}
    faults += (SiteFault(*fault) for fault in check_machine_files(site, files, anchors))
    return faults


def addresses_in(site: Path) -> set[str]:
    """The address of every file, from the site's root; compressed copies have none."""
    files = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return without_copies(files)


def _parts(address: str) -> SplitResult | None:
    """The parts of an address; nothing where it is none, such as ``//[``."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _is_outside(address: str) -> bool:
    parts = _parts(address)
    return parts is not None and (
        bool(parts.netloc) or parts.scheme in ("http", "https", "ws", "wss")
    )


def _check_page(page: BuiltPage) -> Iterator[SiteFault]:
    for address in page.loads:
        if _is_outside(address):
            yield SiteFault("outside-request", page.address, address)
    expected = parse_address(page.address).language.html
    if page.lang != expected:
        yield SiteFault("wrong-language", page.address, expected)
    for name in page.twice:
        yield SiteFault("duplicate-id", page.address, name)
    if page.has_placeholder:
        yield SiteFault("placeholder", page.address)
    if page.has_bad_data:
        yield SiteFault("page-data", page.address)
    if not page.has_title:
        yield SiteFault("no-title", page.address)


def _check_links(
    page: BuiltPage, files: set[str], pages: dict[str, BuiltPage], tables: SiteTables
) -> Iterator[SiteFault]:
    """Yield the addresses on a page that lead to no file, place or row of the site."""
    if posixpath.basename(page.address) == "404.html":
        return  # served at any address, so its links are absolute
    folder = posixpath.dirname(page.address)
    for link in dict.fromkeys(page.links + page.loads):
        parts = _parts(link)
        if parts is None:
            yield SiteFault("broken-link", page.address, link)
            continue
        if parts.scheme or parts.netloc:
            continue
        target = page.address
        if parts.path:
            target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            if parts.path.endswith("/") or target not in files:
                target = posixpath.normpath(f"{target}/index.html")
        anchor = unquote(parts.fragment)
        if target not in files:
            yield SiteFault("broken-link", page.address, link)
        elif anchor and target in pages and anchor not in pages[target].ids:
            yield SiteFault("broken-anchor", page.address, link)
        elif anchor and target.endswith(".csv") and not tables.has(target, anchor):
            yield SiteFault("broken-row", page.address, link)


def _check_translation(page: BuiltPage, files: set[str]) -> Iterator[SiteFault]:
    here = parse_address(page.address)
    other = here.file(here.language.other)
    if other not in files:
        yield SiteFault("missing-translation", page.address, other)


def _check_style(name: str, css: str) -> Iterator[SiteFault]:
    for match in CSS_ADDRESS.finditer(css):
        yield SiteFault("outside-request", name, match[1])
