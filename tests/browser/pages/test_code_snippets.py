"""Code that reads the files: unfolded, copied, and there without script too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.page_view import NARROW, WIDE
from tests.conftest import Serve

CODED = ["data/", "data/observations/", "indicators/technology-contracts/#download"]


@pytest.mark.parametrize("address", CODED)
def test_code_is_copied_as_it_shows(
    browser: Browser, server: Serve, real_site: Path, address: str
) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(server(real_site) + address)
    snippet = page.locator(".snippet", has_text="pandas")
    code = snippet.locator("code")
    expect(code).to_be_hidden()
    snippet.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(code).to_be_visible()
    button = snippet.locator("[data-copy]")
    button.click()
    expect(button).to_have_text("已复制")
    expect(page.locator(".snippets [role=status]")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == code.inner_text()
    assert copied.startswith("import pandas as pd\nrows = pd.read_csv(")
    context.close()


@pytest.mark.parametrize("address", CODED)
def test_without_script_files_and_code_are_there(
    browser: Browser, server: Serve, real_site: Path, address: str
) -> None:
    context = browser.new_context(
        viewport={"width": WIDE, "height": 800}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(server(real_site) + address)
    for snippet in page.locator(".snippet").all():
        snippet.locator("summary").click()
        expect(snippet.locator("code")).to_be_visible()
        expect(snippet.locator("[data-copy]")).to_be_hidden()
    for link in page.locator("a[download]").all():
        expect(link).to_be_visible()
    context.close()
