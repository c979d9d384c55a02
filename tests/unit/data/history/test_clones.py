"""What a clone leaves out is named, with its reason; what can be fetched is."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest

from plansite.data.history import History, read_history, why_unknown
from plansite.data.history.checkout import package_at
from plansite.data.history.limits import HistoryLimit, clone_limits
from plansite.data.history.releases import read_releases
from plansite.data.history.repository import git_process
from plansite.data.history.repository.git_process import RevisionError
from plansite.model import Language
from plansite.model.contract import CONTRACT
from plansite.model.translations import Words
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import add_row, copy_package, edit_cell

TABLES = {name: f"{name}.csv" for name, rule in CONTRACT.items() if not rule.added}
DAYS = [dt.date(2026, 3, day) for day in (1, 2, 3)]
UNSHALLOW = ("git fetch --unshallow --tags", "fetch-depth: 0", 'GIT_DEPTH: "0"')
FILTERS = ["blob:none", "tree:0"]


def at(day: dt.date) -> str:
    return f"{day} 12:00:00 +0800"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Three commits, one a day."""
    repository = make_repository(tmp_path_factory.mktemp("begun") / "repository", at(DAYS[0]))
    repository.git("config", "uploadpack.allowFilter", "true")
    edit_cell(repository.package, "observations", 2, "value", "5.5")
    repository.commit(when=at(DAYS[1]))
    edit_cell(repository.package, "targets", 2, "value", "6.5")
    repository.commit(when=at(DAYS[2]))
    return repository


@pytest.fixture
def repository(begun: Repository, tmp_path: Path) -> Repository:
    """A copy to work with."""
    return Repository(Path(shutil.copytree(begun.root, tmp_path / "repository")))


def history_of(package: Path) -> History:
    history = read_history(package, TABLES)
    assert history is not None
    return history


def days(history: History) -> list[dt.date | None]:
    return [step.commit.day if step.commit else None for step in history.steps]


def said(*limits: HistoryLimit) -> str:
    """What the limits tell, which reads well in both languages."""
    for language in Language:
        t = Words(language)
        for limit in limits:
            reason = t(limit.reason, **limit.values)
            text = t("history.told", lacks=t(limit.lacks), reason=reason)
            assert text.count("\n") == 0
            assert "{" not in text
    t = Words(Language.EN)
    return " | ".join(t(limit.reason, **limit.values) for limit in limits)


def absence(package: Path) -> str:
    """Why nothing is known of a package's past."""
    assert read_history(package, TABLES) is None
    limits = why_unknown(package, TABLES, {})
    assert [limit.lacks for limit in limits] == ["history.lacks_all"]
    return said(*limits)


@pytest.mark.parametrize(
    ("how", "known"),
    [("--depth=1", []), ("--depth=2", DAYS[:1:-1]), ("--shallow-since=2026-03-02T20:00Z", [])],
)
def test_a_shallow_clone_is_said_to_be_one(
    repository: Repository, how: str, known: list[dt.date]
) -> None:
    clone = repository.clone(how)
    history = history_of(clone.package)
    assert (days(history), history.is_whole) == (known, False)
    for limits in (history.limits, clone_limits(clone.package)):
        assert len(limits) == 1
        assert all(remedy in said(*limits) for remedy in UNSHALLOW)
    clone.git("fetch", "--quiet", "--unshallow", "--tags")
    assert history_of(clone.package) == history_of(repository.package)
    assert clone_limits(clone.package) == ()


def test_a_shallow_clone_that_reaches_back_to_the_packages_beginning_lacks_no_more_than_tags(
    repository: Repository,
) -> None:
    clone = repository.clone("--depth=3")
    history = history_of(clone.package)
    assert (days(history), history.is_whole) == (DAYS[::-1], True)
    assert [limit.lacks for limit in history.limits] == ["history.lacks_releases"]
    assert clone_limits(clone.package) == history.limits


def test_a_clone_without_tags_is_said_to_be_one_until_it_has_some(repository: Repository) -> None:
    repository.git("tag", "data-2026-03-03")
    clone = repository.clone("--no-tags")
    assert "git fetch --tags" in said(*history_of(clone.package).limits)
    clone.git("fetch", "--quiet", "--tags")
    assert history_of(clone.package).limits == ()


@pytest.mark.parametrize("what", FILTERS)
def test_a_partial_clone_fetches_what_it_lacks(repository: Repository, what: str) -> None:
    clone = repository.clone(f"--filter={what}")
    earlier = package_at("HEAD~2", clone.package).snapshot.contents()
    assert earlier == package_at("HEAD~2", repository.package).snapshot.contents()
    other = repository.clone(f"--filter={what}", name="other")
    assert history_of(other.package) == history_of(repository.package)


@pytest.mark.parametrize("what", FILTERS)
def test_a_partial_clone_whose_remote_is_gone_says_so(
    repository: Repository, what: str, tmp_path: Path
) -> None:
    clone = repository.clone(f"--filter={what}")
    clone.git("remote", "set-url", "origin", f"file://{tmp_path}/gone")
    with pytest.raises(RevisionError) as raised:
        package_at("HEAD~2", clone.package)
    assert raised.value.key == "history.not_fetched"
    assert "gone" in str(raised.value.values["reason"])
    history = read_history(clone.package, TABLES)
    told = said(*(history.limits if history else why_unknown(clone.package, TABLES, {})))
    assert "--filter" in told and "origin" in told


def test_a_partial_clone_shows_what_it_has(repository: Repository, tmp_path: Path) -> None:
    clone = repository.clone("--filter=blob:none")
    clone.git("cat-file", "-e", "HEAD~1:library/targets.csv")
    clone.git("remote", "set-url", "origin", f"file://{tmp_path}/gone")
    history = history_of(clone.package)
    assert (days(history), history.is_whole, len(history.limits)) == (DAYS[:1:-1], False, 1)


def name_a_program(clone: Repository, how: str, program: str) -> None:
    """Have a clone's own settings name a program that fetching could run."""
    pack = f"{program}; git-upload-pack"
    if how == "setting":
        clone.git("config", "remote.origin.uploadpack", pack)
    elif how == "helper":
        clone.git("config", "protocol.ext.allow", "always")
        clone.git("config", "remote.origin.url", f"ext::sh -c {program.replace(' ', '% ')}")
    elif how == "alternates":
        clone.git("config", "core.alternateRefsCommand", f"{program}; true #")
        alternates = clone.root / ".git" / "objects" / "info" / "alternates"
        other = Repository(clone.root.with_name("other"))
        other.root.mkdir()
        other.git("init", "--quiet")
        other.commit()
        alternates.write_text(f"{other.root}/.git/objects\n")
    elif how == "name taken for an option":
        clone.git("config", "extensions.partialClone", f"--upload-pack={pack}")
    elif how == "another name taken for an option":
        clone.git("config", "--unset", "remote.origin.promisor")
        clone.git("config", f"remote.--upload-pack={pack}.promisor", "true")


@pytest.mark.parametrize(
    "how",
    [
        *("setting", "helper", "alternates", "environment"),
        *("name taken for an option", "another name taken for an option"),
    ],
)
def test_fetching_runs_nothing_that_the_repository_names(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    clone = repository.clone("--filter=blob:none")
    mark = tmp_path / "ran"
    name_a_program(clone, how, f"touch {mark}")
    mark.unlink(missing_ok=True)
    if how == "environment":
        monkeypatch.setenv("GIT_NO_LAZY_FETCH", "1")
    with pytest.raises(RevisionError) as raised:
        package_at("HEAD~2", clone.package)
    assert raised.value.key == "history.partial"
    assert "--filter" in said(*history_of(clone.package).limits)
    assert not mark.exists()


def test_an_older_git_runs_nothing_that_the_repository_names(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = repository.clone("--filter=blob:none")
    mark = tmp_path / "ran"
    name_a_program(clone, "setting", f"touch {mark}")
    older = tmp_path / "bin" / "git"
    older.parent.mkdir()
    older.write_text(f'#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nexec {shutil.which("git")} "$@"\n')
    older.chmod(0o755)
    monkeypatch.setenv("PATH", str(older.parent), prepend=os.pathsep)
    with pytest.raises(RevisionError):
        package_at("HEAD~2", clone.package)
    assert not mark.exists()


def test_fetching_takes_no_longer_than_allowed(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = repository.clone("--filter=blob:none")
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    clone.git("remote", "set-url", "origin", "ssh://host.invalid/x")
    monkeypatch.setenv("GIT_SSH_COMMAND", str(slow))
    monkeypatch.setattr(git_process, "TIMEOUT_SECONDS", 1)
    with pytest.raises(RevisionError) as raised:
        package_at("HEAD~2", clone.package)
    assert raised.value.key == "history.slow"
    assert "1 second" in said(*history_of(clone.package).limits)


def test_a_git_that_does_not_answer_is_asked_once(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = tmp_path / "bin" / "git"
    silent.parent.mkdir()
    silent.write_text(f"#!/bin/sh\necho >>{tmp_path}/asked\nexec sleep 60\n")
    silent.chmod(0o755)
    monkeypatch.setenv("PATH", str(silent.parent), prepend=os.pathsep)
    monkeypatch.setattr(git_process, "TIMEOUT_SECONDS", 0.3)
    assert "0.3 seconds" in absence(repository.package)
    assert read_releases(repository.package).known == ()
    assert (tmp_path / "asked").read_text() == "\n"


@pytest.mark.parametrize("printed", ["", "true", "true\nfalse\n"])
def test_another_program_of_that_name_is_told(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: str
) -> None:
    other = tmp_path / "bin" / "git"
    other.parent.mkdir()
    other.write_text(f"#!/bin/sh\nprintf '{printed}'\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(other.parent))
    assert "git rev-parse" in absence(repository.package)


def test_releases_that_a_partial_clone_lacks_are_told_with_the_reason(
    repository: Repository, tmp_path: Path
) -> None:
    for number, commit in enumerate(("HEAD~2", "HEAD~1", "HEAD"), 1):
        repository.git("tag", f"data-2026-03-0{number}", commit)
    clone = repository.clone("--filter=blob:none")
    clone.git("remote", "set-url", "origin", f"file://{tmp_path}/gone")
    found = read_releases(clone.package)
    assert [release.tag for release in found.known] == ["data-2026-03-03"]
    assert found.unreadable == ("data-2026-03-01", "data-2026-03-02")
    [limit] = found.limits
    assert limit.lacks == "history.lacks_some_releases"
    assert "cannot be fetched from origin" in said(limit)


def test_a_repository_of_another_user_is_read_where_the_environment_trusts_it(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    command = f"git config --global --add safe.directory {repository.root}"
    assert command in absence(repository.package)
    assert command in said(*clone_limits(repository.package))
    with pytest.raises(RevisionError) as raised:
        package_at("HEAD", repository.package)
    assert raised.value.key == "history.foreign"
    mine = tmp_path / "gitconfig"
    mine.write_text(f"[safe]\n\tdirectory = {repository.root}\n")
    with monkeypatch.context() as trusting:
        trusting.setenv("GIT_CONFIG_GLOBAL", str(mine))
        assert days(history_of(repository.package)) == DAYS[::-1]
    for name, value in (("COUNT", "1"), ("KEY_0", "safe.directory"), ("VALUE_0", "*")):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    assert days(history_of(repository.package)) == DAYS[::-1]
    assert package_at("HEAD", repository.package).snapshot.contents()


def test_what_git_knows_nothing_of_is_told_with_its_remedy(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "git clone" in absence(copy_package(tmp_path, "alone"))
    untracked = copy_package(repository.root, "untracked")
    assert "git add" in absence(untracked)
    (repository.root / ".gitignore").write_text("untracked/\n")
    assert "git check-ignore --verbose" in absence(untracked)
    unborn = Repository(tmp_path / "unborn")
    copy_package(unborn.root)
    unborn.git("init", "--quiet")
    assert "no commit" in absence(unborn.package)
    lost = repository.clone(name="lost")
    lost.git("symbolic-ref", "HEAD", "refs/heads/gone")
    assert "HEAD" in absence(lost.package)
    bare = repository.clone("--bare", name="bare.git")
    assert "git clone" in absence(copy_package(bare.root))
    broken = repository.clone(name="broken")
    for pack in (broken.root / ".git" / "objects" / "pack").glob("*.pack"):
        pack.chmod(0o644)
        pack.write_bytes(pack.read_bytes()[:100])
    absence(broken.package)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "install git" in absence(repository.package)


def test_a_missing_object_and_a_table_that_cannot_be_read_are_told(repository: Repository) -> None:
    (repository.package / "targets.csv").write_text("no,key\n1,2\n")
    repository.commit()
    repository.git("checkout", "--quiet", "HEAD~1", "--", "library/targets.csv")
    newer = repository.commit()
    limits = history_of(repository.package).limits
    assert [limit.lacks for limit in limits] == ["history.lacks_table"]
    assert "targets.csv" in said(*limits)
    assert newer[:10] in said(*limits)
    name = repository.git("rev-parse", "HEAD~3:library/observations.csv")
    (repository.root / ".git" / "objects" / name[:2] / name[2:]).chmod(0o644)
    (repository.root / ".git" / "objects" / name[:2] / name[2:]).write_bytes(b"damaged")
    limits = history_of(repository.package).limits
    assert "git fsck" in said(*limits)


def test_a_committed_table_that_cannot_be_read_or_that_git_lfs_keeps_is_told(
    repository: Repository,
) -> None:
    content = (repository.package / "targets.csv").read_bytes()
    for kept, remedy in (
        ("no,key\n1,2\n", "commit the table as it is now"),
        ("version https://git-lfs.github.com/spec/v1\n", "git lfs migrate export"),
    ):
        (repository.package / "targets.csv").write_text(kept)
        repository.commit()
        (repository.package / "targets.csv").write_bytes(content)
        limits = history_of(repository.package).limits
        assert [limit.lacks for limit in limits] == ["history.lacks_table"]
        assert remedy in said(*limits)
    repository.commit()
    assert "git lfs migrate export" in said(*history_of(repository.package).limits)


def test_a_long_history_is_said_to_be_read_in_part(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("walk", "moves", "repository.log"):
        monkeypatch.setattr(f"plansite.data.history.{place}.MAX_COMMITS", 2)
    assert "2 commits" in said(*history_of(repository.package).limits)


@pytest.mark.parametrize("kind", ["worktree", "submodule", "sha256", "link"])
def test_every_kind_of_repository_is_read(
    repository: Repository, tmp_path: Path, kind: str
) -> None:
    allow = ("-c", "protocol.file.allow=always")
    if kind == "worktree":
        bare = repository.clone("--bare", name="bare.git")
        bare.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "main")
        package = tmp_path / "tree" / "library"
    elif kind == "submodule":
        outer = Repository(tmp_path / "outer")
        outer.root.mkdir()
        outer.git("init", "--quiet")
        outer.git(*allow, "submodule", "--quiet", "add", f"file://{repository.root}", "inner")
        outer.commit()
        package = outer.root / "inner" / "library"
    elif kind == "sha256":
        other = Repository(tmp_path / "sha256")
        other.root.mkdir()
        other.git("init", "--quiet", "--object-format=sha256")
        copy_package(other.root)
        for day, value in zip(DAYS, ("5.3", "5.4", "5.5"), strict=True):
            edit_cell(other.package, "observations", 2, "value", value)
            other.commit(when=at(day))
        package = other.package
    else:
        package = tmp_path / "linked"
        package.symlink_to(repository.package)
    history = history_of(package)
    assert (days(history), history.is_clean, history.limits) == (DAYS[::-1], True, ())


def test_what_people_have_set_changes_nothing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("checkout", "--quiet", "-b", "side")
    row = ("L02", "2025", "gazette-copy", "2026-04-10", "18.5", "final", "same", "", "")
    add_row(repository.package, "observations", *row)
    repository.commit(when=at(DAYS[2]))
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "side")
    plain = history_of(repository.package)
    mark = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {mark}\nexit 1\n")
    script.chmod(0o755)
    settings = {
        "alias.log": f"!{script}", "alias.rev-list": f"!{script}", "core.pager": str(script),
        "pager.rev-list": "true", "color.ui": "always", "diff.external": str(script),
        "core.quotePath": "false", "log.showSignature": "true", "gpg.program": str(script),
        "diff.noprefix": "true", "core.autocrlf": "true", "core.hooksPath": str(tmp_path),
        "core.fsmonitor": str(script), "log.diffMerges": "combined", "diff.renames": "copies",
        "diff.orderFile": str(tmp_path / "gone"), "i18n.logOutputEncoding": "UTF-16",
        "format.pretty": "fuller", "log.follow": "true", "core.abbrev": "5",
        "diff.relative": "true", "diff.ignoreSubmodules": "all", "log.date": "relative",
    }  # fmt: skip
    lines = []
    for key, value in settings.items():
        section, _, name = key.partition(".")
        lines.append(f'[{section}]\n\t{name} = "{value}"\n')
    (tmp_path / "gitconfig").write_text("".join(lines))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(script))
    monkeypatch.setenv("GIT_GLOB_PATHSPECS", "1")
    monkeypatch.setenv("GIT_ICASE_PATHSPECS", "1")
    monkeypatch.setenv("GIT_TRACE", "1")
    again = read_history(shutil.copytree(repository.root, tmp_path / "again") / "library", TABLES)
    assert again == plain
    assert len(days(plain)) == 4
    assert not mark.exists()
