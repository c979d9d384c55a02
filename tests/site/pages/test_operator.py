"""What an operator sets in ``mkdocs.yml`` and writes in pages of their own, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lxml import html

from plansite.model import Language
from tests.conftest import Once
from tests.site.built_site import Site, text_of
from tests.site.command import build
from tests.support.library_package import LIBRARY

CONFIGURATION = """extra:
  organisation: 示例图书馆 & 档案馆
  contact: data@library.example
  records:
    - { name: 网站标识码, number: "0000000000" }
    - { name: ICP备案, number: 示例ICP备00000000号, url: "https://beian.example/" }
"""
FRONT = """{% import "_macros.md" as m with context %}
{{ m.front("Of our own", urls.ABOUT, "A page of our own.") }}
"""
HEADINGS = ("Content", "内容", "Contents title", "Site menu", "site-menu", "_content", "Top")
"""Names that the frame has, or had, for places of its own, and words that make the same."""


@pytest.fixture(scope="session")
def run_by_someone(once: Once) -> Site:
    """The library's site as someone else would run it: a configuration beside the package."""
    return Site(once("operator", _build_configured) / "site")


def _build_configured(folder: Path) -> None:
    package = shutil.copytree(LIBRARY, folder / "datapackage")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    text = FRONT + "\n\n".join(["# Of our own", *(f"## {heading}" for heading in HEADINGS)])
    for language in Language:
        page = folder / "site_src" / "content" / language / "about.md"
        page.parent.mkdir(parents=True)
        page.write_text(text, "utf-8")
    build(folder / "site", "--package", package)


@pytest.mark.parametrize("language", Language)
def test_every_page_says_who_runs_the_site(run_by_someone: Site, language: Language) -> None:
    prefix = "" if language is Language.ZH else "en/"
    for address in ("", "indicators/", "tasks/t1/", "404.html"):
        path = run_by_someone.folder / prefix / address
        page = html.parse(path if path.is_file() else path / "index.html").getroot()
        [footer] = page.iter("footer")
        text = " ".join(footer.text_content().split())
        assert "示例图书馆 & 档案馆" in text
        assert "data@library.example" in text
        assert "网站标识码 0000000000" in text
        [record] = footer.findall(".//a[@href='https://beian.example/']")
        assert record.text_content() == "ICP备案 示例ICP备00000000号"


@pytest.mark.parametrize("language", Language)
def test_a_heading_of_a_page_of_ones_own_takes_no_place_of_the_frame(
    run_by_someone: Site, language: Language
) -> None:
    page = run_by_someone.at("about/", language)
    shown = [text_of(each).removesuffix("¶").strip() for each in page.find("article h2")]
    assert shown == [*HEADINGS]
    places = [element.get("id") for element in page.root.iter() if element.get("id")]
    assert len(set(places)) == len(places)
    assert page.element_at(page.one("a.skip").get("href", "")[1:]).tag == "main"
    assert page.element_at(page.one(".menu-button").get("aria-controls", "")).tag == "nav"


def test_what_is_not_set_is_not_there(library: Site) -> None:
    footer = (library.folder / "index.html").read_text("utf-8").split("<footer", 1)[1]
    for word in ("主办", "联系", "网站标识码", "ICP", "仓库"):
        assert word not in footer
