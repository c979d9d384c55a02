"""The error reference lists every kind of problem, with all that its message fills in named."""

from __future__ import annotations

import pytest

from plansite.model import Language
from plansite.model.problems import CATALOGUE, Severity
from plansite.model.translations import Words
from plansite.output.pages.content.problem_reference import list_problems


@pytest.mark.parametrize("language", Language)
def test_every_problem_is_listed_and_no_gap_is_left(language: Language) -> None:
    listed = [entry for kind in Severity for entry in list_problems(kind, Words(language))]
    assert {entry.code for entry in listed} == {*CATALOGUE}
    for entry in listed:
        assert "{" not in entry.expected + entry.remedy
