"""Commits that touched a folder, and the objects that its files were before each of them."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from plansite.data.history.repository.git import Repository
from plansite.data.history.repository.objects import NOTHING, REGULAR, obtain_trees

MAX_COMMITS = 2000
_FORMAT = ("--format=%ct,%cI %P", "--encoding=UTF-8")
_DIFFERENCES = (
    *("diff-tree", "--stdin", "--root", "-r", "-z", "--raw", "--no-abbrev", "--no-renames"),
)


@dataclass(frozen=True)
class Commit:
    """A commit, and when it was made by its committer's clock."""

    id: str
    day: dt.date | None
    """In the committer's time zone; ``None`` where the clock told no day of the calendar."""
    moment: dt.datetime | None = None
    """The same to the second, with the zone; in UTC where the committer's is none."""

    @property
    def short(self) -> str:
        """As much of the id as tells it apart: the same in every clone."""
        return self.id[:10]

    def in_zone(self, zone: dt.tzinfo) -> Commit:
        """The same with its day by another zone's clock, where its moment is known."""
        if self.moment is None:
            return self
        try:
            return dataclasses.replace(self, day=self.moment.astimezone(zone).date())
        except OverflowError:  # on the calendar's first or last day
            return self


@dataclass(frozen=True)
class TreeChange:
    """A commit, and for each file that it touched the object it was before and is after."""

    commit: Commit
    parent: str
    """The commit before it; empty for the first."""
    before: dict[PurePosixPath, str]
    after: dict[PurePosixPath, str]
    is_cut: bool = False
    """Whether what came before is not in this clone, so that nobody can tell what changed."""


@functools.lru_cache(maxsize=16)
def read_log(
    repository: Repository, start: str, pathspec: str, limit: int = MAX_COMMITS
) -> tuple[TreeChange, ...]:
    """The commits that touched what a pathspec names, the latest first, along first parents.

    They are kept in memory: a preview asks for the same ones with each edit.

    Args:
        repository: where.
        start: the full id of the commit to begin with.
        pathspec: a pathspec from the top.
        limit: how many commits are listed at most.

    Raises:
        RevisionError: git cannot read a commit or its files.
    """
    obtain_trees(repository, start, MAX_COMMITS)
    walk = ("rev-list", "--first-parent", f"--max-count={limit}", *_FORMAT)
    lines = iter(repository.run(*walk, start, "--", pathspec).decode("ascii").splitlines())
    commits = [(line.removeprefix("commit "), *next(lines).split(" ")) for line in lines]
    pairs = "".join(f"{name} {parents[0]}".rstrip() + "\n" for name, _, *parents in commits)
    output = repository.run(*_DIFFERENCES, "--", pathspec, given=pairs.encode("ascii"))
    touched = _touched(output.decode("utf-8", "surrogateescape").split("\0")[:-1])
    return tuple(
        TreeChange(
            _commit(name, clock),
            parents[0],
            *touched.get(name, ({}, {})),
            is_cut=not parents[0] and _has_parent(repository, name),
        )
        for name, clock, *parents in commits
    )


_Objects = dict[PurePosixPath, str]


def _touched(words: Iterable[str]) -> dict[str, tuple[_Objects, _Objects]]:
    """The files of each commit before and after, from what git prints of differences."""
    touched: dict[str, tuple[_Objects, _Objects]] = {}
    words = iter(words)
    commit = ""
    for word in words:
        if not word.startswith(":"):
            commit = word
            touched[commit] = {}, {}
            continue
        *modes, old, new, _ = word.lstrip(":").split()
        path = PurePosixPath(next(words))
        for side, mode, name in zip(touched[commit], modes, (old, new), strict=True):
            side[path] = name if mode in REGULAR else NOTHING
    return touched


def read_commit(repository: Repository, name: str) -> Commit:
    """The commit that a name stands for.

    Args:
        repository: where.
        name: ``HEAD``, an id, or the full name of a reference, as ``refs/tags/data-2026-11-23``.

    Raises:
        RevisionError: there is no such commit.
    """
    output = repository.run("rev-list", "--max-count=1", *_FORMAT, name, "--")
    heading, about = output.decode("ascii").splitlines()
    return _commit(heading.removeprefix("commit "), about.partition(" ")[0])


def _commit(name: str, clock: str) -> Commit:
    """A commit, from its id and its committer's time: seconds since 1970, and as ISO 8601 has it.

    Zero is the time of a clock that was not set, and of a commit whose time cannot be read.
    """
    seconds, _, written = clock.partition(",")
    moment = None
    with contextlib.suppress(ValueError, OverflowError, OSError):
        moment = dt.datetime.fromtimestamp(int(seconds), dt.UTC) if int(seconds) > 0 else None
    if moment is not None:
        with contextlib.suppress(ValueError):  # a zone that is none, such as +2500
            moment = dt.datetime.fromisoformat(written)
    return Commit(name, moment and moment.date(), moment)


def _has_parent(repository: Repository, commit: str) -> bool:
    """Whether a commit that seems to be the first has parents that a shallow clone left out."""
    head, _, _ = repository.run("cat-file", "commit", commit).partition(b"\n\n")
    return b"\nparent " in head
