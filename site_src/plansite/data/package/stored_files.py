"""A package's files as bytes, each read once: from its folder, or from what git has of them.

Whoever needs a file asks for it by its path within the package. What keeps it from being read is a
problem, whether the file is missing, lies elsewhere or holds what cannot be text.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO

from plansite.data.package.encoding import MAX_FILE, read_checked
from plansite.model.problems import Problem

_MADE_HERE = ("build", "site")
"""Folders that a build makes where it is run, were it in the package's own folder."""
_NOTHING_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
_Stamp = tuple[int, int, int]


def is_open(path: str) -> bool:
    """Whether a file by its path within a package is its own: neither hidden nor made by a build.

    Args:
        path: with ``/`` between folders.
    """
    parts = path.split("/")
    return all(part[:1] != "." for part in parts) and not (parts[1:] and parts[0] in _MADE_HERE)


@dataclass(frozen=True)
class StoredFile:
    """What reading a file gave: its bytes, or else why it cannot be read as text."""

    path: str
    """The file, as problems name it."""
    content: bytes = field(default=b"", repr=False)
    problem: Problem | None = None


class PackageFiles:
    """The files of one package, read when they are first asked for."""

    def __init__(self, directory: Path, contents: Mapping[str, bytes] | None = None) -> None:
        """Name the package.

        Args:
            directory: its folder, as people know it.
            contents: all of its files by path within it; ``None`` for those in the folder.
        """
        self.directory = directory
        self._contents = contents
        self._files: dict[str, StoredFile] = {}
        self._stamps: dict[Path, _Stamp | None] = {}

    def path(self, name: str) -> Path:
        """A file by its path within the package, as people know it."""
        return self.directory / name

    def names(self) -> Iterator[str]:
        """Every file by its path within the package, but what is hidden and what a build made.

        Links to other folders are not followed.
        """
        if self._contents is not None:
            yield from sorted(self._contents)
            return
        top = os.fspath(self.directory)
        for folder, folders, files in os.walk(top):
            inside = Path(folder).relative_to(top)
            own = _MADE_HERE if folder == top else ()
            folders[:] = sorted(name for name in folders if name[0] != "." and name not in own)
            yield from ((inside / name).as_posix() for name in sorted(files))

    def absence(self, name: str) -> str | None:
        """The code of the problem with a file that is not there to be read; ``None`` for others."""
        if self._contents is not None:
            return None if name in self._contents else "missing-file"
        path = self.path(name)
        try:
            name.encode()  # half a character, of which JSON knows, stands in no message either
            mode, is_circle = path.stat().st_mode, False
        except ValueError:
            return "unsafe-path"
        except OSError as error:
            if error.errno not in _NOTHING_THERE:  # no file can have such a name
                return "unsafe-path"
            mode, is_circle = 0, error.errno == errno.ELOOP
        self._stamps.setdefault(path, _stamp(path))
        # A circle of links has no end to look at; whether resolve() says so depends on the Python.
        if is_circle or self._is_linked(name):
            return "outside-link"
        return None if stat.S_ISREG(mode) else "missing-file"

    def _is_linked(self, name: str) -> bool:
        """Whether a file, or a folder on the way to it, is a link or leads out of the package.

        The package's own folder may be one. Of any other, git keeps no more than where it leads:
        what stands behind it has no history, and is protected by nothing.
        """
        steps = [self.path(name), *self.path(name).parents]
        if any(step.is_symlink() for step in steps[: len(PurePath(name).parts)]):
            return True
        return not steps[0].resolve().is_relative_to(self.directory.resolve())

    def read(self, name: str) -> StoredFile:
        """A file, checked for whether it can be read as text.

        Raises:
            OSError: it cannot be opened.
        """
        if name not in self._files:
            self._files[name] = self._read(name)
        return self._files[name]

    def content(self, name: str) -> bytes | None:
        """A file's bytes, whatever is wrong with them; ``None`` where it is absent or too large.

        Raises:
            OSError: it cannot be opened.
        """
        file = self.read(name)
        if file.problem is None:
            return file.content
        if self.absence(name) is not None:
            return None
        with self._open(name) as stream:  # only part of it was read
            is_large = stream.seek(0, os.SEEK_END) > MAX_FILE
            stream.seek(0)
            return None if is_large else stream.read()

    @property
    def are_current(self) -> bool:
        """Whether every file that was asked for is still as it was then."""
        return all(_stamp(path) == stamp for path, stamp in self._stamps.items())

    def _read(self, name: str) -> StoredFile:
        file, absence = self.path(name).as_posix(), self.absence(name)
        if absence is not None:
            return StoredFile(file, problem=Problem(absence, file))
        with self._open(name) as stream:
            content, problem = read_checked(stream, file, is_table=name.endswith(".csv"))
        return StoredFile(file, content, problem)

    def _open(self, name: str) -> BinaryIO:
        if self._contents is not None:
            return io.BytesIO(self._contents[name])
        return self.path(name).open("rb")


def _stamp(path: Path) -> _Stamp | None:
    """What changes whenever somebody saves a file; ``None`` where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
