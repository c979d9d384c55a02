"""The earlier states of a package, read from git one commit after the other."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from plansite.data.history.csv_diff import difference, records_of
from plansite.data.history.git import Blob, RevisionError, list_package, locate_package
from plansite.data.history.log import NOTHING, Commit, read_contents, read_head, read_log
from plansite.data.history.working_tree import are_as_committed, content_of, is_as_committed
from plansite.data.package import FILE_NAME, RawTable
from plansite.model.contract import CONTRACT


@dataclass(frozen=True)
class Step:
    """What one commit changed: each table's rows that it left other than they were."""

    commit: Commit | None
    """``None`` for what is not committed yet."""
    tables: tuple[tuple[RawTable, RawTable], ...]
    """(before, after), only the rows whose text differs."""


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
        top, inside = locate_package(package)
        head = read_head(top)
        committed = {str(blob.path): blob for blob in list_package(top, head.id, inside)}
        if not committed:
            return None
        walk = _Walk(top, inside, tables, contents)
        steps = tuple(walk.steps(committed))
        is_clean = (
            set(tables.values()) <= set(committed)
            and all(
                is_as_committed(
                    contents[path] if path in contents else content_of(package / path), blob
                )
                for path, blob in committed.items()
            )
            and are_as_committed(top, head.id, program)
        )
    except (RevisionError, subprocess.SubprocessError, OSError):
        return None
    return History(head, is_clean, steps, walk.is_whole, inside)


def _read_files(package: Path, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files that are there, by their paths within the package."""
    for path in paths:
        content = content_of(package / path)
        if content is not None:
            yield path, content


class _Walk:
    """Goes back from the files as they are, one commit after the other."""

    def __init__(
        self,
        top: Path,
        inside: PurePosixPath,
        tables: Mapping[str, str],
        contents: Mapping[str, bytes],
    ) -> None:
        self._top = top
        self._inside = inside
        self._contents = contents
        self._tables = {path: name for name, path in tables.items() if name in CONTRACT}
        self._states: dict[str, list[str]] = {}
        self._is_broken = False

    @property
    def is_whole(self) -> bool:
        """Whether it reached a state in which there was no row yet."""
        return not self._is_broken and not any(any(rows) for rows in self._states.values())

    def steps(self, committed: Mapping[str, Blob]) -> Iterator[Step]:
        """Each step that changed rows, the latest first.

        Args:
            committed: the package's files in the latest commit, by their path.
        """
        for path in self._tables:
            self._states[path] = records_of(self._contents.get(path, b""))
        commits: list[Commit | None] = [None]
        names = {path: blob.name for path, blob in committed.items()}
        wanted = [{path: names.get(path, NOTHING) for path in self._tables}]
        for entry in read_log(self._top, self._inside):
            if entry.is_cut:
                self._is_broken = True
                break
            commits.append(entry.commit)
            wanted.append(
                {path: name for path, name in entry.before.items() if path in self._tables}
            )
        contents = read_contents(self._top, [name for old in wanted for name in old.values()])
        for commit, old in zip(commits, wanted, strict=True):
            before = dict(zip(old, contents, strict=False))
            if len(before) < len(old):
                return
            tables = tuple(self._compare(before))
            if tables:
                yield Step(commit, tables)

    def _compare(self, before: Mapping[str, bytes]) -> Iterator[tuple[RawTable, RawTable]]:
        """How files differ from their content before; that is then the state to go on from."""
        for path, content in before.items():
            if path not in self._states:
                continue
            old, new = records_of(content), self._states[path]
            try:
                pair = difference(self._tables[path], path, old, new)
            except (csv.Error, LookupError):
                del self._states[path]
                self._is_broken = True
                continue
            self._states[path] = old
            if pair[0].rows or pair[1].rows:
                yield pair
