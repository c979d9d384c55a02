"""What search engines read: every page with its other language, and when its data last changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from plansite import urls
from plansite.model import Language
from plansite.publication import Publication
from plansite.site import Site

_START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def search_engine_files(
    addresses: Iterable[str], publication: Publication
) -> Iterator[tuple[str, bytes]]:
    """``robots.txt``, and ``sitemap.xml`` where the site's own address is known.

    Args:
        addresses: every page's, within its language.
        publication: what is published there.
    """
    site = publication.site
    robots = "User-agent: *\nAllow: /\n"
    if site.address:
        robots += f"Sitemap: {site.file(urls.SITEMAP)}\n"
        entries = "".join(_entries(address, publication) for address in addresses)
        yield urls.SITEMAP, f"{_START}{entries}</urlset>\n".encode()
    yield urls.ROBOTS, robots.encode()


def _entries(address: str, publication: Publication) -> str:
    """A page's entry for each language; undated where nobody knows when its data changed."""
    site = publication.site
    provenance = publication.provenance(address)
    changed = provenance.changed if provenance else None
    dated = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    rest = f"{dated}{_alternates(address, site)}"
    return "".join(
        f"<url><loc>{escape(site.page(address, side))}</loc>{rest}</url>\n" for side in Language
    )


def _alternates(address: str, site: Site) -> str:
    links = [(side.html, site.page(address, side)) for side in Language]
    links.append(("x-default", site.page(address, Language.ZH)))
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(link)}"/>'
        for code, link in links
    )
