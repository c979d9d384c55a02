"""The plan's own words stand on the pages as the data package holds them."""

from __future__ import annotations

import pytest

from plansite.model import Language
from tests.site.built_site import Site, find, table, text_of, tongue_of
from tests.support.paths import PACKAGE

TASKS = table(PACKAGE, "tasks")
COMMITMENTS = table(PACKAGE, "commitments")
AGENCIES = {row["agency_id"]: row for row in table(PACKAGE, "agencies")}
SECTIONS = table(PACKAGE, "plan_sections")

both_languages = pytest.mark.parametrize("language", Language)
every_task = pytest.mark.parametrize("task", TASKS, ids=[row["task_id"] for row in TASKS])


@both_languages
@every_task
def test_a_task_page_holds_the_whole_text_of_the_task(
    real: Site, language: Language, task: dict[str, str]
) -> None:
    page = real.at(f"tasks/{task['task_id']}/", language)
    texts = [text_of(text) for text in page.find(".plan-text")]
    assert task["text_zh"] in texts
    assert task[f"text_{language}"] in texts
    assert task[f"title_{language}"] in text_of(page.one("h1"))


@both_languages
@every_task
def test_every_promise_stands_on_its_task_in_the_plans_words(
    real: Site, language: Language, task: dict[str, str]
) -> None:
    page = real.at(f"tasks/{task['task_id']}/", language)
    for row in COMMITMENTS:
        if row["task_id"] != task["task_id"]:
            continue
        entry = page.element_at(row["commitment_id"])
        assert row[f"title_{language}"] in text_of(entry)
        group = entry.getparent()
        assert group is not None
        quoting = group.getparent()
        assert quoting is not None
        (quote,) = find(quoting, "blockquote")
        assert text_of(quote) == row["wording_zh"]
        assert tongue_of(quote) == "zh-Hans"
        assert len(find(entry, ".verdict-c-unreported")) == 1


@both_languages
def test_every_target_is_quoted_in_the_plans_words(real: Site, language: Language) -> None:
    for target in table(PACKAGE, "targets"):
        page = real.at(f"indicators/{target['indicator_id']}/", language)
        quotes = [text_of(quote) for quote in page.find("blockquote.wording")]
        assert target["wording_zh"] in quotes


@both_languages
@every_task
def test_a_task_page_lists_its_agencies_in_the_plans_order(
    real: Site, language: Language, task: dict[str, str]
) -> None:
    page = real.at(f"tasks/{task['task_id']}/", language)
    rows = [row for row in table(PACKAGE, "task_agencies") if row["task_id"] == task["task_id"]]
    rows.sort(key=lambda row: int(row["position"]))
    listed = [page.target(link.get("href", ""))[0] for link in page.find(".agency-list a")]
    assert [name.split("/")[-2] for name in listed] == [row["agency_id"] for row in rows]
    for link, row in zip(page.find(".agency-list a"), rows, strict=True):
        assert text_of(link) == AGENCIES[row["agency_id"]][f"name_{language}"]


@both_languages
def test_an_agency_named_in_two_ways_has_one_page_that_says_so(
    real: Site, language: Language
) -> None:
    page = real.at("agencies/big-data/", language)
    tasks = [page.target(a.get("href", ""))[0] for a in page.find(".task-list a")]
    assert [name.split("/")[-2] for name in tasks] == ["t1", "t3", "t4"]
    text = text_of(page.article)
    assert "省大数据局" in text
    assert "省大数据管理局" in text
    assert "省大数据管理局" in text_of(real.at("tasks/t3/", language).one(".agency-list"))


@both_languages
def test_the_plan_page_holds_the_whole_plan_in_its_order(real: Site, language: Language) -> None:
    themes = table(PACKAGE, "themes")
    expected: list[str] = []
    for section in sorted(SECTIONS, key=lambda row: int(row["position"])):
        expected += [section[f"heading_{language}"], section[f"text_{language}"]]
        if section["kind"] != "tasks":
            continue
        for theme in sorted(themes, key=lambda row: int(row["position"])):
            expected.append(theme[f"title_{language}"])
            expected += [
                task[f"text_{language}"] for task in TASKS if task["theme_id"] == theme["theme_id"]
            ]
    page = real.at("plan/", language)
    start = page.element_at(SECTIONS[0]["section_id"])
    text = "\n".join(text_of(step) for step in (start, *start.itersiblings()))
    position = 0
    for part in filter(None, expected):
        found = text.find(part, position)
        assert found >= 0, f"not in its place: {part[:60]}"
        position = found + len(part)


@both_languages
def test_the_plan_page_says_that_the_text_breaks_off(real: Site, language: Language) -> None:
    page = real.at("plan/", language)
    ending = SECTIONS[-1]
    assert ending["kind"] == "gap"
    assert text_of(page.article).count(ending[f"note_{language}"]) == 2
    said = {Language.ZH: "中断", Language.EN: "breaks off"}[language]
    assert said in text_of(page.article)
    foot = "".join(map(text_of, page.find(".provenance")))
    text = text_of(page.article).rstrip().removesuffix(foot).rstrip()
    assert text.endswith(ending[f"note_{language}"])
