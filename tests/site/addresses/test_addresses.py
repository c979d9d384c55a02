"""A site knows its own address only when it is told; until then it names no host."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from lxml import etree

from plansite.model import Language
from tests.conftest import ADDRESS
from tests.site.built_site import Element, Site, tongue_of


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


def test_with_an_address_one_sitemap_lists_every_page_with_its_other_language(
    hostile: Site,
) -> None:
    assert [file.parent for file in hostile.folder.rglob("sitemap.xml*")] == [hostile.folder]
    root = etree.fromstring((hostile.folder / "sitemap.xml").read_bytes())
    listed = {}
    for entry in root:
        alternates = {
            one.get("hreflang", ""): one.get("href", "") for one in entry.findall("{*}link")
        }
        listed[entry.findtext("{*}loc") or ""] = alternates
    assert set(listed) == {f"{ADDRESS}/{name.removesuffix('index.html')}" for name in hostile.names}
    for page in hostile:
        own = addresses(hostile, page.name)
        assert listed[own.pop("canonical")] == own
    robots = (hostile.folder / "robots.txt").read_text("utf-8")
    assert robots == f"User-agent: *\nAllow: /\nSitemap: {ADDRESS}/sitemap.xml\n"


def test_without_an_address_no_page_names_one(real: Site, library: Site) -> None:
    for site in (real, library):
        for page in site:
            assert addresses(site, page.name) == {}
            assert not page.find("meta[property=og:url]")
        assert not list(site.folder.rglob("sitemap.xml*"))
        assert (site.folder / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"


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


def links(site: Site, name: str) -> Iterator[tuple[Element, str]]:
    """Whatever a page leads to or loads on its own host, with its path from the host."""
    for attribute in ("href", "src", "action"):
        for element in site.page(name).find(f"[{attribute}]"):
            parts = urlsplit(element.get(attribute, ""))
            if parts.path and not parts.netloc:
                yield element, posixpath.normpath(parts.path)


@pytest.mark.parametrize("language", Language)
def test_the_page_for_missing_ones_leads_into_its_own_language_from_any_address(
    real: Site, hostile: Site, language: Language
) -> None:
    folder = "en/" if language is Language.EN else ""
    for site, base in ((real, "/"), (hostile, f"{urlsplit(ADDRESS).path}/")):
        found = list(links(site, f"{folder}404.html"))
        assert len(found) > 20
        for element, path in found:
            whole = f"{path.rstrip('/')}/"
            assert whole.startswith(base), path
            place = whole.removeprefix(base)
            target = site.folder / place
            assert target.is_file() or (target / "index.html").is_file(), path
            if element.tag in ("a", "form"):
                assert place.startswith("en/") == (tongue_of(element) == "en"), path
