"""Runs git on the repository that holds a package, so that nothing of the repository is run.

Only git's own objects are read: no checkout, so no hook, filter or text conversion of the
repository runs, and nothing in the working tree changes. Only commands made for programs are used,
which print the same whatever people have set. What the environment says of a user's settings holds,
``safe.directory`` above all; what it says of another repository does not.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from plansite.model.errors import UsageError
from plansite.model.problems import visible

TIMEOUT_SECONDS = 120
"""How long one call of git may take, fetching included."""
_OPTIONS = (
    "--no-replace-objects",
    *("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"),
    *("-c", "maintenance.auto=false", "-c", "gc.auto=0"),
)
_MISLEADING_VARIABLES = frozenset(
    f"GIT_{name}"
    for name in (
        *("ALTERNATE_OBJECT_DIRECTORIES", "COMMON_DIR", "CONFIG", "DIR", "IMPLICIT_WORK_TREE"),
        *("INDEX_FILE", "INTERNAL_SUPER_PREFIX", "NAMESPACE", "NO_REPLACE_OBJECTS"),
        *("OBJECT_DIRECTORY", "PREFIX", "QUARANTINE_PATH", "REPLACE_REF_BASE", "SHALLOW_FILE"),
        *("WORK_TREE", "LITERAL_PATHSPECS", "GLOB_PATHSPECS", "NOGLOB_PATHSPECS"),
        "ICASE_PATHSPECS",
    )
)
"""What a hook or an outer git may have set to another repository, or to another way with paths."""
_QUESTIONS = ("--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
_SETTINGS = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_GRAFT_FILE": os.devnull}
_NO_FETCH = {"GIT_NO_LAZY_FETCH": "1"}
_RUNS_PROGRAMS = re.compile(
    r"core\.(sshcommand|gitproxy|askpass)|credential\.(.*\.)?helper|url\..*|protocol\..*"
    r"|remote\..*\.(uploadpack|vcs|proxy)|http\.(.*\.)?(proxy|sslkey|sslcert|cookiefile)"
)
"""Settings with which a repository could have fetching run a program or lead elsewhere."""


class RevisionError(UsageError):
    """The package cannot be had at a revision."""


class GitError(RevisionError):
    """Git says no; ``said`` is all that it says of it, ``output`` what it printed until then."""

    def __init__(self, said: str, output: bytes) -> None:
        super().__init__("history.failed", reason=_reason(said))
        self.said = said
        self.output = output


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
    has_tree, is_cut, prefix = output.removesuffix(b"\n").split(b"\n", 2)
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
    remotes = [settings.get("extensions.partialclone", "")]
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
        RevisionError: no commit has this name.
    """
    if not ref or "\0" in ref:
        raise RevisionError("cli.revision_unknown", ref=ref)
    name = f"{ref}^{{commit}}"
    try:
        output = repository.run("rev-parse", "--verify", "--quiet", "--end-of-options", name)
    except GitError:
        key = "cli.revision_shallow" if repository.is_shallow else "cli.revision_unknown"
        raise RevisionError(key, ref=ref) from None
    return output.decode("ascii").strip()


def list_tags(repository: Repository, pattern: str) -> list[str]:
    """The tags that a pattern names, in the order of their names."""
    output = repository.run("for-each-ref", "--format=%(refname)", f"refs/tags/{pattern}")
    return [name.removeprefix("refs/tags/") for name in output.decode("utf-8", "replace").split()]


def git(folder: Path, *arguments: str, given: bytes | None = None, fetches: bool = False) -> bytes:
    """Run git in a folder and give what it prints.

    Args:
        folder: where.
        arguments: a command with its options.
        given: what it reads.
        fetches: whether a partial clone may fetch what it lacks.

    Raises:
        GitError: git says no.
        RevisionError: git is not installed, or takes too long.
    """
    program = shutil.which("git")
    if program is None:
        raise RevisionError("cli.revision_no_git")
    own = {name: value for name, value in os.environ.items() if name not in _MISLEADING_VARIABLES}
    command = [program, "-C", str(folder), *_OPTIONS, *arguments]
    settings = {**own, **_SETTINGS, **({} if fetches else _NO_FETCH)}
    return _finished(command, settings, given)


def _finished(command: Sequence[str], settings: dict[str, str], given: bytes | None) -> bytes:
    """What a command prints; it has a session of its own, so that nothing asks for a password."""
    try:
        process = subprocess.Popen(  # noqa: S603 - our own; a user's words stand behind its options
            command,
            stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=settings,
            start_new_session=True,
        )
    except OSError as error:
        raise RevisionError("history.failed", reason=error.strerror or error) from None
    with process:
        try:
            output, errors = process.communicate(given, TIMEOUT_SECONDS)
        except BaseException as error:
            _kill(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise RevisionError("history.slow", seconds=TIMEOUT_SECONDS) from None
            raise
    if process.returncode:
        raise GitError(errors.decode("utf-8", "replace"), output)
    return output


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a command, where the system can do so with all that it started."""
    process.kill()
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _reason(said: str) -> str:
    """The first line in which git says why it gives up."""
    lines = [line for line in said.splitlines() if line.strip()]
    faults = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    return visible(next(iter(faults or lines), "git").split(": ", 1)[-1])
