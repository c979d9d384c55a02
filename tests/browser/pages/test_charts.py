"""What a reader does with an indicator's chart: by mouse, finger and keyboard, with and without."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from plansite.model import Language
from tests.browser.page_view import NARROW, WIDE, Look, looking
from tests.conftest import Serve
from tests.site.built_site import HAN

COMPETING = "indicators/technology-contracts/"
SILENT = "indicators/value-added/"
LONE = "indicators/makerspaces-national/"
VIEWS = ("chart", "data", "download")

both_languages = pytest.mark.parametrize("language", list(Language))


@pytest.fixture
def look(browser: Browser, server: Serve, real_site: Path) -> Iterator[Look]:
    with looking(browser, server(real_site)) as found:
        yield found
        assert found.outside == []
        assert found.errors == []


def tab(page: Page, view: str) -> Locator:
    return page.locator(f".view-tabs a[href='#{view}']")


def chart(page: Page) -> Locator:
    return page.locator(".chart-figure .chart:visible")


def slider(page: Page) -> Locator:
    return chart(page).get_by_role("slider")


def tip(page: Page) -> Locator:
    return page.locator(".chart-tip:visible")


def over(page: Page, year: int) -> tuple[float, float]:
    """The middle of a year's first mark in the chart that shows."""
    mark = chart(page).locator(f"[data-year='{year}']").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@both_languages
def test_chart_table_and_files_are_tabs_that_arrow_keys_go_through(
    look: Look, language: Language
) -> None:
    page = look.at(COMPETING, language)
    expect(page.get_by_role("tab")).to_have_count(3)
    tab(page, "chart").focus()
    for view in ("data", "download", "chart"):
        page.keyboard.press("ArrowRight")
        expect(tab(page, view)).to_be_focused()
        expect(tab(page, view)).to_have_attribute("aria-selected", "true")
        for other in VIEWS:
            panel = page.locator(f"#view-{other}")
            expect(panel).to_be_visible() if other == view else expect(panel).to_be_hidden()
        assert page.url.endswith(f"#{view}")
    page.keyboard.press("End")
    expect(tab(page, "download")).to_be_focused()


@pytest.mark.parametrize(("anchor", "view"), [("y2020", "data"), ("data", "data"), ("", "chart")])
def test_an_address_opens_the_tab_where_its_place_is(look: Look, anchor: str, view: str) -> None:
    page = look.at(f"{COMPETING}#{anchor}")
    expect(page.locator(f"#view-{view}")).to_be_visible()
    if anchor == "data":
        expect(tab(page, view)).to_be_in_viewport()
    if anchor == "y2020":
        expect(page.locator("#y2020")).to_be_in_viewport()
        expect(page.locator("tr:target")).to_have_attribute("id", "y2020")


def test_a_link_on_the_page_opens_the_tab_where_it_leads(look: Look) -> None:
    page = look.at(COMPETING)
    page.evaluate("location.hash = '#y2015'")
    expect(page.locator("#y2015")).to_be_in_viewport()
    page.evaluate("location.hash = '#sources'")
    expect(page.locator("#sources")).to_be_in_viewport()


@both_languages
def test_without_script_chart_table_and_files_stand_one_after_another(
    browser: Browser, server: Serve, real_site: Path, language: Language
) -> None:
    with looking(browser, server(real_site), scripts=False) as look:
        page = look.at(COMPETING, language)
        tops = []
        for view in VIEWS:
            heading = page.locator(f"h2#{view}")
            expect(heading).to_be_visible()
            box = heading.bounding_box()
            assert box is not None
            tops.append(box["y"])
        assert tops == sorted(tops)
        expect(page.locator("button.tool").first).to_be_hidden()
        expect(page.locator("a.tool")).to_have_count(3)


def test_nothing_moves_while_the_page_loads(look: Look) -> None:
    look.page.add_init_script(
        "window.shift = 0; new PerformanceObserver(l => l.getEntries().forEach(e =>"
        "{ window.shift += e.value })).observe({ type: 'layout-shift', buffered: true })"
    )
    page = look.at(COMPETING)
    expect(page.get_by_role("tab").first).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") == 0


def test_pointing_at_a_year_tells_every_value_with_its_source(look: Look) -> None:
    page = look.at(COMPETING)
    page.mouse.move(*over(page, 2020))
    told = tip(page).inner_text()
    for part in (
        "2020年",
        "249.12亿元",
        "249.11亿元",
        "超过230亿元",
        "科学技术部网站",
        "国家统计局",
    ):
        assert part in told
    page.mouse.move(*over(page, 2016))
    expect(tip(page)).to_contain_text("20.44亿元")
    expect(tip(page)).not_to_contain_text("249")
    page.keyboard.press("Escape")
    expect(tip(page)).to_have_count(0)


def test_a_year_without_a_value_says_so(look: Look) -> None:
    page = look.at(SILENT)
    page.mouse.move(*over(page, 2021))
    expect(tip(page)).to_contain_text("未见公开数据")
    expect(tip(page)).to_contain_text("不低于264亿元")


@both_languages
def test_arrow_keys_on_the_chart_go_through_the_years_and_are_announced(
    look: Look, language: Language
) -> None:
    page = look.at(COMPETING, language)
    slider(page).focus()
    page.keyboard.press("Home")
    expect(tip(page)).to_contain_text("25.96")
    page.keyboard.press("ArrowRight")
    said = slider(page).get_attribute("aria-valuetext") or ""
    assert "20.44" in said
    assert {Language.ZH: "2016年", Language.EN: "2016;"}[language] in said
    assert bool(HAN.search(said)) == (language is Language.ZH)
    page.keyboard.press("End")
    expect(tip(page)).to_contain_text("585.59")
    page.keyboard.press("Escape")
    expect(tip(page)).to_have_count(0)


def test_a_tap_on_a_phone_shows_the_nearest_year_inside_the_window(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(server(real_site) + COMPETING)
    for year in (2015, 2020, 2024):
        chart(page).scroll_into_view_if_needed()
        page.touchscreen.tap(*over(page, year))
        expect(tip(page)).to_contain_text(f"{year}年")
        box = tip(page).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROW
    page.locator("h1").tap()
    expect(tip(page)).to_have_count(0)
    context.close()


@both_languages
def test_exploring_draws_from_this_site_alone_under_the_policy(
    look: Look, language: Language
) -> None:
    page = look.at(COMPETING, language)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("[data-explore]").click()
    canvas = page.locator(".explore-canvas canvas")
    expect(canvas).to_be_visible()
    assert all(url.startswith(look.origin) for url in asked)
    fetched = {url.removeprefix(look.origin) for url in asked if not url.endswith("favicon.svg")}
    assert len(fetched) == 2
    assert f"charts/{language}/technology-contracts.json" in fetched
    expect(page.locator(".chart-figure .chart:visible")).to_have_count(0)
    painted = canvas.evaluate(
        "c => new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height)"
        ".data.buffer)).size"
    )
    assert painted > 20
    assert page.evaluate("document.querySelectorAll('style').length") == 0
    before = canvas.evaluate("c => c.toDataURL()")
    page.locator("input[name=zero]").uncheck()
    page.wait_for_function(
        "before => document.querySelector('canvas').toDataURL() != before", arg=before
    )
    before = canvas.evaluate("c => c.toDataURL()")
    page.locator("input[name=others]").uncheck()
    page.wait_for_function(
        "before => document.querySelector('canvas').toDataURL() != before", arg=before
    )
    page.locator("select[name=from]").select_option("2020")
    page.locator("[data-explore]").click()
    expect(chart(page)).to_have_count(1)


def test_a_mark_of_the_explored_chart_tells_its_value_and_source(look: Look) -> None:
    page = look.at(COMPETING)
    page.locator("[data-explore]").click()
    canvas = page.locator(".explore-canvas canvas")
    expect(canvas).to_be_visible()
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    words = page.locator("#vg-tooltip-element.visible")
    for x, y in itertools.product(range(88, 100), range(0, 80, 5)):
        page.mouse.move(box["x"] + box["width"] * x / 100, box["y"] + y)
        if words.count():
            break
    expect(words).to_contain_text("585.59亿元")
    expect(words).to_contain_text("国家统计局")
    assert words.evaluate("e => getComputedStyle(e).position") == "fixed"


def test_links_and_code_can_be_copied(
    browser: Browser, server: Serve, real_site: Path, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": WIDE, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(server(real_site) + COMPETING)
    page.locator("[data-copy='#chart']").click()
    expect(page.locator("[data-copy='#chart']")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{server(real_site)}{COMPETING}#chart"
    page.locator(".embed-code summary").click()
    page.locator(".embed-code [data-copy='code']").click()
    expect(page.locator(".embed-code [data-copy='code']")).to_have_text("已复制")
    code = page.evaluate("navigator.clipboard.readText()")
    assert f'src="{server(real_site)}embed/zh/technology-contracts/"' in code
    (tmp_path / "index.html").write_text(f"<!doctype html><p>Elsewhere</p>{code}", "utf-8")
    page.goto(server(tmp_path))
    inside = page.frame_locator("iframe")
    expect(inside.locator(".chart:visible")).to_have_count(1)
    context.close()


@both_languages
def test_an_embedded_chart_is_complete_and_light(
    look: Look, real_site: Path, language: Language
) -> None:
    page = look.page
    weight: list[int] = []
    page.on("response", lambda response: weight.append(len(response.body())))
    for indicator in ("technology-contracts", "value-added", "makerspaces-national"):
        page.goto(f"{look.origin}embed/{language}/{indicator}/")
        expect(page.locator(".chart:visible svg[role=img]")).to_be_visible()
        page.locator("summary").click()
        expect(page.locator("table")).to_be_visible()
        link = page.locator(".origin a")
        expect(link).to_be_visible()
        assert link.evaluate("a => new URL(a.href).pathname").endswith(f"/indicators/{indicator}/")
    assert max(weight) < 40_000


def test_an_embedded_chart_is_dark_where_the_reader_wants_it_dark(look: Look) -> None:
    page = look.page
    page.goto(f"{look.origin}embed/zh/technology-contracts/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) != light


def test_marks_keep_their_shapes_and_show_with_forced_colours(look: Look) -> None:
    page = look.page
    page.emulate_media(forced_colors="active")
    look.at(COMPETING)
    strokes = (
        chart(page)
        .locator("[data-kind]")
        .evaluate_all("marks => marks.map(m => [m.dataset.kind, getComputedStyle(m).stroke])")
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert {kind for kind, _ in strokes} == {"final", "competing", "target"}
    assert all(stroke not in ("none", ground) for _, stroke in strokes)
    lines = page.get_by_role("tab").evaluate_all(
        "tabs => tabs.map(tab => getComputedStyle(tab).borderBottomColor)"
    )
    assert [line == ground for line in lines] == [False, True, True], "one tab is underlined"


def test_sources_that_disagree_stand_side_by_side(look: Look) -> None:
    page = look.at(f"{COMPETING}#compared")
    for year, first, access, other, apart, other_access, spots in (
        ("2015", "25.96", "代码仓库副本", "26.02", "0.06", "转载副本", [8, 112]),
        ("2020", "249.12", "直接查阅", "249.11", "−0.01", "代码仓库副本", [112, 8]),
    ):
        rows = page.locator(f"#compared-{year} tbody tr")
        expect(rows).to_have_count(2)
        expect(rows.nth(0)).to_contain_text(first)
        expect(rows.nth(0)).to_contain_text(access)
        expect(rows.nth(1)).to_contain_text(other)
        expect(rows.nth(1)).to_contain_text(apart)
        expect(rows.nth(1)).to_contain_text(other_access)
        places = rows.locator("circle").evaluate_all("c => c.map(e => +e.getAttribute('cx'))")
        assert places == spots
    page.locator("#compared + p a").click()
    expect(page.locator("#leading")).to_be_in_viewport()


BESIDE = """cell => ["::before", "::after"].map(
  side => getComputedStyle(cell, side).content.split(" / ")[0].replace(/"/g, ""))"""


def test_the_scale_of_disagreeing_sources_names_its_ends_at_every_width(look: Look) -> None:
    page = look.at(f"{COMPETING}#compared")
    scale = page.locator("#compared-2020 td.scale").first
    assert page.locator("#compared-2020 .bounds span").all_inner_texts() == ["249.11", "249.12"]
    assert scale.evaluate(BESIDE) == ["none", "none"]
    look.resize(NARROW)
    assert scale.evaluate(BESIDE) == ["249.11", "249.12"], "the table's head is out of sight"


def test_a_citation_can_be_copied(browser: Browser, server: Serve, real_site: Path) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    for address in (f"{COMPETING}#cite", "en/data/"):
        page.goto(server(real_site) + address)
        for entry in page.locator(".citation").all():
            entry.locator("button").click()
            shown = entry.locator("code").inner_text()
            assert page.evaluate("navigator.clipboard.readText()").strip() == shown.strip()
    context.close()


def test_a_button_that_cannot_copy_says_so_and_keeps_the_focus(look: Look) -> None:
    look.page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "document.execCommand = () => false"
    )
    page = look.at(COMPETING)
    button = page.locator("[data-copy='#chart']")
    button.click()
    expect(button).to_have_text("未能复制")
    expect(button).to_be_focused()


@pytest.mark.parametrize("change", ["system", "reader"])
def test_an_explored_chart_follows_the_pages_colours_and_keeps_its_key(
    look: Look, change: str
) -> None:
    look.resize(NARROW)
    page = look.at(COMPETING)
    told = page.locator(".chart-narrow .chart-key").inner_text()
    page.locator("[data-explore]").click()
    canvas = page.locator(".explore-canvas canvas")
    expect(canvas).to_be_visible()
    assert page.locator(".explore .chart-key").inner_text() == told
    page.locator("select[name=from]").select_option("2020")
    dark = "c => new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height)"
    dark += ".data.buffer)).has(0xffeec28c)"
    assert not canvas.evaluate(dark)
    if change == "system":
        page.emulate_media(color_scheme="dark")
    else:
        page.evaluate("document.documentElement.dataset.scheme = 'dark'")
    page.wait_for_function(f"() => ({dark})(document.querySelector('canvas'))")
    expect(page.locator("select[name=from]")).to_have_value("2020")


def test_exploring_can_be_tried_again_after_a_failure(look: Look) -> None:
    look.page.route("**/vega.*.js", lambda route: route.abort(), times=1)
    page = look.at(COMPETING)
    page.locator("[data-explore]").click()
    expect(page.locator(".chart-tools [role=status]")).to_contain_text("未能载入")
    expect(chart(page)).to_have_count(1)
    page.locator("[data-explore]").click()
    expect(page.locator(".explore-canvas canvas")).to_be_visible()
    look.forget()


def test_an_address_with_a_broken_anchor_leaves_the_page_whole(look: Look) -> None:
    page = look.at(f"{COMPETING}#%E4%")
    expect(page.locator("#view-chart")).to_be_visible()
    slider(page).focus()
    page.keyboard.press("Home")
    expect(tip(page)).to_contain_text("25.96")


def test_a_single_number_and_a_silent_indicator_have_their_picture_too(look: Look) -> None:
    page = look.at(LONE)
    expect(chart(page)).to_contain_text("23")
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    expect(tip(page)).to_contain_text("23个")
    page = look.at(SILENT)
    expect(chart(page)).to_contain_text("未见公开数据")
