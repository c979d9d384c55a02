"""Tables that somebody edits while a site is built: it shows the state at the build's beginning."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import BinaryIO

import pytest

from plansite.data.package import encoding, snapshot, stored_files, take_snapshot
from plansite.model.errors import DataError, UsageError
from plansite.model.problems import Problem
from plansite.pipeline.build import build_site
from plansite.pipeline.options import Announce, BuildOptions
from tests.site.command import digests, own_folder
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import (
    AS_OF,
    add_row,
    copy_package,
    edit_cell,
    edit_descriptor,
    edit_text,
)


def quiet(key: str) -> contextlib.AbstractContextManager[object]:
    return contextlib.nullcontext()


def options(package: Path, out: Path) -> BuildOptions:
    return BuildOptions(own_folder(), package, out, AS_OF, jobs=1, caches=True)


def editing(package: Path) -> Announce:
    """What edits another part of the package whenever a stage begins."""

    def announce(key: str) -> contextlib.AbstractContextManager[object]:
        if key == "assess":
            edit_cell(package, "observations", 2, "value", "123456")
            edit_descriptor(package, lambda content: content.update(title_en="Another title"))
            (package / "notes.csv").write_text("no table\n", "utf-8")
        elif key == "pages":
            edit_cell(package, "indicators", 2, "name_zh", "改了的名称")
        elif key == "engine":
            edit_text(package, "sources.csv", lambda text: text.upper())  # no longer valid
        elif key == "finish":
            (package / "targets.csv").unlink()
        return quiet(key)

    return announce


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make_repository(tmp_path / "repository", "2026-03-01 12:00:00 +0800")


def test_a_site_shows_the_state_at_the_beginning_of_its_build(
    repository: Repository, tmp_path: Path
) -> None:
    package = repository.package
    edit_text(package, "sources.csv", lambda text: text.replace("https:", "http:", 1))
    build_site(options(package, tmp_path / "undisturbed"), quiet)
    disturbed = build_site(options(package, tmp_path / "disturbed"), editing(package))
    assert not (package / "targets.csv").exists()
    assert digests(tmp_path / "disturbed") == digests(tmp_path / "undisturbed")
    assert [(problem.code, problem.file) for problem in disturbed.warnings] == [
        ("insecure-link", (package / "sources.csv").as_posix())
    ]
    with pytest.raises(DataError) as refused:  # the next build has what is there now
        build_site(options(package, tmp_path / "disturbed"), quiet)
    assert (package / "targets.csv").as_posix() in {one.file for one in refused.value.problems}


def test_what_cannot_be_read_is_told_as_validate_tells_it(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    (package / "agencies.csv").rename(tmp_path / "agencies.csv")
    (package / "agencies.csv").symlink_to(tmp_path / "agencies.csv")
    with pytest.raises(DataError) as refused:
        build_site(options(package, tmp_path / "site"), quiet)
    told = {(problem.code, problem.file) for problem in refused.value.problems}
    assert ("outside-link", (package / "agencies.csv").as_posix()) in told


def test_files_saved_together_are_read_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row and the source that it names, saved one after the other while both are read."""
    package, read, saves = copy_package(tmp_path), encoding.read_checked, _saves(tmp_path)

    def read_and_save(
        stream: BinaryIO, file: str, *, is_table: bool
    ) -> tuple[bytes, Problem | None]:
        content = read(stream, file, is_table=is_table)
        if file == (package / "sources.csv").as_posix():
            next(saves, None)
        return content

    monkeypatch.setattr(stored_files, "read_checked", read_and_save)
    contents = take_snapshot(package).contents()
    monkeypatch.undo()
    assert contents == {path.name: path.read_bytes() for path in package.iterdir()}
    assert b"new-source" in contents["sources.csv"]
    assert b"new-source" in contents["observations.csv"]


def test_what_never_keeps_still_is_not_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, read, seconds = copy_package(tmp_path), encoding.read_checked, count()

    def read_and_save(
        stream: BinaryIO, file: str, *, is_table: bool
    ) -> tuple[bytes, Problem | None]:
        if file == (package / "sources.csv").as_posix():
            moment = next(seconds)
            os.utime(file, (moment, moment))
        return read(stream, file, is_table=is_table)

    monkeypatch.setattr(snapshot, "_PAUSE_SECONDS", 0)
    monkeypatch.setattr(stored_files, "read_checked", read_and_save)
    with pytest.raises(OSError, match="busy") as refused:
        take_snapshot(package)
    assert refused.value.filename == str(package)


def _saves(tmp_path: Path) -> Iterator[None]:
    package = tmp_path / "library"
    fields = (package / "sources.csv").read_text("utf-8").partition("\n")[0].count(",")
    add_row(package, "sources", "new-source", *[""] * fields)
    edit_cell(package, "observations", 2, "source_id", "new-source")
    yield


def test_a_package_in_the_folder_that_a_build_empties_is_refused_and_kept(tmp_path: Path) -> None:
    root = tmp_path / "program"
    package = copy_package(root / "build" / "data")
    before = digests(package)
    (root / "datapackage").symlink_to(package)
    inside = BuildOptions(root, root / "datapackage", root / "site", AS_OF, jobs=1, caches=False)
    with pytest.raises(UsageError):
        build_site(inside, quiet)
    assert digests(package) == before
