"""Search finds the page that a reader has in mind, in both languages, typed by hand."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from plansite.model import Language
from tests.browser.looking import NARROW, WIDE, Look, looking
from tests.conftest import Serve

CHINESE = {
    "省大数据局": "agencies/big-data/",
    "省大数据管理局": "agencies/big-data/",
    "技术合同": "indicators/technology-contracts/",
    "专利代理师": "indicators/patent-attorneys/",
    "孵化器": "indicators/incubators/",
}
ENGLISH = {
    "technology contracts": "indicators/technology-contracts/",
    "patent": "indicators/patents-per-10k/",
    "incubators": "indicators/incubators/",
}


@pytest.fixture(scope="module", params=[WIDE, NARROW])
def window(
    request: pytest.FixtureRequest, browser: Browser, server: Serve, real_site: Path
) -> Iterator[Look]:
    with looking(browser, server(real_site), request.param) as look:
        yield look


@pytest.mark.parametrize(
    ("language", "words", "address"),
    [
        *((Language.ZH, words, address) for words, address in CHINESE.items()),
        *((Language.EN, words, address) for words, address in ENGLISH.items()),
    ],
)
def test_search_finds_the_page(window: Look, language: Language, words: str, address: str) -> None:
    window.forget()
    with searching(window, language) as results:
        window.page.keyboard.type(words)
        window.page.keyboard.press("End")  # as an input method does, whose keys the page hears
        root = f"{window.origin}{'en/' if language is Language.EN else ''}"
        wanted = results.locator(f'a[href^="{root}{address}"]')
        expect(wanted.first).to_be_visible()
    assert window.outside == []
    assert window.errors == []


@contextlib.contextmanager
def searching(window: Look, language: Language) -> Iterator[Locator]:
    """The list of results, with the cursor in the search field."""
    page = window.at("about/", language)
    if page.locator("label[for=__search].md-header__button").is_visible():
        page.locator("label[for=__search].md-header__button").click()
    else:
        page.locator(".md-search__input").click()
    expect(page.locator(".md-search__input")).to_be_focused()
    yield page.locator(".md-search-result__list")
