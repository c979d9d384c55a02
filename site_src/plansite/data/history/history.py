"""The earlier states of a package, read from git one commit after the other."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from plansite.data.history import limits
from plansite.data.history.limits import HistoryLimit
from plansite.data.history.places import PackagePlaces
from plansite.data.history.repository.git import Repository, open_repository
from plansite.data.history.repository.git_process import RevisionError
from plansite.data.history.repository.log import Commit, read_commit
from plansite.data.history.repository.objects import list_package
from plansite.data.history.repository.working_tree import (
    are_as_committed,
    content_of,
    is_as_committed,
)
from plansite.data.history.walk import Step, Walk
from plansite.data.package import FILE_NAME


@dataclass(frozen=True)
class History:
    """The data's history up to the files as they are, the latest step first."""

    head: Commit
    is_clean: bool
    """Whether the site is made from files just as they stand in ``head``."""
    steps: tuple[Step, ...]
    is_whole: bool
    """Whether the last step is the one with which the record begins."""
    folder: PurePosixPath
    """The package's path from the repository's top."""
    limits: tuple[HistoryLimit, ...] = ()
    """What of the past is not known, and why."""

    def in_zone(self, zone: dt.tzinfo) -> History:
        """The same, with the days of its commits by another zone's clock."""
        steps = tuple(
            dataclasses.replace(step, commit=step.commit and step.commit.in_zone(zone))
            for step in self.steps
        )
        return dataclasses.replace(self, head=self.head.in_zone(zone), steps=steps)


def read_history(
    package: Path,
    tables: Mapping[str, str],
    program: Iterable[Path] = (),
    contents: Mapping[str, bytes] | None = None,
) -> History | None:
    """The history of a package; ``None`` where git knows nothing of it.

    Args:
        package: the package's directory.
        tables: each table's file, from the package.
        program: what else a site is made with. Whatever of it is in the same repository has to be
            as committed too.
        contents: the package's descriptor and tables as they are now, by their paths; ``None``
            where they are to be read.
    """
    try:
        if contents is None:
            contents = dict(_read_files(package, (FILE_NAME, *tables.values())))
        return _read(package, tables, program, contents)
    except (RevisionError, OSError):
        return None


def why_unknown(
    package: Path, tables: Mapping[str, str], contents: Mapping[str, bytes]
) -> tuple[HistoryLimit, ...]:
    """Why git knows nothing of a package; nothing where it does.

    Args:
        package: the package's directory.
        tables: each table's file, from the package.
        contents: the package's descriptor and tables as they are now, by their paths.
    """
    try:
        _read(package, tables, (), contents)
    except (RevisionError, OSError) as error:
        return (limits.nothing_known(error),)
    return ()


def _read(
    package: Path,
    tables: Mapping[str, str],
    program: Iterable[Path],
    contents: Mapping[str, bytes],
) -> History:
    """The history, as :func:`read_history` gives it.

    Raises:
        RevisionError: git knows nothing of the package.
        OSError: a file cannot be read.
    """
    repository, inside = open_repository(package)
    folder, head, committed = _committed(repository, package, inside, contents.get(FILE_NAME))
    walk = Walk(repository, tables, contents)
    steps = tuple(walk.steps(head.id, folder, committed))
    is_clean = (
        folder == inside
        and set(tables.values()) <= set(committed)
        and all(
            is_as_committed(
                contents[path] if path in contents else content_of(package / path), name
            )
            for path, name in committed.items()
        )
        and are_as_committed(repository, head.id, program)
    )
    known = (*walk.limits, *(() if walk.is_cut else limits.missing_tags(repository)))
    return History(head, is_clean, steps, walk.is_whole, inside, known)


def _committed(
    repository: Repository, package: Path, inside: PurePosixPath, descriptor: bytes | None
) -> tuple[PurePosixPath, Commit, dict[str, str]]:
    """The folder in which the last commit has a package, that commit, and its files' objects.

    Raises:
        RevisionError: there is none.
    """
    try:
        head = read_commit(repository, "HEAD")
    except RevisionError:
        raise limits.no_commits(repository, package) from None
    folder, blobs = inside, list_package(repository, head.id, inside)
    described = {blob.name for blob in blobs if str(blob.path) == FILE_NAME}
    if not any(is_as_committed(descriptor, name) for name in described):
        folder = PackagePlaces(repository, package, inside).folder_at(head.id)
        blobs = list_package(repository, head.id, folder)
    if not blobs:
        raise limits.no_commits(repository, package)
    return folder, head, {str(blob.path): blob.name for blob in blobs}


def _read_files(package: Path, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files that are there, by their paths within the package."""
    for path in paths:
        content = content_of(package / path)
        if content is not None:
            yield path, content
