"""Whether a built site keeps its promises: links, both languages, no request to another host.

Takes a folder of HTML and knows nothing of the package that it came from.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from plansite import urls
from plansite.compressed import without_copies
from plansite.machine_check import check_machine_files
from plansite.model import Language
from plansite.page_data import read_page_data
from plansite.site_faults import SiteFault
from plansite.site_tables import SiteTables


def _attributes(*paths: str) -> Callable[[etree._Element], list[str]]:
    """Finds attributes in C: walking a page's thousands of elements takes far longer."""
    find = etree.XPath("|".join(f"//{path}" for path in paths), smart_strings=False)
    return cast("Callable[[etree._Element], list[str]]", find)


_IDS = _attributes("@id", "@name")
_LINKS = _attributes("a/@href", "@data-src", "@data-explore")
"""Where a page leads, and what a script fetches for it."""
_SOURCES = _attributes(
    *(f"{tag}/@src" for tag in ("script", "img", "source", "iframe", "video", "audio", "embed")),
    *("video/@poster", "object/@data", "use/@href", "image/@href"),
)
_SOURCE_SETS = _attributes("img/@srcset", "source/@srcset")
_STYLES = _attributes("@style", "style/text()")
_LOADING_RELS = {"stylesheet", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch"}
_LOADING_RELS |= {"icon", "manifest", "apple-touch-icon", "shortcut"}
_CSS_OUTSIDE = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)", re.IGNORECASE)


@dataclass(frozen=True)
class _PageFacts:
    address: str
    ids: frozenset[str]
    links: tuple[str, ...]
    loads: tuple[str, ...]
    language: str
    has_title: bool
    has_placeholder: bool
    has_bad_data: bool


def check_site(site: Path) -> list[SiteFault]:
    """Every fault of a built site, pages in order."""
    if not (site / "index.html").is_file():
        return [SiteFault("empty", site.as_posix())]
    files = addresses_in(site)
    tables = SiteTables(site)
    pages = {name: _read_page(site, name) for name in sorted(files) if name.endswith(".html")}
    faults: list[SiteFault] = []
    for page in pages.values():
        faults += _check_page(page)
        faults += _check_links(page, files, pages, tables)
        faults += _check_translation(page, files)
    for name in sorted(files):
        if name.endswith(".css"):
            faults += _check_style(name, (site / name).read_text("utf-8"))
    places = {page.address: page.ids for page in pages.values()}
    faults += (SiteFault(*fault) for fault in check_machine_files(site, files, places))
    return faults


def addresses_in(site: Path) -> set[str]:
    """The address of every file, from the site's root; compressed copies have none."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return without_copies(found)


def _read_page(site: Path, name: str) -> _PageFacts:
    text = (site / name).read_text("utf-8")
    root = html.document_fromstring(text)
    data = read_page_data(root, name)
    return _PageFacts(
        address=name,
        ids=frozenset(filter(None, _IDS(root))),
        links=(*filter(None, _LINKS(root)), *data.links),
        loads=tuple(_loads(root)),
        language=root.get("lang", ""),
        has_title=bool((root.findtext(".//title") or "").strip())
        and len(root.findall(".//h1")) == 1,
        has_placeholder="<!-- figure " in text or "<!-- size " in text,
        has_bad_data=not data.is_readable,
    )


def _loads(root: etree._Element) -> Iterator[str]:
    """What a browser asks for as soon as it has the page."""
    yield from filter(None, _SOURCES(root))
    for images in _SOURCE_SETS(root):
        yield from (part.split()[0] for part in images.split(",") if part.strip())
    for link in root.iter("link"):
        if _LOADING_RELS & set(link.get("rel", "").split()):
            yield link.get("href", "")
    for css in _STYLES(root):
        yield from (match[1] for match in _CSS_OUTSIDE.finditer(css))


def _is_outside(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme in ("http", "https", "ws", "wss")


def _check_page(page: _PageFacts) -> Iterator[SiteFault]:
    for address in page.loads:
        if _is_outside(address):
            yield SiteFault("outside-request", page.address, address)
    english = page.address.startswith(("en/", f"{urls.EMBEDS}{Language.EN}/"))
    expected = Language.EN if english else Language.ZH
    if page.language != expected.html:
        yield SiteFault("wrong-language", page.address, expected.html)
    if page.has_placeholder:
        yield SiteFault("placeholder", page.address)
    if page.has_bad_data:
        yield SiteFault("page-data", page.address)
    if not page.has_title:
        yield SiteFault("no-title", page.address)


def _check_links(
    page: _PageFacts, files: set[str], pages: dict[str, _PageFacts], tables: SiteTables
) -> Iterator[SiteFault]:
    if posixpath.basename(page.address) == "404.html":
        return  # served at any address, so its links are absolute
    for link in dict.fromkeys(page.links + page.loads):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = page.address
        if parts.path:
            folder = posixpath.dirname(page.address)
            target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
            if parts.path.endswith("/") or target not in files:
                target = posixpath.normpath(posixpath.join(target, "index.html"))
        place = unquote(parts.fragment)
        if target not in files:
            yield SiteFault("broken-link", page.address, link)
        elif place and target in pages and place not in pages[target].ids:
            yield SiteFault("broken-anchor", page.address, link)
        elif place and target.endswith(".csv") and not tables.has(target, place):
            yield SiteFault("broken-row", page.address, link)


def _check_translation(page: _PageFacts, files: set[str]) -> Iterator[SiteFault]:
    other = _counterpart(page.address)
    if other not in files:
        yield SiteFault("missing-translation", page.address, other)


def _counterpart(address: str) -> str:
    """The same page in the other language; embedded pages name both languages in their address."""
    zh, en = (f"{urls.EMBEDS}{side}/" for side in Language)
    for own, other in ((zh, en), (en, zh), ("en/", "")):
        if address.startswith(own):
            return other + address.removeprefix(own)
    return f"en/{address}"


def _check_style(name: str, css: str) -> Iterator[SiteFault]:
    for match in _CSS_OUTSIDE.finditer(css):
        yield SiteFault("outside-request", name, match[1])
