"""A package that moves keeps its past, and nothing else lends it one."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from plansite.data.history import History, read_history
from plansite.data.history.checkout import package_at
from plansite.data.history.releases import read_releases
from plansite.model.contract import CONTRACT
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import LIBRARY, edit_cell, edit_text

TABLES = {name: f"{name}.csv" for name, rule in CONTRACT.items() if not rule.added}
DAYS = [dt.date(2026, 3, day) for day in range(1, 9)]
BEGUN = [DAYS[1], DAYS[0]]


def at(day: dt.date) -> str:
    return f"{day} 12:00:00 +0800"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Two commits: the data, and a value that was edited the day after; a release is between."""
    repository = make_repository(tmp_path_factory.mktemp("begun") / "repository", at(DAYS[0]))
    repository.git("tag", "data-2026-03-01")
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    repository.commit(when=at(DAYS[1]))
    return repository


@pytest.fixture
def repository(begun: Repository, tmp_path: Path) -> Repository:
    """A copy to work with."""
    return Repository(Path(shutil.copytree(begun.root, tmp_path / "repository")))


def history_of(repository: Repository, **files: str) -> History:
    history = read_history(repository.package, {**TABLES, **files})
    assert history is not None
    return history


def days(repository: Repository, **files: str) -> list[dt.date | None]:
    """The days of the commits that changed rows, the latest first."""
    return [
        step.commit.day if step.commit else None for step in history_of(repository, **files).steps
    ]


def describe(package: Path, **said: str) -> None:
    descriptor = package / "datapackage.json"
    told = json.loads(descriptor.read_text("utf-8"))
    descriptor.write_text(json.dumps({**told, **said}), "utf-8")


@pytest.mark.parametrize("folder", ["data/library", "library2", ".", "字 [x]*/y", ":data", ":!x"])
def test_a_move_changes_nothing(repository: Repository, folder: str) -> None:
    moved = repository.move(folder)
    assert days(moved) == BEGUN
    assert not history_of(moved).is_clean
    commit = moved.commit(when=at(DAYS[3]))
    history = history_of(moved)
    assert days(moved) == BEGUN
    assert (history.head.id, history.is_clean, history.is_whole) == (commit, True, True)
    assert history.folder.as_posix() == folder
    assert history.limits == ()


@pytest.mark.parametrize("at_first", [1, 2, 16])
def test_a_move_with_edits_is_the_edits_and_so_is_a_second_one(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, at_first: int
) -> None:
    monkeypatch.setattr("plansite.data.history.moves._FIRST_COMMITS", at_first)
    moved = repository.move("data/library")
    edit_cell(moved.package, "observations", 3, "value", "6.1")
    moved.commit(when=at(DAYS[2]))
    edit_cell(moved.package, "observations", 4, "value", "7.8")
    moved.commit(when=at(DAYS[3]))
    again = moved.move("third")
    again.commit(when=at(DAYS[4]))
    back = again.move("library")
    edit_cell(back.package, "observations", 5, "value", "1")
    back.commit(when=at(DAYS[5]))
    assert days(back) == [DAYS[5], DAYS[3], DAYS[2], *BEGUN]
    changed = [
        (len(old.rows), len(new.rows))
        for step in history_of(back).steps[:-1]
        for old, new in step.tables
    ]
    assert changed == [(1, 1)] * 4


def test_a_move_that_a_merge_brings_in_is_followed(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "proposal")
    moved = repository.move("data/library")
    edit_cell(moved.package, "observations", 3, "value", "6.1")
    moved.commit(when=at(DAYS[2]))
    moved.git("checkout", "--quiet", "main")
    clock = {"GIT_COMMITTER_DATE": at(DAYS[4])}
    moved.git("merge", "--quiet", "--no-ff", "--no-edit", "proposal", **clock)
    assert days(moved) == [DAYS[4], *BEGUN]


def test_a_table_that_moves_within_the_package_keeps_its_past(repository: Repository) -> None:
    package = repository.package
    (package / "tables").mkdir()
    repository.git("mv", "library/observations.csv", "library/tables/values.csv")
    edit_text(
        package,
        "datapackage.json",
        lambda text: text.replace('"observations.csv"', '"tables/values.csv"'),
    )
    assert days(repository, observations="tables/values.csv") == BEGUN
    repository.commit(when=at(DAYS[2]))
    moved = repository.move("elsewhere")
    moved.commit(when=at(DAYS[3]))
    assert days(moved, observations="tables/values.csv") == BEGUN
    assert history_of(moved, observations="tables/values.csv").is_whole


@pytest.mark.parametrize("deletes_first", [True, False])
def test_a_folder_uploaded_and_the_old_one_deleted_with_two_commits_is_a_move(
    repository: Repository, tmp_path: Path, deletes_first: bool
) -> None:
    kept = shutil.copytree(repository.package, tmp_path / "kept")
    other = Repository(repository.root, "other")
    for day, deletes in ((DAYS[2], deletes_first), (DAYS[3], not deletes_first)):
        if deletes:
            shutil.rmtree(repository.package)
        else:
            shutil.copytree(kept, other.package)
        other.commit(when=at(day))
    assert days(other) == BEGUN


def test_a_copy_is_no_move(repository: Repository) -> None:
    copy = Repository(repository.root, "copy")
    shutil.copytree(repository.package, copy.package)
    copy.commit(when=at(DAYS[2]))
    assert days(copy) == [DAYS[2]]
    assert package_at("HEAD~1", copy.package).is_new
    edit_cell(repository.package, "observations", 3, "value", "6.1")
    moved = repository.move("elsewhere")
    moved.commit(when=at(DAYS[3]))
    assert days(copy) == [DAYS[2]]
    assert days(moved) == [DAYS[3], *BEGUN]


def test_two_packages_that_change_places_keep_their_own_past(repository: Repository) -> None:
    other = Repository(repository.root, "other")
    shutil.copytree(LIBRARY, other.package)
    describe(other.package, name="another-plan")
    other.commit(when=at(DAYS[2]))
    for old, new in (("library", "between"), ("other", "library"), ("between", "other")):
        repository.git("mv", old, new)
    repository.commit(when=at(DAYS[3]))
    assert days(other) == BEGUN
    assert days(repository) == [DAYS[2]]
    assert str(package_at("HEAD~1", other.package).moved_from) == "library"
    assert str(package_at("HEAD~1", repository.package).moved_from) == "other"


def test_a_package_that_gets_another_name_with_the_move_is_known_by_its_rows(
    repository: Repository,
) -> None:
    moved = repository.move("data/library")
    describe(moved.package, name="another-name")
    edit_cell(moved.package, "observations", 3, "value", "6.1")
    moved.commit(when=at(DAYS[2]))
    assert days(moved) == [DAYS[2], *BEGUN]


def test_another_package_in_place_of_a_deleted_one_has_no_past(repository: Repository) -> None:
    other = Repository(repository.root, "other")
    shutil.copytree(LIBRARY, other.package)
    for table in TABLES.values():
        file = other.package / table
        header = file.read_text("utf-8").splitlines()[0]
        file.write_text(f"{header}\n", "utf-8")
    describe(other.package, name="another-plan")
    shutil.rmtree(repository.package)
    other.commit(when=at(DAYS[2]))
    history = history_of(other)
    assert [step.commit and step.commit.day for step in history.steps] == []


def test_releases_are_found_where_the_package_was(repository: Repository) -> None:
    before = read_releases(repository.package)
    moved = repository.move("data/library")
    moved.commit(when=at(DAYS[2]))
    assert read_releases(moved.package) == before
    assert len(before.known) == 1


def test_a_release_of_a_copied_package_is_not_the_copys(repository: Repository) -> None:
    copy = Repository(repository.root, "copy")
    shutil.copytree(repository.package, copy.package)
    copy.commit(when=at(DAYS[2]))
    found = read_releases(copy.package)
    assert (found.known, found.unreadable) == ((), ("data-2026-03-01",))


def test_an_earlier_state_is_found_where_the_package_was(repository: Repository) -> None:
    moved = repository.move("data/library")
    for ref in ("main", "HEAD~1"):
        found = package_at(ref, moved.package)
        assert str(found.moved_from) == "library"
        assert b"5.5" in found.snapshot.content("observations.csv")
        if ref == "main":
            moved.commit(when=at(DAYS[2]))
    assert package_at("HEAD", moved.package).moved_from is None


def test_a_package_is_new_only_where_none_went_away(repository: Repository) -> None:
    """Whoever moves a package, renames it and edits every row is held to what was published."""
    moved = repository.move("data/library")
    describe(moved.package, name="another-name")
    for table in TABLES.values():
        edit_text(moved.package, table, lambda text: text.replace("\n", ",\n"))
    assert str(package_at("HEAD", moved.package).moved_from) == "library"
    moved.commit(when=at(DAYS[2]))
    assert str(package_at("HEAD~1", moved.package).moved_from) == "library"


def test_a_package_that_a_sparse_checkout_leaves_out_is_not_gone(repository: Repository) -> None:
    other = Repository(repository.root, "字 other")
    shutil.copytree(LIBRARY, other.package)
    describe(other.package, name="another-plan")
    repository.commit(when=at(DAYS[2]))
    repository.git("sparse-checkout", "set", "library")
    assert not other.package.exists()
    new = Repository(repository.root, "new")
    shutil.copytree(LIBRARY, new.package)
    describe(new.package, name="a-new-plan")
    assert package_at("HEAD", new.package).is_new
    assert days(repository) == BEGUN


def test_a_package_that_was_deleted_and_comes_back_is_held_to_what_it_was(
    repository: Repository,
) -> None:
    kept = repository.git("rev-parse", "HEAD")
    shutil.rmtree(repository.package)
    repository.commit(when=at(DAYS[2]))
    back = Repository(repository.root, "back")
    shutil.copytree(LIBRARY, back.package)
    found = package_at("HEAD", back.package)
    assert (found.deleted_after, str(found.moved_from)) == (kept, "library")
    assert b"5.5" in found.snapshot.content("observations.csv")
