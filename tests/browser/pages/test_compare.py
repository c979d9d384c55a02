"""Any indicators side by side: picked by hand or by the address, as chart and as table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from plansite.model import Language
from tests.browser.page_view import NARROW, WIDE, Look, looking
from tests.conftest import Serve

PICKED = "technology-contracts,patents-per-10k,rd-expenditure"


@pytest.fixture
def real(browser: Browser, server: Serve, real_site: Path) -> Iterator[Look]:
    with looking(browser, server(real_site)) as look:
        yield look
        assert look.errors == []
        assert look.outside == []


@pytest.fixture
def library(browser: Browser, server: Serve, library_site: Path) -> Iterator[Look]:
    with looking(browser, server(library_site)) as look:
        yield look
        assert look.errors == []


def numbers(page: Page, selector: str) -> dict[str, str]:
    """What stands in the tables that a selector finds, by the address that it leads to."""
    pairs: list[tuple[str, str]] = page.locator(f"{selector} a.figure").evaluate_all(
        "links => links.map(link => [link.href, link.textContent])"
    )
    return dict(pairs)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", ["index", "share"])
def test_picked_indicators_show_the_numbers_that_the_page_shows_without_script(
    real: Look, kind: str, language: Language
) -> None:
    page = real.at("compare/", language)
    static = numbers(page, f"#{kind} ~ .table:has(.compare-static) >> nth=0 >>")
    ids = {address.split("/indicators/")[1].split("/")[0] for address in static}
    page = real.at(f"compare/?i={','.join(sorted(ids))}&as={kind}", language)
    expect(page.locator(".compare-figure svg")).to_have_count(1)
    assert numbers(page, ".compare-table") == static
    assert len(static) > 3


def test_values_are_shown_as_the_indicators_page_shows_them(library: Look) -> None:
    page = library.at("compare/?i=L08,L04,L01&as=value")
    expect(page.locator(".compare-figure svg")).to_have_count(3)
    texts = page.locator(".compare-table tbody tr").all_inner_texts()
    assert [" ".join(text.split()) for text in texts] == [
        "2023 – – 5.0",
        "2024 10,240 1,150 6.0",
        "2025 10,315 – 7.9 初步值",
    ]


def test_what_is_picked_stands_in_the_address(real: Look) -> None:
    page = real.at("compare/?i=")
    expect(page.get_by_role("status")).to_have_text("尚未选择指标。")
    expect(page.locator(".compare-table")).to_be_hidden()
    page.locator(".compare-pick input[type=search]").fill("技术合同")
    expect(page.locator(".compare-options li:visible")).to_have_count(2)
    page.get_by_label("年技术合同成交额 亿元", exact=True).check()
    page.locator(".compare-pick input[type=search]").fill("ｐａｔｅｎｔｓ－ｐｅｒ－10k")
    page.get_by_label("每万人发明专利拥有量 件/万人").check()
    page.get_by_role("radio", name="占目标的比例").check()
    assert page.url.endswith("compare/?i=technology-contracts,patents-per-10k&as=share")
    whole = numbers(page, ".compare-table")
    assert set(whole.values()) == {"108.3%", "120.5%", "156.3%", "122.8%"}
    page.reload()
    expect(page.locator(".compare-key li")).to_have_count(2)
    assert numbers(page, ".compare-table") == whole
    page.get_by_role("button", name="移除年技术合同成交额").click()
    assert page.url.endswith("compare/?i=patents-per-10k&as=share")
    expect(page.locator(".compare-table")).not_to_contain_text("108.3%")
    page.go_back()
    expect(page.locator(".compare-key li")).to_have_count(2)
    assert numbers(page, ".compare-table") == whole


@pytest.mark.parametrize(
    ("typed", "found"),
    [("人均专利", "patents-per-10k"), ("technology market", "technology-contracts")],
)
def test_an_indicator_is_found_by_what_people_also_call_it(
    real: Look, typed: str, found: str
) -> None:
    page = real.at("compare/?i=")
    page.locator(".compare-pick input[type=search]").fill(typed)
    # All are there until the words for searching have come.
    fewer = "[...document.querySelectorAll('.compare-options li')].filter(li => li.offsetParent)"
    page.wait_for_function(f"0 < {fewer}.length && {fewer}.length < 4")
    expect(page.locator(f'.compare-options input[value="{found}"]')).to_be_visible()


def test_who_names_none_sees_a_few(real: Look) -> None:
    page = real.at("compare/")
    names = page.locator(".compare-key a")
    expect(names).to_have_text(
        ["每万人发明专利拥有量", "年技术合同成交额", "研究与试验发展（R&D）经费"]
    )
    expect(page.locator(".compare-figure svg")).to_have_count(1)
    page.get_by_role("button", name="移除年技术合同成交额").click()
    assert page.url.endswith("compare/?i=patents-per-10k,rd-expenditure")


def test_eight_are_the_most_and_unknown_ones_are_left_out(real: Look) -> None:
    some = "rd-expenditure,rd-intensity,high-tech-enterprises,patents-granted"
    more = "valid-invention-patents,makerspaces-national,incubators-national"
    page = real.at(f"compare/?i=nobody,{some},{more},{PICKED},rd-intensity&as=beauty")
    expect(page.get_by_role("status")).to_contain_text("已选8项，最多8项。")
    expect(page.locator(".compare-key li")).to_have_count(8)
    expect(page.locator(".compare-options input:checked")).to_have_count(8)
    expect(page.locator(".compare-options input:not(:checked):enabled")).to_have_count(0)
    expect(page.locator("input[name=as]:checked")).to_have_value("index")


def test_what_has_nothing_to_show_is_named(real: Look) -> None:
    page = real.at("compare/?i=technology-contracts,value-added,rd-expenditure&as=share")
    said = page.get_by_role("status")
    expect(said).to_contain_text("没有可显示的数值：科技研发业增加值、研究与试验发展（R&D）经费。")
    silent = page.get_by_label("企业数 未见公开数据")
    expect(silent).to_be_disabled()


def test_a_missing_year_is_a_gap_and_series_differ_by_more_than_colour(real: Look) -> None:
    page = real.at(f"compare/?i={PICKED}")
    expect(page.locator(".compare-figure svg")).to_have_count(1)
    lines: list[dict[str, Any]] = page.locator(".compare-figure g").evaluate_all(
        """groups => groups.map(group => ({
          path: group.querySelector(".line").getAttribute("d"),
          dashes: group.querySelector(".line").getAttribute("stroke-dasharray"),
          shape: group.querySelector(".mark-shape").getAttribute("d"),
          marks: group.querySelectorAll(".mark-shape").length,
          colour: getComputedStyle(group.querySelector(".line")).stroke,
        }))"""
    )
    # 2015–2024; 2015, 2016, 2021; 2015, 2016, 2018, 2020, 2021, 2024.
    assert [(line["path"].count("M"), line["marks"]) for line in lines] == [(1, 10), (2, 3), (4, 6)]
    for trait in ("dashes", "shape", "colour"):
        assert len({line[trait] for line in lines}) == 3, trait
    letters = page.locator(".compare-figure .letter").all_text_contents()
    assert sorted(letters) == ["A", "B", "C"]


@pytest.mark.parametrize("language", Language)
def test_the_chart_says_what_it_shows(library: Look, language: Language) -> None:
    page = library.at("compare/?i=L01,L02", language)
    chart = page.locator(".compare-figure svg")
    expect(chart).to_have_attribute("role", "img")
    title = {Language.ZH: "指数，首个可比的公布值为100（虚线）", Language.EN: "Index, first"}
    expect(page.get_by_role("img", name=title[language])).to_have_count(1)
    description = chart.locator("desc").first.text_content() or ""
    assert "2023–2025" in description
    assert {Language.ZH: "人均借阅量", Language.EN: "Loans per resident"}[language] in description
    settled = chart.locator(".series-1 .mark-shape").evaluate_all(
        "marks => marks.map(mark => mark.dataset.settled)"
    )
    assert settled == ["true", "true", "false"], "a provisional value looks different"


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("kind", ["index", "value"])
def test_a_chart_fits_and_its_letters_do_not_overlap(real: Look, width: int, kind: str) -> None:
    real.resize(width)
    page = real.at(f"compare/?i={PICKED},patents-granted,rd-intensity&as={kind}")
    expect(page.locator(".compare-key li")).to_have_count(5)
    for chart in page.locator(".compare-figure svg").all():
        box = chart.bounding_box()
        assert box is not None
        assert 250 < box["width"] <= width
        boxes = [letter.bounding_box() for letter in chart.locator(".letter").all()]
        found = [letter for letter in boxes if letter is not None]
        assert found
        for place, one in enumerate(found):
            assert one["x"] + one["width"] <= width
            for other in found[:place]:
                apart = abs(one["y"] - other["y"]) >= 12 or abs(one["x"] - other["x"]) >= 9
                assert apart, (one, other)


def test_a_file_that_is_missing_is_said_and_the_tables_stay(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site)) as look:
        look.page.route("**/compare.json", lambda route: route.abort())
        page = look.at("compare/?i=technology-contracts", Language.EN)
        expect(page.get_by_role("status")).to_contain_text("could not be read")
        expect(page.locator(".compare-static").first).to_be_visible()


def test_the_chart_shows_where_its_script_comes_after_the_numbers(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    late: list[Route] = []

    def keep(route: Route) -> None:
        late.append(route)

    with looking(browser, server(real_site)) as look:
        page = look.page
        page.route("**/js/compare-chart.*.js", keep)
        with page.expect_response("**/compare.json"):
            page.goto(f"{look.origin}compare/", wait_until="commit")
        page.wait_for_timeout(300)
        late[0].continue_()
        expect(page.locator(".compare-figure svg")).to_have_count(1)


def test_without_script_the_tables_stand_alone(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site), NARROW, scripts=False) as look:
        page = look.at("compare/")
        expect(page.locator(".compare")).to_be_hidden()
        for number in page.locator(".compare-static .figure").all():
            expect(number).to_be_visible()


def test_the_file_is_small_and_its_numbers_are_texts(real_site: Path) -> None:
    content = json.loads((real_site / "downloads/compare.json").read_text("utf-8"))
    rows = [row for entry in content["indicators"] for row in entry["years"]]
    assert rows
    assert all(isinstance(row[k], str) for row in rows for k in ("value", "index"))
