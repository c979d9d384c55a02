"""Words explained: the glossary page, and on every page the words that it uses."""

from __future__ import annotations

from collections import Counter

import pytest

from plansite.model import Language
from plansite.output.pages.content.glossary import glossary
from plansite.pipeline.html.search_text import as_pairs, read_search_text
from tests.site.built_site import Page, Site, find, text_of

both_languages = pytest.mark.parametrize("language", Language)


def explained(page: Page) -> list[tuple[str, str]]:
    """The words that a page explains, as it writes them, with the place that each leads to."""
    links = page.find("a.term")
    return [(text_of(link), page.target(link.get("href", ""))[1]) for link in links]


@both_languages
def test_the_glossary_has_every_word_in_both_languages(library: Site, language: Language) -> None:
    page = library.at("glossary/", language)
    for terms in glossary().values():
        for term in terms:
            entry = text_of(page.element_at(term.term_id))
            assert term.name.zh in entry
            assert term.name.en in entry
            assert term.meaning[language] in entry


def test_every_explained_word_leads_to_the_glossary_and_carries_its_meaning(
    real: Site, library: Site
) -> None:
    meanings = {term.term_id: term for terms in glossary().values() for term in terms}
    for site in (real, library):
        for page in site:
            names = [name for _, name in explained(page)]
            assert Counter(names) == Counter(set(names)), page.name
            carried = {e.get("data-term"): text_of(e) for e in page.find("template [data-term]")}
            assert set(carried) == set(names), page.name
            for name, text in carried.items():
                assert meanings[str(name)].meaning[page.language] in text
            for link in page.find("a.term"):
                folder = "en/" if page.language is Language.EN else ""
                assert page.target(link.get("href", ""))[0] == f"{folder}glossary/index.html"


@both_languages
def test_an_indicator_explains_the_words_of_its_table_and_details(
    real: Site, language: Language
) -> None:
    page = real.at("indicators/technology-contracts/", language)
    names = {name for _, name in explained(page)}
    assert {"target", "published-value", "verdict", "as-of", "baseline"} <= names
    assert {"publication-lag", "level", "direct", "repository-copy", "mirror"} <= names


@both_languages
@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("", {"target", "verdict", "no-data", "commitment"}),
        ("indicators/", {"target", "published-value", "verdict", "no-data"}),
        ("tasks/", {"target", "verdict", "no-data", "commitment", "responsible-agency", "as-of"}),
        ("agencies/", {"responsible-agency"}),
        ("years/", {"target", "published-value", "verdict", "no-data"}),
        ("compare/", {"target", "published-value", "comparability", "provisional"}),
        ("quality/", {"target", "published-value", "verdict", "no-data", "mirror"}),
    ],
)
def test_lists_explain_the_words_of_their_rows(
    real: Site, language: Language, address: str, names: set[str]
) -> None:
    assert {name for _, name in explained(real.at(address, language))} >= names


def test_no_word_is_explained_inside_another_link_or_heading(real: Site, library: Site) -> None:
    for site in (real, library):
        for page in site:
            for link in page.find("a.term"):
                above = {str(step.tag) for step in link.iterancestors()}
                assert not above & {"a", "button", "h1", "h2", "h3", "summary", "option"}, page.name


def test_meanings_are_left_out_of_search(real: Site) -> None:
    with_notes = [page for page in real if page.find("template [data-term]")]
    assert with_notes
    for page in with_notes:
        found = read_search_text(page.root, page.name.removesuffix("index.html"))
        assert found, page.name
        for notes in page.find("template [data-term]"):
            assert as_pairs(text_of(notes).strip()) not in found.text, page.name


@both_languages
def test_the_method_page_leads_to_the_glossary(library: Site, language: Language) -> None:
    page = library.at("methodology/", language)
    targets = {page.target(link.get("href", ""))[0] for link in find(page.article, "a[href]")}
    assert library.at("glossary/", language).name in targets
