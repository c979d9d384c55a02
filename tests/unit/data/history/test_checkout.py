"""The package as it stood at a git revision, and what is said where it cannot be had."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from plansite.data.history import checkout
from plansite.data.history.checkout import package_at
from plansite.data.history.repository.git_process import RevisionError
from plansite.model import Language
from plansite.model.translations import Words
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import LIBRARY, edit_cell


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make_repository(tmp_path / "repository")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def failure(ref: str, package: Path) -> RevisionError:
    with pytest.raises(RevisionError) as raised:
        package_at(ref, package)
    for language in Language:
        sentence = Words(language)(raised.value.key, **raised.value.values)
        assert "\n" not in sentence
        assert "{" not in sentence
    return raised.value


def test_gives_the_files_as_committed_and_leaves_the_working_tree_alone(
    repository: Repository,
) -> None:
    edit_cell(repository.package, "observations", 2, "value", "9.9")
    edited = files(repository.package)
    assert package_at("main", repository.package).snapshot.contents() == files(LIBRARY)
    assert files(repository.package) == edited


@pytest.mark.parametrize("name", ["HEAD", "main", "v1", "refs/heads/main", "main~0"])
def test_takes_any_name_of_a_commit(repository: Repository, name: str) -> None:
    repository.git("tag", "--annotate", "v1", "--message", "first")
    assert package_at(name, repository.package).snapshot.contents() == files(LIBRARY)


def test_reads_a_package_that_is_no_longer_there(repository: Repository) -> None:
    shutil.rmtree(repository.package)
    assert package_at("HEAD", repository.package).snapshot.contents() == files(LIBRARY)


def test_reads_a_package_at_the_top_of_a_repository(tmp_path: Path) -> None:
    top = Repository(Path(shutil.copytree(LIBRARY, tmp_path / "top")))
    top.git("init", "--quiet", "--initial-branch=main")
    top.commit()
    assert package_at("HEAD", top.root).snapshot.contents() == files(LIBRARY)


@pytest.mark.parametrize(
    "ref",
    [
        "nothing", "", "-", "--all", "--output=x", "HEAD:library", "HEAD..main", "a\0b", "f" * 40,
        "main main", "^main", "HEAD^!", "HEAD\n",
    ],
)  # fmt: skip
def test_an_unknown_revision_is_said_to_be_unknown(repository: Repository, ref: str) -> None:
    assert failure(ref, repository.package).key == "cli.revision_unknown"
    assert not (repository.root / "x").exists()


def test_a_name_of_two_revisions_is_refused_unless_both_are_the_same(
    repository: Repository,
) -> None:
    """Git takes the tag: whoever sets one would have something else compared than is asked for."""
    repository.git("update-ref", "refs/remotes/origin/main", "HEAD")
    repository.git("tag", "--annotate", "origin/main", "--message", "the same")
    assert package_at("origin/main", repository.package).snapshot.contents() == files(LIBRARY)
    edit_cell(repository.package, "observations", 2, "value", "9.9")
    repository.commit()
    repository.git("update-ref", "refs/remotes/origin/main", "HEAD")
    for ref in ("origin/main", "origin/main~0"):
        error = failure(ref, repository.package)
        assert error.key == "cli.revision_ambiguous"
        assert error.values["names"] == "refs/tags/origin/main refs/remotes/origin/main"
    newer = package_at("refs/remotes/origin/main", repository.package)
    assert b"9.9" in newer.snapshot.content("observations.csv")


def test_a_package_that_was_not_there_yet(repository: Repository) -> None:
    other = repository.root / "other"
    shutil.copytree(LIBRARY, other)
    assert package_at("HEAD", other).is_new
    assert package_at("HEAD", other).snapshot.table_files == {}
    shutil.rmtree(other)
    assert failure("HEAD", other).key == "cli.revision_no_package"


def test_no_repository(tmp_path: Path) -> None:
    package = Path(shutil.copytree(LIBRARY, tmp_path / "library"))
    assert failure("HEAD", package).key == "cli.revision_no_repository"


def test_no_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository.root))
    assert failure("HEAD", repository.package).key == "cli.revision_no_git"


def test_too_large(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "MAX_BYTES", 1000)
    assert failure("HEAD", repository.package).key == "cli.revision_too_large"


def test_links_are_not_followed(repository: Repository, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("source_id\nsecret\n")
    (repository.package / "sources.csv").unlink()
    (repository.package / "sources.csv").symlink_to(secret)
    (repository.package / "inner").symlink_to(tmp_path)
    repository.commit()
    earlier = package_at("HEAD", repository.package).snapshot
    assert "agencies.csv" in earlier.contents()
    assert "sources.csv" not in earlier.contents()
    assert earlier.files.absence("sources.csv") == "missing-file"
    assert earlier.files.absence("inner/secret.csv") == "missing-file"


def test_nothing_of_the_repository_is_run(repository: Repository, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    script = tmp_path / "script.sh"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(0o755)
    hooks = repository.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "reference-transaction", "post-index-change"):
        shutil.copy(script, hooks / name)
    (repository.root / ".gitattributes").write_text("*.csv diff=x filter=x export-subst\n")
    repository.git("config", "diff.x.textconv", str(script))
    repository.git("config", "filter.x.smudge", str(script))
    repository.git("config", "core.fsmonitor", str(script))
    assert package_at("HEAD", repository.package).snapshot.contents() == files(LIBRARY)
    assert not mark.exists()


def test_another_repository_in_the_environment_does_not_mislead(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_repository(tmp_path / "other")
    monkeypatch.setitem(os.environ, "GIT_DIR", str(tmp_path / "other" / ".git"))
    edit_cell(repository.package, "observations", 2, "value", "9.9")
    monkeypatch.delenv("GIT_DIR")
    newer = repository.commit()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    assert b"9.9" in package_at(newer, repository.package).snapshot.content("observations.csv")
