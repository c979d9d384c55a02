"""The grid of verdicts and the timeline in the browser: on a phone, in large letters, at length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from plansite.model import Language
from tests.browser.page_view import NARROW, WIDE, Look, looking
from tests.conftest import Once, Serve
from tests.site.command import build
from tests.support.library_package import add_row, copy_package

both_languages = pytest.mark.parametrize("language", Language)
YEARS = range(2011, 2027)
INDICATORS = 33

TIGHT = """() => {
  const found = []
  for (const table of document.querySelectorAll(".table"))
    if (table.scrollWidth > table.clientWidth) found.push("the table scrolls")
  for (const cell of document.querySelectorAll(".matrix .cell")) {
    const outer = cell.getBoundingClientRect()
    for (const part of cell.querySelectorAll("span:not(.visually-hidden)")) {
      const inner = part.getBoundingClientRect()
      const inside = inner.left >= outer.left - 0.5 && inner.right <= outer.right + 0.5 &&
        inner.bottom <= outer.bottom + 0.5 && inner.height > 8
      if (!inside) found.push(part.textContent)
    }
  }
  return found
}"""
"""Words of the grid that do not stand whole in their cell, and tables wider than their place."""

SHAPES = """() => [...document.querySelectorAll(".matrix .cell .verdict")].map(word => {
  const before = getComputedStyle(word, "::before")
  return before.content.replace(/"/g, "") + before.borderTopStyle
})"""


UNCOVERED = """row => [row.querySelector("th"), row.querySelector(".amount")].every(cell => {
  const { left, top } = cell.getBoundingClientRect()
  return cell.contains(document.elementFromPoint(left + 12, top + 4))
})"""
"""Whether a row's number and value lie open."""


@pytest.fixture(scope="session")
def long_site(once: Once) -> Path:
    """The library's site with many more indicators and years."""
    return once("long", _build_long) / "site"


def _build_long(folder: Path) -> None:
    package = copy_package(folder)
    for number in range(INDICATORS):
        names = [f"第{number}项指标", f"Indicator number {number}", "册", "books"]
        key = f"M{number}"
        add_row(
            package,
            "indicators",
            *[key, "headline", "", str(100 + number), *names],
            *["up", "level", "0", "", "", "", ""],
        )
        for year in YEARS:
            wording = f"{year}年达到90册"
            add_row(
                package,
                "targets",
                *[key, str(year), "ge", "90", "", "firm", wording, "reading-plan"],
            )
    build(folder / "site", "--package", package)


@pytest.fixture(params=["real_site", "library_site"])
def phone(request: pytest.FixtureRequest, browser: Browser, server: Serve) -> Iterator[Look]:
    site: Path = request.getfixturevalue(request.param)
    with looking(browser, server(site), width=NARROW) as look:
        yield look


@both_languages
@pytest.mark.parametrize("letters", ["", "large"])
def test_on_a_phone_every_cell_of_the_grid_is_whole(
    phone: Look, language: Language, letters: str
) -> None:
    for address in ("", "years/"):
        page = phone.at(address, language)
        page.evaluate("size => { document.documentElement.dataset.text = size }", letters)
        assert page.locator(".matrix .cell").count() >= 12
        assert page.evaluate(TIGHT) == []
        assert page.evaluate("document.documentElement.scrollWidth") == NARROW


@both_languages
def test_every_verdict_in_the_grid_has_a_shape_of_its_own(
    browser: Browser, server: Serve, library_site: Path, language: Language
) -> None:
    with looking(browser, server(library_site), scripts=False) as look:
        page = look.at("", language)
        words = page.locator(".matrix .cell .verdict").all_inner_texts()
        shapes = page.evaluate(SHAPES)
        shape_of = dict(zip(words, shapes, strict=True))
    assert len(shape_of) == 8
    assert len(set(shape_of.values())) == 8
    assert all(shape not in ("nonenone", "normalnone", "none") for shape in shape_of.values())


@both_languages
def test_a_cell_opens_its_year_on_the_indicators_page(
    browser: Browser, server: Serve, real_site: Path, language: Language
) -> None:
    with looking(browser, server(real_site), width=NARROW) as look:
        page = look.at("", language)
        page.locator(".cell-met").last.click(position={"x": 4, "y": 4})
        expect(page).to_have_url(re.compile("indicators/technology-contracts/#y2022$"))
        expect(page.locator("tr:target .figure").first).to_have_text("390.72")


@both_languages
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_figure_opens_its_row_in_sight_and_by_keyboard(
    browser: Browser, server: Serve, real_site: Path, language: Language, width: int
) -> None:
    with looking(browser, server(real_site), width=width, scripts=False) as look:
        for address in ("", "years/2022/"):
            page = look.at(address, language)
            figure = page.locator(".cell-met .in-data").last
            figure.focus()
            figure.press("Enter")
            expect(page).to_have_url(re.compile(r"data/observations/#row-\d+$"))
            row = page.locator("tr:target")
            expect(row.locator(".amount")).to_have_text("390.72")
            expect(row.locator(".amount")).to_be_in_viewport(ratio=1)
            expect(row.locator("th")).to_be_in_viewport(ratio=1)
            assert row.evaluate(UNCOVERED), "the table's head lies over it"
            assert page.evaluate("document.documentElement.scrollWidth") == width


@both_languages
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_with_many_years_each_cell_names_its_year_and_all_fit(
    browser: Browser, server: Serve, long_site: Path, language: Language, width: int
) -> None:
    with looking(browser, server(long_site), width=width) as look:
        page = look.at("years/", language)
        assert page.evaluate(TIGHT) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        row = page.locator("table.matrix tr", has=page.locator(f'[href*="/M{INDICATORS - 1}/"]'))
        labels = row.locator("td:visible").evaluate_all(
            "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
        )
        assert labels == [f'"{year}"' for year in YEARS]
        page = look.at("", language)
        assert page.evaluate(TIGHT) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


@both_languages
def test_a_long_plan_has_a_home_page_of_bounded_length(
    browser: Browser, server: Serve, long_site: Path, language: Language
) -> None:
    with looking(browser, server(long_site)) as look:
        page = look.at("", language)
        assert page.locator("table.matrix tbody tr:has(td)").count() == 30
        assert page.locator("table.matrix thead th").count() == 1 + 6
        assert page.locator("li.card").count() == 12
        assert page.locator(".silent-list").first.locator("li").count() == 31
        left = INDICATORS + 7 - 30
        more = {
            Language.ZH: f"其余{left}项指标见全部指标",
            Language.EN: f"See all indicators for the other {left}",
        }
        link = page.get_by_text(more[language])
        link.click()
        expect(page).to_have_url(re.compile("/indicators/$"))


@both_languages
def test_the_timeline_is_a_list_within_a_list(
    browser: Browser, server: Serve, library_site: Path, language: Language
) -> None:
    with looking(browser, server(library_site), scripts=False) as look:
        timeline = look.at("", language).locator(".timeline")
        years = timeline.get_by_role("list").first.locator("> li")
        assert years.count() == 3
        first = years.first.get_by_role("listitem")
        assert first.count() > 2
        assert all(kind.is_visible() for kind in timeline.locator(".event-kind").all())
