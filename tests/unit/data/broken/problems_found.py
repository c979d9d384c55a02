"""What is found wrong with a package, in the order in which people read it."""

from __future__ import annotations

from pathlib import Path

from plansite.data.checks import check_plan
from plansite.data.validation.read_package import PackageReport, read_package
from plansite.model.problems import Problem
from tests.support.library_package import AS_OF


def checked(reading: PackageReport) -> list[Problem]:
    return [] if reading.plan is None else check_plan(reading, AS_OF)


def first_lines(package: Path) -> list[str]:
    reading = read_package(package)
    return [problem.place() for problem in [*reading.problems, *checked(reading)]]
