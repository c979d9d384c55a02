import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model import PartialDate


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


def test_dates_sort_by_their_first_day_then_by_their_last() -> None:
    texts = ["2023", "2022-05-26", "2022-05", "2022-12-31", "2022", "2022-01-01"]
    in_order = ["2022-01-01", "2022", "2022-05", "2022-05-26", "2022-12-31", "2023"]
    assert [str(date) for date in sorted(map(PartialDate.parse, texts))] == in_order
