"""Dates as people and spreadsheets write them: one reading is taken, more are told of."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.data.cells.date_hints import date_fault, date_readings
from plansite.data.workbook.values import tidy_date
from plansite.model import PartialDate


@pytest.mark.parametrize(
    ("cell", "readings"),
    [
        ("2026.1", ["2026-01", "2026-10"]),
        ("２０２６．１", ["2026-01", "2026-10"]),
        ("2026.10", ["2026-10"]),
        ("2026.01", ["2026-01"]),
        ("2026.2", ["2026-02"]),
        ("2026/1", ["2026-01"]),
        ("2026-1", ["2026-01"]),
        ("2026.1.2", ["2026-01-02"]),
        ("2026.1.10", ["2026-01-10"]),
        ("2026年1月", ["2026-01"]),
        ("2026年", ["2026"]),
        ("1/2/2026", ["2026-01-02", "2026-02-01"]),
        ("13/2/2026", ["2026-02-13"]),
        ("202610", ["2026-10"]),
        ("202611", ["2026-01-01", "2026-11"]),
        ("20261", ["1955-06-21", "2026-01"]),
        ("45736", ["2025-03-20"]),
        ("20250320", ["2025-03-20"]),
        ("Jan-26", ["2026-01"]),
        ("26-01", []),
        ("1-Oct", []),
        ("2026Q1", []),
        ("2026-13", []),
        ("2026-02-30", []),
    ],
)
def test_every_reading_is_named(cell: str, readings: list[str]) -> None:
    fault = date_fault(cell)
    assert fault is not None
    code, details = fault
    named = re.findall(r"[0-9-]{4,}", details.get("iso_zh", details.get("iso", "")))
    assert named == readings
    assert (code == "date-format") == (not readings)


@pytest.mark.parametrize(
    ("cell", "taken"),
    [
        ("2026.1", "2026.1"),
        ("2026.10", "2026-10"),
        ("2026.12", "2026-12"),
        ("2026/1", "2026-01"),
        ("2026年1月", "2026-01"),
        ("2026年1月2日", "2026-01-02"),
        ("2026.1.2", "2026-01-02"),
        ("2026-02-30", "2026-02-30"),
        ("2026-1", "2026-01"),
    ],
)
def test_an_import_takes_only_what_has_one_reading(cell: str, taken: str) -> None:
    assert tidy_date(cell) == taken


@given(st.from_regex(r"[0-9]{1,4}([-/.年][0-9]{1,4}([-/.月][0-9]{1,4}日?|月)?)?", fullmatch=True))
def test_whatever_an_import_takes_can_be_meant_in_no_other_way(cell: str) -> None:
    taken = tidy_date(cell)
    if taken == cell:
        return
    assert date_readings(cell) == [taken]
    assert date_fault(taken) is None


@given(st.dates().map(str), st.sampled_from(["/", ".", "-"]))
def test_a_date_with_all_its_zeros_and_another_sign_is_that_date(date: str, sign: str) -> None:
    typed = date.replace("-", sign)
    assert tidy_date(typed) == PartialDate.parse(date).text
