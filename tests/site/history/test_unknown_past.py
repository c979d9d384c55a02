"""Whoever runs a command is told once what is not known of the past; readers are not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.site.command import run_here
from tests.support.diff_states import SCHEMAS
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import AS_OF, copy_package, edit_cell

REMEDY = "git fetch --unshallow --tags"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Two commits."""
    repository = make_repository(
        tmp_path_factory.mktemp("begun") / "repository", "2026-03-01 12:00:00 +0800"
    )
    repository.git("config", "uploadpack.allowFilter", "true")
    for field, text in (("note_zh", "说明"), ("note_en", "A note")):
        edit_cell(repository.package, "observations", 2, field, text)
    repository.commit(when="2026-03-02 12:00:00 +0800")
    return repository


@pytest.fixture
def repository(begun: Repository, tmp_path: Path) -> Repository:
    """A copy to work with."""
    return Repository(Path(shutil.copytree(begun.root, tmp_path / "repository")))


@pytest.fixture
def first(tmp_path: Path) -> Repository:
    """A repository in whose only commit there is no package; there is one beside it."""
    repository = Repository(tmp_path / "first")
    repository.root.mkdir()
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.commit("Begin without data")
    copy_package(repository.root)
    return repository


def test_a_build_from_a_shallow_clone_says_so_once_and_the_site_does_not(
    repository: Repository, tmp_path: Path
) -> None:
    clone = repository.clone("--depth=1")
    out = tmp_path / "site"
    when = ("--as-of", AS_OF.isoformat(), "--lang", "en")
    finished = run_here("build", "--package", clone.package, "--out", out, *when)
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr.count(REMEDY) == 1
    assert "Left out of the site: " in finished.stderr
    assert not (out / "feed.xml").exists()
    for page in out.rglob("*.html"):
        text = page.read_text("utf-8")
        assert not any(word in text for word in ("unshallow", "浅克隆", "shallow clone")), page


@pytest.mark.parametrize("form", ["text", "json", "markdown", "github"])
def test_validate_tells_of_a_shallow_clone_in_every_format(
    repository: Repository, form: str
) -> None:
    ran = repository.clone("--depth=1").run("validate", "--format", form)
    assert ran.code == 0
    assert (ran.out + ran.err).count(REMEDY) == 1
    if form == "github":
        [line] = [line for line in ran.out.splitlines() if REMEDY in line]
        assert line.startswith("::warning title=")
    else:
        assert REMEDY in ran.err
    if form == "json":
        assert json.loads(ran.out)["valid"]
    assert "unshallow" not in repository.run("validate", "--format", form).err


@pytest.mark.parametrize("verb", ["diff", "validate"])
def test_a_commit_beyond_the_edge_of_a_shallow_clone_is_a_usage_error(
    repository: Repository, verb: str
) -> None:
    against = () if verb == "diff" else ("--against",)
    ran = repository.clone("--depth=1").run(verb, *against, "HEAD~1")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert REMEDY in ran.err


@pytest.mark.parametrize("what", ["blob:none", "tree:0"])
@pytest.mark.parametrize("is_there", [True, False])
def test_a_partial_clone_is_compared_or_says_why_not(
    repository: Repository, what: str, is_there: bool
) -> None:
    for verb, against in (("diff", ()), ("validate", ("--against",))):
        clone = repository.clone(f"--filter={what}", name=f"clone-{verb}")
        if not is_there:
            clone.git("remote", "set-url", "origin", "file:///nowhere")
        ran = clone.run(verb, *against, "HEAD~1")
        assert ran.code == (0 if is_there else 2), ran.err
        assert "Traceback" not in ran.err
        if not is_there:
            assert (ran.out, ran.err.count("\n")) == ("", 1)
            assert "--filter" in ran.err
        elif verb == "diff":
            assert "A note" in ran.out


def test_the_first_package_is_new_and_no_failure(first: Repository) -> None:
    for _ in range(2):
        base = first.git("rev-list", "--max-parents=0", "HEAD")
        checked = first.run("validate", "--against", base)
        assert checked.code == 0, checked.err
        assert "every row is new" in checked.err
        text = first.run("diff", base)
        assert text.code == 0
        assert "every row is new" in text.out
        told = json.loads(first.run("diff", base, "--format", "json").out)
        SCHEMAS.validate(told)
        assert told["base"] == {"revision": base, "valid": False, "errors": 0, "absent": True}
        assert len(told["new"]) + len(told["sources"]) > 50
        assert not told["lost"]
        assert "各行都是新增的" in first.run("diff", base, "--format", "markdown", lang="zh").out
        first.commit("Publish the data")
    assert "every row is gone" in first.run("diff", "HEAD", base).out
    noticed = first.run("validate", "--against", base, "--format", "github").out
    assert noticed.splitlines()[-1].startswith("::notice title=")


@pytest.mark.parametrize("ref", ["mian", "0" * 40, "HEAD~7", "origin/main"])
def test_a_revision_that_is_not_there_is_no_first_package(first: Repository, ref: str) -> None:
    for arguments in (("diff", ref), ("validate", "--against", ref)):
        ran = first.run(*arguments)
        assert (ran.code, ran.out) == (2, ""), arguments


def test_a_folder_that_is_nowhere_is_no_first_package(first: Repository) -> None:
    ran = Repository(first.root, "libary").run("diff", "HEAD")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_a_package_that_moved_is_held_to_what_it_was(repository: Repository) -> None:
    moved = repository.move("data/library")
    moved.commit("Move")
    fine = moved.run("validate", "--against", "HEAD~1")
    assert fine.code == 0, fine.err
    assert "library/" in fine.err
    compared = moved.run("diff", "HEAD~1")
    assert "Nothing changed" in compared.out
    assert "library/" in compared.out
    told = json.loads(moved.run("diff", "HEAD~1", "--format", "json").out)
    SCHEMAS.validate(told)
    assert told["base"]["folder"] == "library/"
    edit_cell(moved.package, "observations", 2, "value", "5.9")
    assert "published-edited" in moved.run("validate", "--against", "HEAD~1").err


def test_a_package_that_had_been_deleted_is_held_to_what_it_was(repository: Repository) -> None:
    kept = shutil.copytree(repository.package, repository.root.with_name("kept"))
    shutil.rmtree(repository.package)
    repository.commit("Delete")
    shutil.copytree(kept, repository.package)
    assert repository.run("validate", "--against", "HEAD").code == 0
    edit_cell(repository.package, "observations", 2, "value", "5.9")
    ran = repository.run("validate", "--against", "HEAD")
    assert ran.code == 10
    assert "had been deleted" in ran.err
    told = json.loads(repository.run("diff", "HEAD", "--format", "json").out)
    SCHEMAS.validate(told)
    assert told["base"]["commit"] == repository.git("rev-parse", "HEAD~1")
