from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model import Comparability, Observation, PartialDate, ReleaseStatus
from plansite.model.precedence import by_precedence, leading_value, values_by_year
from tests.support.library_package import library_plan

# The library's sources by access.
PROVISIONAL, ESTIMATED = ReleaseStatus.PROVISIONAL, ReleaseStatus.ESTIMATED
DIRECT, DIRECT_TOO = "report-2024", "report-2025"
COPY, MIRROR = "survey-copy", "gazette-copy"


def published(
    source: str,
    date: str = "2025-03-20",
    value: str = "1",
    status: ReleaseStatus = ReleaseStatus.FINAL,
    *,
    related: bool = False,
) -> Observation:
    return Observation(
        "L01",
        2024,
        source,
        PartialDate.parse(date),
        Decimal(value),
        status,
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
        (published(DIRECT, "2024-03-14"), published(DIRECT, "2024", status=PROVISIONAL)),
        (published(DIRECT, "2024"), published(DIRECT, "2025", status=PROVISIONAL)),
        (published(DIRECT, status=PROVISIONAL), published(DIRECT, "2026", status=ESTIMATED)),
        (published(DIRECT, "2026", status=ESTIMATED), published(DIRECT_TOO, "2025")),
        (published(DIRECT, "2025-03-20"), published(DIRECT_TOO, "2025")),
    ],
    ids=[
        "comparable before direct",
        "direct before copy",
        "copy before mirror",
        "direct before mirror",
        "the later day",
        "the later month",
        "related ones among themselves",
        "final before provisional however vague its date",
        "final before a later provisional one",
        "provisional before estimated",
        "another source's later estimate",
        "of an open order the more precise",
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
    st.dates().map(str) | st.sampled_from(["2025", "2025-03", "2024"]),
    status=st.sampled_from(ReleaseStatus),
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


@given(st.lists(observations, min_size=1, max_size=5), observations)
def test_a_value_that_comes_later_puts_no_others_in_another_order(
    rows: list[Observation], added: Observation
) -> None:
    """Of two sources without it, the one that came first still does."""
    plan = library_plan()
    others = [row for row in rows if row.source_id != added.source_id]
    after = [row for row in by_precedence([*others, added], plan) if row is not added]
    assert after == by_precedence(others, plan)


@given(st.lists(observations, min_size=1, max_size=6))
def test_of_one_source_the_most_settled_value_leads(rows: list[Observation]) -> None:
    leading = leading_value(rows, library_plan())
    if leading is not None and leading.release_status is not ReleaseStatus.FINAL:
        assert not any(
            row.source_id == leading.source_id
            and row.comparability is Comparability.SAME
            and row.release_status is ReleaseStatus.FINAL
            for row in rows
        )
