"""A year has a page for its corrections where no target is left, whatever the corrections name."""

from __future__ import annotations

import dataclasses

import pytest

from plansite.output.pages.content.retirement import withdrawn_years
from tests.support.library_package import library_plan


@pytest.mark.parametrize(
    ("table", "key", "years"),
    [
        ("targets", "L01/2031", [2031]),
        ("targets", "L01/2024", []),  # has targets
        ("observations", "L01/2031/report-2024/2025-03-20", []),
        ("targets", "L01", []),
        ("targets", "L01/20310", []),
        ("targets", f"L01/{'9' * 5000}", []),  # more digits than Python turns into a number
    ],
)
def test_a_year_is_known_by_the_key_of_its_targets(table: str, key: str, years: list[int]) -> None:
    plan = library_plan()
    row = dataclasses.replace(plan.corrections[0], resource=table, row_key=key)
    found = withdrawn_years(dataclasses.replace(plan, corrections=(row,)))
    assert found == {year: [row] for year in years}
