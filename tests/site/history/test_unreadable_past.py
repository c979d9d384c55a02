"""What was published is protected, whatever stands in the commit that it is compared with."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.cli.revisions import corrections_after
from plansite.data.history import published_tables
from plansite.data.package import PackageSnapshot
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import edit_cell

POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n"


def link(table: Path) -> None:
    table.rename(table.with_name(".hidden.csv"))
    table.symlink_to(".hidden.csv")


def break_descriptor(table: Path) -> None:
    table.rename(table.with_name("values.csv"))
    table.with_name("datapackage.json").write_text("{")


SPOILT: dict[str, Callable[[Path], object]] = {
    "without its key": lambda table: table.write_text("indicator,year\nL01,2024\n"),
    "cut short": lambda table: table.write_text('indicator_id,year,"'),
    "empty": lambda table: table.write_text(""),
    "gone": Path.unlink,
    "a link": link,
    "no descriptor": break_descriptor,
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """One commit."""
    return make_repository(tmp_path_factory.mktemp("begun") / "repository")


@pytest.fixture
def repository(begun: Repository, tmp_path: Path) -> Repository:
    """A copy to work with."""
    return Repository(Path(shutil.copytree(begun.root, tmp_path / "repository")))


def spoil_and_mend(repository: Repository, how: str, tmp_path: Path) -> None:
    """Commit a state that cannot be read, and put the files back as they were."""
    kept = shutil.copytree(repository.package, tmp_path / "kept")
    SPOILT[how](repository.package / "observations.csv")
    repository.commit("Spoil")
    repository.commit("Nothing")
    shutil.rmtree(repository.package)
    shutil.copytree(kept, repository.package)


@pytest.mark.parametrize("how", SPOILT)
def test_a_table_that_cannot_be_read_there_is_held_to_what_it_last_was(
    repository: Repository, how: str, tmp_path: Path
) -> None:
    readable = repository.git("rev-parse", "HEAD")
    spoil_and_mend(repository, how, tmp_path)
    ran = repository.run("validate", "--against", "HEAD")
    assert ran.code == 0, ran.err
    assert ran.err.count(readable[:10]) == 1
    assert "observations.csv" in ran.err
    edit_cell(repository.package, "observations", 3, "value", "9.9")
    ran = repository.run("validate", "--against", "HEAD")
    assert ran.code == 10
    assert "observations.csv:3 [published-edited]" in ran.err
    told = repository.run("validate", "--against", "HEAD", lang="zh").err
    assert f"最后可读的提交 {readable[:10]}" in told


def test_a_table_that_was_never_readable_is_told_to_be_compared_with_nothing(
    repository: Repository, tmp_path: Path
) -> None:
    repository.git("update-ref", "-d", "HEAD")
    spoil_and_mend(repository, "cut short", tmp_path)
    ran = repository.run("validate", "--against", "HEAD")
    assert ran.code == 0
    assert "observations.csv" in ran.err
    assert "nothing published is compared" in ran.err
    assert "targets.csv" not in ran.err


@pytest.mark.parametrize("why", ["shallow", "many"])
def test_a_table_whose_readable_state_is_out_of_reach_does_not_pass(
    repository: Repository, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (repository.package / "observations.csv").write_text(f"broken,{number}\n")
        repository.commit()
    if why == "many":
        monkeypatch.setattr(published_tables, "MAX_STATES", 2)
        clone = repository
    else:
        clone = repository.clone("--depth=2")
    ran = clone.run("validate", "--against", "HEAD")
    assert ran.code == 2
    assert "observations.csv" in ran.err
    assert "the whole history" in ran.err


def test_a_table_that_git_lfs_keeps_does_not_pass(repository: Repository) -> None:
    content = (repository.package / "observations.csv").read_bytes()
    (repository.package / "observations.csv").write_text(POINTER)
    repository.commit()
    (repository.package / "observations.csv").write_bytes(content)
    ran = repository.run("validate", "--against", "HEAD")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "git lfs migrate export" in ran.err


def test_an_import_asks_for_corrections_of_what_could_last_be_read(
    repository: Repository, tmp_path: Path
) -> None:
    spoil_and_mend(repository, "cut short", tmp_path)
    before = PackageSnapshot(Path(shutil.copytree(repository.package, tmp_path / "before"))).raw
    edit_cell(repository.package, "observations", 3, "value", "9.9")
    after = PackageSnapshot(repository.package).raw
    ref, rows = corrections_after(repository.package, before, after, dt.date(2026, 11, 23))
    assert ref == "HEAD"
    assert "observations,L01/2024/report-2024/2025-03-20,value,6.0,9.9" in rows
