"""Runs git's commands so that nothing of the repository is run, and within a time.

Only git's own objects are read: no checkout, so no hook, filter or text conversion of the
repository runs, and nothing in the working tree changes. Only commands made for programs are used,
which print the same whatever people have set. What the environment says of a user's settings holds,
``safe.directory`` above all; what it says of another repository does not.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from plansite.model.errors import UsageError
from plansite.model.problems import visible

TIMEOUT_SECONDS = 120
"""How long one call of git may take, fetching included; for as long again, the same command is not
tried in the same folder, since a build asks many times."""
_unanswered: dict[tuple[Path, str], float] = {}
"""Until when a command is not tried in a folder."""
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
_SETTINGS = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_GRAFT_FILE": os.devnull}
_NO_FETCH = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": ""}
"""The first is new in git 2.45; without a protocol no git can fetch."""


class RevisionError(UsageError):
    """The package cannot be had at a revision."""


class GitError(RevisionError):
    """Git says no; ``said`` is all that it says of it, ``output`` what it printed until then."""

    def __init__(self, said: str, output: bytes) -> None:
        super().__init__("history.failed", reason=_reason(said))
        self.said = said
        self.output = output


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
    asked = (folder, _command_of(arguments))
    if time.monotonic() < _unanswered.get(asked, 0):
        raise RevisionError("history.slow", seconds=TIMEOUT_SECONDS)
    own = {name: value for name, value in os.environ.items() if name not in _MISLEADING_VARIABLES}
    command = [program, "-C", str(folder), *_OPTIONS, *arguments]
    settings = {**own, **_SETTINGS, **({} if fetches else _NO_FETCH)}
    try:
        return _finished(command, settings, given)
    except subprocess.TimeoutExpired:
        _unanswered[asked] = time.monotonic() + TIMEOUT_SECONDS
        raise RevisionError("history.slow", seconds=TIMEOUT_SECONDS) from None


def _command_of(arguments: Sequence[str]) -> str:
    """The first word that is neither an option nor a setting."""
    words = iter(arguments)
    return next(word for word in words if word[0] != "-" or (word == "-c" and not next(words)))


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
        except BaseException:
            _kill(process)
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
