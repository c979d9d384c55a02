from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model import Comparability, Observation, PartialDate, ReleaseStatus
from plansite.model.precedence import by_precedence, leading_value, values_by_year
from tests.support.library_package import library_plan

# The library's sources by access.
DIRECT, DIRECT_TOO = "report-2024", "report-2025"
COPY, MIRROR = "survey-copy", "gazette-copy"


def published(
    source: str, date: str = "2025-03-20", value: str = "1", *, related: bool = False
) -> Observation:
    return Observation(
        "L01",
        2024,
        source,
        PartialDate.parse(date),
        Decimal(value),
        ReleaseStatus.FINAL,
        Comparability.RELATED if related else Comparability.SAME,
    )


@pytest.mark.parametrize(
    ("leads", "follows"),
    [
        (published(MIRROR, "2024"), published(DIRECT, "2026", related=True)),
        (published(DIRECT, "2024"), published(COPY, "2026")),
        (published(COPY, "2024"), published(MIRROR, "2026")),
        (published(DIRECT, "2024"), published(MIRROR, "2026")),
        (published(DIRECT, "2025-03-21"), published(DIRECT_TOO, "2025-03-20")),
        (published(DIRECT, "2025-04"), published(DIRECT_TOO, "2025-03-31")),
        (published(DIRECT_TOO, related=True), published(COPY, "2026", related=True)),
    ],
    ids=[
        "comparable before direct",
        "direct before copy",
        "copy before mirror",
        "direct before mirror",
        "the later day",
        "the later month",
        "related ones among themselves",
    ],
)
def test_precedence(leads: Observation, follows: Observation) -> None:
    plan = library_plan()
    assert by_precedence([follows, leads], plan) == [leads, follows]
    assert by_precedence([leads, follows], plan) == [leads, follows]


def test_equals_keep_one_order() -> None:
    rows = [published(DIRECT), published(DIRECT_TOO)]
    assert by_precedence(rows, library_plan()) == by_precedence(rows[::-1], library_plan())


def test_a_related_value_never_leads() -> None:
    plan = library_plan()
    assert leading_value([published(DIRECT, related=True)], plan) is None
    assert leading_value([], plan) is None


def test_the_librarys_own_report_leads_the_newspapers_later_copy() -> None:
    plan = library_plan()
    rows = values_by_year("L01", plan)
    assert list(rows) == [2023, 2024, 2025]
    assert [str(row.value) for row in rows[2025]] == ["7.9", "8.1"]


observations = st.builds(
    published,
    st.sampled_from([DIRECT, DIRECT_TOO, COPY, MIRROR]),
    st.dates().map(str),
    related=st.booleans(),
)


@given(st.lists(observations, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_rows_in_the_file_changes_nothing(
    rows: list[Observation], random: Random
) -> None:
    plan = library_plan()
    shuffled = random.sample(rows, len(rows))
    assert by_precedence(shuffled, plan) == by_precedence(rows, plan)
    assert sorted(map(repr, by_precedence(rows, plan))) == sorted(map(repr, rows))
    assert leading_value(shuffled, plan) == leading_value(rows, plan)
