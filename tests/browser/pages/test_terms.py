"""Words explain themselves where they stand, and lead to the glossary where they cannot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from plansite.model import Language
from plansite.output.pages.content.glossary import glossary
from tests.browser.page_view import NARROW, WIDE, looking
from tests.conftest import Serve

INDICATOR = "indicators/technology-contracts/#data"
MEANINGS = {term.term_id: term.meaning for terms in glossary().values() for term in terms}
WITHOUT_POPOVERS = "delete HTMLElement.prototype.popover"


def word(page: Page, name: str) -> Locator:
    return page.locator(f'a.term[href$="#{name}"]')


def note(page: Page) -> Locator:
    return page.locator(".term-note")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_word_shows_its_meaning_in_place_and_moves_nothing(
    browser: Browser, server: Serve, real_site: Path, language: Language, width: int
) -> None:
    with looking(browser, server(real_site), width=width) as look:
        page = look.at(INDICATOR, language)
        for name in ("target", "verdict", "as-of", "mirror", "publication-lag"):
            word(page, name).scroll_into_view_if_needed()
            before = page.evaluate(PLACES)
            word(page, name).click()
            expect(note(page)).to_be_visible()
            expect(note(page)).to_contain_text(MEANINGS[name][language])
            box = note(page).bounding_box()
            assert box is not None
            assert 0 <= box["x"] <= box["x"] + box["width"] <= width
            assert 0 <= box["y"] <= box["y"] + box["height"] <= 900
            assert page.evaluate(PLACES) == before
            word(page, name).click()
            expect(note(page)).to_be_hidden()
    assert look.errors == []


PLACES = """() => [document.documentElement.scrollWidth, ...[...document.querySelectorAll(
  "main h2, main td, main p, main li, footer")].map(e => JSON.stringify(e.getBoundingClientRect()))]
"""


def test_with_large_letters_the_whole_meaning_comes_into_view(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site), width=NARROW) as look:
        page = look.at("indicators/employment/#data", Language.EN)
        page.evaluate("document.documentElement.dataset.text = 'large'")
        look.page.set_viewport_size({"width": NARROW, "height": 640})
        word(page, "overdue").click()
        expect(page.locator(".term-close")).to_be_in_viewport(ratio=1)


def test_the_keyboard_opens_walks_through_and_closes_an_explanation(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site)) as look:
        page = look.at(INDICATOR)
        lag, focused = word(page, "publication-lag"), page.locator(":focus")
        for key in ("Enter", "Space"):
            lag.focus()
            page.keyboard.press(key)
            expect(note(page)).to_be_visible()
            expect(lag).to_have_attribute("aria-expanded", "true")
            page.keyboard.press("Escape")
            expect(note(page)).to_be_hidden()
            expect(lag).to_have_attribute("aria-expanded", "false")
            expect(lag).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(focused).to_have_attribute("href", re.compile(r"/glossary/#publication-lag$"))
        page.keyboard.press("Tab")
        expect(focused).to_have_text("关闭")
        page.keyboard.press("Enter")
        expect(note(page)).to_be_hidden()
        expect(lag).to_be_focused()
        page.keyboard.press("Enter")
        word(page, "baseline").focus()
        expect(note(page)).to_be_hidden()


def test_one_explanation_follows_another(browser: Browser, server: Serve, real_site: Path) -> None:
    with looking(browser, server(real_site)) as look:
        page = look.at(INDICATOR)
        for name in ("target", "published-value"):
            word(page, name).click()
            expect(note(page)).to_contain_text(MEANINGS[name].zh)
            expect(page.locator('a.term[aria-expanded="true"]')).to_have_count(1)
        page.locator("h1").click()
        expect(note(page)).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_where_nothing_can_open_a_word_leads_to_its_entry(
    browser: Browser, server: Serve, real_site: Path, scripts: bool
) -> None:
    with looking(browser, server(real_site), width=NARROW, scripts=scripts) as look:
        look.page.add_init_script(WITHOUT_POPOVERS)
        page = look.at(INDICATOR, Language.EN)
        expect(page.locator(".term-notes")).not_to_be_visible()
        word(page, "baseline").click()
        expect(page).to_have_url(re.compile(r"/en/glossary/#baseline$"))
        expect(page.locator("#baseline")).to_be_in_viewport()
    assert look.errors == []


def test_words_are_large_enough_to_hit(browser: Browser, server: Serve, real_site: Path) -> None:
    with looking(browser, server(real_site), width=NARROW) as look:
        for language in Language:
            for address in (INDICATOR, "years/2021/", "indicators/"):
                words = look.at(address, language).locator("a.term")
                boxes = [entry.bounding_box() for entry in words.all()]
                assert len(boxes) > 3
                for box in boxes:
                    assert box is not None
                    assert min(box["width"], box["height"]) >= 24
