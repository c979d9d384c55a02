"""What a build keeps for the next one: results by a key that names all that they were made of.

A result that was damaged, or whose writing was cut short, is not there; so the folder can be
copied, cut down or thrown away at any time.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

_DIGEST = hashlib.sha256().digest_size
_PART = ".part"
_KEPT = 14 * 24 * 3600
"""Seconds that a result is kept after its last use."""
_first_digests: dict[tuple[Path, ...], str] = {}
"""The digests of programs' files as they were when this process first asked."""


class ResultCache:
    """A folder of results."""

    def __init__(self, folder: Path, program: str) -> None:
        """Open it.

        Args:
            folder: where results lie; made when the first is kept.
            program: names what results are made with, such as :func:`program_fingerprint`.
        """
        self._folder = folder
        self._program = program

    def get(self, key: str) -> bytes | None:
        """The result of a key; nothing where none is kept or what is kept was damaged."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            digest, result = content[:_DIGEST], content[_DIGEST:]
            if hashlib.sha256(result).digest() != digest:
                return None
            os.utime(path)
        except OSError:
            return None
        return result

    def has(self, key: str) -> bool:
        """Whether something that can be read is kept under a key, be it damaged."""
        return os.access(self._path(key), os.R_OK)

    def put(self, key: str, result: bytes) -> None:
        """Keep a result; where it cannot be kept, the next build makes it again."""
        path = self._path(key)
        part = path.with_name(f"{path.name}.{os.getpid()}{_PART}")
        with contextlib.suppress(OSError):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                part.write_bytes(hashlib.sha256(result).digest() + result)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)

    def prune(self) -> None:
        """Let go of what was not used for long, and of what killed builds left half written.

        What another build is writing now may go too; that build then makes it again.
        """
        oldest = time.time() - _KEPT
        with contextlib.suppress(OSError):
            for path in self._folder.glob("??/*"):
                if path.suffix == _PART or path.stat().st_mtime < oldest:
                    path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(f"{self._program}\n{key}".encode()).hexdigest()
        return self._folder / name[:2] / name[2:]


def program_fingerprint(paths: Iterable[Path]) -> str:
    """A name for the program as it is: its files, Python and every library.

    A preview goes on with the code that it began with, whatever is edited. So the files as they
    were then are named too, and what old code made beside new files has a name that no other build
    asks for.

    Args:
        paths: files and folders of the program.
    """
    files = tuple(paths)
    now = files_digest(files)
    described = f"{sys.version} {_libraries()} {_first_digests.setdefault(files, now)} {now}"
    return hashlib.sha256(described.encode()).hexdigest()


def files_digest(paths: Iterable[Path]) -> str:
    """A digest of files and of all files in folders, by their names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if file.is_file() and file.suffix != ".pyc":
                content = file.read_bytes()
                digest.update(f"{file.relative_to(path.parent)} {len(content)}\n".encode())
                digest.update(content)
    return digest.hexdigest()


@functools.cache
def _libraries() -> list[tuple[str, str]]:
    """Every library with its version; a process goes on with those that it began with."""
    return sorted((each.name, each.version) for each in importlib.metadata.distributions())
