"""Which verdicts a commit turned: judged before and after it, as of its own day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from plansite.analysis.changes.change_log import latest_changes
from plansite.analysis.changes.provenance import KnownRows
from plansite.analysis.changes.verdict_changes import VerdictChange, verdict_changes
from plansite.data.checks import validate
from plansite.data.history import read_history
from plansite.model.contract import CONTRACT
from tests.support.git_repository import Repository, make_repository
from tests.support.large_package import make_large_package
from tests.support.library_package import (
    AS_OF,
    add_row,
    cpu_seconds,
    delete_row,
    edit_cell,
    read_rows,
)

TABLES = {name: f"{name}.csv" for name in CONTRACT}
Told = list[tuple[str, int | None, str, str]]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make_repository(tmp_path / "repository", "2026-03-01 12:00:00 +0800")


def changes(package: Path, as_of: dt.date = AS_OF) -> list[tuple[VerdictChange, ...] | None]:
    plan = validate(package, as_of)[0].plan
    history = read_history(package, TABLES)
    assert plan is not None
    assert history is not None
    known = plan.known_on(as_of)
    return [change.verdicts for change in latest_changes(history, known, KnownRows(as_of))]


def told(found: tuple[VerdictChange, ...] | None) -> Told:
    assert found is not None
    return [(row.subject_id, row.year, row.old, row.new) for row in found]


def test_a_corrected_value_turns_its_verdict_and_no_other(repository: Repository) -> None:
    edit_cell(repository.package, "observations", 7, "value", "1.9")
    repository.commit(when="2026-05-07 12:00:00 +0800")
    (turned,), begins = changes(repository.package)[0] or (), changes(repository.package)[1]
    assert (turned.subject_id, turned.year, turned.new) == ("L02", 2024, "met")
    assert turned.old not in ("met", "awaiting", "overdue")
    assert turned.address == "indicators/L02/"
    assert begins == ()


def test_words_and_new_sources_turn_nothing(repository: Repository) -> None:
    edit_cell(repository.package, "indicators", 2, "name_en", "Another name")
    repository.commit()
    assert [told(found) for found in changes(repository.package)] == [[], []]


def test_both_sides_are_judged_on_the_day_of_the_commit(repository: Repository) -> None:
    """What is late today may only have been awaited then, and the story stays as it was told."""
    package = repository.package
    silent = ("L04", "2025", "gazette-copy", "2026-01-05", "9999", "final", "same", "", "")
    add_row(package, "observations", *silent)
    repository.commit(when="2026-01-06 12:00:00 +0800")
    early = told(changes(package)[0])
    assert early == told(changes(package, AS_OF + dt.timedelta(days=400))[0])
    assert early == [("L04", 2025, "awaiting", "met")]


def test_a_new_report_turns_a_commitment(repository: Repository) -> None:
    package = repository.package
    reports = read_rows(package, "progress_reports")
    at = reports[0].index("progress_status")
    number = next(n for n, row in enumerate(reports, 1) if row[at] == "completed")
    commitment = reports[number - 1][reports[0].index("commitment_id")]
    delete_row(package, "progress_reports", number)
    repository.commit()
    ((turned,),) = [found for found in changes(package)[:1] if found is not None]
    assert (turned.subject_id, turned.year) == (commitment, None)
    assert turned.old.startswith("completed")
    assert not turned.new.startswith("completed")
    assert (turned.address or "").endswith(f"#{commitment}")


def test_a_state_that_cannot_be_read_is_not_judged_nor_any_before_it(
    repository: Repository,
) -> None:
    package = repository.package
    value = read_rows(package, "observations")[6][4]
    edit_cell(package, "observations", 7, "value", "about 18")
    repository.commit()
    edit_cell(package, "observations", 7, "value", value)
    repository.commit()
    edit_cell(package, "observations", 7, "value", "1.9")
    repository.commit()
    latest, mended, spoiled, begins = changes(package)
    assert [row[0] for row in told(latest)] == ["L02"]
    assert (mended, spoiled, begins) == (None, None, ())


def test_a_target_that_was_once_half_written_ends_the_telling_and_not_the_build(
    repository: Repository,
) -> None:
    package = repository.package
    upper = read_rows(package, "targets")[6][4]
    for text in ("", upper):
        edit_cell(package, "targets", 7, "upper_value", text)
        repository.commit()
    mended, spoiled, begins = changes(package)
    assert (mended, spoiled, begins) == (None, None, ())


def test_undoing_a_change_turns_the_verdict_back(repository: Repository) -> None:
    package = repository.package
    value = read_rows(package, "observations")[6][4]
    for new in ("1.9", value):
        edit_cell(package, "observations", 7, "value", new)
        repository.commit()
    back, forth, _ = changes(package)
    ((_, _, old, new),) = told(forth)
    assert told(back) == [("L02", 2024, new, old)]


def test_a_long_history_of_a_large_plan_costs_little(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "repository")
    package = make_large_package(repository.root, 10_000)
    repository.commit()
    for number in range(20):
        edit_cell(package, "observations", 40 + number, "value", f"{number}.5")
        repository.commit()
    plan = validate(package, AS_OF)[0].plan
    history = read_history(package, TABLES)
    assert plan is not None
    assert history is not None
    start = cpu_seconds()
    found = list(verdict_changes(history, plan, AS_OF))
    assert cpu_seconds() - start < 2
    assert len(found) == 21
    assert None not in found
