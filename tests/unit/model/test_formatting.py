import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model import Language, PartialDate
from plansite.model.formatting import (
    decimal_places,
    format_date,
    format_day,
    format_number,
    format_percent,
    plain_number,
    round_change,
)

decimals = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("249.12", "249.12"),
        ("14115", "14,115"),
        ("1234567.50", "1,234,567.50"),
        ("-3.0", "−3.0"),
        ("0", "0"),
        ("0.010", "0.010"),
        ("999", "999"),
        ("-0.0", "0.0"),
        ("-0", "0"),
    ],
)
def test_numbers_keep_their_published_digits(typed: str, shown: str) -> None:
    assert format_number(Decimal(typed)) == shown


@given(decimals)
def test_no_digit_is_lost_or_made_up(value: Decimal) -> None:
    assert Decimal(format_number(value).replace(",", "").replace("−", "-")) == value
    assert Decimal(plain_number(value)) == value
    assert decimal_places(Decimal(plain_number(value))) == decimal_places(value) == 3


def test_machines_get_plain_digits() -> None:
    assert plain_number(Decimal("-14115.0")) == "-14115.0"


@pytest.mark.parametrize(
    ("value", "places"), [("240", 0), ("3.1", 1), ("3.10", 2), ("1E+3", 0), ("-0.001", 3)]
)
def test_places_behind_the_point(value: str, places: int) -> None:
    assert decimal_places(Decimal(value)) == places


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("0.625", "62.5%"),
        ("-0", "0.0%"),
        ("1", "100.0%"),
        ("-0.5", "−50.0%"),
        ("0", "0.0%"),
        ("0.9534", "95.3%"),
    ],
)
def test_shares_as_percentages(share: str, shown: str) -> None:
    assert format_percent(Decimal(share)) == shown


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2022", "2022年", "2022"),
        ("2022-05", "2022年5月", "May 2022"),
        ("2022-05-06", "2022年5月6日", "6 May 2022"),
        ("2022-12-31", "2022年12月31日", "31 December 2022"),
    ],
)
def test_dates_are_no_more_precise_than_their_source(text: str, zh: str, en: str) -> None:
    date = PartialDate.parse(text)
    assert format_date(date, Language.ZH) == zh
    assert format_date(date, Language.EN) == en


@given(st.dates())
def test_days_in_both_languages_name_the_same_day(day: dt.date) -> None:
    assert format_day(day, Language.ZH) == f"{day.year}年{day.month}月{day.day}日"
    shown = format_day(day, Language.EN)
    assert shown.startswith(f"{day.day} ")
    assert shown.endswith(f" {day.year}")


@pytest.mark.parametrize(
    ("percent", "rounded"),
    [("12.34", "12.3"), ("-12.35", "-12.4"), ("0.05", "0.1"), ("0.049", "0.05"), ("-0.04", "-0.04"),
     ("0.00412", "0.004"), ("0.0099", "0.010"), ("-0", "0.0"), ("1E+5", "100000.0")],
)  # fmt: skip
def test_a_change_is_never_rounded_away(percent: str, rounded: str) -> None:
    assert str(round_change(Decimal(percent))) == rounded
