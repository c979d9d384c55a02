"""axe finds nothing at any level: every kind of page, both languages, all colours and widths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plansite.model import Language
from tests.browser.axe import bring_axe, violations
from tests.browser.kinds import KINDS, both_languages, every_kind
from tests.browser.looking import NARROW, WIDE, Look, Scheme, looking
from tests.conftest import Serve

SCHEMES: tuple[Scheme, ...] = ("dark", "light")

UNFOLD = """() => {
  const folds = document.querySelectorAll("main details:not([open])")
  for (const fold of folds) fold.open = true
  return folds.length
}"""
"""Opens what the text keeps folded and says how much that was."""


@pytest.fixture(scope="module")
def window(browser: Browser, server: Serve, real_site: Path) -> Iterator[Look]:
    with looking(browser, server(real_site)) as look:
        bring_axe(look.page.context)
        yield look


@both_languages
@every_kind
def test_axe_finds_nothing(window: Look, kind: str, language: Language) -> None:
    page = window.at(KINDS[kind], language)
    found = []
    for scheme in SCHEMES:
        window.prefer(scheme)
        for width in (NARROW, WIDE):
            window.resize(width)
            found += [f"{scheme} {width}: {what}" for what in violations(page)]
    if page.evaluate(UNFOLD):
        found += [f"unfolded: {what}" for what in violations(page)]
    assert found == []


@both_languages
def test_axe_finds_nothing_in_the_open_menu_and_settings(window: Look, language: Language) -> None:
    found = []
    for scheme in SCHEMES:
        page = window.at("", language)
        window.prefer(scheme)
        for width, unfolds in ((NARROW, ".menu-button"), (NARROW, "summary"), (WIDE, "summary")):
            window.resize(width)
            page.locator(f".site-header {unfolds}").click()
            found += [f"{scheme} {width} {unfolds}: {what}" for what in violations(page)]
            page.keyboard.press("Escape")
    assert found == []
