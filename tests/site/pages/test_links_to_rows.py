"""Every published value and target leads in one step to its row, which names its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from plansite.model import Language
from plansite.model.formatting import format_number
from tests.site.built_site import Element, Site, find, pieces_of, row_of, table, text_of
from tests.support.library_package import LIBRARY
from tests.support.paths import PACKAGE

both_languages = pytest.mark.parametrize("language", Language)

RETOLD = {"bounds", "compare-static", "data-changes", "downloads", "note", "notes", "plan-text"}
RETOLD |= {"problems", "quote", "reasons", "table-rows", "visually-hidden", "wording"}
"""Parts of pages whose numbers are worked out, quoted, sizes, or told again in a sentence."""


PROSE = ("problems/index.html", "data/index.html")
"""Pages that explain with examples of their own."""


@pytest.fixture(params=["real", "library"])
def known(request: pytest.FixtureRequest) -> tuple[Site, Path]:
    """A site and the package that it shows."""
    site: Site = request.getfixturevalue(request.param)
    return site, PACKAGE if request.param == "real" else LIBRARY


def ancestors(element: Element) -> Iterator[Element]:
    step: Element | None = element
    while step is not None:
        yield step
        step = step.getparent()


def stands_in(element: Element, parts: set[str]) -> bool:
    """Whether an element is in one with a class of these, or in a drawing or a caption or title."""
    return any(
        step.tag in ("svg", "figcaption", "cite") or parts & set(step.get("class", "").split())
        for step in ancestors(element)
    )


def row_link(figure: Element) -> Element | None:
    """The link that a number stands in."""
    return next((e for e in ancestors(figure) if "in-data" in e.get("class", "").split()), None)


def numbers_of(row: dict[str, str]) -> set[str]:
    """A row's value, and the other end of a target that is a range, as pages write them."""
    cells = filter(None, (row["value"], row.get("upper_value")))
    return {format_number(Decimal(cell)) for cell in cells}


@both_languages
def test_every_value_and_target_leads_to_the_row_that_holds_it(
    known: tuple[Site, Path], language: Language
) -> None:
    site, package = known
    rows = {name: table(package, name) for name in ("observations", "targets")}
    reached: dict[str, set[str]] = {"observations": set(), "targets": set()}
    for page in (page for page in site if page.language is language):
        figures = [*find(page.article, ".figure"), *find(page.article, ".goal")]
        for figure in figures:
            if stands_in(figure, {"compare-static", "data-changes"}):
                continue
            link = row_link(figure)
            assert link is not None, (page.name, text_of(figure))
            name, row = row_of(site, page, link.get("href", ""))
            number = int(link.get("href", "").rpartition("-")[2])
            assert row == rows[name][number - 2], (page.name, text_of(figure))
            assert all(text in text_of(figure) for text in numbers_of(row)), page.name
            words = {
                Language.ZH: f"{name}.csv 第{number}行",
                Language.EN: f"{name}.csv, row {number}",
            }
            assert link.get("title", "") == words[language]
            reached[name].add(link.get("href", "").rpartition("-")[2])
    assert {name: len(found) for name, found in reached.items()} == {
        name: len(found) for name, found in rows.items()
    }


@both_languages
def test_no_published_number_stands_anywhere_without_its_row(
    known: tuple[Site, Path], language: Language
) -> None:
    site, package = known
    values = {format_number(Decimal(row["value"])) for row in table(package, "observations")}
    telling = [value for value in values if re.search(r"[.,]", value)]
    assert telling
    number = re.compile(rf"(?<![\d.,])(?:{'|'.join(map(re.escape, telling))})(?![\d.,]\d|\d)")
    bare = {
        (page.name, text.strip())
        for page in site
        if page.language is language and not page.name.endswith(PROSE)
        for element, text in pieces_of(page.article)
        if number.search(text) and row_link(element) is None and not stands_in(element, RETOLD)
    }
    assert bare == set()


@both_languages
def test_how_a_source_was_seen_leads_to_the_source_of_the_value_before_it(
    known: tuple[Site, Path], language: Language
) -> None:
    site, _ = known
    places = set()
    for page in (page for page in site if page.language is language):
        source = ""
        for link in find(page.article, "a[href]"):
            way, kinds = link.get("href", ""), link.get("class", "").split()
            if "in-data" in kinds and "observations" in way:
                source = row_of(site, page, way)[1]["source_id"]
            if "to-source" in kinds:
                assert page.target(way)[1] == source, page.name
                assert site.at("quality/", language).element_at(source).tag == "li"
                places.add(page.name.removeprefix("en/").partition("/")[0])
    assert places >= {"index.html", "years"}


@both_languages
def test_the_rows_of_values_name_their_sources(
    known: tuple[Site, Path], language: Language
) -> None:
    site, package = known
    titles = {row["source_id"]: row["title"] for row in table(package, "sources")}
    for name in ("observations", "targets"):
        page = site.at(f"data/{name}/", language)
        shown = find(page.one(".table-rows tbody"), "tr")
        for row, known_row in zip(shown, table(package, name), strict=True):
            assert titles[known_row["source_id"]] in text_of(row)


@both_languages
def test_the_files_made_of_the_tables_have_codebooks_with_sample_rows(
    known: tuple[Site, Path], language: Language
) -> None:
    site, _ = known
    for name in ("values", "verdicts"):
        page = site.at(f"data/{name}/", language)
        rows = table(site.folder / "downloads", name)
        fields = [row.get("id") for row in find(page.one("table.codebook"), "tbody tr")]
        assert fields == list(rows[0])
        for row in find(page.one("table.codebook"), "tbody tr"):
            assert len(text_of(find(row, "td")[1]).strip()) > 3
        samples = find(page.one(".table-rows tbody"), "tr")
        assert len(samples) >= 4
        for sample in samples:
            number = int(sample.get("id", "").removeprefix("row-"))
            cells = row_of(site, page, f"#row-{number}")[1]
            assert cells == rows[number - 2]
        listed = site.at("data/", language)
        ways = {listed.target(a.get("href", "")) for a in find(listed.article, "a[href]")}
        assert (page.name, "fields") in ways
        assert (page.name, "") in ways
