"""Commits that touched a package, and the objects that its files were before each of them."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from plansite.data.history.git import REGULAR, Blob, git, read_blobs

MAX_COMMITS = 2000
MAX_BYTES = 200_000_000
"""How much of old tables is read at most; what changed before that counts as unknown."""
SLICE_BYTES = 20_000_000
"""How much is held at a time."""
NOTHING = ""
"""Stands for the object of a file that is not there."""
_LOG = (
    *("-c", "log.showSignature=false", "-c", "log.follow=false", "-c", "log.mailmap=false"),
    *("log", "-z", "--first-parent", "-m", "--raw", "--no-abbrev", "--no-renames"),
    *("--no-notes", "--no-color", "--format=%H%x00%cI%x00%P"),
)


@dataclass(frozen=True)
class Commit:
    """A commit, and when it was made by its committer's clock."""

    id: str
    day: dt.date | None
    """In the committer's time zone; ``None`` where that is no day of the calendar."""
    moment: dt.datetime | None = None
    """The same to the second, with the zone; ``None`` too where the zone is none."""

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
    """A commit, and for each file of the package that it touched the object it was before."""

    commit: Commit
    before: dict[str, str]
    is_cut: bool
    """Whether what came before is not in this clone, so that nobody can tell what changed."""


def read_log(top: Path, inside: PurePosixPath) -> Iterator[TreeChange]:
    """The commits of the present branch that touched a folder, the latest first."""
    output = git(top, *_LOG, f"--max-count={MAX_COMMITS}", "HEAD", "--", str(inside))
    words = iter(output.decode("utf-8", "surrogateescape").split("\0")[:-1])
    entries: list[tuple[Commit, bool, dict[str, str]]] = []
    for word in words:
        if word.lstrip("\n").startswith(":"):
            mode, _, old, _, _ = word.lstrip("\n:").split()
            path = PurePosixPath(next(words))
            if path.is_relative_to(inside):
                name = str(path.relative_to(inside))
                entries[-1][2][name] = old if mode in REGULAR else NOTHING
        else:
            entries.append((_commit(word, next(words)), not next(words), {}))
    for commit, is_first, before in entries:
        yield TreeChange(commit, before, is_first and _has_parent(top, commit))


def read_head(top: Path) -> Commit:
    """The commit that the files come from."""
    return read_commit(top, "HEAD")


def read_commit(top: Path, name: str) -> Commit:
    """The commit that a name stands for.

    Args:
        top: the repository's top folder.
        name: ``HEAD`` or the full name of a reference, such as ``refs/tags/data-2026-11-23``.
    """
    output = git(top, "log", "-1", "--no-show-signature", "--format=%H %cI", name, "--")
    name, _, moment = output.decode("ascii").strip().partition(" ")
    return _commit(name, moment)


def _commit(name: str, moment: str) -> Commit:
    """A commit, from its id and its committer's time as ISO 8601 writes it."""
    day, whole = None, None
    with contextlib.suppress(ValueError):
        day = dt.date.fromisoformat(moment.partition("T")[0])
        whole = dt.datetime.fromisoformat(moment)
    return Commit(name, day, whole)


def _has_parent(top: Path, commit: Commit) -> bool:
    """Whether a commit that seems to be the first has parents that a shallow clone left out."""
    head, _, _ = git(top, "cat-file", "commit", commit.id).partition(b"\n\n")
    return b"\nparent " in head


def read_contents(top: Path, names: Sequence[str]) -> Iterator[bytes]:
    """Objects' bytes in this order; ends where one is missing or they become too many."""
    asked = "".join(f"{name}\n" for name in names if name)
    sizes = iter(git(top, "cat-file", "--batch-check", given=asked.encode("ascii")).splitlines())
    total = held = 0
    waiting: list[Blob] = []
    for name in names:
        size = 0
        if name:
            _, kind, *rest = next(sizes).split()
            size = int(rest[0]) if kind == b"blob" else MAX_BYTES
        total += size
        if total > MAX_BYTES:
            break
        waiting.append(Blob(name, size, PurePosixPath()))
        held += size
        if held > SLICE_BYTES:
            yield from _read(top, waiting)
            waiting, held = [], 0
    yield from _read(top, waiting)


def _read(top: Path, blobs: Sequence[Blob]) -> Iterator[bytes]:
    contents = read_blobs(top, [blob for blob in blobs if blob.name])
    return (next(contents) if blob.name else b"" for blob in blobs)
