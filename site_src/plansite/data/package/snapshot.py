"""A package as it was at one moment: what every part of a build reads it from.

Many parts of a build need the tables, and a build takes a while. Somebody who saves one meanwhile
must not get a site of which one half shows the old number and the other half the new one.
"""

from __future__ import annotations

import contextlib
import csv
import errno
import hashlib
import os
import time
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from plansite.data.package.csv_lines import CsvLines, read_csv_lines
from plansite.data.package.descriptor import FILE_NAME, Descriptor, read_descriptor, table_file
from plansite.data.package.raw_tables import RawPackage, read_raw
from plansite.data.package.stored_files import PackageFiles
from plansite.model.contract import CONTRACT
from plansite.model.problems import Problem

_TRIES = 100
"""How often it is read again because somebody saved a file meanwhile; each takes milliseconds."""
_PAUSE_SECONDS = 0.05
"""Between tries: whoever saves many files at once takes a while."""


class PackageSnapshot:
    """A package's descriptor and tables; each file is read once, when it is first asked for."""

    def __init__(self, directory: Path, contents: Mapping[str, bytes] | None = None) -> None:
        """Name the package.

        Args:
            directory: its folder, as people know it.
            contents: all of its files by path within it; ``None`` for those in the folder.
        """
        self.files = PackageFiles(directory, contents)

    @property
    def directory(self) -> Path:
        """The package's folder, as people know it."""
        return self.files.directory

    @property
    def descriptor(self) -> Descriptor | None:
        """The descriptor; ``None`` where there is nothing to go on."""
        return self._described[0]

    @property
    def descriptor_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the descriptor, and with how it names files."""
        return self._described[1]

    @cached_property
    def _described(self) -> tuple[Descriptor | None, tuple[Problem, ...]]:
        descriptor, problems = read_descriptor(self.files)
        return descriptor, tuple(problems)

    @cached_property
    def table_files(self) -> dict[str, str]:
        """The path within the package of each table of the contract that is there to be read."""
        entries = self.descriptor.resources if self.descriptor else {}
        paths = {name: table_file(entries[name]) for name in CONTRACT if name in entries}
        return {
            name: path
            for name, path in paths.items()
            if path is not None and self.files.absence(path) is None
        }

    @cached_property
    def raw(self) -> RawPackage:
        """The tables as they are typed, valid or not."""
        return read_raw(self.files, self.descriptor)

    def content(self, path: str) -> bytes:
        """The bytes of a file that can be read, by its path within the package."""
        return self.files.read(path).content

    def contents(self) -> dict[str, bytes]:
        """The bytes of the descriptor and of the tables, by their paths within the package."""
        return {path: self.content(path) for path in (FILE_NAME, *self.table_files.values())}

    def csv_lines(self, table: str) -> CsvLines:
        """A table as lines that keep how they were typed.

        Raises:
            UnicodeDecodeError: it is not UTF-8.
            csv.Error: its quotation marks are not in pairs, or it is too large.
        """
        name = self.table_files[table]
        content = self.files.content(name)
        if content is None:
            raise csv.Error(name)
        return read_csv_lines(content, self.files.path(name))

    @property
    def digest(self) -> str:
        """A name for what its files hold."""
        digest = hashlib.sha256()
        for path, content in self.contents().items():
            digest.update(f"{path} {len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()


def take_snapshot(directory: Path) -> PackageSnapshot:
    """Read a package's files, all of them as they are at one moment.

    Raises:
        OSError: a file cannot be read, or the files never kept still.
    """
    for _ in range(_TRIES):
        with contextlib.suppress(FileNotFoundError):  # some editors take the file away for a moment
            snapshot = PackageSnapshot(directory)
            snapshot.contents()
            if snapshot.files.are_current:
                return snapshot
        time.sleep(_PAUSE_SECONDS)
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(directory))
