"""Codes for "missing" are told from numbers that look like them."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.data.checks import check_plan
from plansite.data.validation.read_package import read_package
from tests.support.library_package import AS_OF, copy_package, edit_cell, read_rows, write_rows

SERIES = ["4.2", "5.0", "6.1", "5.9"]


def told(tmp_path: Path, values: list[str], quote: str = "", decimals: str = "2") -> list[str]:
    """Kinds of what is said of the library's context indicator with these values from 2015 on."""
    package = copy_package(tmp_path)
    edit_cell(package, "indicators", 9, "decimals", decimals)
    edit_cell(package, "sources", 4, "quote", quote)
    rows = [row for row in read_rows(package, "observations") if row[0] != "L08"]
    for year, value in enumerate(values, start=2015):
        rows.append(["L08", str(year), "report-2024", "2025-03-20", value, "final", "same", "", ""])
    write_rows(package, "observations", rows)
    problems = check_plan(read_package(package), AS_OF)
    return [problem.code for problem in problems if problem.code != "quotation"]


@pytest.mark.parametrize(
    "code",
    ["-99", "-999", "-9999", "-99999", "-99.9", "-99.99", "-999.0", "-9.99", "-888", "-32768",
     "-2147483648", "999", "9999", "99999", "999999999", "2147483647", "65535"],
)  # fmt: skip
def test_codes_are_refused(tmp_path: Path, code: str) -> None:
    assert told(tmp_path, [*SERIES, code]) == ["missing-code"]


def test_a_code_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    assert told(tmp_path, ["-9999", *SERIES]) == ["missing-code"]
    assert told(tmp_path / "twice", ["-9999", *SERIES, "-9999"]) == ["missing-code"] * 2
    assert told(tmp_path / "alone", ["-9999"]) == ["missing-code"]


@pytest.mark.parametrize(
    "values",
    [
        ["97.2", "98.8", "99.9"],
        ["98", "99"],
        ["820", "915", "999"],
        ["8700", "9999"],
        ["99999", "101200"],
        ["-120", "80", "-99"],
        ["-9", "-12", "-9.9"],
        ["-8000", "-9999"],
        ["40000", "65535"],
    ],
)
def test_true_values_that_look_like_codes_are_taken(tmp_path: Path, values: list[str]) -> None:
    assert "missing-code" not in told(tmp_path, values)
    assert "missing-code-possible" not in told(tmp_path / "again", values)


@pytest.mark.parametrize("value", ["-9999", "9999"])
def test_what_the_source_says_is_no_code(tmp_path: Path, value: str) -> None:
    quote = f"4.2，5.0，6.1，5.9，{value}人"
    assert "missing-code" not in told(tmp_path, [*SERIES, value], quote)


def test_a_number_with_nothing_beside_it_is_only_asked_about(tmp_path: Path) -> None:
    assert told(tmp_path, ["99999"]) == ["missing-code-possible"]


@pytest.mark.parametrize(
    ("values", "quote", "expected"),
    [
        (["6.1", "-1"], "", ["lone-negative"]),
        (["6.1", "5.9", "-0.8"], "", ["lone-negative"]),
        (["6.1", "5.9", "-0.8"], "6.1，5.9，下降了0.8%", []),
        (["6.1", "5.9", "-0.8"], "6.1 5.9 −0.8", []),
        (["6.1", "-5.9", "-0.8"], "", ["jump"]),
        (["-6.1", "-5.9"], "", []),
    ],
)
def test_a_lone_negative_value_is_asked_about(
    tmp_path: Path, values: list[str], quote: str, expected: list[str]
) -> None:
    found = [code for code in told(tmp_path, values, quote) if code != "jump" or "jump" in expected]
    assert found == expected
