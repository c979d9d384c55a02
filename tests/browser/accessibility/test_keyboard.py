"""Whoever has only a keyboard gets everywhere, sees where they are, and gets away again."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.page_view import NARROW, WIDE, Look

TOURED = (
    "home",
    "indicator with data",
    "indicators",
    "tasks",
    "resource",
    "search",
    "submit",
    "data",
    "release",
)

STOPS = """() => {
  const may = "a[href], button, input, select, textarea, summary, iframe, [tabindex]"
  const stops = [...document.querySelectorAll(may)].filter(element =>
    element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" &&
    element.checkVisibility({ visibilityProperty: true }) &&
    !(element.type === "radio" && !element.checked))
  stops.forEach((element, number) => { element.dataset.stop = number })
  return stops.map(element => element.tabIndex)
}"""
"""Numbers everything that a keyboard should reach, of radio buttons the chosen one."""

HERE = """() => {
  const element = document.activeElement
  if (!element || element === document.body) return null
  const style = getComputedStyle(element)
  const [box] = element.getClientRects()
  const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2
  const x = middle(box.left, box.right, innerWidth), y = middle(box.top, box.bottom, innerHeight)
  const top = document.elementFromPoint(x, y)
  const clear = top && (element.contains(top) || top.contains(element))
  return {
    stop: Number(element.dataset.stop), name: element.outerHTML.slice(0, 90),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: x >= box.left && y >= box.top && x <= box.right && y <= box.bottom,
    covered: clear ? "" : String(top?.outerHTML).slice(0, 60),
    top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
    inText: !!element.closest("article"),
  }
}"""
"""Where the focus is, and whether somebody can see that."""


@dataclass(frozen=True)
class Tour:
    """What the tab key came by."""

    order: list[int]
    """What each stop asks for; 0 leaves the order to the page."""
    visited: list[dict[str, Any]]
    back: int
    """Where two steps back lead from beyond the end."""


Toured = Callable[[str, int], Tour]


@pytest.fixture(scope="module")
def toured(window: Look) -> Toured:
    """Gives the tour of a kind of page at a width, made once."""

    @functools.cache
    def made(kind: str, width: int) -> Tour:
        window.resize(width)
        return tour(window.show(kind))

    return made


def tour(page: Page) -> Tour:
    """Press the tab key until the page is left behind, and step back."""
    order: list[int] = page.evaluate(STOPS)
    visited: list[dict[str, Any]] = []
    for _ in range(len(order) + 5):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None or (visited and here["stop"] == visited[0]["stop"]):
            break
        visited.append(here)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    return Tour(order, visited, page.evaluate(HERE)["stop"])


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("kind", TOURED)
def test_the_tab_key_reaches_everything_in_order_and_shows_where_it_is(
    toured: Toured, kind: str, width: int
) -> None:
    found = toured(kind, width)
    order, visited = found.order, found.visited
    assert set(order) == {0}
    assert [stop["stop"] for stop in visited] == list(range(len(order)))
    assert [stop["name"] for stop in visited if stop["outline"] < 2] == []
    assert [stop["name"] for stop in visited if not stop["seen"]] == []
    assert [(stop["name"], stop["covered"]) for stop in visited if stop["covered"]] == []
    assert found.back in (len(order) - 1, len(order) - 2)


@pytest.mark.parametrize("kind", TOURED)
def test_the_order_of_the_tab_key_is_the_order_on_the_page(toured: Toured, kind: str) -> None:
    """On a phone: no step leads back up to an earlier line, unless into the next column."""
    visited = [stop for stop in toured(kind, NARROW).visited if stop["inText"]]
    assert len(visited) > 3
    back = [
        (before["name"], after["name"])
        for before, after in itertools.pairwise(visited)
        if after["bottom"] < before["top"] and after["left"] < before["right"]
    ]
    assert back == []


def test_reading_settings_are_opened_set_and_left_by_keyboard(window: Look) -> None:
    window.resize(NARROW)
    page = window.at("")
    summary = page.locator(".reading > summary")
    panel = page.locator(".reading-panel")
    for key in ("Space", "Enter"):
        summary.focus()
        page.keyboard.press(key)
        expect(panel).to_be_visible()
        page.keyboard.press("Tab")
        expect(panel.locator("input[name=text]").first).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.locator("html")).to_have_attribute("data-text", "large")
        page.keyboard.press("ArrowUp")
        expect(page.locator("html")).not_to_have_attribute("data-text", "large")
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(summary).to_be_focused()
