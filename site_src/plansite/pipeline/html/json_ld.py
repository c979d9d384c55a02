"""Reads the description of data that a built page holds for machines (JSON-LD)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from plansite.model import urls

_NAMING = ("contentUrl", "url")
"""Properties that lead to pages and files."""


@dataclass(frozen=True)
class PageData:
    """The JSON-LD of one page."""

    links: tuple[str, ...]
    """Where it leads within the site, from the page's own folder."""
    is_readable: bool


def read_page_data(root: etree._Element, name: str) -> PageData:
    """Read a page's JSON-LD.

    Args:
        root: the page.
        name: its file, from the site's root.
    """
    links = [link.get("href", "") for link in root.iterfind(".//link[@rel='describedby']")]
    site = _site_address(root, name)
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        try:
            content = json.loads(script.text or "")
        except ValueError:
            return PageData(tuple(links), is_readable=False)
        for address in _addresses(content):
            if site and address.startswith(site):
                links.append(urls.relative(address.removeprefix(site), name))
            elif "://" not in address:
                links.append(address)
    return PageData(tuple(links), is_readable=True)


def _site_address(root: etree._Element, name: str) -> str:
    """The address of the site's root, by what the page says is its own; else empty."""
    canonical = root.find(".//link[@rel='canonical']")
    own = "" if canonical is None else canonical.get("href", "")
    return own.removesuffix(name.removesuffix("index.html"))


def _addresses(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _addresses(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key in _NAMING and isinstance(part, str):
                yield part
            else:
                yield from _addresses(part)
