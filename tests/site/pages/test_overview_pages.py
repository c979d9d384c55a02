"""Home, year, agency and task pages: everything at a glance, and the gaps said plainly."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from plansite.model import Language, PartialDate
from plansite.model.formatting import format_date
from plansite.model.translations import Words
from tests.site.built_site import Element, Page, Site, find, table, text_of
from tests.support.library_package import LIBRARY
from tests.support.paths import PACKAGE

both_languages = pytest.mark.parametrize("language", Language)
SENTENCES = {
    Language.ZH: [
        "方案提出25个年度目标。截至2026年11月23日，本站收录了其中4个的公布值，4个均达到目标。",
        "年技术合同成交额：2022年390.72亿元，目标超过250亿元，达到目标（据代码仓库副本）",
        "另外21个目标未见公开数据。13项指标中，有11项在各目标年度均未见公布值。",
        "方案另有35项未设数量目标的承诺事项，未见公开的进展报告。",
    ],
    Language.EN: [
        "The plan sets 25 yearly targets. As of 23 November 2026, published figures have been "
        "found for 4 of them: all 4 were met.",
        "Annual turnover of technology contracts: 390.72 hundred million yuan in 2022 against a "
        "target of more than 250 hundred million yuan, target met (from a repository copy)",
        "For the other 21 targets no published data have been found. Of 13 indicators, 11 have "
        "no published value for any target year.",
        "The plan makes 35 further commitments without a number; no published progress report "
        "has been found.",
    ],
}


def judged(site: Site) -> dict[tuple[str, str], dict[str, str]]:
    """Every target by indicator and year, as the download has it."""
    rows = table(site.folder / "downloads", "verdicts")
    return {
        (row["id"], row["year"]): row
        for row in rows
        if row["kind"] == "indicator" and row["target_value"]
    }


def led_to(page: Page, link: Element) -> tuple[str, str]:
    """The page that a link leads to, by its folder, and the anchor."""
    name, anchor = page.target(link.get("href", ""))
    return name.split("/")[-2], anchor


def section(page: Page, anchor: str) -> list[Element]:
    """The elements between a heading and the next heading of its rank."""
    heading = page.element_at(anchor)
    found: list[Element] = []
    for step in heading.itersiblings():
        if step.tag == heading.tag:
            break
        found.append(step)
    return found


@both_languages
def test_the_home_page_opens_with_what_matters(real: Site, language: Language) -> None:
    said = " ".join(text_of(real.at("", language).one(".hero")).split())
    for sentence in SENTENCES[language]:
        assert sentence in said


@both_languages
@pytest.mark.parametrize("address", ["", "years/"])
@pytest.mark.parametrize("name", ["real", "library"])
def test_the_grid_has_a_cell_for_every_target_and_says_its_verdict(
    request: pytest.FixtureRequest, name: str, address: str, language: Language
) -> None:
    site: Site = request.getfixturevalue(name)
    page = site.at(address, language)
    words = Words(language)
    grid = page.one("table.matrix")
    expected = judged(site)
    years = sorted({year for _, year in expected})
    heads = [re.sub(r"\D", "", text_of(head)) for head in find(grid, "thead th[scope=col]")[1:]]
    assert heads == years
    shown = {}
    for row in find(grid, "tbody tr"):
        cells = find(row, "td")
        if not cells:
            continue
        (head,) = find(row, "th[scope=row]")
        (link,) = find(head, "a")
        indicator, _ = led_to(page, link)
        assert len(cells) == len(years)
        for year, cell in zip(years, cells, strict=True):
            for opened in find(cell, "a.to-year"):
                assert led_to(page, opened) == (indicator, f"y{year}")
                shown[indicator, year] = cell
    assert set(shown) == set(expected)
    for place, cell in shown.items():
        known, said = expected[place], text_of(cell).replace(",", "")
        (verdict,) = find(cell, ".verdict")
        assert verdict.get("class") == f"verdict verdict-{known['verdict']}"
        assert text_of(verdict) == words(f"verdict_short.{known['verdict']}")
        assert (known["value"] or known["target_value"]) in said
        (unseen,) = find(cell, ".visually-hidden")
        told = text_of(unseen)
        assert told.startswith(known[f"name_{language}"])
        assert place[1] in told


@both_languages
def test_a_value_that_may_be_revised_is_marked_in_the_grid(
    library: Site, language: Language
) -> None:
    page = library.at("", language)
    marked = {
        led_to(page, link): text_of(mark)
        for cell in find(page.one("table.matrix"), "td")
        for link in find(cell, "a.to-year")
        for mark in find(cell, ".mark")
    }
    words = Words(language)
    assert marked == {
        ("L01", "y2025"): words("status.provisional"),
        ("L03", "y2024"): words("status.estimated"),
    }


@both_languages
def test_the_home_page_lists_what_was_never_published_by_indicator_and_year(
    real: Site, language: Language
) -> None:
    page = real.at("", language)
    silent: dict[str, set[str]] = {}
    for (indicator, year), row in judged(real).items():
        if row["verdict"] == "overdue":
            silent.setdefault(indicator, set()).add(year)
    listed, promises = {}, Counter[str]()
    for part in section(page, "unpublished"):
        for entry in find(part, "li") if "silent-list" in part.get("class", "") else []:
            (link,) = find(entry, "a")
            name, anchor = led_to(page, link)
            numbers = re.findall(r"\d+", text_of(find(entry, ".years")[0]))
            if anchor == "commitments":
                promises[name] = int(numbers[0])
            else:
                listed[name] = set(numbers)
    assert listed == silent
    assert sum(map(len, listed.values())) == 21
    assert promises == Counter(row["task_id"] for row in table(PACKAGE, "commitments"))
    links = [link for part in section(page, "unpublished") for link in find(part, "a")]
    assert led_to(page, links[-1])[0] == "submit"


@both_languages
def test_a_year_that_is_not_over_is_not_listed_as_unpublished(
    library: Site, language: Language
) -> None:
    page = library.at("", language)
    listed = {
        led_to(page, link)[0]
        for part in section(page, "unpublished")
        for link in find(part, "li a")
    }
    assert listed == {"L04", "t2", "t3"}


@both_languages
def test_the_timeline_says_once_that_nothing_was_reported(real: Site, language: Language) -> None:
    timeline = real.at("", language).one(".timeline")
    said = text_of(timeline)
    alone = {
        Language.ZH: "35项承诺事项，均未见公开的进展报告",
        Language.EN: "35 commitments, no progress report found for any",
    }
    assert said.count(alone[language]) == 1
    assert len(find(timeline, ".event-due")) == 0
    whole = {Language.ZH: "13个年度目标：达到1个，未见公开数据12个"}
    assert whole.get(language, "13 yearly targets: 1 met") in said


@both_languages
def test_the_timeline_runs_through_the_day_of_the_build(library: Site, language: Language) -> None:
    page = library.at("", language)
    timeline = page.one(".timeline")
    parts = [part.get("class") for part in timeline]
    assert parts == ["timeline-years", "timeline-now", "timeline-years", "timeline-undated"]
    past, ahead = find(timeline, "ol.timeline-years")
    assert not find(ahead, ".event-values") + find(ahead, ".event-reports")
    links = {led_to(page, link) for link in find(past, "a")}
    assert ("t3", "c-stacks") in links
    assert ("t1", "r1") in links
    assert ("t1", "c-bus") in {led_to(page, link) for link in find(ahead, "a")}


@both_languages
def test_a_tasks_timeline_is_its_own(library: Site, language: Language) -> None:
    for task, promises, reports in (("t1", 3, 4), ("t3", 2, 1)):
        page = library.at(f"tasks/{task}/", language)
        links = [link for link in find(page.one(".timeline"), "a") if not link.get("class")]
        anchors = [led_to(page, link) for link in links]
        assert {name for name, _ in anchors} <= {task, "L05", "L07"}
        assert sum(anchor.startswith("c-") for _, anchor in anchors) == promises
        assert sum(anchor.startswith("r") for _, anchor in anchors) == reports


@both_languages
def test_an_agency_shows_each_of_its_indicators_in_small(
    real: Site, library: Site, language: Language
) -> None:
    for site, package in ((real, PACKAGE), (library, LIBRARY)):
        tasks_of: dict[str, set[str]] = {}
        for row in table(package, "task_agencies"):
            tasks_of.setdefault(row["agency_id"], set()).add(row["task_id"])
        promised = {
            row["indicator_id"]: row["task_id"]
            for row in table(package, "indicators")
            if row["role"] != "context"
        }
        for agency, tasks in tasks_of.items():
            page = site.at(f"agencies/{agency}/", language)
            shown = {}
            for item in page.find("li.multiple"):
                name, _ = led_to(page, find(item, "h3 a")[0])
                shown[name] = item
                assert len(find(item, ".chart svg")) == 1
                assert len(find(item, ".verdict")) == 1
            assert set(shown) == {name for name, task in promised.items() if task in tasks}
            for (indicator, year), row in judged(site).items():
                if indicator not in shown or year not in text_of(shown[indicator]):
                    continue
                said = text_of(shown[indicator]).replace(",", "")
                assert row["target_value"] in said
                assert row["value"] in said


@both_languages
def test_the_latest_values_come_first_with_their_source(real: Site, language: Language) -> None:
    page = real.at("", language)
    latest, corrected = [
        e for part in section(page, "latest") for e in find(part, "section .latest")
    ]
    entries = [item for item in latest if item.tag == "li"]
    releases = {(row["published"], row["source_id"]) for row in table(PACKAGE, "observations")}
    newest = sorted((date for date, _ in releases), reverse=True)[: len(entries)]
    assert len(entries) > 3
    assert len(find(corrected, "li")) == len(table(PACKAGE, "corrections"))
    for entry, date in zip(entries, newest, strict=True):
        day = format_date(PartialDate.parse(date), language)
        assert text_of(find(entry, ".when")[0]) == day
        assert len(text_of(find(entry, ".byline")[0])) > 5
        assert find(entry, ".values a")


@both_languages
def test_a_correction_stands_among_the_latest_changes(library: Site, language: Language) -> None:
    said = "".join(text_of(part) for part in section(library.at("", language), "latest"))
    assert "15.7" in said
    assert "17.5" in said


@both_languages
def test_a_year_tells_its_counts_and_leads_to_its_neighbours(
    real: Site, language: Language
) -> None:
    page = real.at("years/2021/", language)
    said = {
        Language.ZH: "6个年度目标：达到2个，未见公开数据4个。",
        Language.EN: "6 yearly targets: 2 met, no published data found for 4.",
    }
    assert said[language] in text_of(page.one("p.news"))
    ways = {rel: led_to(page, page.one(f"a[rel={rel}]"))[0] for rel in ("prev", "next")}
    assert ways == {"prev": "2020", "next": "2022"}
    (now,) = find(page.article, "[aria-current=page]")
    assert text_of(now) == "2021"
