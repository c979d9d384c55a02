"""Pages hold when a reader wants letters, lines, colours or movement otherwise."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from plansite.model import Language
from tests.browser.axe import bring_axe, violations
from tests.browser.layout_faults import cut_texts, overlaps, small_targets
from tests.browser.page_kinds import CHARTED, both_languages, every_kind
from tests.browser.page_view import CUT_OFF, NARROW, WIDE, Look, Scheme, contrast

SMALLEST, ENLARGED = 320, 640
"""WCAG's reflow width; and a desk's 1280 px at 200 %."""

DOUBLED = """() => {
  const root = document.documentElement
  root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`
}"""

CHOSEN = """() => {
  document.documentElement.setAttribute("data-text", "large")
  document.documentElement.setAttribute("data-contrast", "more")
}"""
"""What the reading settings do."""

SPACED = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`)
  document.adoptedStyleSheets = [sheet]
}"""
"""The spacing between letters, words and lines that a reader may set (WCAG 1.4.12)."""

MOVES = """() => {
  const longest = text => Math.max(...text.split(",").map(parseFloat))
  const found = []
  const parts = [undefined, "::before", "::after"]
  for (const element of document.querySelectorAll("*")) for (const part of parts) {
    const style = getComputedStyle(element, part)
    const fades = style.transitionProperty !== "none" && longest(style.transitionDuration) > 0.01
    const runs = style.animationName !== "none" && longest(style.animationDuration) > 0.01
    if (fades || runs || style.scrollBehavior === "smooth")
      found.push(element.outerHTML.slice(0, 80))
  }
  return found
}"""

FORCED = """() => {
  const light = text => {
    const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map(Number).map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const paper = light(getComputedStyle(document.body).backgroundColor)
  const stands = colour => {
    if (/^rgba.*, 0\\)$|none/.test(colour)) return false
    const [x, y] = [light(colour), paper].sort((p, q) => q - p)
    return (x + 0.05) / (y + 0.05) >= 3
  }
  const shapeless = [...document.querySelectorAll(".verdict")].filter(e => e.checkVisibility())
    .filter(element => {
      const mark = getComputedStyle(element, "::before")
      const edged = mark.borderTopStyle !== "none" && parseFloat(mark.borderTopWidth) > 0
      return !(edged && stands(mark.borderTopColor)) && !stands(mark.backgroundColor) &&
        !(/^"[^"]/.test(mark.content) && stands(mark.color))
    }).map(element => element.className)
  const faint = [...document.querySelectorAll(".chart svg text")].filter(e => e.checkVisibility())
    .filter(text => !stands(getComputedStyle(text).fill)).map(text => text.textContent)
  const markless = [...document.querySelectorAll(".chart svg")].filter(e => e.checkVisibility())
    .filter(svg => ![...svg.querySelectorAll("path, line, rect, circle")].some(mark => {
      const style = getComputedStyle(mark)
      return stands(style.fill) || stands(style.stroke)
    })).map(svg => svg.id || svg.outerHTML.slice(0, 80))
  return { shapeless, faint, markless }
}"""


@pytest.fixture(scope="module")
def window(window: Look) -> Look:
    bring_axe(window.page)
    return window


def faults(page: Page) -> dict[str, object]:
    """What does not fit: by the window's width, by boxes, by texts; empty where all is well."""
    found = {
        "scrolls": page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        ),
        "sticks out": page.evaluate(CUT_OFF),
        "overlaps": overlaps(page),
        "is cut": cut_texts(page),
    }
    return {what: where for what, where in found.items() if where}


@both_languages
@every_kind
def test_text_at_200_percent_and_on_the_smallest_phone_fits(
    window: Look, kind: str, language: Language
) -> None:
    window.resize(SMALLEST)
    page = window.show(kind, language)
    found = {"smallest": faults(page), "small targets": small_targets(page)}
    window.resize(ENLARGED)
    found["enlarged"] = faults(page)
    window.resize(WIDE)
    page.evaluate(DOUBLED)
    found["larger letters"] = faults(page)
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")
    window.resize(NARROW)
    page.evaluate(SPACED)
    found["spaced letters"] = faults(page)
    assert {state: what for state, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "kind", ["home", "indicators", "indicator with data", "tasks", "task", "year", "resource"]
)
def test_large_text_and_high_contrast_hold(window: Look, kind: str) -> None:
    page = window.show(kind)
    page.evaluate(CHOSEN)
    found: dict[str, object] = {}
    schemes: tuple[Scheme, ...] = ("dark", "light")
    for scheme in schemes:
        window.prefer(scheme)
        for width in (NARROW, WIDE):
            window.resize(width)
            found[f"{scheme} {width}"] = {**faults(page), **dict.fromkeys(violations(page), "axe")}
        found[scheme] = [text for text in contrast(page)["texts"] if text[0] < 7]
    assert {state: what for state, what in found.items() if what} == {}


@every_kind
def test_nothing_moves_for_those_who_ask_for_stillness(window: Look, kind: str) -> None:
    assert window.show(kind).evaluate(MOVES) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", sorted(CHARTED | {"year", "methodology"}))
def test_where_the_system_forces_its_colours_marks_and_charts_stay(
    window: Look, kind: str, scheme: Scheme
) -> None:
    page = window.page
    page.emulate_media(color_scheme=scheme, forced_colors="active")
    try:
        found = window.show(kind).evaluate(FORCED)
    finally:
        page.emulate_media(color_scheme="light", forced_colors="none")
    assert found == {"shapeless": [], "faint": [], "markless": []}
