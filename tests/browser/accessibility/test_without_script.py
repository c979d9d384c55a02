"""Without scripts every number stands on its page and can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plansite.model import Language
from plansite.model.urls import indicator as address_of
from tests.browser.page_kinds import both_languages
from tests.browser.page_view import NARROW, Look, looking
from tests.conftest import Serve
from tests.site.built_site import table
from tests.site.pages.test_numbers import INDICATORS, MET, MET_WORD, OVERDUE_WORD
from tests.support.paths import PACKAGE

YEARS = """() => Object.fromEntries([...document.querySelectorAll("tr[id^=y]")].map(row => {
  const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT), seen = []
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement, box = element.getBoundingClientRect()
    const shown = { opacityProperty: true, visibilityProperty: true }
    if (element.checkVisibility(shown) && box.width > 2 && !element.closest("sup"))
      seen.push(texts.currentNode.data)
  }
  return [row.id.slice(1), seen.join(" ")]
}))"""
"""What can be seen of each year's row, references to sources left out."""


@pytest.fixture(scope="module")
def window(browser: Browser, server: Serve, real_site: Path) -> Iterator[Look]:
    with looking(browser, server(real_site), width=NARROW, scripts=False) as look:
        yield look


def numbers(text: str) -> set[Decimal]:
    """Every number in a text."""
    found = re.findall(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", text)
    return {Decimal(number.replace(",", "")) for number in found}


@both_languages
def test_every_value_target_and_verdict_can_be_read(window: Look, language: Language) -> None:
    observations, targets = table(PACKAGE, "observations"), table(PACKAGE, "targets")
    read = 0
    for indicator in INDICATORS:
        rows: dict[str, str] = window.at(address_of(indicator), language).evaluate(YEARS)
        for entry in [*observations, *targets]:
            if entry["indicator_id"] == indicator:
                assert Decimal(entry["value"]) in numbers(rows[entry["year"]]), entry
                read += 1
        for target in targets:
            if target["indicator_id"] == indicator:
                met = (indicator, target["year"]) in MET
                assert (MET_WORD if met else OVERDUE_WORD)[language] in rows[target["year"]]
    assert read == len(observations) + len(targets) > 70
    assert window.errors == []
