"""The data of one build: a copy of the package's files, all of them from the same moment.

A build reads the tables at many places and takes a while. Somebody who saves one meanwhile must not
get a site of which one half shows the old number and the other half the new one.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import errno
import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plansite.data.checks import validate
from plansite.data.package import package_files
from plansite.data.validation.read_package import PackageReport
from plansite.model.problems import Problem, blockers
from plansite.util.files import write_bytes

_TRIES = 100
"""How often it is copied again because somebody saved a file meanwhile; each takes milliseconds."""
_PAUSE_SECONDS = 0.05
"""Between tries: whoever saves many files at once takes a while."""


@dataclass(frozen=True)
class PackageCopy:
    """A package as it was at one moment."""

    package: Path
    """The folder that people know."""
    folder: Path
    """Where its files were copied to."""

    def validate(self, as_of: dt.date) -> tuple[PackageReport, list[Problem]]:
        """Read the copy and hold it against the rules; problems name the package's own files."""
        report, problems = validate(self.folder, as_of)
        if blockers(problems):
            # Nothing is made of it. Of files that cannot be copied the package itself tells more.
            _, own = validate(self.package, as_of)
            if blockers(own):
                return report, own
        return report, problems_of_original(problems, self.folder, self.package)


def copy_package_files(package: Path, folder: Path) -> PackageCopy:
    """Copy the descriptor and the tables that it names, where they can be read at all.

    Args:
        package: the package's directory.
        folder: where the copy goes, in place of an earlier one.

    Raises:
        OSError: a file cannot be read or written, or the files never kept still.
    """
    for _ in range(_TRIES):
        with contextlib.suppress(FileNotFoundError):  # some editors take the file away for a moment
            if _copy(package, folder):
                return PackageCopy(package, folder)
        time.sleep(_PAUSE_SECONDS)
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(package))


def _copy(package: Path, folder: Path) -> bool:
    """Copy it once; whether nobody saved anything meanwhile."""
    shutil.rmtree(folder, ignore_errors=True)
    before = _stamps(package)
    for path in before:
        write_bytes(folder / path.relative_to(package), path.read_bytes())
    return _stamps(package) == before


def _stamps(package: Path) -> dict[Path, tuple[int, ...]]:
    """What changes whenever somebody saves one of the files."""
    found: dict[Path, tuple[int, ...]] = {}
    for path in package_files(package):
        stat = path.stat()
        found[path] = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
    return found


def problems_of_original(problems: Iterable[Problem], folder: Path, package: Path) -> list[Problem]:
    """Problems of a copy as problems of the package that was copied."""
    return [
        dataclasses.replace(
            problem, file=(package / Path(problem.file).relative_to(folder)).as_posix()
        )
        for problem in problems
    ]
