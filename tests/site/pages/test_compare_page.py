"""The compare page: shares and indexes as tables, each number leading to the value it rests on."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from plansite.model import Language
from plansite.model.translations import Words
from tests.site.built_site import Element, Page, Site, find, table, text_of
from tests.support.paths import PACKAGE

INDICATORS = {row["indicator_id"]: row for row in table(PACKAGE, "indicators")}
TARGETS = {(r["indicator_id"], int(r["year"])): r for r in table(PACKAGE, "targets")}

both_languages = pytest.mark.parametrize("language", Language)
either = pytest.mark.parametrize("name", ["share", "index"])


def content(site: Site) -> list[dict[str, Any]]:
    text = (site.folder / "downloads/compare.json").read_text("utf-8")
    found: list[dict[str, Any]] = json.loads(text)["indicators"]
    return found


def table_below(page: Page, anchor: str) -> Element:
    for step in page.element_at(anchor).itersiblings():
        if found := find(step, "table.compare-static"):
            return found[0]
    raise AssertionError(anchor)


def shown(page: Page, anchor: str) -> dict[tuple[str, int], Element]:
    """The link that stands for each indicator and year that has a number."""
    grid = table_below(page, anchor)
    years = [int(text_of(head)) for head in find(grid, "thead th")[1:]]
    assert years == list(range(years[0], years[-1] + 1)), "a year without values is a gap"
    cells = {}
    for row in find(grid, "tbody tr"):
        name, _ = page.target(find(row, "th a")[0].get("href", ""))
        places = find(row, "td")
        assert len(places) == len(years)
        for year, cell in zip(years, places, strict=True):
            links = find(cell, "a.figure")
            assert links or text_of(cell) == "–"
            cells.update({(name.split("/")[-2], year): link for link in links})
    return cells


@both_languages
@either
def test_the_page_and_the_file_agree(
    real: Site, library: Site, language: Language, name: str
) -> None:
    for site in (real, library):
        told = {
            (entry["indicator_id"], row["year"]): row[name]
            for entry in content(site)
            for row in entry["years"]
            if name in row and (name == "share" or len(entry["years"]) > 1)
        }
        links = shown(site.at("compare/", language), name)
        texts = {
            place: text_of(link).replace(",", "").removesuffix("%") for place, link in links.items()
        }
        assert texts == told
        assert texts


@both_languages
def test_every_number_is_the_quotient_of_what_the_indicators_page_publishes(
    real: Site, language: Language
) -> None:
    page = real.at("compare/", language)
    first: dict[str, Decimal] = {}
    for name in ("index", "share"):
        for (indicator, year), link in sorted(shown(page, name).items()):
            target, anchor = page.target(link.get("href", ""))
            row = real.page(target).element_at(anchor)
            assert anchor == f"y{year}"
            assert find(row, "sup a"), "the value names its source there"
            value = Decimal(text_of(find(row, ".figure")[0]).replace(",", ""))
            base = first.setdefault(indicator, value)
            if name == "share":
                base = Decimal(TARGETS[indicator, year]["value"])
            expected = (value / base * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
            assert Decimal(text_of(link).replace(",", "").removesuffix("%")) == expected


@both_languages
def test_only_targets_with_a_published_value_have_a_share(real: Site, language: Language) -> None:
    links = shown(real.at("compare/", language), "share")
    assert {place: text_of(link) for place, link in links.items()} == {
        ("patents-per-10k", 2021): "122.8%",
        ("technology-contracts", 2020): "108.3%",
        ("technology-contracts", 2021): "120.5%",
        ("technology-contracts", 2022): "156.3%",
    }


@both_languages
def test_every_indicator_is_named_in_a_table_or_among_those_left_out(
    real: Site, language: Language
) -> None:
    page = real.at("compare/", language)
    named = {page.target(link.get("href", ""))[0] for link in find(page.article, "a[href]")}
    root = "en/" if language is Language.EN else ""
    assert {f"{root}indicators/{key}/index.html" for key in INDICATORS} <= named


@both_languages
def test_lower_is_better_and_unsettled_values_are_said(library: Site, language: Language) -> None:
    words = Words(language)
    page = library.at("compare/", language)
    rows = {
        page.target(find(row, "th a")[0].get("href", ""))[0].split("/")[-2]: text_of(row)
        for row in find(table_below(page, "share"), "tbody tr")
    }
    assert set(rows) == {"L01", "L02", "L04", "L06", "L07"}, "a range has no share"
    assert words("direction.down") in rows["L02"]
    assert words("direction.up") in rows["L01"]
    assert words("status.provisional") in rows["L01"]
    assert "1500" not in text_of(page.article).replace(",", ""), "measured differently"


@both_languages
def test_the_list_of_indicators_leads_here(real: Site, language: Language) -> None:
    page = real.at("indicators/", language)
    (link,) = find(page.article, "a.to-compare")
    assert page.target(link.get("href", ""))[0].endswith("compare/index.html")


@both_languages
def test_the_list_shows_every_target_with_value_share_verdict_and_source(
    library: Site, language: Language
) -> None:
    page = library.at("indicators/", language)
    rows = {
        (row.get("data-id"), row.get("data-year")): row for row in page.find("tr[data-verdict]")
    }
    assert len(rows) == 13
    row = rows["L02", "2025"]
    cells = [text_of(cell).strip() for cell in find(row, "td")]
    assert cells[1:4] == ["2025", "≤ 10", "19.0[2]"]
    assert cells[4] == "190.0%"
    assert cells[5] == Words(language)("verdict.limited")
    (reference,) = find(row, "sup a")
    assert "2025年年报" in text_of(page.element_at(reference.get("href", "").removeprefix("#")))
    silent = rows["L04", "2025"]
    assert not find(silent, ".figure")
    assert text_of(rows["L08", "2025"]).strip().endswith(Words(language)("indicators.not_judged"))
