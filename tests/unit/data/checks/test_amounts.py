"""When a value is unlikely: off by a unit of measure, or far from the years beside it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from plansite.data.checks import check_plan
from plansite.data.validation.read_package import read_package
from tests.support.library_package import AS_OF, copy_package, read_rows, write_rows

REAL = ["25.96", "20.44", "80.74", "171.1", "227.18", "249.11", "289.27", "390.72", "482.02"]
"""Turnover of technology contracts in Guizhou from 2015, hundred million yuan."""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The library, its context indicator without decimals limit and without values."""
    package = copy_package(tmp_path)
    rows = read_rows(package, "indicators")
    rows[8][rows[0].index("decimals")] = "4"
    write_rows(package, "indicators", rows)
    rows = read_rows(package, "observations")
    write_rows(package, "observations", [row for row in rows if row[0] != "L08"])
    return package


def told(package: Path, values: dict[int, str]) -> list[tuple[str, str | None]]:
    """Kind and value of what is said of the indicator with these values by year."""
    rows = read_rows(package, "observations")
    for year, value in values.items():
        rows.append(["L08", str(year), "report-2024", "2025-03-20", value, "final", "same", "", ""])
    write_rows(package, "observations", rows)
    problems = check_plan(read_package(package), AS_OF)
    return [(problem.code, problem.value) for problem in problems]


def by_year(*values: str) -> dict[int, str]:
    return dict(enumerate(values, start=2015))


def test_a_real_series_that_grew_fast_is_nothing_to_ask_about(package: Path) -> None:
    assert told(package, by_year(*REAL)) == []


@pytest.mark.parametrize("place", range(len(REAL)))
@pytest.mark.parametrize("factor", ["10000", "0.0001"])
def test_a_unit_of_measure_forgotten_is_one_problem(package: Path, place: int, factor: str) -> None:
    values = list(REAL)
    wrong = (Decimal(values[place]) * Decimal(factor)).quantize(Decimal("1.0000"))
    values[place] = f"{wrong:f}"
    codes = [code for code, _ in told(package, by_year(*values))]
    assert codes in (["measure-factor"], ["jump"])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["10", "51"], [("jump", "51")]),
        (["10", "50"], []),
        (["51", "10"], [("jump", "10")]),
        (["50", "10"], []),
        (["10", "70", "11"], [("jump", "70")]),
        (["10", "70", "500"], [("jump", "70"), ("jump", "500")]),
        (["10", "70", "11", "80"], [("jump", "70"), ("jump", "80")]),
        (["70", "10", "11"], [("jump", "10")]),
        (["0", "10"], []),
        (["-10", "-60"], [("jump", "-60")]),
        (["45", "4600", "47"], [("measure-factor", "4600")]),
        (["45", "0.46", "47"], [("measure-factor", "0.46")]),
        (["3", "30000"], [("measure-factor", "30000")]),
        (["3"], []),
    ],
)
def test_jumps_and_factors(
    package: Path, values: list[str], expected: list[tuple[str, str]]
) -> None:
    assert told(package, by_year(*values)) == expected


def test_years_that_are_no_neighbours_are_not_compared(package: Path) -> None:
    assert told(package, {2015: "10", 2017: "90"}) == []


def test_values_of_another_definition_are_not_compared(package: Path) -> None:
    rows = read_rows(package, "observations")
    rows.append(["L08", "2015", "report-2024", "2025-03-20", "90", "final", "related", "", ""])
    write_rows(package, "observations", rows)
    assert told(package, {2014: "10"}) == []
