"""The numbers that a quotation names, however it writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.data.checks.numerals import numbers_in, scale_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我省高新技术企业总量达到1644家", "1644"),
        ("registered 15,147 invention patents", "15147"),
        ("成交额171.10亿元", "171.1"),
        ("专利授权3.9267万件", "39267"),
        ("專利授權3.9267萬件", "39267"),
        ("专利授权3.9267 万件", "39267"),
        ("成交额２４９．１２亿元", "249.12"),
        ("成交额249.12亿元", "24912000000"),
        ("贵州省,,585.59,482.02,390.72", "482.02"),
        ("贵州省,,20650,22149,29382", "22149"),
        ("195,203,311", "203"),
        ("Guizhou 35.3 7019 29.3% 198.9", "198.9"),
        ("下降3.0%", "3"),
        ("5.4 million people", "5400000"),
        ("突破三百二十亿元", "32000000000"),
        ("共一百二十家", "120"),
        ("三万二千户", "32000"),
        ("二〇二五年", "2025"),
        ("两家", "2"),
        ("十五个", "15"),
        ("1 644家", "1644"),
    ],
)
def test_a_number_is_found(text: str, value: str) -> None:
    assert Decimal(value) in numbers_in(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("人均借阅量7.9册", "9"), ("达到1644家", "164"), ("249.12亿元", "249"), ("", "0")],
)
def test_a_part_of_a_number_is_none(text: str, value: str) -> None:
    assert Decimal(value) not in numbers_in(text)


@pytest.mark.parametrize(
    ("measure", "scale"),
    [("亿元", 10**8), ("万户", 10**4), ("百万吨", 10**6), ("万亿元", 10**12), ("人", 1), ("%", 1)],
)
def test_scale_of_a_measure(measure: str, scale: int) -> None:
    assert scale_of(measure) == scale


@given(st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    assert all(number >= 0 for number in numbers_in(text))


@given(st.decimals(0, 10**9, places=2, allow_nan=False))
def test_any_number_is_found_in_a_sentence(value: Decimal) -> None:
    assert value in numbers_in(f"达到{value:f}亿元，比上年")
    assert value in numbers_in(f"达到{value:,f}亿元，比上年")
