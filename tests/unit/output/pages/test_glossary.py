"""What readers are told of words, against the glossary of those who work on the project."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from plansite.model import Language
from plansite.output.pages.content.glossary import PageTerms, Term, glossary
from tests.support.paths import ROOT

TERMS = list(chain.from_iterable(glossary().values()))


def maintained() -> set[tuple[str, str]]:
    """The pairs of GLOSSARY.md: ``firm, aspirational | 明确、力争`` is two."""
    pairs = set()
    for line in (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) < 4 or cells[1] in ("English", "---"):
            continue
        english, chinese = cells[1].split(", "), cells[2].split("、")
        if len(chinese) == 1:
            chinese *= len(english)
        pairs |= set(zip(english, chinese, strict=False))
    return pairs


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.term_id)
def test_the_maintainers_glossary_has_every_word_that_readers_meet(term: Term) -> None:
    assert (term.name.en[:1].lower() + term.name.en[1:], term.name.zh) in maintained()


def test_every_word_and_anchor_stands_once() -> None:
    assert len({term.term_id for term in TERMS}) == len(TERMS) > 20
    assert (
        len({term.name.zh for term in TERMS}) == len({term.name.en for term in TERMS}) == len(TERMS)
    )


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.term_id)
def test_meanings_are_sentences_of_their_language(term: Term) -> None:
    assert term.meaning.zh.endswith("。")
    assert not re.search(r"[,;:!?]|[A-Za-z]{4}", term.meaning.zh)
    assert term.meaning.en.endswith(".")
    assert "{" not in term.meaning.zh + term.meaning.en


def test_a_page_links_a_word_once() -> None:
    term = PageTerms(lambda address: f"../{address}", Language.ZH)
    assert term("baseline", "基准年") == '<a class="term" href="../glossary/#baseline">基准年</a>'
    assert term("baseline") == "基准值"
    assert [entry.term_id for entry in term.used()] == ["baseline"]


def test_a_label_from_data_is_no_markup() -> None:
    term = PageTerms(lambda address: address, Language.EN)
    for _ in range(2):
        assert "<b>" not in term("baseline", "<b>")
