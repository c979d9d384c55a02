"""A value stands in its quotation with the digits that it has there."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.data.checks import check_plan
from plansite.data.validation.read_package import read_package
from tests.support.library_package import AS_OF, copy_package, edit_cell


@pytest.mark.parametrize(
    ("value", "quote", "expected"),
    [
        ("10240", "常住人口10240人", None),
        ("10240", "常住人口10,240人", None),
        ("10240", "常住人口１０２４０人", None),
        ("10240", "常住人口1.024万人", None),
        ("10240", "常住人口一万零二百四十人", None),
        ("10240.0", "常住人口10240人", "quotation-digits"),
        ("171.1", "1,171.10，171.10", "quotation-digits"),
        ("171.10", "171.10", None),
        ("171.1", "171.1（2017年），171.10（2018年）", None),
        ("171.10", "171.104", "quotation"),
        ("171.1", "", None),
    ],
)
def test_digits(tmp_path: Path, value: str, quote: str, expected: str | None) -> None:
    assert told(tmp_path, value, quote, "") == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("note", "is_told"),
    [
        ("", True),
        ("与去年口径相同。", True),
        ("此处换算为1.989。", True),
        ("来源公布的是每百万人198.9件，此处乘以0.01换算为1.989件。", False),
    ],
)
def test_a_note_that_says_how_a_value_was_made_is_enough(
    tmp_path: Path, note: str, *, is_told: bool
) -> None:
    found = told(tmp_path, "1.989", "7019 29.3% 198.9", note)
    assert found == (["quotation"] if is_told else [])


def told(tmp_path: Path, value: str, quote: str, note: str) -> list[str]:
    package = copy_package(tmp_path)
    edit_cell(package, "indicators", 9, "decimals", "3")
    edit_cell(package, "sources", 4, "quote", quote)
    edit_cell(package, "observations", 18, "value", value)
    for language in ("zh", "en"):
        edit_cell(package, "observations", 18, f"note_{language}", note)
    problems = check_plan(read_package(package), AS_OF)
    return [problem.code for problem in problems if problem.row == 18 and problem.code != "jump"]
