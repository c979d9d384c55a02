"""Agencies' names reach the search index in parts that people type."""

import dataclasses

import pytest

from plansite.build import search_words
from plansite.model import Agency, Bilingual
from tests.support import library_plan


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("省大数据局", "大数据局"),
        ("省市场监管局", "市场监管局"),
        ("市场监管局", "市场监管局"),
        ("市教育局", "教育局"),
        ("各市〔州〕人民政府", "各市〔州〕人民政府"),
    ],
)
def test_the_level_of_government_is_a_word_of_its_own(name: str, word: str) -> None:
    agency = Agency("a", Bilingual(name, "An agency"))
    plan = dataclasses.replace(library_plan(), agencies=(agency,), task_agencies=())
    assert list(search_words(plan)) == [f"{word} 100000\n"]
