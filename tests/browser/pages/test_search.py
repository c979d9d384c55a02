"""Search finds the page that a reader has in mind, in both languages, typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from plansite.model import Language
from tests.browser.axe import bring_axe, violations
from tests.browser.page_view import NARROW, WIDE, Look, Scheme, looking
from tests.conftest import Serve

FOUND = re.compile(r"\d+|没有找到|Nothing found")
"""What the page says when a search is done."""
FIRST = 3
"""The page that is meant stands among so many results."""

SCHEMES: tuple[Scheme, ...] = ("dark", "light")

CHINESE = {
    # Agencies by the plan's name, another name that it uses, the full name, and in short.
    "省大数据局": "agencies/big-data/",
    "省大数据管理局": "agencies/big-data/",
    "大数据": "agencies/big-data/",
    "市场监管局": "agencies/market-regulation/",
    "科学技术厅": "agencies/science-technology/",
    "省发改委": "agencies/development-reform/",
    "工信厅": "agencies/industry-it/",
    # Indicators by a part of the name, half typed, by what people call them, by capital letters.
    "技术合同": "indicators/technology-contracts/",
    "技术合": "indicators/technology-contracts/",
    "技术市场成交额": "indicators/technology-contracts/",
    "专利代理人": "indicators/patent-attorneys/",
    "省 R&D 投入强度": "indicators/rd-intensity/",
    "Ｒ＆Ｄ": "indicators/rd-expenditure/",
    "孵化": "indicators/incubators/",
    "发明专利拥有量": "indicators/patents-per-10k/",
    "高企": "indicators/high-tech-enterprises/",
    "就业": "indicators/employment/",
    # Words inside the tasks' texts, and a year.
    "种质资源": "tasks/t4/",
    "独角兽": "tasks/t2/",
    "质押融资": "tasks/t8/",
    "2021年": "years/2021/",
}
ENGLISH = {
    "big data bureau": "agencies/big-data/",
    "CBIRC": "agencies/banking-insurance/",
    "省科技厅": "agencies/science-technology/",
    "technology contracts": "indicators/technology-contracts/",
    "r&d intensity": "indicators/rd-intensity/",
    "patent agents": "indicators/patent-attorneys/",
    "incub": "indicators/incubators/",
    "unicorn": "tasks/t2/",
    "germplasm": "tasks/t4/",
}


@pytest.fixture(scope="module")
def window(browser: Browser, server: Serve, real_site: Path) -> Iterator[Look]:
    with looking(browser, server(real_site), NARROW) as look:
        bring_axe(look.page)
        yield look


@pytest.mark.parametrize(
    ("language", "words", "address"),
    [
        *((Language.ZH, words, address) for words, address in CHINESE.items()),
        *((Language.EN, words, address) for words, address in ENGLISH.items()),
    ],
)
def test_search_finds_the_page(window: Look, language: Language, words: str, address: str) -> None:
    window.forget()
    root = f"{window.origin}{'en/' if language is Language.EN else ''}"
    page = window.page
    if page.url.startswith(f"{root}search/"):
        page.locator("#search-words").fill("")
        expect(page.locator(".search-status")).not_to_have_text(FOUND)
    else:
        window.at("search/", language)
    typed(page, words)
    expect(among_the_first(page, address)).to_be_visible()
    assert all(found.startswith(root) for found in addresses(page))
    assert window.outside == []
    assert window.errors == []


def typed(page: Page, words: str) -> None:
    """Type into the search field and wait until the page says what it found."""
    page.locator("#search-words").focus()
    page.keyboard.type(words)
    settled(page)


def settled(page: Page) -> None:
    expect(page.locator(".search-status")).to_have_text(FOUND)


def results(page: Page) -> Locator:
    return page.locator(".search-results > li")


def among_the_first(page: Page, address: str) -> Locator:
    return page.locator(f'.search-results > li:nth-child(-n+{FIRST}) a[href$="/{address}"]')


def addresses(page: Page) -> list[str]:
    expect(results(page).first).to_be_visible()
    found: list[str] = page.locator(".search-results a").evaluate_all("all => all.map(a => a.href)")
    return found


def test_letters_on_their_way_to_chinese_are_not_searched(window: Look) -> None:
    page = window.at("search/")
    field = page.locator("#search-words")
    field.focus()
    keys = page.context.new_cdp_session(page)
    letters = {"text": "du'jiao", "selectionStart": 7, "selectionEnd": 7}
    keys.send("Input.imeSetComposition", letters)
    expect(field).to_have_value("du'jiao")
    page.wait_for_timeout(400)
    assert page.url.endswith("search/")
    keys.send("Input.insertText", {"text": "独角兽"})
    settled(page)
    expect(results(page).first).to_contain_text("独角兽")


def test_a_result_shows_the_words_that_were_searched(window: Look) -> None:
    page = window.at("search/")
    typed(page, "独角兽")
    first = results(page).first
    assert "任务" in first.locator(".search-kind").inner_text()
    assert first.locator("p mark").first.inner_text() == "独角兽"
    assert "“独角兽”企业" in first.locator("p").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW


def test_a_page_is_not_shown_by_words_that_stand_on_every_page(window: Look) -> None:
    page = window.at("search/")
    typed(page, "显示设置")
    expect(results(page)).to_have_count(0)


def test_a_kind_narrows_the_search_and_says_how_many_there_are(window: Look) -> None:
    page = window.at("search/")
    typed(page, "检验检测")
    choice = page.locator("label", has=page.locator("input[value=task]"))
    promised = int(choice.locator(".count").inner_text())
    assert 0 < promised < int(page.locator("label:has(input[value='']) .count").inner_text())
    choice.locator("input").focus()
    page.keyboard.press("Space")
    expect(page.locator(".search-status")).to_have_text(f"找到{promised}个页面。")
    expect(results(page)).to_have_count(promised)
    assert all("/tasks/" in address for address in addresses(page))


def test_a_search_can_be_sent_as_an_address(window: Look) -> None:
    page = window.at("search/")
    typed(page, "R&D 经费")
    choice = page.locator("label", has=page.locator("input[name=kind][value=indicator]"))
    promised = int(choice.locator(".count").inner_text())
    choice.locator("input").check()
    page.wait_for_url("**kind=indicator")
    expect(results(page)).to_have_count(promised)
    state = parse_qs(urlsplit(page.url).query)
    assert state == {"q": ["R&D 经费"], "kind": ["indicator"]}
    found = addresses(page)
    page.reload()
    settled(page)
    assert page.locator("#search-words").input_value() == "R&D 经费"
    assert page.locator("input[name=kind][value=indicator]").is_checked()
    assert addresses(page) == found


def test_the_headers_form_leads_to_the_results(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site), WIDE) as look:
        page = look.at("tasks/t1/", Language.EN)
        page.locator(".site-search input").focus()
        page.keyboard.type("unicorn")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/search/?q=unicorn")
        assert addresses(page)[0] == f"{look.origin}en/tasks/t2/"
        assert look.errors == []


@pytest.mark.parametrize("language", list(Language))
def test_axe_finds_nothing_among_the_results(window: Look, language: Language) -> None:
    page = window.at("search/", language)
    typed(page, "技术合同")
    expect(results(page).first).to_be_visible()
    found = []
    for scheme in SCHEMES:
        window.prefer(scheme)
        found += violations(page)
    assert found == []


def test_arrow_keys_lead_through_the_results_and_back(window: Look) -> None:
    page = window.at("search/")
    typed(page, "孵化器")
    links = page.locator(".search-results a")
    expect(links.nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search-words")).to_be_focused()


def test_more_results_are_shown_on_request(window: Look) -> None:
    page = window.at("search/", Language.EN)
    typed(page, "technology")
    expect(results(page)).to_have_count(10)
    page.locator(".search-more").press("Enter")
    expect(results(page)).not_to_have_count(10)
    expect(page.locator(".search-results a").nth(10)).to_be_focused()


@pytest.mark.parametrize("language", list(Language))
def test_nothing_found_is_said_with_ways_on(window: Look, language: Language) -> None:
    page = window.at("search/", language)
    typed(page, "<xyzzy>")
    status = page.locator(".search-status")
    expect(status).to_contain_text("<xyzzy>")
    expect(status).to_have_attribute("role", "status")
    expect(results(page)).to_have_count(0)
    for folder in ("indicators/", "tasks/", "agencies/"):
        expect(page.locator(f'.search-lists a[href$="../{folder}"]')).to_be_visible()


@pytest.mark.parametrize("language", list(Language))
def test_without_script_the_page_says_so_and_leads_to_the_lists(
    browser: Browser, server: Serve, real_site: Path, language: Language
) -> None:
    with looking(browser, server(real_site), NARROW, scripts=False) as look:
        page = look.at("search/?q=R%26D", language)
        said = "脚本" if language is Language.ZH else "scripts"
        expect(page.locator(".search-status")).to_contain_text(said)
        expect(page.locator('.search-lists a[href$="indicators/"]')).to_be_visible()


def test_an_index_that_does_not_load_is_no_silence(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    with looking(browser, server(real_site), NARROW) as look:
        look.page.route("**/search/index/**", refuse)
        page = look.at("search/")
        page.locator("#search-words").focus()
        page.keyboard.type("专利")
        expect(page.locator(".search-status")).to_contain_text("没有载入")


def test_an_old_browser_is_told_what_search_needs(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site), NARROW) as look:
        look.page.add_init_script("delete window.WebAssembly")
        page = look.at("search/?q=专利")
        expect(page.locator(".search-status")).to_contain_text("较新浏览器")


def test_without_the_browsers_own_word_cutter_chinese_is_found(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site), NARROW) as look:
        look.page.add_init_script("delete Intl.Segmenter; delete window.Worker")
        page = look.at("search/")
        typed(page, "种质资源")
        expect(among_the_first(page, "tasks/t4/")).to_be_visible()


def test_the_index_loads_with_the_first_query_and_not_before(
    browser: Browser, server: Serve, real_site: Path
) -> None:
    with looking(browser, server(real_site), NARROW) as look:
        asked: list[str] = []
        look.page.on("request", lambda request: asked.append(request.url))
        page = look.at("search/")
        page.wait_for_load_state("networkidle")
        assert not any("/search/index/" in url for url in asked)
        typed(page, "专利")
        assert any("/search/index/" in url for url in asked)
