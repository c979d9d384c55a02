"""The plan's own data: valid, and nothing in it is asked about that was looked into before."""

from __future__ import annotations

import datetime as dt

from plansite.data.checks import check_plan
from plansite.data.validation.read_package import read_package
from plansite.model.problems import blockers
from tests.support.paths import PACKAGE


def test_it_is_valid_and_its_amounts_are_plausible() -> None:
    reading = read_package(PACKAGE)
    assert reading.problems == ()
    problems = check_plan(reading, dt.date(2026, 11, 23))
    assert blockers(problems) == []
    # Turnover of technology contracts grew from 20.44 to 80.74 in a year: that is no slip.
    assert {problem.code for problem in problems} <= {"insecure-link", "quotation"}
