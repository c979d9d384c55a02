"""Goes back from a package's files as they are, one commit after the other."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from plansite.data.history import limits
from plansite.data.history.csv_diff import difference, is_pointer, records_of
from plansite.data.history.identity import Description, describe, descriptions_of
from plansite.data.history.limits import HistoryLimit
from plansite.data.history.moves import PackageChange, read_changes
from plansite.data.history.repository.git import Repository
from plansite.data.history.repository.git_process import RevisionError
from plansite.data.history.repository.log import MAX_COMMITS, Commit
from plansite.data.history.repository.objects import (
    MAX_BYTES,
    NOTHING,
    list_package,
    read_contents,
)
from plansite.data.history.repository.working_tree import is_as_committed
from plansite.data.package import FILE_NAME, RawTable
from plansite.model.contract import CONTRACT


@dataclass(frozen=True)
class Step:
    """What one commit changed: each table's rows that it left other than they were."""

    commit: Commit | None
    """``None`` for what is not committed yet."""
    tables: tuple[tuple[RawTable, RawTable], ...]
    """(before, after), only the rows whose text differs."""
    package: str = ""
    """What the package was called once the commit was made; empty where it did not say."""


_Wanted = tuple[Commit | None, dict[str, str], str]
"""A commit, the object that each table was before it, and the package's name after it."""


class Walk:
    """One way back, which ends where nothing was there yet or no more can be known."""

    def __init__(
        self,
        repository: Repository,
        tables: Mapping[str, str],
        contents: Mapping[str, bytes],
    ) -> None:
        """Name what it starts from.

        Args:
            repository: where the package lies.
            tables: each table's file.
            contents: the package's files as they are now, by their paths.
        """
        self._repository = repository
        self._tables = {name: path for name, path in tables.items() if name in CONTRACT}
        self._states = {
            name: records_of(contents.get(path, b"")) for name, path in self._tables.items()
        }
        self._descriptor = contents.get(FILE_NAME, b"")
        self.limits: list[HistoryLimit] = []
        """Why it ended, or ended for a table, before it came to the beginning."""
        self.is_cut = False
        """Whether it came to the edge of a shallow clone."""

    @property
    def is_whole(self) -> bool:
        """Whether it reached a state in which there was no row yet."""
        return not self.limits and not self._has_rows

    @property
    def _has_rows(self) -> bool:
        return any(any(rows) for rows in self._states.values())

    def steps(
        self, head: str, folder: PurePosixPath, committed: Mapping[str, str]
    ) -> Iterator[Step]:
        """Each step that changed rows, the latest first.

        Args:
            head: the id of the latest commit.
            folder: where it has the package.
            committed: the objects of the package's files in it, by their paths.

        Raises:
            RevisionError: git cannot read the commits.
        """
        unsaved = PackageChange(None, committed, self._committed_description(committed), None)
        changes = [unsaved, *read_changes(self._repository, head, folder)]
        try:
            yield from self._compared(list(self._wanted(changes)))
        except RevisionError as error:
            self.limits.append(limits.ends_here(error))
            return
        if len(changes) > MAX_COMMITS and self._has_rows and not self.limits:
            self.limits.append(limits.too_long(MAX_COMMITS, MAX_BYTES))

    def _committed_description(self, committed: Mapping[str, str]) -> Description | None:
        """What the descriptor says in the latest commit; git is asked only where it must be."""
        name = committed.get(FILE_NAME, NOTHING)
        if name and is_as_committed(self._descriptor, name):
            return describe(self._descriptor)
        return descriptions_of(self._repository, [name]).get(name)

    def _wanted(self, changes: Iterable[PackageChange]) -> Iterator[_Wanted]:
        """The objects to compare with, as far as the commits are here."""
        files, name = self._tables, describe(self._descriptor).name
        for change in changes:
            if change.is_cut:
                self.is_cut = True
                self.limits.append(limits.cut_off())
                return
            described = change.described.tables if change.described else {}
            earlier = {name: described.get(name, path) for name, path in files.items()}
            yield change.commit, dict(self._touched(change, earlier, files)), name
            files = earlier
            name = change.described.name if change.described else name

    def _touched(
        self, change: PackageChange, earlier: Mapping[str, str], files: Mapping[str, str]
    ) -> Iterator[tuple[str, str]]:
        """The tables whose file a commit touched or took for another, with their objects before."""
        for name, path in earlier.items():
            if path in change.before:
                yield name, change.before[path]
            elif change.origin is None:
                yield name, NOTHING
            elif path != files[name]:
                listed = list_package(self._repository, *change.origin)
                yield name, next((one.name for one in listed if str(one.path) == path), NOTHING)

    def _compared(self, wanted: Sequence[_Wanted]) -> Iterator[Step]:
        """The step of each commit, as far as old tables can be read."""
        names = [name for _, objects, _ in wanted for name in objects.values()]
        contents = read_contents(self._repository, names)
        for commit, objects, package in wanted:
            before = dict(zip(objects, contents, strict=False))
            if len(before) < len(objects):
                self.limits.append(limits.too_long(MAX_COMMITS, MAX_BYTES))
                return
            tables = tuple(self._differences(before, commit))
            if tables:
                yield Step(commit, tables, package)

    def _differences(
        self, before: Mapping[str, bytes], commit: Commit | None
    ) -> Iterator[tuple[RawTable, RawTable]]:
        """How tables differ from their content before; that is then the state to go on from."""
        for name, content in before.items():
            if name not in self._states:
                continue
            old, new, file = records_of(content), self._states[name], self._tables[name]
            try:
                pair = difference(name, file, old, new)
            except (csv.Error, LookupError):
                del self._states[name]
                about = (file, commit.short if commit else None)
                is_lost = is_pointer(content) or is_pointer("\n".join(new[:1]).encode())
                self.limits.append(limits.table_unreadable(*about, is_pointer=is_lost))
                continue
            self._states[name] = old
            if pair[0].rows or pair[1].rows:
                yield pair
