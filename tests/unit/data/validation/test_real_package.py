"""The plan's own data: valid, and nothing in it is asked about that was looked into before."""

from __future__ import annotations

import datetime as dt

from plansite.data.checks import check_plan
from plansite.data.validation.read_package import read_package
from plansite.model import Access
from plansite.model.problems import blockers
from tests.support.paths import PACKAGE


def test_it_is_valid_and_its_amounts_are_plausible() -> None:
    reading = read_package(PACKAGE)
    assert reading.problems == ()
    problems = check_plan(reading, dt.date(2026, 11, 23))
    assert blockers(problems) == []
    # Turnover of technology contracts grew from 20.44 to 80.74 in a year: that is no slip.
    assert {problem.code for problem in problems} <= {"insecure-link"}


def test_its_values_are_as_their_sources_write_them() -> None:
    plan = read_package(PACKAGE).plan
    assert plan is not None
    found = {
        (row.indicator_id, row.year, row.source_id): (str(row.value), row.release_status.value)
        for row in plan.observations
    }
    assert found["technology-contracts", 2018, "nbs-technology-market"] == ("171.10", "final")
    assert found["rd-expenditure", 2016, "te-ch-2020-07-01"] == ("73.4", "estimated")
    assert found["rd-intensity", 2023, "st-bulletin-2024"] == ("0.98", "final")
    assert found["rd-intensity", 2024, "st-bulletin-2024"] == ("1.02", "final")


def test_what_another_site_republished_is_no_source_that_was_seen_directly() -> None:
    plan = read_package(PACKAGE).plan
    assert plan is not None
    republished = [
        row for row in plan.sources if "转载" in row.publisher or "副本" in row.publisher
    ]
    assert len(republished) > 10
    assert {row.source_id for row in republished if row.access is Access.DIRECT} == set()
    assert {row.row_key for row in plan.corrections} == {
        "technology-contracts/2018/nbs-technology-market/2026-05-16",
        "rd-expenditure/2016/te-ch-2020-07-01/2020-07-01",
        "gzdaily-2022-05-26",
    }
