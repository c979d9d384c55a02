"""The repository that holds a package: how it was cloned, its revisions and its tags."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from plansite.data.history.repository.git_process import GitError, RevisionError, git
from plansite.model.problems import visible

_QUESTIONS = ("--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
_RUNS_PROGRAMS = re.compile(
    r"core\.(sshcommand|gitproxy|askpass|alternaterefscommand)|credential\.(.*\.)?helper|hook\..*"
    r"|url\..*|protocol\..*|remote\.(-.*|.*\.(uploadpack|vcs|proxy))"
    r"|http\.(.*\.)?(proxy|sslkey|sslcert|cookiefile)"
)
"""Settings with which a repository could have fetching run a program or lead elsewhere. Git takes
the name of a remote that begins with ``-`` for an option."""


@dataclass(frozen=True)
class Repository:
    """A repository with a working tree."""

    top: Path
    """Its top folder."""
    promisor: str = ""
    """The remote from which a partial clone may fetch what it left out; empty where there is none,
    or where the clone's own settings would have that run a program."""
    is_partial: bool = False
    """Whether it is a clone that left objects out, to be fetched when they are needed."""
    has_no_tags: bool = False
    """Whether it was cloned without tags."""
    is_shallow: bool = False
    """Whether it is a clone that left out commits before some."""

    def run(self, *arguments: str, given: bytes | None = None) -> bytes:
        """Run git at its top and give what it prints.

        Raises:
            GitError: git says no.
            RevisionError: git is not installed, takes too long, or cannot fetch what it lacks.
        """
        try:
            return git(self.top, *arguments, given=given, fetches=bool(self.promisor))
        except GitError as error:
            raise self.explained(error) from None

    def explained(self, error: GitError) -> RevisionError:
        """What git says, or that a partial clone lacks what was asked for."""
        if not (self.is_partial and "promisor remote" in error.said):
            return error
        if not self.promisor:
            return RevisionError("history.partial")
        about = {"remote": self.promisor, "reason": error.values["reason"]}
        return RevisionError("history.not_fetched", **about)


def open_repository(package: Path) -> tuple[Repository, PurePosixPath]:
    """The repository that a package lies in, and the package's path from its top.

    Args:
        package: the package's directory; it need not be there.

    Raises:
        RevisionError: there is no git, the package is in no repository with a working tree, or the
            repository belongs to somebody else, so that git does not read it.
    """
    path = package.resolve()
    start = next(folder for folder in (path, *path.parents) if folder.is_dir())
    try:
        output = git(start, "rev-parse", *_QUESTIONS)
    except GitError as error:
        foreign = re.search(r"safe\.directory '?(.+?)'?$", error.said, re.MULTILINE)
        if foreign:
            raise RevisionError("history.foreign", folder=visible(foreign[1])) from None
        about = {"package": package.as_posix(), "reason": error.values["reason"]}
        raise RevisionError("cli.revision_no_repository", **about) from None
    has_tree, is_cut, prefix, *_ = [*output.removesuffix(b"\n").split(b"\n", 2), b"", b""]
    if output.count(b"\n") < len(_QUESTIONS):  # some other program of that name
        raise RevisionError("history.failed", reason="git rev-parse")
    if has_tree != b"true":
        about = {"package": package.as_posix(), "reason": "no working tree"}
        raise RevisionError("cli.revision_no_repository", **about)
    folder = PurePosixPath(os.fsdecode(prefix))
    top = start.parents[len(folder.parts) - 1] if folder.parts else start
    return _as_cloned(top, is_cut == b"true"), folder / path.relative_to(start).as_posix()


def _as_cloned(top: Path, is_shallow: bool) -> Repository:
    """The repository, with what its settings say of how it was cloned."""
    settings: dict[str, str] = {}
    is_safe = True
    try:
        listing = git(top, "config", "--list", "--show-scope", "-z").decode("utf-8", "replace")
    except GitError:  # older than git 2.26
        return Repository(top, is_shallow=is_shallow)
    words = iter(listing.split("\0")[:-1])
    for scope, setting in zip(words, words, strict=True):
        key, _, value = setting.partition("\n")
        settings[key] = value
        if scope in ("local", "worktree") and (
            _RUNS_PROGRAMS.fullmatch(key) or (key.endswith("url") and "::" in value)
        ):
            is_safe = False
    named = settings.get("extensions.partialclone", "")
    if named.startswith("-") or (named and f"remote.{named}.url" not in settings):
        is_safe = False  # git would take the name for an option, or for an address
    remotes = [named]
    remotes += (
        key.removeprefix("remote.").removesuffix(".promisor")
        for key, value in settings.items()
        if key.startswith("remote.") and key.endswith(".promisor") and value != "false"
    )
    promisor = next(filter(None, remotes), "")
    may_fetch = is_safe and os.environ.get("GIT_NO_LAZY_FETCH", "0") in ("", "0", "false")
    has_no_tags = any(
        key.endswith(".tagopt") and value == "--no-tags" for key, value in settings.items()
    )
    return Repository(top, promisor if may_fetch else "", bool(promisor), has_no_tags, is_shallow)


def resolve(repository: Repository, ref: str) -> str:
    """A commit's full id, from any of its names.

    Raises:
        RevisionError: no commit has this name, or several have it.
    """
    if not ref or "\0" in ref or ref.startswith("^"):
        raise RevisionError("cli.revision_unknown", ref=visible(ref))
    name = f"{ref}^{{commit}}"
    try:
        output = repository.run("rev-parse", "--verify", "--quiet", "--end-of-options", name)
    except GitError:
        key = "cli.revision_shallow" if repository.is_shallow else "cli.revision_unknown"
        raise RevisionError(key, ref=visible(ref)) from None
    namesakes = _namesakes(repository, re.split(r"[~^:]|@\{", ref, maxsplit=1)[0])
    if len(set(namesakes.values())) > 1:
        names = " ".join(map(visible, namesakes))
        raise RevisionError("cli.revision_ambiguous", ref=visible(ref), names=names)
    return output.decode("ascii").strip()


def _namesakes(repository: Repository, name: str) -> dict[str, str]:
    """A tag and branches of one name, each with its object; git would take the tag unsaid."""
    if not name or re.search(r"[\s?*\[\\]", name):
        return {}
    wanted = [f"refs/{kind}/{name}" for kind in ("tags", "heads", "remotes")]
    form = (
        "--format=%(refname)%00%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)"
    )
    lines = repository.run("for-each-ref", form, *wanted).decode("utf-8", "replace").split("\n")
    found = dict(line.split("\0", 1) for line in lines if line)
    return {full: found[full] for full in wanted if full in found}


def list_tags(repository: Repository, pattern: str) -> list[str]:
    """The tags that a pattern names, in the order of their names."""
    output = repository.run("for-each-ref", "--format=%(refname)", f"refs/tags/{pattern}")
    names = output.decode("utf-8", "surrogateescape").split("\n")  # in which blanks may stand
    return [name.removeprefix("refs/tags/") for name in names if name]
