"""Shares of targets and indexes: right to the digit, and silent where they would say nothing."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.analysis.publication import publish
from plansite.analysis.verdicts.ratios import index_years, percent_of, ratio_series, share_of_target
from plansite.model import Comparator, Plan
from plansite.output.site_files.comparison_data import compare_file
from tests.support.library_package import AS_OF, library_plan

positive = st.decimals("0.001", 10**9, places=3)
PLAN = library_plan()


@pytest.mark.parametrize(
    ("value", "whole", "shown"),
    [
        ("249.12", "230", "108.3"),
        ("3.93", "3.2", "122.8"),
        ("1", "3", "33.3"),
        ("2", "3", "66.7"),
        ("1", "800", "0.1"),
        ("8", "8.0", "100.0"),
        ("99.96", "100", "99.9"),
        ("100.04", "100", "100.1"),
        ("99.94", "100", "99.9"),
        ("1000000.01", "1000000", "100.1"),
        ("-5", "10", "-50.0"),
        ("0", "10", "0.0"),
    ],
)
def test_a_share_has_one_digit_and_never_seems_to_reach_what_it_missed(
    value: str, whole: str, shown: str
) -> None:
    assert str(percent_of(Decimal(value), Decimal(whole))) == shown


@given(positive, positive)
def test_a_share_is_off_by_a_tenth_at_most_and_100_only_if_equal(
    value: Decimal, whole: Decimal
) -> None:
    share = percent_of(value, whole)
    assert share is not None
    assert abs(share - value / whole * 100) <= Decimal("0.1")
    assert (share == 100) == (value == whole)
    assert (share < 100) == (value < whole)


@pytest.mark.parametrize("whole", ["0", "-2.5"])
def test_there_is_no_share_of_nought_or_less(whole: str) -> None:
    assert percent_of(Decimal(3), Decimal(whole)) is None


def test_there_is_no_share_without_target_or_of_a_range() -> None:
    target = PLAN.targets_of("L01")[2024]
    assert share_of_target(Decimal("6.6"), target) == Decimal("110.0")
    assert share_of_target(Decimal("6.6"), None) is None
    ranged = PLAN.targets_of("L03")[2024]
    assert ranged.comparator is Comparator.BETWEEN
    assert share_of_target(Decimal(45), ranged) is None


def told(indicator: str, plan: Plan = PLAN) -> dict[int, tuple[str, str | None, str | None]]:
    series = ratio_series(plan.indicator[indicator], plan)
    return {
        row.year: (
            str(row.value.value),
            None if row.index is None else str(row.index),
            None if row.share is None else str(row.share),
        )
        for row in series.years
    }


def test_a_series_starts_at_100_and_sets_each_value_beside_its_years_target() -> None:
    assert told("L01") == {
        2023: ("5.0", "100.0", None),
        2024: ("6.0", "120.0", "100.0"),
        2025: ("7.9", "158.0", "98.8"),
    }
    assert told("L02") == {
        2023: ("20.0", "100.0", None),
        2024: ("17.5", "87.5", "109.4"),
        2025: ("19.0", "95.0", "190.0"),
    }


def test_a_value_that_measures_something_else_is_left_out() -> None:
    assert set(told("L04")) == {2024}
    assert not ratio_series(PLAN.indicator["L04"], PLAN).has_index


def test_a_series_that_starts_at_nought_has_no_index() -> None:
    rows = tuple(
        dataclasses.replace(row, value=Decimal(0))
        if (row.indicator_id, row.year) == ("L08", 2024)
        else row
        for row in PLAN.observations
    )
    plan = dataclasses.replace(PLAN, observations=rows)
    assert told("L08", plan) == {2024: ("0", None, None), 2025: ("10315", None, None)}
    assert not ratio_series(plan.indicator["L08"], plan).has_index


def test_the_years_of_the_indexes_have_no_holes() -> None:
    rows = tuple(row for row in PLAN.observations if row.year != 2024)
    plan = dataclasses.replace(PLAN, observations=rows)
    series = [ratio_series(indicator, plan) for indicator in plan.indicators]
    assert index_years(series) == [2023, 2024, 2025]
    assert index_years([]) == []


def test_the_file_holds_the_same_numbers_as_texts() -> None:
    content = json.loads(compare_file(publish(PLAN, AS_OF, ())))
    assert content["as_of"] == AS_OF.isoformat()
    entries = {entry["indicator_id"]: entry for entry in content["indicators"]}
    assert list(entries) == [row.indicator_id for row in PLAN.indicators]
    for indicator, entry in entries.items():
        assert {
            row["year"]: (row["value"], row.get("index"), row.get("share"))
            for row in entry["years"]
        } == told(indicator)
    assert entries["L01"]["years"][2] == {
        "year": 2025,
        "value": "7.9",
        "release_status": "provisional",
        "source_id": "report-2025",
        "index": "158.0",
        "share": "98.8",
    }
    assert entries["L01"]["name_zh"] == "人均借阅量"
    assert entries["L02"]["direction"] == "down"
