"""What git keeps of files: lists of them, and their bytes, of a commit or of many.

A partial clone left some out. They are fetched all at once, since git by itself would ask for one
after the other; where nothing can be fetched, that is an error that says so. Links in the tree are
left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from plansite.data.history.repository.git import Repository
from plansite.data.history.repository.git_process import GitError, RevisionError, git
from plansite.data.package import FILE_NAME

REGULAR = ("100644", "100755")
NOTHING = ""
"""Stands for the object of a file that is not there."""
MAX_BYTES = 200_000_000
"""How much of old tables is read at most; what changed before that counts as unknown."""
SLICE_BYTES = 20_000_000
"""How much is held at a time."""
_FETCH = (
    *("-c", "fetch.negotiationAlgorithm=noop", "fetch", "--no-tags", "--no-write-fetch-head"),
    *("--recurse-submodules=no", "--filter=blob:none", "--stdin"),
)
"""As git itself fetches what a partial clone lacks."""


@dataclass(frozen=True)
class Blob:
    """A file of a revision: its object, and its path within the package or repository."""

    name: str
    path: PurePosixPath


def literal(path: PurePosixPath) -> str:
    """A path from the repository's top for git, with no sign in it that stands for others."""
    return f":(top,literal){path}" if path.parts else ":(top,literal)"


def list_package(repository: Repository, commit: str, inside: PurePosixPath) -> list[Blob]:
    """The package's tables and descriptor in a commit, regular files only."""
    blobs = []
    for blob in list_files(repository, commit, inside):
        if not blob.path.is_relative_to(inside):
            continue
        path = blob.path.relative_to(inside)
        if (path.suffix == ".csv" or str(path) == FILE_NAME) and _is_safe(path):
            blobs.append(Blob(blob.name, path))
    return blobs


def list_files(repository: Repository, commit: str, *paths: PurePosixPath) -> Iterator[Blob]:
    """The regular files of a commit at or below some paths, their paths from the top.

    Args:
        repository: where.
        commit: its full id.
        paths: what to list; without any, everything.
    """
    obtain_trees(repository, commit, 1)
    wanted = ("--", *map(str, paths)) if paths else ()
    how = ("--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree")
    listing = repository.run(*how, commit, *wanted)
    for entry in listing.split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        mode, kind, blob = about.decode("ascii").split()
        if kind == "blob" and mode in REGULAR:
            yield Blob(blob, PurePosixPath(os.fsdecode(name)))


def _is_safe(path: PurePosixPath) -> bool:
    """Whether a path from a git tree stays in the folder; git forbids others, trees are data."""
    return not path.is_absolute() and not any(
        part in ("", ".", "..") or "\\" in part or ":" in part for part in path.parts
    )


def read_blobs(repository: Repository, names: Sequence[str]) -> Iterator[bytes]:
    """Each object's bytes, as stored.

    Raises:
        RevisionError: the repository lacks one of them; those before it were given.
    """
    content, failure = _ask(repository, "--batch", names)
    position = 0
    for _ in names:
        start = content.find(b"\n", position) + 1
        size = _size(content[position:start], failure) if start else 0
        if failure and (not start or start + size > len(content)):
            raise failure
        position = start + size + 1
        yield content[start : start + size]


def sizes_of(repository: Repository, names: Sequence[str]) -> Iterator[int]:
    """How many bytes each object has.

    Raises:
        RevisionError: the repository lacks one of them; those before it were given.
    """
    output, failure = _ask(repository, "--batch-check", names)
    lines = output.splitlines()
    for line in lines:
        yield _size(line, failure)
    if failure and len(lines) < len(names):
        raise failure


def _ask(
    repository: Repository, how: str, names: Sequence[str]
) -> tuple[bytes, RevisionError | None]:
    """What git says of objects as far as it gets, and why it may get no further."""
    failure: RevisionError | None = None
    try:
        _obtain(repository, names)
    except RevisionError as error:
        failure = error
    may_fetch = bool(repository.promisor) and failure is None
    command = ("cat-file", how)
    try:
        return git(repository.top, *command, given=_lines(names), fetches=may_fetch), failure
    except GitError as error:
        return error.output, failure or repository.explained(error)


def _size(heading: bytes, failure: RevisionError | None) -> int:
    """The size that git says an object has.

    Raises:
        RevisionError: there is no such object.
    """
    name, kind, *size = heading.split()
    if kind != b"blob":
        raise failure or RevisionError("history.incomplete", name=name.decode("ascii")[:10])
    return int(size[0])


def read_contents(repository: Repository, names: Sequence[str]) -> Iterator[bytes]:
    """Objects' bytes in this order, nothing for ``NOTHING``; ends where they become too many.

    Raises:
        RevisionError: the repository lacks one of them; those before it were given.
    """
    sizes = sizes_of(repository, [name for name in names if name])
    total = held = 0
    waiting: list[str] = []
    failure = None
    for name in names:
        try:
            size = next(sizes) if name else 0
        except RevisionError as error:
            failure = error
            break
        total += size
        if total > MAX_BYTES:
            break
        waiting.append(name)
        held += size
        if held > SLICE_BYTES:
            yield from _read(repository, waiting)
            waiting, held = [], 0
    yield from _read(repository, waiting)
    if failure:
        raise failure


def _read(repository: Repository, names: Sequence[str]) -> Iterator[bytes]:
    contents = read_blobs(repository, [name for name in names if name])
    return (next(contents) if name else b"" for name in names)


def obtain_trees(repository: Repository, start: str, count: int) -> None:
    """Fetch the lists of files of a commit and those before it, where a partial clone lacks them.

    Raises:
        RevisionError: they cannot be fetched.
    """
    if repository.promisor:
        walk = ("rev-list", "--first-parent", f"--max-count={count}", "--format=%T", start, "--")
        _obtain(repository, repository.run(*walk).decode("ascii").split()[2::3])


def _obtain(repository: Repository, names: Sequence[str]) -> None:
    """Fetch objects at once, where a partial clone lacks them.

    Raises:
        RevisionError: they cannot be fetched.
    """
    lacking = _lacking(repository, names) if repository.promisor else []
    if not lacking:
        return
    try:
        repository.run(*_FETCH, repository.promisor, given=_lines(lacking))
    except GitError as error:
        about = {"remote": repository.promisor, "reason": error.values["reason"]}
        raise RevisionError("history.not_fetched", **about) from None


def _lacking(repository: Repository, names: Sequence[str]) -> list[str]:
    """The objects that are not here. Git stops at the first of them, so later ones may be."""
    try:
        output = git(repository.top, "cat-file", "--batch-check", given=_lines(names))
    except GitError as error:
        output = error.output
    said = output.splitlines()
    absent = [name for name, line in zip(names, said, strict=False) if line.endswith(b" missing")]
    return list(dict.fromkeys([*absent, *names[len(said) :]]))


def _lines(names: Sequence[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode("ascii")
