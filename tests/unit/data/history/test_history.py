"""What git knows of the data: which rows changed, on which day, and where that is unknown."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plansite.analysis.changes.provenance import Fact, KnownRows, LastChanges, Provenance, whole
from plansite.data.history import History, read_history
from plansite.data.history.repository import objects
from plansite.model.contract import CONTRACT
from tests.support.git_repository import Repository, make_repository
from tests.support.large_package import make_large_package
from tests.support.library_package import (
    AS_OF,
    LIBRARY,
    add_row,
    copy_package,
    cpu_seconds,
    delete_row,
    edit_cell,
    edit_text,
    insert_column,
    read_rows,
    write_rows,
)

TABLES = {name: f"{name}.csv" for name, rule in CONTRACT.items() if not rule.added}
MARCH, MAY, JUNE = (dt.date(2026, month, day) for month, day in ((3, 1), (5, 7), (6, 20)))
L01, L02 = (("observations", "indicator_id", name) for name in ("L01", "L02"))
NEW_VALUE = ("L02", "2025", "gazette-copy", "2026-04-10", "18.5", "final", "same", "", "")


def at(day: dt.date) -> str:
    return f"{day} 12:00:00 +0800"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """One commit, in March."""
    return make_repository(tmp_path / "repository", at(MARCH))


def history_of(package: Path) -> History:
    history = read_history(package, TABLES)
    assert history is not None
    return history


def provenance(package: Path, *facts: Fact) -> Provenance:
    return LastChanges(history_of(package), KnownRows(AS_OF)).of(facts)


def changed(repository: Repository, *facts: Fact) -> dt.date | None:
    return provenance(repository.package, *facts).changed


def test_what_nobody_touched_since_keeps_the_day_of_its_first_commit(
    repository: Repository,
) -> None:
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    newer = repository.commit(when=at(MAY))
    assert changed(repository, L01) == MAY
    assert changed(repository, L02) == MARCH
    assert changed(repository, L02, L01) == MAY
    assert changed(repository, ("sources", "source_id", "report-2023")) == MARCH
    history = history_of(repository.package)
    assert (history.head.id, history.is_clean) == (newer, True)
    assert provenance(repository.package).changed is None


def test_a_row_that_is_new_gone_or_moved_counts_for_all_that_it_belongs_to(
    repository: Repository,
) -> None:
    add_row(repository.package, "observations", *NEW_VALUE)
    repository.commit(when=at(MAY))
    assert changed(repository, L02) == MAY
    assert changed(repository, ("observations", "source_id", "gazette-copy")) == MAY
    assert changed(repository, L01) == MARCH
    delete_row(repository.package, "task_agencies", 2)
    edit_cell(repository.package, "indicators", 6, "task_id", "t3")
    repository.commit(when=at(JUNE))
    for fact in (
        ("task_agencies", "agency_id", "town-library"),
        *(("indicators", "task_id", task) for task in ("t1", "t3")),
    ):
        assert changed(repository, fact) == JUNE, fact
    assert changed(repository, ("task_agencies", "agency_id", "school-board")) == MARCH
    assert changed(repository, ("indicators", "task_id", "t2")) == MARCH


def test_a_row_of_several_lines_changes_as_a_whole_and_alone(repository: Repository) -> None:
    package = repository.package
    edit_cell(package, "tasks", 2, "text_zh", '第一行\n"第二行"\n第三行')
    edit_cell(package, "tasks", 3, "text_en", 'A 5" disk\nand more')
    repository.commit(when=at(MAY))
    edit_cell(package, "tasks", 2, "text_zh", '第一行\n"第二行"\n末行')
    repository.commit(when=at(JUNE))
    assert [changed(repository, ("tasks", "task_id", task)) for task in ("t1", "t2", "t3")] == [
        JUNE,
        MAY,
        MARCH,
    ]


def test_another_way_of_writing_the_same_data_is_no_change(repository: Repository) -> None:
    package = repository.package
    rows = read_rows(package, "observations")
    write_rows(package, "observations", [rows[0], *reversed(rows[1:])])
    insert_column(package, "targets", "remark", "", before="value")
    edit_text(package, "agencies.csv", lambda text: "\ufeff" + text.replace("\n", "\r\n"))
    edit_text(package, "sources.csv", lambda text: text.replace("report-2023,", '"report-2023",'))
    repository.commit(when=at(MAY))
    assert {changed(repository, whole(table)) for table in TABLES} == {MARCH}


def test_what_is_not_committed_is_said_and_dated_by_nobody(repository: Repository) -> None:
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    first, second = (provenance(repository.package, fact) for fact in (L01, L02))
    assert (first.is_uncommitted, first.changed) == (True, None)
    assert (second.is_uncommitted, second.changed) == (False, MARCH)
    assert not history_of(repository.package).is_clean


def test_line_ends_of_the_working_tree_are_no_uncommitted_change(repository: Repository) -> None:
    edit_text(repository.package, "agencies.csv", lambda text: text.replace("\n", "\r\n"))
    assert history_of(repository.package).is_clean


@pytest.mark.parametrize("name", ["site_src/page.md", "mkdocs.yml"])
def test_the_program_has_to_be_as_committed_too(repository: Repository, name: str) -> None:
    places = [repository.root / "site_src", repository.root / "mkdocs.yml"]
    file = repository.root / name
    for path in (places[0] / "page.md", places[1]):
        path.parent.mkdir(exist_ok=True)
        path.write_text("as committed\n")
    repository.commit()

    def is_clean() -> bool:
        history = read_history(repository.package, TABLES, [*places, Path("/nowhere")])
        assert history is not None
        return history.is_clean

    assert is_clean()
    file.write_text("edited\n")
    assert not is_clean()


def test_the_day_is_the_committers_own(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    repository.commit(when="2026-05-07 00:10:00 +0800")  # still the 6th in Greenwich
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        monkeypatch.setenv("TZ", zone)
        assert changed(repository, L01) == MAY


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("@0 +0000", None),  # a clock that was not set
        ("@253402300800 +0000", None),  # the year 10000
        ("@1778112000 +2500", MAY),  # a zone that is none
        ("@1778112000 -9959", MAY),
        ("2026-05-07 23:30:00 -1200", dt.date(2026, 5, 8)),
        ("2026-05-08 00:10:00 +1400", MAY),
    ],
)
def test_the_day_is_that_of_the_plans_zone_and_of_no_clock_that_tells_none(
    repository: Repository, when: str, day: dt.date | None
) -> None:
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    repository.commit(when=when)
    history = history_of(repository.package).in_zone(ZoneInfo("Asia/Shanghai"))
    latest = history.steps[0].commit
    assert latest is not None
    assert (history.head.day, latest.day) == (day, day)


def test_a_merge_changes_the_data_on_its_own_day(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "proposal")
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    repository.commit(when=at(MAY))
    repository.git("checkout", "--quiet", "main")
    edit_cell(repository.package, "sources", 2, "publisher", "Another")
    repository.commit(when=at(MAY))
    clock = {"GIT_COMMITTER_DATE": at(JUNE)}
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "proposal", **clock)
    assert changed(repository, L01) == JUNE
    assert changed(repository, whole("sources")) == MAY
    assert changed(repository, L02) == MARCH


def test_a_shallow_clone_knows_only_what_changed_after_its_edge(
    repository: Repository, tmp_path: Path
) -> None:
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    repository.commit(when=at(MAY))
    edit_cell(repository.package, "targets", 2, "value", "6.5")
    repository.commit(when=at(JUNE))
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "-q", "--depth", "2", f"file://{repository.root}", str(clone.root))
    assert changed(clone, whole("targets")) == JUNE
    assert changed(clone, L01) is None
    assert changed(clone, L01, whole("targets")) == JUNE
    history = history_of(clone.package)
    assert (history.is_clean, history.is_whole) == (True, False)
    assert history_of(repository.package).is_whole


def test_a_graft_or_replacement_does_not_mislead(repository: Repository) -> None:
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    newer = repository.commit(when=at(MAY))
    (repository.root / ".git" / "info").mkdir(exist_ok=True)
    (repository.root / ".git" / "info" / "grafts").write_text(f"{newer}\n")
    assert changed(repository, L02) == MARCH
    (repository.root / ".git" / "info" / "grafts").unlink()
    repository.git("replace", "--graft", newer)
    assert changed(repository, L02) == MARCH


def test_a_missing_object_ends_the_history(repository: Repository) -> None:
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    repository.commit(when=at(MAY))
    edit_cell(repository.package, "observations", 2, "value", "5.6")
    repository.commit(when=at(JUNE))
    name = repository.git("rev-parse", "HEAD~2:library/observations.csv")
    (repository.root / ".git" / "objects" / name[:2] / name[2:]).unlink()
    assert changed(repository, L01) == JUNE
    assert changed(repository, L02) is None
    assert not history_of(repository.package).is_whole


@pytest.mark.parametrize("content", ["no,key\n1,2\n", 'indicator_id,year,"\nx'])
def test_an_earlier_state_that_cannot_be_taken_apart_ends_its_tables_history(
    repository: Repository, content: str
) -> None:
    (repository.package / "targets.csv").write_text(content)
    repository.commit(when=at(MAY))
    shutil.copy(LIBRARY / "targets.csv", repository.package)
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    repository.commit(when=at(JUNE))
    assert changed(repository, whole("targets")) is None
    assert changed(repository, L01) == JUNE
    assert changed(repository, L02) == MARCH


def test_old_tables_are_read_up_to_a_limit(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    repository.commit(when=at(MAY))
    monkeypatch.setattr(objects, "SLICE_BYTES", 1000)
    assert changed(repository, L02) == MARCH
    size = sum((LIBRARY / file).stat().st_size for file in TABLES.values())
    monkeypatch.setattr(objects, "MAX_BYTES", size + 10)
    assert changed(repository, L02) is None


def test_a_value_from_later_than_the_day_of_the_build_does_not_count(
    repository: Repository,
) -> None:
    add_row(repository.package, "observations", *NEW_VALUE)
    repository.commit(when=at(MAY))
    history = history_of(repository.package)
    found = [
        LastChanges(history, KnownRows(day)).of([L02]).changed
        for day in (AS_OF, dt.date(2026, 4, 9))
    ]
    assert found == [MAY, MARCH]


def test_where_git_knows_nothing_nothing_is_said(
    tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = copy_package(tmp_path, "alone")
    assert read_history(alone, TABLES) is None
    untracked = copy_package(repository.root, "untracked")
    assert read_history(untracked, TABLES) is None
    unborn = Repository(tmp_path / "unborn")
    copy_package(unborn.root)
    unborn.git("init", "--quiet")
    assert read_history(unborn.package, TABLES) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_history(repository.package, TABLES) is None


def test_nothing_of_the_repository_is_run(repository: Repository, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    script = tmp_path / "script.sh"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(0o755)
    (repository.root / ".gitattributes").write_text("*.csv diff=x filter=x\n")
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    repository.commit(when=at(MAY))
    for name in ("core.fsmonitor", "diff.external", "gpg.program", "core.pager", "core.sshCommand"):
        repository.git("config", name, str(script))
    for name in ("diff.x.textconv", "diff.x.command", "filter.x.clean", "filter.x.smudge"):
        repository.git("config", name, str(script))
    repository.git("config", "log.showSignature", "true")
    edit_cell(repository.package, "observations", 3, "value", "6.5")
    history = history_of(repository.package)
    assert [step.commit and step.commit.day for step in history.steps] == [None, MAY, MARCH]
    assert not mark.exists()


def test_another_repository_in_the_environment_does_not_mislead(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_repository(tmp_path / "other", at(JUNE))
    monkeypatch.setitem(os.environ, "GIT_DIR", str(tmp_path / "other" / ".git"))
    assert changed(repository, L01) == MARCH


def test_ten_thousand_values_and_thirty_commits_take_little_time(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.git("init", "--quiet", "--initial-branch=main")
    package = make_large_package(tmp_path, 10_000)
    repository.commit(when=at(MARCH))
    rows = read_rows(package, "observations")
    for number in range(30):
        rows[1 + number * 317][-1] = f"Note {number}"
        write_rows(package, "observations", rows)
        repository.commit(when=at(MAY))
    start = cpu_seconds()
    found = provenance(package, whole("observations"))
    assert cpu_seconds() - start < 1.5
    assert found.changed == MAY
