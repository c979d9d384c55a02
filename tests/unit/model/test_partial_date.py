import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model import PartialDate
from plansite.model.partial_date import latest


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
        ("2022-05", dt.date(2022, 5, 1), dt.date(2022, 5, 31)),
        ("2022-12", dt.date(2022, 12, 1), dt.date(2022, 12, 31)),
        ("2023-02", dt.date(2023, 2, 1), dt.date(2023, 2, 28)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2024-02-29", dt.date(2024, 2, 29), dt.date(2024, 2, 29)),
        ("2022-05-26", dt.date(2022, 5, 26), dt.date(2022, 5, 26)),
    ],
)
def test_covers_all_the_days_it_may_mean(text: str, first: dt.date, last: dt.date) -> None:
    date = PartialDate.parse(text)
    assert (date.first_day, date.last_day, str(date)) == (first, last, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "202",
        "20222",
        "0000",
        "2022-",
        "2022-5",
        "2022-00",
        "2022-13",
        "2022-05-",
        "2022-05-6",
        "2022-05-00",
        "2022-05-32",
        "2021-02-30",
        "2023-02-29",
        "2022-04-31",
        "2022/05/26",
        "2022.05",
        "20220526",
        "26.05.2022",
        "2022-05-26T00:00",
        "2022-05-26-01",
        "2022-05-26\n",
        " 2022",
        "2022 ",
        "-2022",
        "２０２２",
        "٢٠٢٢",
        "2022年",
        "2022年5月",
        "May 2022",
        "None",
    ],
)
def test_refuses_what_is_no_partial_date(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(text)


@given(st.dates())
def test_every_day_of_the_calendar_reads_back(day: dt.date) -> None:
    assert PartialDate.parse(day.isoformat()).first_day == day
    month = PartialDate.parse(day.isoformat()[:7])
    year = PartialDate.parse(day.isoformat()[:4])
    assert year.first_day <= month.first_day <= day <= month.last_day <= year.last_day


@given(st.text())
def test_any_other_text_raises_value_error_only(text: str) -> None:
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return
    assert date.first_day <= date.last_day


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("2022", "2023", "before"),
        ("2022-05", "2022-06-01", "before"),
        ("2022-05-26", "2022-05-26", "one day"),
        ("2022-05", "2022-05-26", "open"),
        ("2022", "2022-05", "open"),
        ("2022", "2022", "open"),
    ],
)
def test_an_order_is_certain_or_open(one: str, other: str, order: str) -> None:
    first, second = PartialDate.parse(one), PartialDate.parse(other)
    assert first.is_before(second) is (order == "before")
    assert not second.is_before(first)
    assert first.is_open_to(second) is second.is_open_to(first) is (order == "open")


@given(st.dates(), st.dates(), st.integers(0, 2), st.integers(0, 2))
def test_a_less_precise_date_never_turns_an_order_around(
    one: dt.date, other: dt.date, less: int, fewer: int
) -> None:
    first, second = (
        PartialDate.parse("-".join(day.isoformat().split("-")[: 3 - parts]))
        for day, parts in ((one, less), (other, fewer))
    )
    if first.is_before(second):
        assert one < other
    if one < other:
        assert not second.is_before(first)


def test_the_newest_come_first_each_at_the_earliest_day_that_it_may_mean() -> None:
    texts = ["2022", "2023", "2022-05-26", "2022-01-01", "2022-05", "2022-01", "2022-12-31"]
    in_order = ["2023", "2022-12-31", "2022-05-26", "2022-05", "2022-01-01", "2022-01", "2022"]
    dates = sorted(map(PartialDate.parse, texts), key=lambda date: date.newest_first)
    assert list(map(str, dates)) == in_order


@pytest.mark.parametrize(
    ("texts", "last"),
    [
        (["2026", "2026-03-18"], "2026"),
        (["2026", "2026-12-31"], "2026-12-31"),
        (["2025", "2026-03-18"], "2026-03-18"),
        ([], None),
    ],
)
def test_the_last_date_is_as_precise_as_it_is_known(texts: list[str], last: str | None) -> None:
    for given_order in (texts, texts[::-1]):
        found = latest(map(PartialDate.parse, given_order))
        assert (None if found is None else str(found)) == last
