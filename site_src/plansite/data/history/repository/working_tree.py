"""Whether files are as committed, found without git's help: its own comparison runs filters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from plansite.data.history.repository.git import Repository
from plansite.data.history.repository.objects import list_files


def are_as_committed(repository: Repository, commit: str, paths: Iterable[Path]) -> bool:
    """Whether every file at or below some paths, so far as git keeps it, is as committed."""
    top = repository.top.resolve()
    inside = [path.resolve() for path in paths if path.resolve().is_relative_to(top)]
    if not inside:
        return True
    wanted = (PurePosixPath(path.relative_to(top).as_posix()) for path in inside)
    return all(
        is_as_committed(content_of(top / blob.path), blob.name)
        for blob in list_files(repository, commit, *wanted)
    )


def content_of(file: Path) -> bytes | None:
    """What a file holds; ``None`` where it is not there."""
    return file.read_bytes() if file.is_file() else None


def is_as_committed(content: bytes | None, name: str) -> bool:
    """Whether a file's content is the object of a name, whichever way its lines end."""
    if content is None:
        return False
    return name in (_object_name(content, name), _object_name(_unix(content), name))


def _unix(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")


def _object_name(content: bytes, like: str) -> str:
    """The name that git would give to a file's content: a hash of the repository's kind."""
    kind = "sha1" if len(like) == 40 else "sha256"
    return hashlib.new(kind, b"blob %d\0%s" % (len(content), content)).hexdigest()
