"""The frame of every page: menu, reading settings, language, skip link."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from plansite.model import Language
from tests.browser.page_view import NARROW, WIDE, Scheme, looking
from tests.conftest import Serve

PAPER: dict[tuple[Scheme, str], str] = {
    ("light", ""): "rgb(255, 255, 255)",
    ("dark", ""): "rgb(20, 25, 31)",
    ("dark", "more"): "rgb(0, 0, 0)",
}


def _choose(page: Page, setting: str, value: str) -> None:
    page.locator(".reading > summary").click()
    page.locator(f'input[name={setting}][value="{value}"]').check()
    page.keyboard.press("Escape")
    expect(page.locator(".reading-panel")).to_be_hidden()


def _letters(page: Page) -> float:
    size: str = page.locator(".md-content p").first.evaluate("e => getComputedStyle(e).fontSize")
    return float(size.removesuffix("px"))


def _paper(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def test_larger_letters_are_remembered_on_every_page(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site), width=NARROW) as look:
        page = look.at("")
        before = _letters(page)
        _choose(page, "text", "large")
        assert _letters(page) > 1.3 * before
        page = look.at("methodology/", Language.EN)
        assert _letters(page) >= 20
        assert page.locator("input[name=text][value=large]").is_checked()
        assert page.evaluate("document.documentElement.scrollWidth") == NARROW
        _choose(page, "text", "")
        assert _letters(look.at("")) == before


def test_colours_and_contrast_are_remembered(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site)) as look:
        page = look.at("")
        assert _paper(page) == PAPER["light", ""]
        _choose(page, "scheme", "dark")
        assert _paper(look.at("tasks/t1/")) == PAPER["dark", ""]
        _choose(page, "contrast", "more")
        assert _paper(look.at("indicators/")) == PAPER["dark", "more"]
        _choose(page, "scheme", "light")
        assert _paper(look.at("")) == PAPER["light", ""]


def test_a_reader_without_script_gets_the_systems_colours_and_the_whole_menu(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site), width=NARROW, scheme="dark", scripts=False) as look:
        page = look.at("")
        expect(page.locator("html")).to_have_css("color-scheme", "dark")
        for link in page.locator(".site-menu a").all():
            assert link.is_visible()
        expect(page.locator(".reading")).to_be_hidden()
        expect(page.locator(".menu-button")).to_be_hidden()


def test_on_a_phone_the_menu_opens_and_leads_on(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site), width=NARROW) as look:
        page = look.at("")
        button, menu = page.locator(".menu-button"), page.locator(".site-menu")
        expect(menu).to_be_hidden()
        button.press("Enter")
        expect(button).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(button).to_be_focused()
        button.click()
        menu.get_by_role("link", name="责任单位").click()
        page.wait_for_url(f"{look.origin}agencies/")
        expect(page.locator(".site-menu .here")).to_have_text("责任单位")


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_first_stop_of_the_tab_key_skips_the_menu(
    browser: Browser, server: Serve, real_site: Path, width: int
) -> None:
    with looking(browser, server(real_site), width=width) as look:
        page = look.at("indicators/")
        page.keyboard.press("Tab")
        skip = page.locator(".skip")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_enter_key_in_the_settings_keeps_the_pages_address(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site)) as look:
        page = look.at("indicators/?verdict=met")
        page.locator(".reading > summary").click()
        page.locator("input[name=text][value=large]").press("Enter")
        page.locator("input[name=text][value=large]").check()
        assert page.url.endswith("indicators/?verdict=met")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        expect(page.locator(".reading-panel")).to_be_hidden()


def test_a_page_out_of_the_browsers_store_takes_up_newer_settings(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site)) as look:
        page = look.at("")
        page.evaluate("localStorage.setItem('reading-text', 'large')")
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        expect(page.locator("html")).to_have_attribute("data-text", "large")
        expect(page.locator("input[name=text][value=large]")).to_be_checked()


def test_where_storage_is_closed_settings_hold_for_the_page(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site)) as look:
        look.page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
        )
        page = look.at("")
        _choose(page, "scheme", "dark")
        assert _paper(page) == PAPER["dark", ""]
        assert look.errors == []


@pytest.mark.parametrize("fault", ["abort", "break"])
def test_a_page_whose_script_fails_is_what_it_is_without_script(
    browser: Browser, server: Serve, real_site: Path, fault: str
) -> None:
    def answer(route: Route) -> None:
        if fault == "abort":
            route.abort()
        else:
            route.fulfill(body="a ?. ?", content_type="text/javascript")

    with looking(browser, server(real_site), width=NARROW) as look:
        look.page.route("**/js/*.js", answer)
        page = look.at("indicators/technology-contracts/")
        for link in page.locator(".site-menu a").all():
            assert link.is_visible()
        expect(page.locator(".menu-button")).to_be_hidden()
        for view in ("chart", "data", "download"):
            expect(page.locator(f"h2#{view}")).to_be_visible()
            expect(page.locator(f"#view-{view}")).to_be_visible()
        page = look.at("indicators/")
        expect(page.locator(".list-form")).to_be_hidden()
        expect(page.locator(".list-table tbody tr:visible")).to_have_count(35)
