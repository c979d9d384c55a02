"""axe finds nothing at any level: every kind of page, both languages, all colours and widths."""

from __future__ import annotations

import pytest

from plansite.model import Language
from tests.browser.axe import bring_axe, violations
from tests.browser.page_kinds import both_languages, every_kind
from tests.browser.page_view import NARROW, WIDE, Look, Scheme

SCHEMES: tuple[Scheme, ...] = ("dark", "light")

UNFOLD = """() => {
  const folds = document.querySelectorAll("main details:not([open])")
  for (const fold of folds) fold.open = true
  return folds.length
}"""
"""Opens what the text keeps folded and says how much that was."""


@pytest.fixture(scope="module")
def window(window: Look) -> Look:
    bring_axe(window.page)
    return window


@both_languages
@every_kind
def test_axe_finds_nothing(window: Look, kind: str, language: Language) -> None:
    page = window.show(kind, language)
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
