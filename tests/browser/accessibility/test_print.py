"""Pages on paper: A4, the whole text, its sources, its address, and nothing to click."""

from __future__ import annotations

import functools
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plansite.model import Language
from plansite.model.formatting import format_day
from plansite.model.translations import Words
from tests.browser.page_view import looking
from tests.conftest import ADDRESS, Serve
from tests.site.built_site import Site, table, text_of
from tests.support.library_package import AS_OF
from tests.support.paths import PACKAGE

both_languages = pytest.mark.parametrize("language", Language)
PAGES = {
    "indicator with data": "indicators/technology-contracts/",
    "indicator without data": "indicators/employment/",
    "task": "tasks/t5/",
    "year": "years/2021/",
}
A4 = (595, 842)
"""Width and height in points."""


Print = Callable[[Site, str, Language], list[str]]


@pytest.fixture(scope="module")
def printed(browser: Browser, server: Serve, tmp_path_factory: pytest.TempPathFactory) -> Print:
    """Gives the text of each sheet that a page without scripts in a dark browser comes out as."""
    file = tmp_path_factory.mktemp("print") / "page.pdf"

    @functools.cache
    def sheets(site: Site, address: str, language: Language) -> list[str]:
        with looking(browser, server(site.folder), scheme="dark", scripts=False) as look:
            look.at(address, language).pdf(path=file, format="A4")
        return read_text(file, "-layout").split("\f")[:-1]

    return sheets


def read_text(file: Path, layout: str) -> str:
    """What ``pdftotext`` reads in a file."""
    command = ["pdftotext", layout, "-enc", "UTF-8", str(file), "-"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def squeezed(text: str) -> str:
    """A text without its line breaks and blanks, which paper sets anew."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("kind", PAGES)
@both_languages
def test_a_printed_page_says_where_it_stands_and_as_of_when(
    printed: Print, real: Site, kind: str, language: Language
) -> None:
    address = PAGES[kind]
    sheets = printed(real, address, language)
    text = squeezed("".join(sheets))
    path = f"/{'en/' if language is Language.EN else ''}{address}"
    assert re.search(re.escape(path), text)
    assert squeezed(format_day(AS_OF, language)) in text
    assert "https://creativecommons.org/licenses/by/4.0/" in text
    assert squeezed(text_of(real.at(address, language).one("h1"))).strip("¶") in text
    assert re.search(rf"1/{len(sheets)}\b", squeezed(sheets[0]))


def test_with_an_address_the_printed_page_names_it(printed: Print, hostile: Site) -> None:
    for address, language in (("about/", Language.ZH), ("tasks/t1/", Language.EN)):
        text = squeezed("".join(printed(hostile, address, language)))
        assert f"{ADDRESS}/{'en/' if language is Language.EN else ''}{address}" in text


@both_languages
def test_a_printed_indicator_has_its_values_and_the_addresses_of_its_sources(
    printed: Print, real: Site, language: Language
) -> None:
    address = PAGES["indicator with data"]
    text = "".join(printed(real, address, language))
    rows = [
        row for row in table(PACKAGE, "observations") if row["indicator_id"] in address.split("/")
    ]
    assert len(rows) > 10
    assert [row["value"] for row in rows if row["value"] not in text] == []
    links = real.at(address, language).find("ol.sources a[rel]")
    assert links
    for link in links:
        assert squeezed(link.get("href", "")) in squeezed(text)


@pytest.mark.parametrize("kind", PAGES)
@both_languages
def test_nothing_to_click_is_printed(
    printed: Print, real: Site, kind: str, language: Language
) -> None:
    page = real.at(PAGES[kind], language)
    text = squeezed("".join(printed(real, PAGES[kind], language)))
    unwanted = [*page.find("nav"), *page.find(".downloads"), *page.find(".pager a")]
    assert len(unwanted) >= 2
    for element in unwanted:
        assert squeezed(text_of(element)) not in text
    assert "¶" not in text
    assert squeezed(Words(language)("common.submit_one")) not in text


def test_a_printed_english_task_has_the_original_text(printed: Print, real: Site) -> None:
    task = next(row for row in table(PACKAGE, "tasks") if row["task_id"] == "t5")
    sheets = printed(real, PAGES["task"], Language.EN)
    assert squeezed(task["text_zh"])[-60:-20] in squeezed("".join(sheets))


def test_a_table_on_several_sheets_repeats_its_head(printed: Print, real: Site) -> None:
    sheets = printed(real, "quality/", Language.EN)
    continued = [sheet for sheet in sheets if sheet.count("No figure found") > 2]
    assert len(continued) > 1
    for sheet in continued:
        assert re.search(r"Indicator\s+Year\s+Target\s+Published value\s+Verdict", sheet)


def test_paper_is_white_whatever_the_reader_has_chosen(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site), scheme="dark") as look:
        page = look.at(PAGES["indicator with data"])
        page.evaluate("document.documentElement.dataset.scheme = 'dark'")
        page.emulate_media(media="print")
        colours = page.evaluate(
            """() => [document.documentElement, document.body, document.querySelector("main p")]
              .map(e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color])"""
        )
        ink = page.locator(".chart-wide text").first.evaluate("e => getComputedStyle(e).fill")
    assert {back for back, _ in colours} <= {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
    for colour in (*(front for _, front in colours), ink):
        assert max(map(int, re.findall(r"\d+", colour)[:3])) < 128


def test_a_sheet_is_a4(browser: Browser, server: Serve, real_site: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    with looking(browser, server(real_site)) as look:
        look.at(PAGES["year"]).pdf(path=file, prefer_css_page_size=True)
    sizes = re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', read_text(file, "-bbox"))
    assert sizes
    assert {(round(float(w)), round(float(h))) for w, h in sizes} == {A4}
