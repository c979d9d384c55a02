"""The sentences on the home page fit any plan, whether nothing, some or all was published."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest

from plansite.analysis.publication import publish
from plansite.analysis.verdicts.highlights import HeadlineResult, Highlights
from plansite.data.validation.read_package import read_package
from plansite.model import (
    Access,
    Comparability,
    Language,
    Observation,
    PartialDate,
    Plan,
    ProgressReport,
    ProgressStatus,
    ReleaseStatus,
)
from plansite.model.translations import Words
from tests.support.library_package import AS_OF, library_plan
from tests.support.paths import PACKAGE

LATER = dt.date(2030, 1, 1)
"""A day on which every target of the library is due."""
both_languages = pytest.mark.parametrize("language", Language)


def news_of(plan: Plan, language: Language = Language.ZH, day: dt.date = AS_OF) -> Highlights:
    return publish(plan, day, ()).highlights(language)


def said(result: HeadlineResult, language: Language = Language.ZH) -> str:
    """A result as the home page words it."""
    return Words(language)("news.result", **result.parts)


def everything_said(news: Highlights, language: Language = Language.ZH) -> str:
    results = [said(result, language) for result in news.results()]
    return "\n".join([news.targets(), *results, news.missing_targets(), news.commitments()])


def with_values(met: int, unmet: int) -> Plan:
    """The library with values for so many of its targets "at least", and no others."""
    plan = library_plan()
    targets = [row for row in plan.targets if row.comparator == "ge"]
    assert met + unmet <= len(targets)
    rows = tuple(
        Observation(
            target.indicator_id,
            target.year,
            "report-2025",
            PartialDate.parse("2026-03-18"),
            target.value if place < met else target.value - 1,
            ReleaseStatus.FINAL,
            Comparability.SAME,
        )
        for place, target in enumerate(targets[: met + unmet])
    )
    return dataclasses.replace(plan, targets=tuple(targets), observations=rows)


def with_reports(count: int) -> Plan:
    """The library with reports on so many of its commitments, and no others."""
    plan = library_plan()
    template = plan.progress_reports[0]
    reports = tuple(
        ProgressReport(
            f"n{place}",
            row.task_id,
            row.commitment_id,
            template.date,
            ProgressStatus.IN_PROGRESS,
            template.text,
            template.source_id,
        )
        for place, row in enumerate(plan.commitments[:count])
    )
    return dataclasses.replace(plan, progress_reports=reports)


def numbers(text: str) -> list[str]:
    return re.findall(r"(?<![\d.])\d+(?!\.?\d|年|月|日)", re.sub(r"\d+ \w+ 20\d\d", "", text))


@both_languages
def test_the_real_plan_is_told_as_it_is(language: Language) -> None:
    plan = read_package(PACKAGE).plan
    assert plan is not None
    news = news_of(plan, language)
    expected = {
        Language.ZH: [
            "方案提出25个年度目标。截至2026年11月23日，本站收录了其中4个的公布值，4个均达到目标。",
            "2022年390.72亿元，目标超过250亿元，达到目标（据代码仓库副本）",
            "2021年3.93件/万人，目标不低于3.2件/万人，达到目标（据转载副本）",
            "另外21个目标未见公开数据。13项指标中，有11项在各目标年度均未见公布值。",
            "方案另有35项未设数量目标的承诺事项，未见公开的进展报告。",
        ],
        Language.EN: [
            "The plan sets 25 yearly targets. As of 23 November 2026, published figures have been "
            "found for 4 of them: all 4 were met.",
            "390.72 hundred million yuan in 2022 against a target of more than 250 hundred million "
            "yuan, target met (from a repository copy)",
            "3.93 patents per 10,000 people in 2021 against a target of at least 3.2 patents per "
            "10,000 people, target met (from a mirrored copy)",
            "For the other 21 targets no published data have been found. Of 13 indicators, 11 have "
            "no published value for any target year.",
            "The plan makes 35 further commitments without a number; no published progress report "
            "has been found.",
        ],
    }
    assert everything_said(news, language) == "\n".join(expected[language])


@both_languages
def test_where_some_are_met_and_some_are_not_both_are_counted_and_named(language: Language) -> None:
    news = news_of(library_plan(), language)
    assert numbers(news.targets()) == ["12", "9", "3", "6"]
    assert [row.row.verdict.value for row in news.results()] == ["nearly", "met"]
    assert numbers(news.missing_targets()) == ["1", "2"]
    assert numbers(news.commitments()) == ["7", "5"]


def test_a_result_that_may_be_revised_says_so() -> None:
    first, _ = news_of(library_plan()).results()
    assert first.row.leading is not None
    assert first.row.leading.release_status is ReleaseStatus.PROVISIONAL
    assert "初步值" in said(first)


@both_languages
@pytest.mark.parametrize(("met", "unmet"), [(0, 0), (0, 1), (1, 0), (0, 6), (6, 0), (2, 1)])
def test_the_count_is_right_whatever_was_published(
    language: Language, met: int, unmet: int
) -> None:
    plan = with_values(met, unmet)
    news = news_of(plan, language, LATER)
    published, total = met + unmet, len(plan.targets)
    said = news.targets()
    assert str(total) in said
    assert ("目标" if language is Language.ZH else "target") in said
    if 0 < published < total:
        assert numbers(said)[:2] == [str(total), str(published)]
    if not published:
        assert news.results() == []
        assert not re.search("达到目标|were met|was met", said)
    assert len(news.results()) == min(2, len({row.indicator_id for row in plan.observations}))
    missing = total - published
    assert (str(missing) in numbers(news.missing_targets())) == (0 < missing < total)


@pytest.mark.parametrize(
    ("met", "unmet", "chinese", "english"),
    [
        (6, 0, "全部目标的公布值，6个均达到目标", "for all of them: all 6 were met"),
        (0, 6, "全部目标的公布值，6个均未达到目标", "for all of them: none of the 6 was met"),
        (1, 0, "其中1个的公布值，达到目标", "for 1 of them: it was met"),
        (0, 1, "其中1个的公布值，未达到目标", "for 1 of them: it was not met"),
        (2, 1, "其中3个的公布值，2个达到目标，1个未达到", "for 3 of them: 2 met, 1 not met"),
    ],
)
def test_the_outcome_is_worded_for_its_number(
    met: int, unmet: int, chinese: str, english: str
) -> None:
    plan = with_values(met, unmet)
    assert chinese in news_of(plan, Language.ZH, LATER).targets()
    assert english in news_of(plan, Language.EN, LATER).targets()


@both_languages
def test_a_plan_with_everything_published_has_no_silence(language: Language) -> None:
    plan = with_values(6, 0)
    assert len(plan.targets) == 6
    assert news_of(plan, language, LATER).missing_targets() == ""


@both_languages
def test_a_plan_without_targets_or_commitments_says_only_that(language: Language) -> None:
    plan = dataclasses.replace(
        library_plan(), targets=(), observations=(), commitments=(), progress_reports=()
    )
    news = news_of(plan, language)
    assert everything_said(news) == news.targets() + "\n\n"
    assert numbers(news.targets()) == []


@pytest.mark.parametrize(
    ("reports", "chinese", "english"),
    [
        (0, "，未见公开的进展报告。", "no published progress report has been found."),
        (3, "，其中3项有公开的进展报告。", "reports have been found for 3."),
        (7, "，均有公开的进展报告。", "report has been found for each."),
    ],
)
def test_commitments_are_told_by_how_many_have_a_report(
    reports: int, chinese: str, english: str
) -> None:
    plan = with_reports(reports)
    assert news_of(plan).commitments().endswith(chinese)
    assert news_of(plan, Language.EN).commitments().endswith(english)


@both_languages
@pytest.mark.parametrize("access", Access)
def test_each_result_names_how_its_source_was_seen(language: Language, access: Access) -> None:
    plan = with_values(1, 0)
    sources = tuple(dataclasses.replace(row, access=access) for row in plan.sources)
    (result,) = news_of(dataclasses.replace(plan, sources=sources), language).results()
    words = {
        Access.DIRECT: ("来源已直接查阅", "source seen directly"),
        Access.REPOSITORY_COPY: ("据代码仓库副本", "from a repository copy"),
        Access.MIRROR: ("据转载副本", "from a mirrored copy"),
    }
    assert words[access][language is Language.EN] in said(result, language)


def test_a_target_that_is_not_due_is_awaited_and_not_missing() -> None:
    early = dt.date(2024, 1, 2)
    news = news_of(with_values(0, 0), Language.ZH, early)
    assert "待公布" in news.missing_targets()
    assert "未见公开数据" not in news.missing_targets()


def only(plan: Plan, *indicators: str) -> Plan:
    """A plan with the targets of these indicators and no others."""
    rows = tuple(row for row in plan.targets if row.indicator_id in indicators)
    return dataclasses.replace(plan, targets=rows)


@both_languages
def test_an_indicator_with_a_year_still_to_come_counts_among_the_silent(
    language: Language,
) -> None:
    # L01 has targets for 2024, 2025 and 2026, and the last is not due.
    plan = only(library_plan(), "L01", "L02")
    rows = tuple(row for row in plan.observations if row.indicator_id != "L01")
    said = news_of(dataclasses.replace(plan, observations=rows), language).missing_targets()
    expected = {
        Language.ZH: "2项指标中，有1项在公布时滞已届满的各目标年度均未见公布值。",
        Language.EN: "Of 2 indicators, 1 has no published value for any target year whose "
        "publication lag has passed.",
    }
    assert said.endswith(expected[language])


def test_targets_without_data_are_not_all_the_others_while_some_are_awaited() -> None:
    plan = only(library_plan(), "L01", "L02")
    rows = tuple(row for row in plan.observations if row.indicator_id != "L01")
    news = news_of(dataclasses.replace(plan, observations=rows), Language.EN)
    assert "For 2 other targets no published data" in news.missing_targets()
    assert "For 1 target the publication lag has not passed" in news.missing_targets()


@both_languages
def test_one_silent_indicator_reads_as_one(language: Language) -> None:
    plan = only(library_plan(), "L02", "L03")
    rows = tuple(row for row in plan.observations if row.indicator_id != "L03")
    said = news_of(dataclasses.replace(plan, observations=rows), language).missing_targets()
    expected = {
        Language.ZH: "2项指标中，有1项在各目标年度均未见公布值。",
        Language.EN: "Of 2 indicators, 1 has no published value for any target year.",
    }
    assert said.endswith(expected[language])
