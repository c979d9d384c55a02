"""Verdicts of design section 3: a table for every word, and what must hold for any numbers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.analysis.verdicts.assess import (
    LIMITED_FROM,
    NEARLY_FROM,
    PARTLY_FROM,
    Assessment,
    assess,
    assess_indicator,
    meets,
    progress_share,
)
from plansite.analysis.verdicts.commitments import assess_commitment
from plansite.analysis.verdicts.tallies import tally
from plansite.model import (
    Bilingual,
    Commitment,
    CommitmentVerdict,
    Comparability,
    Comparator,
    Direction,
    Indicator,
    Observation,
    PartialDate,
    Plan,
    ProgressReport,
    ProgressStatus,
    ReleaseStatus,
    Strength,
    Target,
    Verdict,
)
from tests.support.library_package import AS_OF, library_plan

BASE, YEAR = 2023, 2024
WORK = frozenset(verdict for verdict in Verdict if verdict is Verdict.MET or verdict.is_unmet)
"""What says something of the work."""
MIRROR = {
    Comparator.GE: Comparator.LE,
    Comparator.LE: Comparator.GE,
    Comparator.GT: Comparator.LT,
    Comparator.LT: Comparator.GT,
    Comparator.EQ: Comparator.EQ,
    Comparator.BETWEEN: Comparator.BETWEEN,
}


def a_target(
    comparator: Comparator, value: Decimal, upper: Decimal | None = None, year: int = YEAR
) -> Target:
    return Target("L01", year, comparator, value, upper, Strength.FIRM, "原文", "reading-plan")


def a_value(
    year: int,
    value: Decimal,
    comparability: Comparability = Comparability.SAME,
    status: ReleaseStatus = ReleaseStatus.FINAL,
    source: str = "report-2024",
) -> Observation:
    published = PartialDate.parse("2025-03-20")
    return Observation("L01", year, source, published, value, status, comparability)


def an_indicator(
    direction: Direction = Direction.UP, baseline: int | None = BASE, lag: int | None = None
) -> Indicator:
    indicator = library_plan().indicator["L01"]
    return replace(indicator, direction=direction, baseline_year=baseline, publication_lag_days=lag)


def a_plan(indicator: Indicator, targets: list[Target], values: list[Observation]) -> Plan:
    """The library's plan with one indicator."""
    return replace(
        library_plan(),
        indicators=(indicator,),
        targets=tuple(targets),
        observations=tuple(values),
    )


def judged(
    target: Target,
    actual: Decimal | None,
    baseline: Decimal | None = None,
    direction: Direction = Direction.UP,
) -> Assessment:
    values = [] if actual is None else [a_value(YEAR, actual)]
    if baseline is not None:
        values.append(a_value(BASE, baseline))
    indicator = an_indicator(direction)
    rows = assess_indicator(indicator, a_plan(indicator, [target], values), AS_OF)
    return next(row for row in rows if row.year == YEAR)


GE, GT, LE, LT, EQ, BETWEEN = Comparator


@pytest.mark.parametrize(
    ("goal", "actual", "baseline", "verdict"),
    [
        # What meets a target, and what just fails to.
        ("ge 290", "290", None, Verdict.MET),
        ("ge 290", "290.0", "100", Verdict.MET),
        ("ge 290", "289.99", None, Verdict.MISSED),
        ("gt 230", "230.01", None, Verdict.MET),
        ("gt 230", "230", None, Verdict.MISSED),
        ("gt 230", "230.00", None, Verdict.MISSED),
        ("le 16", "16", None, Verdict.MET),
        ("le 16", "16.1", None, Verdict.MISSED),
        ("lt 16", "15.9", None, Verdict.MET),
        ("lt 16", "16", None, Verdict.MISSED),
        ("eq 1", "1.00", None, Verdict.MET),
        ("eq 1", "2", None, Verdict.MISSED),
        ("between 35 60", "35", None, Verdict.MET),
        ("between 35 60", "60", None, Verdict.MET),
        ("between 35 60", "60.1", None, Verdict.MISSED),
        ("between 35 60", "34.9", None, Verdict.MISSED),
        ("ge 0.3", "0.3", None, Verdict.MET),
        # Not met, with a baseline: from 100 to 200.
        ("ge 200", "199", "100", Verdict.NEARLY),
        ("ge 200", "195", "100", Verdict.NEARLY),
        ("ge 200", "194.99", "100", Verdict.PARTLY),
        ("ge 200", "160", "100", Verdict.PARTLY),
        ("ge 200", "159.99", "100", Verdict.LIMITED),
        ("ge 200", "100", "100", Verdict.LIMITED),
        ("ge 200", "99.99", "100", Verdict.REGRESSED),
        ("gt 200", "200", "100", Verdict.NEARLY),
        # Less is better: from 20 down to 10.
        ("le 10", "10.5", "20", Verdict.NEARLY),
        ("le 10", "14", "20", Verdict.PARTLY),
        ("le 10", "14.1", "20", Verdict.LIMITED),
        ("le 10", "20", "20", Verdict.LIMITED),
        ("le 10", "20.1", "20", Verdict.REGRESSED),
        ("lt 10", "10", "20", Verdict.NEARLY),
        # A range: the bound that was missed counts.
        ("between 40 60", "39.5", "30", Verdict.NEARLY),
        ("between 40 60", "36", "30", Verdict.PARTLY),
        ("between 40 60", "25", "30", Verdict.REGRESSED),
        ("between 40 60", "61", "80", Verdict.NEARLY),
        ("between 40 60", "85", "80", Verdict.REGRESSED),
        # No way to measure: the target is the baseline.
        ("ge 200", "150", "200", Verdict.MISSED),
        ("le 10", "11", "10", Verdict.MISSED),
        ("gt 200", "200", "200", Verdict.MISSED),
        # The baseline had already met the target.
        ("ge 200", "150", "250", Verdict.REGRESSED),
        ("le 10", "11", "5", Verdict.REGRESSED),
        ("between 40 60", "65", "50", Verdict.REGRESSED),
    ],
)
def test_verdict_on_a_published_value(
    goal: str, actual: str, baseline: str | None, verdict: Verdict
) -> None:
    comparator, *bounds = goal.split()
    lower, upper = (*map(Decimal, bounds), None)[:2]
    assert lower is not None
    target = a_target(Comparator(comparator), lower, upper)
    row = judged(target, Decimal(actual), None if baseline is None else Decimal(baseline))
    assert row.verdict is verdict
    assert row.leading is not None
    assert row.target is target
    assert (row.progress is not None) == (verdict.is_unmet and verdict is not Verdict.MISSED)


def test_a_target_that_was_overshot_counts_like_one_that_was_undershot() -> None:
    target = a_target(EQ, Decimal(200))
    assert progress_share(Decimal(205), Decimal(100), target) == Decimal("0.95")
    assert progress_share(Decimal(195), Decimal(100), target) == Decimal("0.95")


def test_thresholds_are_those_of_the_design() -> None:
    assert [str(NEARLY_FROM), str(PARTLY_FROM), str(LIMITED_FROM)] == ["0.95", "0.60", "0"]


@pytest.mark.parametrize(
    ("as_of", "lag", "verdict"),
    [
        (dt.date(2024, 6, 30), None, Verdict.AWAITING),
        (dt.date(2024, 12, 31), None, Verdict.AWAITING),
        (dt.date(2025, 1, 1), None, Verdict.OVERDUE),
        (dt.date(2025, 1, 1), 0, Verdict.OVERDUE),
        (dt.date(2025, 3, 31), 90, Verdict.AWAITING),
        (dt.date(2025, 4, 1), 90, Verdict.OVERDUE),
        (dt.date(2035, 1, 1), 90, Verdict.OVERDUE),
    ],
)
def test_verdict_on_silence(as_of: dt.date, lag: int | None, verdict: Verdict) -> None:
    indicator = an_indicator(lag=lag)
    plan = a_plan(indicator, [a_target(GE, Decimal(1))], [])
    (row,) = assess_indicator(indicator, plan, as_of)
    assert row.verdict is verdict
    assert row.leading is None
    assert row.expected_by == dt.date(2024, 12, 31) + dt.timedelta(days=lag or 0)


def test_a_related_value_breaks_no_silence() -> None:
    indicator = an_indicator()
    values = [a_value(YEAR, Decimal(999), Comparability.RELATED)]
    plan = a_plan(indicator, [a_target(GE, Decimal(1))], values)
    (row,) = assess_indicator(indicator, plan, AS_OF)
    assert (row.verdict, row.leading) == (Verdict.OVERDUE, None)


def test_a_related_value_is_no_baseline() -> None:
    indicator = an_indicator()
    values = [a_value(BASE, Decimal(100), Comparability.RELATED), a_value(YEAR, Decimal(199))]
    plan = a_plan(indicator, [a_target(GE, Decimal(200))], values)
    (row,) = assess_indicator(indicator, plan, AS_OF)
    assert (row.verdict, row.baseline) == (Verdict.MISSED, None)


def test_a_value_without_a_target_is_only_shown() -> None:
    indicator = an_indicator()
    plan = a_plan(indicator, [], [a_value(YEAR, Decimal(5))])
    (row,) = assess_indicator(indicator, plan, AS_OF)
    assert row.verdict is Verdict.NO_TARGET
    assert row.leading is not None


def test_the_leading_value_decides() -> None:
    indicator = an_indicator()
    values = [
        a_value(YEAR, Decimal(300), source="gazette-copy"),
        a_value(YEAR, Decimal(199), source="report-2024"),
    ]
    plan = a_plan(indicator, [a_target(GE, Decimal(200))], values)
    (row,) = assess_indicator(indicator, plan, AS_OF)
    assert row.verdict is Verdict.MISSED


@pytest.mark.parametrize(
    ("status", "marked"),
    [
        (ReleaseStatus.PROVISIONAL, True),
        (ReleaseStatus.ESTIMATED, True),
        (ReleaseStatus.FINAL, False),
    ],
)
def test_what_may_still_be_revised_is_marked(status: ReleaseStatus, marked: bool) -> None:
    indicator = an_indicator()
    plan = a_plan(indicator, [a_target(GE, Decimal(1))], [a_value(YEAR, Decimal(2), status=status)])
    (row,) = assess_indicator(indicator, plan, AS_OF)
    assert row.is_provisional is marked


def test_context_is_never_judged() -> None:
    found = assess(library_plan(), AS_OF)
    assert found.of("L08") == []
    assert [row.year for row in found.of("L01")] == [2023, 2024, 2025, 2026]
    assert found.of("nobody") == []
    assert found.of_task("nobody") == []


def test_verdicts_are_counted_and_never_averaged() -> None:
    rows = assess(library_plan(), AS_OF).indicators
    counts = Counter(row.verdict for row in rows)
    assert counts.total() == len(rows)
    assert counts[Verdict.MET] == 3
    assert counts[Verdict.OVERDUE] == 1
    shown = tally(rows)
    assert shown.met == 3
    assert shown.unpublished == counts[Verdict.OVERDUE] + counts[Verdict.AWAITING]
    assert shown.total == shown.met + shown.unmet + shown.unpublished


# What must hold for any numbers.

numbers = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=2)
days = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
lags = st.none() | st.integers(0, 900)


@st.composite
def targets(draw: st.DrawFn) -> Target:
    comparator = draw(st.sampled_from(Comparator))
    low, high = sorted([draw(numbers), draw(numbers)])
    return a_target(comparator, low, high if comparator is BETWEEN else None)


@given(targets(), st.lists(numbers, max_size=3), lags, days)
def test_no_published_value_no_verdict_on_the_work(
    target: Target, related: list[Decimal], lag: int | None, as_of: dt.date
) -> None:
    indicator = an_indicator(lag=lag)
    values = [a_value(YEAR, value, Comparability.RELATED) for value in related]
    values.append(a_value(BASE, Decimal(1)))
    for row in assess_indicator(indicator, a_plan(indicator, [target], values), as_of):
        if row.leading is None:
            assert row.verdict not in WORK
            assert row.verdict.is_unpublished
        else:
            assert (row.year, row.verdict) == (BASE, Verdict.NO_TARGET)


@given(targets(), numbers, st.none() | numbers)
def test_a_published_value_is_always_judged(
    target: Target, actual: Decimal, baseline: Decimal | None
) -> None:
    row = judged(target, actual, baseline)
    assert row.verdict in WORK
    assert (row.verdict is Verdict.MET) == meets(actual, target)


@given(targets(), numbers, st.none() | numbers)
def test_a_mirrored_direction_gives_the_same_verdict(
    target: Target, actual: Decimal, baseline: Decimal | None
) -> None:
    upper = target.upper_value
    mirrored = replace(
        target,
        comparator=MIRROR[target.comparator],
        value=-(target.value if upper is None else upper),
        upper_value=None if upper is None else -target.value,
    )
    up = judged(target, actual, baseline, Direction.UP)
    down = judged(mirrored, -actual, None if baseline is None else -baseline, Direction.DOWN)
    assert (down.verdict, down.progress) == (up.verdict, up.progress)


@given(targets(), numbers, st.none() | numbers, st.integers(-6, 9))
def test_another_unit_of_measure_gives_the_same_verdict(
    target: Target, actual: Decimal, baseline: Decimal | None, power: int
) -> None:
    upper = target.upper_value
    other = replace(
        target,
        value=target.value.scaleb(power),
        upper_value=None if upper is None else upper.scaleb(power),
    )
    scaled = judged(
        other, actual.scaleb(power), None if baseline is None else baseline.scaleb(power)
    )
    row = judged(target, actual, baseline)
    assert (scaled.verdict, scaled.progress) == (row.verdict, row.progress)


@given(targets(), lags, days, days)
def test_time_never_turns_overdue_into_awaiting(
    target: Target, lag: int | None, one: dt.date, other: dt.date
) -> None:
    indicator = an_indicator(lag=lag)
    plan = a_plan(indicator, [target], [])
    (early,), (late,) = (assess_indicator(indicator, plan, day) for day in sorted([one, other]))
    if early.verdict is Verdict.OVERDUE:
        assert late.verdict is Verdict.OVERDUE


@given(targets(), numbers, numbers, numbers)
def test_a_better_value_never_gets_a_worse_verdict(
    target: Target, one: Decimal, other: Decimal, baseline: Decimal
) -> None:
    target = replace(target, comparator=GE, upper_value=None)
    worse, better = sorted([one, other])
    ranks = [Verdict.REGRESSED, Verdict.LIMITED, Verdict.PARTLY, Verdict.NEARLY, Verdict.MET]
    if target.value > baseline:
        first, second = judged(target, worse, baseline), judged(target, better, baseline)
        assert ranks.index(first.verdict) <= ranks.index(second.verdict)


@given(numbers)
def test_more_than_is_not_met_by_the_same(value: Decimal) -> None:
    assert not meets(value, a_target(GT, value))
    assert not meets(value, a_target(LT, value))
    assert meets(value, a_target(GE, value))
    assert meets(value, a_target(LE, value))


# Commitments.

DONE, GOING, NOT_YET = (
    ProgressStatus.COMPLETED,
    ProgressStatus.IN_PROGRESS,
    ProgressStatus.NOT_STARTED,
)


def commitment_verdict(
    due: str | None, reports: list[tuple[str, ProgressStatus]], as_of: dt.date
) -> CommitmentVerdict:
    text = Bilingual("题", "title")
    parsed = None if due is None else PartialDate.parse(due)
    commitment = Commitment("c", "t1", 1, text, "原文", parsed)
    rows = tuple(
        ProgressReport(
            f"r{number}", "t1", "c", PartialDate.parse(date), status, text, "report-2024"
        )
        for number, (date, status) in enumerate(reports)
    )
    plan = replace(library_plan(), commitments=(commitment,), progress_reports=rows)
    row = assess_commitment(commitment, plan, as_of)
    assert row.commitment is commitment
    return row.verdict


@pytest.mark.parametrize(
    ("due", "reports", "verdict"),
    [
        ("2025-06-30", [("2025-06-30", DONE)], CommitmentVerdict.COMPLETED),
        ("2025-06-30", [("2025-07-01", DONE)], CommitmentVerdict.COMPLETED_LATE),
        ("2025-06", [("2025-06-30", DONE)], CommitmentVerdict.COMPLETED),
        ("2025-06", [("2025-07", DONE)], CommitmentVerdict.COMPLETED_LATE),
        ("2025", [("2025-12-31", DONE)], CommitmentVerdict.COMPLETED),
        ("2025", [("2026-01-01", DONE)], CommitmentVerdict.COMPLETED_LATE),
        ("2025-06-30", [("2025-06", DONE)], CommitmentVerdict.COMPLETED),
        (None, [("2026-01-01", DONE)], CommitmentVerdict.COMPLETED),
        ("2026-12-31", [("2026-02", GOING)], CommitmentVerdict.IN_PROGRESS),
        (None, [("2026-02", GOING)], CommitmentVerdict.IN_PROGRESS),
        ("2026-12-31", [("2026-02", NOT_YET)], CommitmentVerdict.NOT_STARTED),
        (None, [("2020", NOT_YET)], CommitmentVerdict.NOT_STARTED),
        ("2026-12-31", [], CommitmentVerdict.UNREPORTED),
        (None, [], CommitmentVerdict.UNREPORTED),
        ("2025", [("2025-09", GOING)], CommitmentVerdict.OVERDUE),
        ("2025", [("2025-09", NOT_YET)], CommitmentVerdict.OVERDUE),
        ("2025", [], CommitmentVerdict.OVERDUE_UNREPORTED),
        # The order of the rows says nothing.
        ("2025", [("2025-03", GOING), ("2025-09", DONE)], CommitmentVerdict.COMPLETED),
        ("2025", [("2025-09", DONE), ("2025-03", GOING)], CommitmentVerdict.COMPLETED),
        # What is completed stays completed, and was in time if the first report was.
        ("2025", [("2025-03", DONE), ("2025-09", GOING)], CommitmentVerdict.COMPLETED),
        ("2025", [("2025-03", DONE), ("2026-02", DONE)], CommitmentVerdict.COMPLETED),
        ("2025-06", [("2025-07-02", DONE), ("2025-09", DONE)], CommitmentVerdict.COMPLETED_LATE),
        # A less precise date undoes nothing.
        ("2026-03", [("2026-03-01", GOING), ("2026", DONE)], CommitmentVerdict.COMPLETED),
        ("2026-03", [("2026", DONE), ("2026-03-01", GOING)], CommitmentVerdict.COMPLETED),
        ("2026-12-31", [("2026-03-01", GOING), ("2026", NOT_YET)], CommitmentVerdict.IN_PROGRESS),
        ("2026-12-31", [("2026", NOT_YET), ("2026", GOING)], CommitmentVerdict.IN_PROGRESS),
        ("2026-12-31", [("2026-03-01", NOT_YET), ("2025", GOING)], CommitmentVerdict.NOT_STARTED),
        # What is reported after the day of the assessment is not known on it.
        ("2025", [("2026-11-24", DONE)], CommitmentVerdict.OVERDUE_UNREPORTED),
        ("2025", [("2025-03", GOING), ("2026-11-24", DONE)], CommitmentVerdict.OVERDUE),
    ],
)
def test_verdict_on_a_commitment(
    due: str | None, reports: list[tuple[str, ProgressStatus]], verdict: CommitmentVerdict
) -> None:
    assert commitment_verdict(due, reports, AS_OF) is verdict


def less_precise(date: str, parts: int) -> str:
    """A day without its last parts."""
    return "-".join(date.split("-")[: 3 - parts])


dated = st.dates(dt.date(2023, 1, 1), dt.date(2024, 12, 31)).map(str)


@given(
    st.lists(
        st.tuples(dated, st.integers(0, 2), st.sampled_from(ProgressStatus)), min_size=1, max_size=4
    ),
    st.none() | dated,
    st.randoms(use_true_random=False),
)
def test_a_less_precise_date_never_undoes_what_is_certain(
    reports: list[tuple[str, int, ProgressStatus]], due: str | None, random: Random
) -> None:
    """However little is known of the dates, completed stays completed, and never becomes late; nor
    does the order of the rows count.
    """
    precise = [(date, status) for date, _, status in reports]
    vague = [(less_precise(date, parts), status) for date, parts, status in reports]
    certain, found = (commitment_verdict(due, rows, AS_OF) for rows in (precise, vague))
    done = (CommitmentVerdict.COMPLETED, CommitmentVerdict.COMPLETED_LATE)
    assert (found in done) == (certain in done)
    if certain is CommitmentVerdict.COMPLETED:
        assert found is CommitmentVerdict.COMPLETED
    assert commitment_verdict(due, random.sample(vague, len(vague)), AS_OF) is found


@pytest.mark.parametrize(
    ("due", "last_day"),
    [
        ("2022", dt.date(2022, 12, 31)),
        ("2022-02", dt.date(2022, 2, 28)),
        ("2022-06-15", dt.date(2022, 6, 15)),
    ],
)
def test_a_due_date_passes_only_after_its_last_day(due: str, last_day: dt.date) -> None:
    day_after = last_day + dt.timedelta(days=1)
    assert commitment_verdict(due, [], last_day) is CommitmentVerdict.UNREPORTED
    assert commitment_verdict(due, [], day_after) is CommitmentVerdict.OVERDUE_UNREPORTED
    going = [("2022-01-10", GOING)]
    assert commitment_verdict(due, going, last_day) is CommitmentVerdict.IN_PROGRESS
    assert commitment_verdict(due, going, day_after) is CommitmentVerdict.OVERDUE


@given(
    st.none() | days.map(str),
    st.lists(st.tuples(days.map(str), st.sampled_from(ProgressStatus)), max_size=4),
    days,
)
def test_completed_only_where_a_report_says_so(
    due: str | None, reports: list[tuple[str, ProgressStatus]], as_of: dt.date
) -> None:
    known = [report for report in reports if report[0] <= str(as_of)]
    verdict = commitment_verdict(due, reports, as_of)
    if not any(status is DONE for _, status in known):
        assert verdict not in (CommitmentVerdict.COMPLETED, CommitmentVerdict.COMPLETED_LATE)
    nothing = (CommitmentVerdict.UNREPORTED, CommitmentVerdict.OVERDUE_UNREPORTED)
    assert (verdict in nothing) == (not known)


def test_a_report_on_the_task_is_no_report_on_its_commitments() -> None:
    found = {
        row.commitment.commitment_id: row for row in assess(library_plan(), AS_OF).of_task("t2")
    }
    assert list(found) == ["c-braille", "c-prize"]
    assert found["c-prize"].report is None
