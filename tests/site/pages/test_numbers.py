"""The real plan's site says what the data package says, with its source, and nothing more."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from urllib.parse import urlsplit

import pytest

from plansite.model import Language
from tests.site.built_site import Page, Site, find, numbers_in, rows_below, table, text_of
from tests.support.paths import PACKAGE

INDICATORS = {row["indicator_id"]: row for row in table(PACKAGE, "indicators")}
TARGETS = table(PACKAGE, "targets")
OBSERVATIONS = table(PACKAGE, "observations")
SOURCES = {row["source_id"]: row for row in table(PACKAGE, "sources")}
TASKS = table(PACKAGE, "tasks")

MET = {
    ("technology-contracts", "2020"): "249.12",
    ("technology-contracts", "2021"): "289.27",
    ("technology-contracts", "2022"): "390.72",
    ("patents-per-10k", "2021"): "3.93",
}
"""The only targets for whose year a comparable value was published, and that value."""
MET_WORD = {Language.ZH: "达到目标", Language.EN: "Target met"}
OVERDUE_WORD = {Language.ZH: "逾期未公布", Language.EN: "No figure found"}
JUDGING_WORDS = {
    Language.ZH: ["达到目标", "接近目标", "部分达成", "进展有限", "倒退", "未达到", "未完成"],
    Language.EN: ["met", "missed", "failed", "progress", "backwards", "overdue", "late"],
}
MISLEADING = ["19586.42", "20164.58", "20913.25", "177.21", "21.90", "33.19", "87.5", "113.2"]
"""Published figures that look like the plan's and measure something else, or are misprinted."""

both_languages = pytest.mark.parametrize("language", Language)
every_indicator = pytest.mark.parametrize("indicator", INDICATORS)


def indicator_page(site: Site, indicator: str, language: Language) -> Page:
    return site.at(f"indicators/{indicator}/", language)


def source_of(page: Page, reference: str) -> dict[str, str]:
    """The source that a reference such as ``#source-2`` leads to, found by its title."""
    name, anchor = page.target(reference)
    assert name == page.name
    entry = page.element_at(anchor)
    assert entry.tag == "li"
    text = text_of(entry)
    found = [row for row in SOURCES.values() if row["title"] in text]
    assert len(found) == 1, (page.name, text)
    return found[0]


@both_languages
def test_there_is_a_page_for_each_task_indicator_agency_and_year(
    real: Site, language: Language
) -> None:
    root = "en/" if language is Language.EN else ""
    assert len(TASKS) == 9
    assert len({row["indicator_id"] for row in TARGETS}) == 13
    assert real.children(f"{root}tasks") == {row["task_id"] for row in TASKS}
    assert real.children(f"{root}indicators") == set(INDICATORS)
    agencies = {row["agency_id"] for row in table(PACKAGE, "agencies")}
    assert len(agencies) == 12
    assert real.children(f"{root}agencies") == agencies
    assert real.children(f"{root}years") == {"2020", "2021", "2022"}


@both_languages
def test_every_target_stands_in_its_years_row(real: Site, language: Language) -> None:
    assert len(TARGETS) == 25
    for target in TARGETS:
        page = indicator_page(real, target["indicator_id"], language)
        cells = find(page.element_at(f"y{target['year']}"), "td")
        assert Decimal(target["value"]) in numbers_in(cells[0])
        sign = {"ge": "≥", "gt": ">"}[target["comparator"]]
        assert sign in text_of(cells[0])
        (reference,) = find(cells[0], "sup a")
        assert source_of(page, reference.get("href", ""))["source_id"] == target["source_id"]


@both_languages
@pytest.mark.parametrize(("place", "value"), MET.items())
def test_a_published_value_that_reaches_its_target_is_called_met(
    real: Site, language: Language, place: tuple[str, str], value: str
) -> None:
    indicator, year = place
    row = indicator_page(real, indicator, language).element_at(f"y{year}")
    _, actual, verdict = find(row, "td")
    leading = find(actual, ".figure")[0]
    assert text_of(leading) == value
    assert text_of(verdict).strip() == MET_WORD[language]
    assert len(find(verdict, ".verdict-met")) == 1


@both_languages
def test_without_a_published_value_nothing_is_said_of_the_work(
    real: Site, language: Language
) -> None:
    silent = [row for row in TARGETS if (row["indicator_id"], row["year"]) not in MET]
    assert len(silent) == 21
    for target in silent:
        page = indicator_page(real, target["indicator_id"], language)
        row = page.element_at(f"y{target['year']}")
        verdicts = find(row, ".verdict")
        assert [text_of(verdict) for verdict in verdicts] == [OVERDUE_WORD[language]]
        assert verdicts[0].get("class") == "verdict verdict-overdue"
        assert not find(row, ".figure"), page.name
        said = text_of(row).lower()
        assert not [word for word in JUDGING_WORDS[language] if word in said], (page.name, said)


@both_languages
def test_each_year_page_lists_that_years_targets_and_verdicts(
    real: Site, language: Language
) -> None:
    for year in ("2020", "2021", "2022"):
        page = real.at(f"years/{year}/", language)
        listed = {}
        for row in find(page.article, "tbody tr"):
            name, _ = page.target(find(row, "th a")[0].get("href", ""))
            listed[name.split("/")[-2]] = (numbers_in(row), text_of(row))
        expected = {row["indicator_id"]: row for row in TARGETS if row["year"] == year}
        assert set(listed) == set(expected)
        for indicator, target in expected.items():
            numbers, text = listed[indicator]
            assert Decimal(target["value"]) in numbers
            value = MET.get((indicator, year))
            assert (MET_WORD if value else OVERDUE_WORD)[language] in text
            assert value is None or Decimal(value) in numbers


@both_languages
@every_indicator
def test_every_published_value_stands_in_its_row_with_the_source_that_gives_it(
    real: Site, language: Language, indicator: str
) -> None:
    page = indicator_page(real, indicator, language)
    expected = Counter(
        (row["year"], Decimal(row["value"]), row["source_id"])
        for row in OBSERVATIONS
        if row["indicator_id"] == indicator
    )
    shown: Counter[tuple[str, Decimal, str]] = Counter()
    for row in find(page.one("table.series"), "tbody tr"):
        year = text_of(find(row, "th")[0])
        for value in find(row, ".value"):
            (figure,) = find(value, ".figure")
            (reference,) = find(value, "sup a")
            number = Decimal(text_of(figure).replace(",", ""))
            source = source_of(page, reference.get("href", ""))
            shown[year, number, source["source_id"]] += 1
    assert shown == expected


@both_languages
@every_indicator
def test_every_number_in_the_main_table_has_a_source_on_the_page(
    real: Site, language: Language, indicator: str
) -> None:
    page = indicator_page(real, indicator, language)
    for cell in find(page.one("table.series"), "td.num"):
        holders = find(cell, ".value") or [cell]
        for holder in holders:
            if not numbers_in(holder):
                continue
            references = find(holder, "sup a")
            assert references, (page.name, text_of(holder))
            for reference in references:
                assert source_of(page, reference.get("href", ""))


@both_languages
@pytest.mark.parametrize(
    ("indicator", "year", "values"),
    [
        ("technology-contracts", "2015", ["25.96", "26.02"]),
        ("technology-contracts", "2020", ["249.12", "249.11"]),
        ("patents-per-10k", "2015", ["1.56", "1.55"]),
    ],
)
def test_where_two_sources_disagree_both_values_stand_and_the_leading_one_first(
    real: Site, language: Language, indicator: str, year: str, values: list[str]
) -> None:
    row = indicator_page(real, indicator, language).element_at(f"y{year}")
    assert [text_of(figure) for figure in find(row, ".figure")] == values


@pytest.mark.parametrize("number", MISLEADING)
def test_a_misleading_figure_stands_nowhere(real: Site, number: str) -> None:
    whole = re.compile(rf"(?<![\d.,]){re.escape(number.rstrip('0'))}0*(?![\d])")
    for page in real:
        hidden = [
            element.get(name, "")
            for element in page.root.iter()
            for name in ("content", "title", "aria-label", "alt")
        ]
        said = "\n".join([text_of(page.root), *hidden]).replace(",", "")
        assert not whole.search(said), page.name


def test_only_sources_that_were_seen_directly_are_linked(real: Site) -> None:
    linked = {link.get("href", "") for page in real for link in page.find("[href]")}
    direct = {row["url"] for row in SOURCES.values() if row["access"] == "direct"}
    copies = {row["url"] for row in SOURCES.values() if row["access"] != "direct"} - {""}
    assert len(direct) == 3
    assert direct <= linked
    assert not copies & linked
    hosts = {urlsplit(link).netloc for link in linked} - {"", "creativecommons.org"}
    assert hosts == {urlsplit(address).netloc for address in direct}


@both_languages
def test_a_copy_is_named_as_a_copy_wherever_it_is_listed(real: Site, language: Language) -> None:
    words = {
        Language.ZH: {"direct": "直接", "repository_copy": "副本", "mirror": "副本"},
        Language.EN: {"direct": "direct", "repository_copy": "copy", "mirror": "cop"},
    }[language]
    page = real.at("quality/", language)
    for source_id, source in SOURCES.items():
        entry = page.element_at(source_id)
        (access,) = find(entry, ".access")
        assert words[source["access"]] in text_of(access)
        assert len(find(entry, "a[rel]")) == (source["access"] == "direct")


@both_languages
def test_a_figure_for_orientation_is_never_judged(real: Site, language: Language) -> None:
    contexts = [row for row, entry in INDICATORS.items() if entry["role"] == "context"]
    assert len(contexts) == 10
    said = {Language.ZH: "不作判断", Language.EN: "never judged"}[language]
    for indicator in contexts:
        page = indicator_page(real, indicator, language)
        assert said in text_of(page.one("p.notice"))
        judged = [e.get("class", "") for e in find(page.article, "[class]")]
        assert not [names for names in judged if "verdict" in names]
        words = [MET_WORD[language], OVERDUE_WORD[language]]
        assert not [word for word in words if word in text_of(page.article)]


@both_languages
def test_the_home_page_counts_what_the_verdicts_say(real: Site, language: Language) -> None:
    rows = table(real.folder / "downloads", "verdicts")
    judged = Counter(
        row["verdict"] for row in rows if row["kind"] == "indicator" and row["target_value"]
    )
    assert judged == {"met": 4, "overdue": 21}
    promises = [row["verdict"] for row in rows if row["kind"] == "commitment"]
    assert set(promises) == {"unreported"}
    home = real.at("", language)
    counts = {}
    for tile in home.find(".tile a"):
        name, anchor = home.target(tile.get("href", ""))
        (count,) = find(tile, ".count")
        counts[anchor] = int(text_of(count))
        if anchor == "promises":
            assert len(rows_below(real.page(name), anchor)) == len(promises)
        else:
            assert len(real.page(name).find(f"tr[data-verdict={anchor}]")) == counts[anchor]
            total = {Language.ZH: "共25", Language.EN: "of 25"}[language]
            assert total in text_of(tile)
    assert counts == {"met": 4, "unmet": 0, "unpublished": 21, "promises": 0}


@both_languages
def test_the_rows_that_a_count_leads_to_have_that_verdict(real: Site, language: Language) -> None:
    page = real.at("indicators/", language)
    for anchor, kind in (("met", "verdict-met"), ("unpublished", "verdict-overdue")):
        rows = page.find(f"tr[data-verdict={anchor}]")
        assert rows
        for row in rows:
            assert [v.get("class") for v in find(row, ".verdict")] == [f"verdict {kind}"]


@both_languages
def test_the_cards_on_the_home_page_show_the_latest_judged_value(
    real: Site, language: Language
) -> None:
    cards = [text_of(card) for card in real.at("", language).find("li.card")]
    assert len(cards) == 6
    assert sum("390.72" in card and "250" in card for card in cards) == 1
    assert sum("3.93" in card and "3.2" in card for card in cards) == 1
    assert sum(MET_WORD[language] in card for card in cards) == 2
