"""What search engines read: every page with its other language, and when its data last changed.

The protocol takes 50,000 addresses and 50 MB in a file. A larger site has its pages in several, and
``sitemap.xml`` lists those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from plansite.analysis.publication import Publication
from plansite.model import Language, urls
from plansite.model.site_settings import Site

MAX_ADDRESSES = 50_000
MAX_BYTES = 50 * 1024**2
"""Uncompressed."""
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_START = f'{_XML}<urlset {_NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'.encode()
_END = b"</urlset>\n"


def search_engine_files(
    addresses: Iterable[str], publication: Publication
) -> Iterator[tuple[str, bytes]]:
    """``robots.txt`` and, where the site's own address is known, ``sitemap.xml`` with its parts.

    Args:
        addresses: every page's, within its language.
        publication: what is published there.
    """
    site = publication.site
    robots = "User-agent: *\nAllow: /\n"
    if site.address:
        robots += f"Sitemap: {site.file(urls.SITEMAP)}\n"
        entries = (each for address in addresses for each in _entries(address, publication))
        yield from _sitemaps([*_full_files(entries)], site)
    yield urls.ROBOTS, robots.encode()


def _sitemaps(files: Sequence[bytes], site: Site) -> Iterator[tuple[str, bytes]]:
    """One file as it is; several with an index of them under the name that stays."""
    if len(files) == 1:
        yield urls.SITEMAP, files[0]
        return
    parts = {urls.sitemap_part(number): file for number, file in enumerate(files, start=1)}
    yield from parts.items()
    listed = "".join(f"<sitemap><loc>{escape(site.file(part))}</loc></sitemap>\n" for part in parts)
    yield urls.SITEMAP, f"{_XML}<sitemapindex {_NAMESPACE}>\n{listed}</sitemapindex>\n".encode()


def _full_files(entries: Iterable[bytes]) -> Iterator[bytes]:
    """The entries in as few files as the protocol allows; one without any where there are none."""
    lines: list[bytes] = []
    size = len(_START) + len(_END)
    for entry in entries:
        if len(lines) == MAX_ADDRESSES or size + len(entry) > MAX_BYTES:
            yield b"".join((_START, *lines, _END))
            lines, size = [], len(_START) + len(_END)
        lines.append(entry)
        size += len(entry)
    yield b"".join((_START, *lines, _END))


def _entries(address: str, publication: Publication) -> Iterator[bytes]:
    """A page's entry for each language; undated where nobody knows when its data changed."""
    site = publication.site
    provenance = publication.provenance(address)
    changed = provenance.changed if provenance else None
    dated = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    rest = f"{dated}{_alternates(address, site)}"
    for language in Language:
        yield f"<url><loc>{escape(site.page(address, language))}</loc>{rest}</url>\n".encode()


def _alternates(address: str, site: Site) -> str:
    links = [(language.html, site.page(address, language)) for language in Language]
    links.append(("x-default", site.page(address, Language.ZH)))
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(link)}"/>'
        for code, link in links
    )
