"""Packages broken as people break them, and what the person who mends them reads.

The examples are listed by table in the folder ``examples``: each breaks a copy of the library
package in one way and says which problem must be found, where, and which words must stand in the
way to mend it.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from plansite.analysis.publication import publish
from plansite.data.validation.read_package import PackageReport, read_package
from plansite.model import Language, urls
from plansite.model.problems import CATALOGUE, Problem, Severity, blockers
from plansite.model.translations import Words
from plansite.output.pages import generate_pages
from plansite.output.pages.content.problem_reference import list_problems
from tests.support.library_package import AS_OF, copy_package, library_plan
from tests.unit.data.broken.broken_package import Broken
from tests.unit.data.broken.examples import (
    commitments_and_reports,
    corrections_and_retired,
    descriptor,
    files,
    ids,
    indicators,
    observations,
    rows_and_columns,
    sources,
    targets,
    tasks,
    themes_and_agencies,
)
from tests.unit.data.broken.problems_found import checked


@dataclass(frozen=True)
class Outcome:
    """What reading a broken copy gave."""

    broken: Broken
    package: Path
    reading: PackageReport
    together: list[Problem]
    """What the tables that could be read have wrong together."""

    @property
    def problems(self) -> list[Problem]:
        return [*self.reading.problems, *self.together]


TABLES = (
    descriptor,
    files,
    targets,
    observations,
    rows_and_columns,
    themes_and_agencies,
    ids,
    tasks,
    commitments_and_reports,
    sources,
    indicators,
    corrections_and_retired,
)
"""Each a list of examples, of a table of the data contract or of what all tables share."""
BROKEN = [broken for table in TABLES for broken in table.BROKEN]


@pytest.fixture(scope="module", params=BROKEN, ids=[broken.name for broken in BROKEN])
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    broken = request.param
    assert isinstance(broken, Broken)
    package = copy_package(tmp_path_factory.mktemp("broken"))
    broken.how(package)
    reading = read_package(package)
    return Outcome(broken, package, reading, checked(reading))


def test_a_user_is_shown_the_place_and_the_way_to_mend_it(outcome: Outcome) -> None:
    broken, first_line = outcome.broken, outcome.broken.first_line(outcome.package)
    shown = {problem.render(Language.ZH).split("\n")[0]: problem for problem in outcome.problems}
    assert first_line in shown
    problem = shown[first_line]
    assert (problem.code, problem.row) == (broken.code, broken.row)
    assert (problem.field, problem.value) == (broken.field, broken.value)
    chinese = problem.render(Language.ZH).split("\n", 1)[1]
    english = problem.render(Language.EN).split("\n", 1)[1]
    assert broken.zh in chinese
    assert "修改：" in chinese
    assert broken.en in english
    assert " To mend: " in english


def test_one_fault_is_one_problem(outcome: Outcome) -> None:
    places = [problem.place() for problem in outcome.problems]
    assert len(places) == outcome.broken.count, places
    assert len(set(places)) == len(places)


def test_both_languages_are_filled_in(outcome: Outcome) -> None:
    for problem in outcome.problems:
        for language in Language:
            rendered = problem.render(language)
            assert not re.search(r"\{[a-z_]+\}", rendered)
            assert "None" not in rendered
            assert len(rendered.splitlines()) >= 2
        words = problem.expected(Language.EN) + problem.remedy(Language.EN)
        from_the_data = "".join([*problem.details.values(), problem.value or ""])
        assert {sign for sign in words if "\u4e00" <= sign <= "\u9fff"} <= set(from_the_data)


def test_a_blocker_stops_the_build_and_a_warning_does_not(outcome: Outcome) -> None:
    if CATALOGUE[outcome.broken.code].severity is Severity.BLOCKER:
        assert outcome.reading.plan is None or blockers(outcome.together)
    else:
        assert outcome.reading.plan is not None
        assert not blockers(outcome.problems)
    assert (outcome.reading.plan is None) == bool(blockers(outcome.reading.problems))


ELSEWHERE = (
    "tests.unit.analysis.changes.test_published_rows",
    "tests.site.workbooks.test_workbook_problems",
)
"""Modules with a list ``CASES`` of their own, whose items have a ``code``."""


def codes_elsewhere() -> set[str]:
    """The kinds that a package alone cannot show: they need an earlier state, or a workbook."""
    found = filter(importlib.util.find_spec, ELSEWHERE)
    return {case.code for name in found for case in importlib.import_module(name).CASES}


def test_every_kind_of_problem_has_a_case() -> None:
    assert {broken.code for broken in BROKEN} | codes_elsewhere() == set(CATALOGUE)


def test_names_tell_the_cases_apart() -> None:
    names = [broken.name for broken in BROKEN]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_the_catalogue_speaks_both_languages(code: str) -> None:
    kind = CATALOGUE[code]
    for text in (kind.expected, kind.remedy):
        assert re.search(r"[\u4e00-\u9fff]|\{", text.zh)
        assert not re.search(r"[\u4e00-\u9fff]", text.en)
        assert set(re.findall(r"\{(\w+?)(?:_zh)?\}", text.zh)) == set(
            re.findall(r"\{(\w+?)(?:_en)?\}", text.en)
        )


def test_the_error_reference_has_every_kind_with_its_example() -> None:
    for language in Language:
        words = Words(language)
        entries = [entry for side in Severity for entry in list_problems(side, words)]
        assert sorted(entry.code for entry in entries) == sorted(CATALOGUE)
        for entry in entries:
            assert entry.example and entry.mended and entry.example != entry.mended
            assert not re.search(r"[{}]", entry.expected + entry.remedy)


@pytest.mark.parametrize("language", Language)
def test_the_reference_page_has_an_anchor_for_every_kind(language: Language) -> None:
    publication = publish(library_plan(), AS_OF, [])
    (page,) = (
        page for page in generate_pages(publication, language) if page.address == urls.PROBLEMS
    )
    assert re.findall(r'<tr id="([a-z-]+)">', page.text) == [
        *(code for code, kind in CATALOGUE.items() if kind.severity is Severity.BLOCKER),
        *(code for code, kind in CATALOGUE.items() if kind.severity is Severity.WARNING),
    ]
