"""Every kind of page, in both languages, on a phone and on a desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from plansite.model import Language
from tests.browser.page_kinds import CHARTED, KINDS, both_languages, every_kind
from tests.browser.page_view import CUT_OFF, NARROW, WIDE, Look, Scheme, contrast, looking
from tests.conftest import Serve
from tests.site.built_site import Site, table
from tests.site.released_site import Kept
from tests.support.paths import PACKAGE


def test_every_kind_of_page_is_among_those_looked_at(real: Site, kept: Kept) -> None:
    def shape(address: str) -> tuple[str, int]:
        return address.partition("/")[0], address.count("/")

    names = [*real.names, *real.embeds, *kept.site.names]
    pages = [name for name in names if not name.startswith("en/")]
    published = {shape(name.removesuffix("index.html")) for name in pages}
    assert published == {shape(address) for address in KINDS.values()} - {("404.html", 0)}


@both_languages
@every_kind
def test_a_page_fits_the_window_and_asks_nobody_else(
    window: Look, kind: str, language: Language
) -> None:
    window.forget()
    for width in (NARROW, WIDE):
        window.resize(width)
        page = window.show(kind, language)
        inside, whole = page.evaluate(
            "() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]"
        )
        assert inside == width
        assert whole <= width
        assert page.evaluate(CUT_OFF) == []
        assert page.locator("h1").is_visible()
    assert window.outside == []
    assert window.errors == []


@every_kind
def test_text_and_charts_stand_out_by_day_and_by_night(window: Look, kind: str) -> None:
    window.resize(WIDE)
    page = window.show(kind)
    if kind in CHARTED:
        page.locator(".chart svg").first.wait_for(state="attached")  # one page draws its own
    schemes: tuple[Scheme, ...] = ("dark", "light")
    for scheme in schemes:
        window.prefer(scheme)
        found = contrast(page)
        assert len(found["texts"]) > 20
        assert [text for text in found["texts"] if text[0] < 4.5] == []
        assert [stroke for stroke in found["strokes"] if stroke[0] < 3] == []
        if kind in CHARTED:
            assert found["strokes"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_verdict_word_stands_out_from_its_ground(
    browser: Browser, server: Serve, library_site: Path, scheme: Scheme
) -> None:
    with looking(browser, server(library_site), scheme=scheme) as look:
        page = look.at("methodology/")
        words = page.locator(".verdict").all_inner_texts()
        texts = {text: ratio for ratio, _, text in contrast(page)["texts"]}
    assert len(words) == 16
    assert {word: texts[word] for word in words if texts[word] < 4.5} == {}


@both_languages
def test_every_verdict_has_a_shape_beside_its_colour(
    browser: Browser, server: Serve, library_site: Path, language: Language
) -> None:
    with looking(browser, server(library_site)) as look:
        shapes = look.at("methodology/", language).evaluate(
            """() => [...document.querySelectorAll(".verdict")].map(element => {
              const before = getComputedStyle(element, "::before")
              return before.content + before.borderTopStyle + before.width
            })"""
        )
    assert len(shapes) == 16
    assert "none" not in {shape.split('"')[0] for shape in shapes}


@both_languages
def test_without_scripts_every_number_and_the_chart_can_be_seen(
    browser: Browser, server: Serve, real: Site, language: Language
) -> None:
    values = {
        (row["indicator_id"], row["year"], row["value"]) for row in table(PACKAGE, "observations")
    }
    with looking(browser, server(real.folder), scripts=False) as look:
        for width, shown, hidden in (
            (WIDE, ".chart-wide", ".chart-narrow"),
            (NARROW, ".chart-narrow", ".chart-wide"),
        ):
            look.resize(width)
            for kind in ("indicator with data", "indicator without data", "context"):
                indicator = KINDS[kind].split("/")[1]
                page = look.at(KINDS[kind], language)
                expect(page.locator(shown)).to_be_visible()
                expect(page.locator(hidden)).to_be_hidden()
                told = {
                    (indicator, row.get_attribute("id"), figure)
                    for row in page.locator("table.series tbody tr").all()
                    for figure in row.locator(".figure").all_inner_texts()
                }
                assert told == {
                    (name, f"y{year}", value) for name, year, value in values if name == indicator
                }
                for figure in page.locator("table.series .figure").all():
                    assert figure.is_visible()
                for row in page.locator("tr.in-plan").all():
                    assert row.locator(".verdict").is_visible()
            page = look.at("", language)
            assert page.locator(".tile .count").all_inner_texts() == ["4", "0", "21", "0"]
            page = look.at(KINDS["task"], language)
            assert page.locator(".deliverable .chart svg").first.is_visible()


@pytest.mark.parametrize("width", [NARROW, WIDE])
@both_languages
def test_of_the_two_charts_only_the_one_that_fits_is_shown(
    window: Look, width: int, language: Language
) -> None:
    window.resize(width)
    for kind in ("indicator with data", "indicator without data", "context"):
        page = window.show(kind, language)
        charts = page.locator("figure .chart:visible")
        expect(charts).to_have_count(1)
        expect(charts).to_have_class(
            {NARROW: "chart chart-narrow", WIDE: "chart chart-wide"}[width]
        )
        picture = charts.locator("svg[role=img]")
        box = picture.bounding_box()
        assert box is not None
        assert 250 < box["width"] <= width
        for label in picture.locator("text").all():
            assert label.evaluate("e => e.getBoundingClientRect().height") > 8


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_language_switch_keeps_the_page(window: Look, width: int) -> None:
    window.resize(width)
    for address in ("", "indicators/technology-contracts/", "tasks/t3/", "data/targets/"):
        page = window.at(address)
        page.locator(".language-switch").click()
        page.wait_for_url(f"{window.origin}en/{address}")
        assert page.locator("html").get_attribute("lang") == "en"
        page.locator(".language-switch").click()
        page.wait_for_url(f"{window.origin}{address}")
        assert page.locator("html").get_attribute("lang") == "zh-Hans"


def test_a_source_reference_leads_to_the_source(window: Look) -> None:
    window.resize(WIDE)
    page = window.at("indicators/technology-contracts/#data")
    page.locator("#y2022 .value sup a").click()
    expect(page.locator("ol.sources li:target")).to_be_in_viewport()
