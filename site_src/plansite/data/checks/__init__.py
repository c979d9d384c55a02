"""Rules that no single table can hold: what the tables must say together.

Each module yields problems: blockers are faults, warnings are what a careful reader would ask.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from plansite.data.checks.amounts import check_amounts
from plansite.data.checks.consistency import check_tables
from plansite.data.checks.date_order import check_date_order
from plansite.data.checks.dates import check_dates
from plansite.data.checks.missing_codes import check_missing_codes
from plansite.data.checks.quotations import check_quotations
from plansite.data.checks.retirements import check_retirements
from plansite.data.checks.source_values import check_source_values
from plansite.data.checks.sources import check_corrections, check_sources
from plansite.data.checks.unfinished import check_unfinished
from plansite.data.package.snapshot import PackageSnapshot
from plansite.data.validation.read_package import PackageReport, read_snapshot
from plansite.model.problems import MOST_PROBLEMS, Problem

__all__ = ["check_plan", "validate", "validate_snapshot"]


def validate(package: Path, as_of: dt.date) -> tuple[PackageReport, list[Problem]]:
    """Read the package in a directory and hold all of it against the rules, as of a day."""
    return validate_snapshot(PackageSnapshot(package), as_of)


def validate_snapshot(
    snapshot: PackageSnapshot, as_of: dt.date
) -> tuple[PackageReport, list[Problem]]:
    """Hold all of a package against the rules, as of a day."""
    reading = read_snapshot(snapshot)
    problems = list(reading.problems)
    if reading.plan is not None:
        problems += check_plan(reading, as_of)
    return reading, problems


def check_plan(reading: PackageReport, as_of: dt.date) -> list[Problem]:
    """Every problem that the tables have together, as of a day.

    Args:
        reading: a package that was read without blockers.
        as_of: what is dated later is left out, with a problem that says so.
    """
    plan = reading.plan
    assert plan is not None
    problems = [
        *check_unfinished(reading, plan),
        *check_tables(reading, plan),
        *check_dates(reading, plan, as_of),
        *check_date_order(reading, plan, as_of),
        *check_missing_codes(reading, plan),
        *check_source_values(reading, plan),
        *check_amounts(reading, plan),
        *check_sources(reading, plan),
        *check_quotations(reading, plan),
        *check_corrections(reading, plan),
        *check_retirements(reading, plan),
    ]
    return list(_as_many_as_help(_one_for_each_cell(problems)))


def _as_many_as_help(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Every warning, since it is published, and of each table's blockers as many as help."""
    blockers: Counter[str] = Counter()
    for problem in problems:
        blockers[problem.file] += problem.is_blocker
        if not problem.is_blocker or blockers[problem.file] <= MOST_PROBLEMS:
            yield problem
    for file, count in blockers.items():
        if count > MOST_PROBLEMS:
            yield Problem("too-many-problems", file)


def _one_for_each_cell(problems: list[Problem]) -> Iterator[Problem]:
    """Of several problems with one cell, the first that blocks, else the first."""
    first: dict[tuple[str, int | None, str | None], Problem] = {}
    for problem in sorted(problems, key=lambda problem: not problem.is_blocker):
        first.setdefault((problem.file, problem.row, problem.field), problem)
    kept = set(map(id, first.values()))
    return (problem for problem in problems if id(problem) in kept)
