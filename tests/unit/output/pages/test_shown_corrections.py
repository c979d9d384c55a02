"""Corrections of what gives numbers their meaning are told wherever it is shown."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from plansite.analysis.changes.page_facts import facts_shown_on
from plansite.analysis.changes.provenance import corrections_of
from plansite.analysis.changes.row_changes import ChangeKind, row_change
from plansite.analysis.changes.unit_history import Measures
from plansite.analysis.publication import Publication, publish
from plansite.data.checks import validate
from plansite.model import Language, urls
from plansite.model.problems import blockers
from plansite.output.api import make_api
from plansite.output.pages import generate_pages
from tests.support.library_package import AS_OF, add_row, copy_package

CORRECTIONS = [
    ("unit", "indicators", "L01", "unit_zh", "册", "册/人"),
    ("promise", "targets", "L01/2024", "strength", "aspirational", "firm"),
    ("access", "sources", "gazette-copy", "access", "direct", "mirror"),
    ("due", "commitments", "c-stacks", "due", "2024", "2024-12"),
    ("date", "progress_reports", "r6", "date", "2025", "2025-09"),
    ("agency", "task_agencies", "t3/school-board", "agency_id", "school-board", ""),
]


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    package = copy_package(tmp_path_factory.mktemp("package"))
    for name, *cells in CORRECTIONS:
        add_row(package, "corrections", name, "2026-11-20", *cells, f"{name}之误", f"{name} wrong")
    reading, problems = validate(package, AS_OF)
    assert blockers(problems) == []
    assert reading.plan is not None
    return publish(reading.plan, AS_OF, problems)


@pytest.fixture(scope="module")
def pages(publication: Publication) -> dict[Language, dict[str, str]]:
    return {
        language: {page.address: page.text for page in generate_pages(publication, language)}
        for language in Language
    }


@pytest.mark.parametrize(
    ("address", "names"),
    [
        (urls.indicator("L01"), ["unit", "promise", "access"]),
        (urls.indicator("L05"), []),
        (urls.task("t3"), ["due", "date", "agency"]),
        (urls.QUALITY, [name for name, *_ in CORRECTIONS]),
    ],
)
def test_pages_list_the_corrections_of_what_they_show(
    pages: dict[Language, dict[str, str]], address: str, names: list[str]
) -> None:
    for language, reason in ((Language.ZH, "{}之误"), (Language.EN, "{} wrong")):
        text = pages[language][address]
        assert [name for name, *_ in CORRECTIONS if reason.format(name) in text] == names


def test_what_was_corrected_carries_a_mark_that_leads_there(
    pages: dict[Language, dict[str, str]],
) -> None:
    marks = {
        address: re.findall(r'mark-link" href="([^"]*)"', pages[Language.EN][address])
        for address in (urls.indicator("L01"), urls.task("t3"))
    }
    assert len(marks[urls.indicator("L01")]) == 3, "the target, the source and the unit"
    assert [link for link in marks[urls.indicator("L01")] if "quality" in link] == [
        "../../quality/#corrections"
    ]
    assert len(marks[urls.task("t3")]) == 2, "the commitment and the report"
    assert all(link.endswith("#_corrections") for link in marks[urls.task("t3")])
    assert "{#_corrections}" in pages[Language.EN][urls.task("t3")]


def test_the_home_page_shows_the_latest_in_words(pages: dict[Language, dict[str, str]]) -> None:
    shown = re.findall(r'<span class="corrected">(.*?)</span>', pages[Language.ZH][""])
    told = [re.sub("<[^>]+>", "", entry) for entry in shown]
    assert told == [
        "L01 unit_zh 册 → 册/人",
        "L01/2024 strength 力争目标 → 明确目标",
        "gazette-copy access 直接查阅 → 转载副本",
    ], "the library's own correction is older"


def test_the_api_tells_them_with_what_they_are_of(publication: Publication) -> None:
    files = {file.address: file.content for file in make_api(publication)}
    for address, names in (
        (urls.api_indicator("L01"), ["unit", "promise", "access"]),
        (urls.api_task("t3"), ["due", "date", "agency"]),
        (urls.api_task("t1"), []),
    ):
        told = re.findall(rb'"correction_id": "(\w+)"', files[address])
        assert [name.decode() for name in told] == names


@pytest.mark.parametrize(
    ("resource", "row_key", "name", "address"),
    [
        ("indicators", "L01", "Loans per resident", "indicators/L01/"),
        ("targets", "L01/2024", "Loans per resident", "indicators/L01/"),
        ("sources", "report-2023", "柳湖镇图书馆2023年年报", "quality/"),
        ("commitments", "c-stacks", "Repair of the stacks", "tasks/t3/"),
        ("progress_reports", "r6", "Put the old holdings in order", "tasks/t3/"),
        (
            "task_agencies", "t3/school-board",
            "Put the old holdings in order · Willowmere School Board", "tasks/t3/",
        ),
        ("agencies", "school-board", "Willowmere School Board", "agencies/school-board/"),
        ("sources", "gone", "gone", None),
        ("nothing", "L01", "L01", None),
    ],
)  # fmt: skip
def test_a_correction_among_the_updates_is_named_by_what_it_speaks_of(
    publication: Publication, resource: str, row_key: str, name: str, address: str | None
) -> None:
    row = {"correction_id": "x", "resource": resource, "row_key": row_key}
    typed = (ChangeKind.ADDED, "corrections", row, ())
    told = row_change(typed, publication.plan, Measures({}, {}))
    assert (told.table, told.name.en, told.address) == ("corrections", name, address)


def test_a_page_changes_with_the_corrections_that_it_shows(publication: Publication) -> None:
    assert publication.assessments.as_of == dt.date(2026, 11, 23)
    indicator = facts_shown_on(urls.indicator("L01"), publication.plan)
    assert {corrections_of("indicators", "L01"), corrections_of("sources", "gazette-copy")} <= {
        *indicator
    }
    task = facts_shown_on(urls.task("t3"), publication.plan)
    shown = (("commitments", "c-stacks"), ("progress_reports", "r6"), ("task_agencies", "t3"))
    assert {corrections_of(*row) for row in shown} <= {*task}
