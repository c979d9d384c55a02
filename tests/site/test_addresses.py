"""A site knows its own address only when it is told; until then it names no host."""

from __future__ import annotations

import re

from lxml import etree

from plansite.model import Language
from tests.conftest import ADDRESS
from tests.site.pages import Site


def addresses(site: Site, name: str) -> dict[str, str]:
    """What a page's head says of its own address and of its counterparts."""
    page = site.page(name)
    own = {link.get("rel", ""): link.get("href", "") for link in page.find("link[rel=canonical]")}
    others = {
        link.get("hreflang", ""): link.get("href", "")
        for link in page.find("head link[rel=alternate][hreflang]")
    }
    return {**own, **others}


def test_with_an_address_every_page_names_itself_and_its_other_language(hostile: Site) -> None:
    assert len(hostile.names) > 50
    for page in hostile:
        chinese = page.name.removeprefix("en/").removesuffix("index.html")
        zh, en = f"{ADDRESS}/{chinese}", f"{ADDRESS}/en/{chinese}"
        assert addresses(hostile, page.name) == {
            "canonical": zh if page.language is Language.ZH else en,
            "zh-Hans": zh,
            "en": en,
            "x-default": zh,
        }


def test_with_an_address_the_sitemaps_list_every_page(hostile: Site) -> None:
    listed = set()
    for file in hostile.folder.rglob("sitemap.xml"):
        root = etree.fromstring(file.read_bytes())
        listed |= {entry.text or "" for entry in root.iter("{*}loc")}
    assert listed == {f"{ADDRESS}/{name.removesuffix('index.html')}" for name in hostile.names}


def test_without_an_address_no_page_names_one(real: Site, library: Site) -> None:
    for site in (real, library):
        for page in site:
            assert addresses(site, page.name) == {}
            assert not page.find("meta[property=og:url]")
        for file in site.folder.rglob("sitemap.xml"):
            assert b"<loc>" not in file.read_bytes()


def test_no_page_names_a_host_that_was_made_up(real: Site) -> None:
    made_up = re.compile(r"https?://(localhost|127\.0\.0\.1|[\w.-]*example\.(com|org|net))")
    for page in real:
        assert not made_up.search(page.source), page.name


def test_links_inside_the_site_work_below_any_folder(hostile: Site) -> None:
    for page in hostile:
        for link in page.find("a[href]"):
            href = link.get("href", "")
            assert not href.startswith("/"), (page.name, href)
            assert not href.startswith(ADDRESS), (page.name, href)
