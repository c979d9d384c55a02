"""Reads what a built page says, once for both the check and search.

It rests on the page's content alone, and not on the commit that its last line names. So it is kept
under the content's digest, and pages that are new are read by several processes.
"""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import cast

from lxml import etree, html

from plansite.model import Language
from plansite.model.urls.page_address import PageAddress, parse_address
from plansite.pipeline.html.json_ld import read_page_data
from plansite.pipeline.html.search_text import SearchText, read_search_text
from plansite.util.checksums import digest
from plansite.util.task_runner import TaskRunner


def _attributes(*paths: str) -> Callable[[etree._Element], list[str]]:
    """Finds attributes in C: walking a page's thousands of elements takes far longer."""
    find = etree.XPath("|".join(f"//{path}" for path in paths), smart_strings=False)
    return cast("Callable[[etree._Element], list[str]]", find)


_IDS = _attributes("@id")
_NAMES = _attributes("@name")
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
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
"""An address with a scheme or a host, which no check follows."""
_PLACEHOLDERS = ("<!-- figure ", "<!-- size ", "<!-- built ")
CSS_ADDRESS = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)", re.IGNORECASE)
"""An address on another host that a style sheet asks for."""


@dataclass(frozen=True)
class PageFile:
    """A page's file; two files with the same digest say the same."""

    address: str
    """Of the file, from the site's root."""
    digest: str
    """Of the page, but for the commit that it was built from."""
    written: str = field(repr=False)
    """The digest of the file itself."""
    folder: Path = field(repr=False)
    """The site's folder."""

    @property
    def language(self) -> Language:
        """The language that its address asks for."""
        return parse_address(self.address).language


@dataclass(frozen=True)
class BuiltPage:
    """What a page's file says."""

    address: str
    ids: frozenset[str]
    """Where a link can lead to on it."""
    twice: tuple[str, ...]
    """Ids that more than one element has, so that a link finds only the first."""
    links: tuple[str, ...]
    """Ways within the site."""
    loads: tuple[str, ...]
    """What a browser asks for as soon as it has the page."""
    lang: str
    """The language that it says it is in."""
    has_title: bool
    has_placeholder: bool
    has_bad_data: bool
    searched: SearchText | None
    """What search finds it by; nothing where it is not to be found."""
    is_readable: bool = True
    """Whether the file holds a page; where not, the rest says nothing."""

    @property
    def page_address(self) -> PageAddress:
        """What its address says."""
        return parse_address(self.address)


def read_pages(files: Iterable[PageFile], runner: TaskRunner) -> Iterator[BuiltPage]:
    """What files of pages say, in their order."""
    for packed in runner.submit_all(pack_page, files).results():
        yield _unpacked(packed)


def pack_page(file: PageFile) -> bytes:
    """What a page's file says, in the form in which it is kept and comes from another process.

    Raises:
        OSError: the file is another by now, that of a later build where this one was given up.
    """
    path = file.folder / file.address
    content = path.read_bytes()
    if digest(content) != file.written:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(path))
    try:
        page = _read(file.address, content.decode())
    except (etree.ParserError, ValueError):  # the second: no UTF-8, among others
        page = _unreadable(file.address)
    fields = vars(page) | {
        "ids": sorted(page.ids),
        "searched": page.searched and vars(page.searched),
    }
    return json.dumps(fields, ensure_ascii=False).encode()


def _unpacked(packed: bytes) -> BuiltPage:
    fields = json.loads(packed)
    searched = fields.pop("searched")
    return BuiltPage(
        ids=frozenset(map(sys.intern, fields.pop("ids"))),
        twice=tuple(fields.pop("twice")),
        links=tuple(map(sys.intern, fields.pop("links"))),  # the same on many pages
        loads=tuple(map(sys.intern, fields.pop("loads"))),
        searched=None if searched is None else SearchText(**searched),
        **fields,
    )


def _read(address: str, text: str) -> BuiltPage:
    root = html.document_fromstring(text)
    data = read_page_data(root, address)
    ids = Counter(_IDS(root))
    page = BuiltPage(
        address=address,
        ids=frozenset(filter(None, chain(ids, _NAMES(root)))),
        twice=tuple(name for name, count in ids.items() if count > 1),
        links=tuple(filter(_is_inside, (*_LINKS(root), *data.links))),
        loads=tuple(_loads(root)),
        lang=root.get("lang", ""),
        has_title=bool((root.findtext(".//title") or "").strip())
        and len(root.findall(".//h1")) == 1,
        has_placeholder=any(mark in text for mark in _PLACEHOLDERS),
        has_bad_data=not data.is_readable,
        searched=None,
    )
    return dataclasses.replace(page, searched=read_search_text(root, page.page_address.page))


def _unreadable(address: str) -> BuiltPage:
    return BuiltPage(
        address=address,
        ids=frozenset(),
        twice=(),
        links=(),
        loads=(),
        lang="",
        has_title=False,
        has_placeholder=False,
        has_bad_data=False,
        searched=None,
        is_readable=False,
    )


def _is_inside(link: str) -> bool:
    return bool(link) and not _OUTSIDE.match(link)


def _loads(root: etree._Element) -> Iterator[str]:
    yield from filter(None, _SOURCES(root))
    for images in _SOURCE_SETS(root):
        yield from (part.split()[0] for part in images.split(",") if part.strip())
    for link in root.iter("link"):
        if _LOADING_RELS & set(link.get("rel", "").split()):
            yield link.get("href", "")
    for css in _STYLES(root):
        yield from (match[1] for match in CSS_ADDRESS.finditer(css))
