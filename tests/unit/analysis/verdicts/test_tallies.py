"""Counts as sentences: what there is none of is not told, and one of a thing reads as one."""

from __future__ import annotations

from plansite.analysis.verdicts.assess import Assessments, assess
from plansite.analysis.verdicts.tallies import describe_commitments, describe_targets, tally
from plansite.model import Language
from plansite.model.translations import Words
from tests.support.library_package import AS_OF, library_plan

ZH, EN = Words(Language.ZH), Words(Language.EN)


def library() -> Assessments:
    return assess(library_plan(), AS_OF)


def test_targets_are_told_by_what_is_known_of_them() -> None:
    rows = library().indicators
    assert (
        describe_targets(rows, ZH) == "12个年度目标：达到3个，未达到6个，未见公开数据1个，待公布2个"
    )
    english = "12 yearly targets: 3 met, 6 not met, no published data found for 1, 2 awaited"
    assert describe_targets(rows, EN) == english


def test_where_all_are_alike_it_is_said_once() -> None:
    of_year = {year: [r for r in library().indicators if r.year == year] for year in (2024, 2026)}
    assert describe_targets(of_year[2026], ZH) == "2个年度目标，均待公布"
    assert describe_targets(of_year[2026], EN) == "2 yearly targets, all awaited"
    assert describe_targets(of_year[2026][:1], ZH) == "1个年度目标，待公布"
    assert describe_targets(of_year[2026][:1], EN) == "1 yearly target, awaited"
    assert describe_targets(of_year[2024], EN) == "5 yearly targets: 2 met, 3 not met"


def test_years_without_a_target_do_not_count() -> None:
    rows = library().of("L01")
    assert any(row.target is None for row in rows)
    assert tally(rows).total == 3


def test_commitments_are_told_by_their_verdicts() -> None:
    rows = library().of_task("t1")
    assert describe_commitments(rows, ZH) == "3项承诺事项：已完成1项，逾期完成1项，推进中1项"
    assert (
        describe_commitments(rows, EN)
        == "3 commitments: 1 completed, 1 completed late, 1 in progress"
    )


def test_commitments_that_nothing_was_reported_of_are_told_together() -> None:
    silent = [row for row in library().commitments if "unreported" in row.verdict]
    assert {row.verdict.value for row in silent} == {"unreported", "overdue_unreported"}
    assert describe_commitments(silent, ZH) == "2项承诺事项，均未见公开的进展报告"
    assert describe_commitments(silent, EN) == "2 commitments, no progress report found for any"
    assert describe_commitments(silent[:1], EN) == "1 commitment: 1 without a report"
