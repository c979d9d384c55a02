"""What Chartability calls critical and a machine can check, on every chart of two plans.

Contrast, forced colours, large letters and the keys that lead through the years are held by other
tests; here it is what is drawn: words, sizes, overlaps, shapes, and the same numbers as a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from plansite.model import Language
from tests.browser.page_kinds import KINDS, both_languages
from tests.browser.page_view import NARROW, WIDE, Look, looking
from tests.conftest import Serve

FAULTS = """() => [...document.querySelectorAll(".chart svg:not([aria-hidden=true])")]
  .filter(svg => svg.checkVisibility())
  .flatMap(svg => {
    const said = name => (document.getElementById(svg.getAttribute(name)) || {}).textContent
    const frame = svg.getBoundingClientRect()
    const scale = frame.width / (svg.viewBox.baseVal.width || frame.width)
    const texts = [...svg.querySelectorAll("text")].filter(text => text.textContent.trim())
      .map(text => ({ words: text.textContent, box: text.getBoundingClientRect(),
        size: parseFloat(getComputedStyle(text).fontSize) * scale }))
    const found = []
    if (svg.getAttribute("role") !== "img") found.push("no role")
    if (!said("aria-labelledby") || !said("aria-describedby")) found.push("no title or summary")
    if (!texts.length) found.push("no words")
    texts.forEach(({ words, box, size }, place) => {
      if (size < 11.95) found.push(`${size.toFixed(1)} px: ${words}`)
      const [left, right] = [Math.max(0, frame.left - 1), Math.min(innerWidth, frame.right + 1)]
      if (box.left < left || box.right > right || box.top < frame.top - 1 ||
        box.bottom > frame.bottom + 1) found.push(`outside: ${words}`)
      for (const other of texts.slice(place + 1)) {
        const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
        const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
        // Letters need less room than the line that they stand in.
        if (wide > 1 && high > 0.3 * box.height) found.push(`${words} × ${other.words}`)
      }
    })
    const shapes = kind => new Set([...svg.querySelectorAll(`[data-kind]${kind}`)].map(mark =>
      mark.tagName))
    for (const shape of shapes("[data-kind=target]"))
      if (shapes(":not([data-kind=target])").has(shape)) found.push("target and value look alike")
    if (svg.querySelector("animate, animateMotion, animateTransform, set")) found.push("moves")
    return found
  })"""
"""What is wrong with the charts that can be seen."""

MARKS = """() => [...document.querySelectorAll(".chart-figure [data-year]")].map(mark => [
  mark.dataset.year, mark.dataset.value.match(/[\\d.,]*\\d/)[0]])"""
ROWS = """() => [...document.querySelectorAll("tbody tr")].map(row =>
  [row.cells[0].textContent, row.textContent])"""

plans = pytest.mark.parametrize("plan", ["real_site", "library_site"])


@pytest.fixture
def window(
    plan: str, request: pytest.FixtureRequest, browser: Browser, server: Serve
) -> Iterator[Look]:
    site: Path = request.getfixturevalue(plan)
    with looking(browser, server(site)) as look:
        look.page.emulate_media(reduced_motion="no-preference")
        yield look


def faults(page: Page) -> list[str]:
    """What is wrong with a page's charts on a phone and on a desk."""
    found = []
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {fault}" for fault in page.evaluate(FAULTS)]
    if page.evaluate("document.getAnimations().length"):
        found.append("something moves")
    return found


@plans
@both_languages
def test_every_indicators_chart_can_be_read_and_has_its_numbers_beside_it(
    window: Look, request: pytest.FixtureRequest, plan: str, language: Language
) -> None:
    """On the pages to embed, which hold each chart with its table and little else."""
    folder: Path = request.getfixturevalue(plan) / f"embed/{language}"
    names = sorted(path.name for path in folder.iterdir())
    found = {}
    for name in names:
        page = window.at(f"embed/zh/{name}/", language)
        found[name] = faults(page)
        rows = page.evaluate(ROWS)
        for year, number in page.evaluate(MARKS):
            if not any(year == first and number in told for first, told in rows):
                found[name].append(f"not in the table: {year} {number}")
    assert len(names) >= 8
    assert {name: what for name, what in found.items() if what} == {}


SMALL = {
    "real_site": [KINDS[kind] for kind in ("home", "compare", "agency", "task", "deliverable")],
    "library_site": ["", "compare/", "agencies/town-library/", "tasks/t1/", "tasks/t2/"],
}


@plans
@both_languages
def test_charts_among_other_things_can_be_read_too(
    window: Look, plan: str, language: Language
) -> None:
    found = {}
    for address in SMALL[plan]:
        page = window.at(address, language)
        found[address] = faults(page)
    assert {address: what for address, what in found.items() if what} == {}
