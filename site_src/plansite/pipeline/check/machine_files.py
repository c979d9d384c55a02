"""Checks the files of a built site that machines read.

Every JSON file parses; feeds and the sitemap with its parts are well-formed, and their addresses
exist. A fault is (code, file, what it is about).
"""

from __future__ import annotations

import itertools
import json
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from plansite.model import Language, urls

FEEDS = tuple(urls.localized(urls.FEED, language) for language in Language)
Fault = tuple[str, str, str]
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_ELSEWHERE = "https://site.invalid/"
"""Stands for the site's address where it names none."""


def check_machine_files(
    site: Path, files: Collection[str], anchors: Mapping[str, Collection[str]]
) -> Iterator[Fault]:
    """Every fault of a site's JSON files, feeds and sitemaps.

    Args:
        site: the site's folder.
        files: every file in it, by its address.
        anchors: for each page's file the anchors on it.
    """
    for name in sorted(files):
        if name.endswith((".json", ".jsonld")):
            yield from _check_json(site / name, name)
    parts = itertools.takewhile(files.__contains__, map(urls.sitemap_part, itertools.count(1)))
    for name in (*FEEDS, urls.SITEMAP, *parts):
        if name in files:
            yield from _check_xml(site, name, files, anchors)


def _check_json(path: Path, name: str) -> Iterator[Fault]:
    try:
        json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        yield "broken-json", name, str(error)


def _check_xml(
    site: Path, name: str, files: Collection[str], anchors: Mapping[str, Collection[str]]
) -> Iterator[Fault]:
    """Yield what is wrong with an XML file, and the addresses in it that lead nowhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring((site / name).read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        yield "broken-xml", name, str(error)
        return
    base = _own_address(site)
    for address in dict.fromkeys(_addresses(root)):
        try:
            parts = urlsplit(urljoin(base + name, address))
        except ValueError:
            yield "broken-address", name, address
            continue
        target = posixpath.normpath(unquote(parts.path).removeprefix(unquote(urlsplit(base).path)))
        is_page = parts.path.endswith("/")
        file = posixpath.normpath(posixpath.join(target, "index.html")) if is_page else target
        anchor = unquote(parts.fragment)
        is_here = parts.netloc == urlsplit(base).netloc and file in files
        if not is_here or (anchor and anchor not in anchors.get(file, ())):
            yield "broken-address", name, address


def _addresses(root: etree._Element) -> Iterator[str]:
    """Where a feed or a sitemap leads."""
    for element in root.iter("{*}loc", "{*}link"):
        yield element.get("href") or element.text or ""


def _own_address(site: Path) -> str:
    """The address that the home page names as its own."""
    canonical = _CANONICAL.search((site / "index.html").read_text("utf-8", "replace"))
    address = unescape(canonical[1]) if canonical else _ELSEWHERE
    try:
        urlsplit(address)
    except ValueError:
        return _ELSEWHERE
    return address
