"""JSON as it is published: the same data again, published digits, lines that can be read."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.util.json_format import Json, json_bytes

numbers = st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.integers()
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=40), inner),
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(values)
def test_what_is_written_is_read_again(value: Json) -> None:
    assert json.loads(json_bytes(value), parse_float=Decimal) == value


def test_numbers_keep_their_published_digits() -> None:
    found = [Decimal(text) for text in ("6.0", "249.12", "-0.50", "1E+3", "0.0000001", "-0.0")]
    assert json_bytes(found) == b"[6.0, 249.12, -0.50, 1000, 0.0000001, 0.0]\n"


def test_rows_stand_on_lines_of_their_own_and_chinese_as_chinese() -> None:
    rows: Json = {"rows": [{"name": "指标" * 30, "value": Decimal("1.0")} for _ in range(3)]}
    text = json_bytes(rows).decode()
    assert text.count("\n") == 7
    assert text.splitlines()[2] == '  {"name": "' + "指标" * 30 + '", "value": 1.0},'
