"""The tables that a package is held to, as they could last be read.

A commit may hold a table that nobody can take apart, or lack it: something was cut short, a merge
left its marks, a link stands in its place. No site is made from such a state, so what was published
is what stood there before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plansite.data.history.checkout import EarlierPackage, contents_at
from plansite.data.history.csv_diff import is_pointer
from plansite.data.history.repository.git import Repository, open_repository
from plansite.data.history.repository.git_process import RevisionError
from plansite.data.history.repository.log import read_log
from plansite.data.history.repository.objects import list_package, literal
from plansite.data.package import PackageSnapshot, RawPackage
from plansite.model.contract import CONTRACT

MAX_STATES = 100
"""How many earlier states are looked into."""


@dataclass(frozen=True)
class PublishedTables:
    """A package's tables as of a revision, or of the last commit in which they could be read."""

    raw: RawPackage
    earlier: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By commit, the files of the tables that come from one before the revision."""
    unknown: tuple[str, ...] = ()
    """The files that could be read in no commit: nothing can have been published of them."""


def published_tables(package: Path, earlier: EarlierPackage, ref: str) -> PublishedTables:
    """The tables of a package that count as published at a revision.

    Args:
        package: the package's directory.
        earlier: the package at the revision.
        ref: the revision, as a user named it.

    Raises:
        RevisionError: a table may have been published and cannot be had: Git LFS keeps it, or the
            commits that held it are not in this clone, or are too many.
    """
    raw = earlier.snapshot.raw
    lacking = _lacking(raw)
    if earlier.place is None or not lacking:
        return PublishedTables(raw)
    _refuse_pointers(earlier.snapshot, lacking, ref)
    repository, _ = open_repository(package)
    found: dict[str, tuple[str, ...]] = {}
    tables = dict(raw.tables)
    for commit, contents in _states_before(repository, earlier, _files(raw, lacking), ref):
        snapshot = PackageSnapshot(package, contents)
        _refuse_pointers(snapshot, lacking, ref)
        again = lacking - _lacking(snapshot.raw)
        tables |= {name: snapshot.raw.tables[name] for name in again}
        if again:
            found[commit] = _files(snapshot.raw, again)
        lacking -= again
        if not lacking:
            break
    unreadable = tuple(name for name in raw.unreadable if name in lacking)
    known = dataclasses.replace(raw, tables=tables, unreadable=unreadable)
    return PublishedTables(known, found, _files(raw, lacking))


def _lacking(raw: RawPackage) -> set[str]:
    """The tables that cannot be read, or are not there though a package has to have them."""
    if raw.descriptor is None:  # nobody can say which files are its tables
        return set(CONTRACT)
    absent = {
        name for name, rule in CONTRACT.items() if not (rule.added or raw.tables[name].is_there)
    }
    return {*raw.unreadable, *absent}


def _files(raw: RawPackage, names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(raw.tables[name].file for name in names if not CONTRACT[name].added))


def _refuse_pointers(snapshot: PackageSnapshot, names: set[str], ref: str) -> None:
    """Refuse to compare tables of which git has no more than where another program keeps them."""
    paths = [snapshot.table_files[name] for name in names if name in snapshot.table_files]
    pointers = sorted(path for path in paths if is_pointer(snapshot.files.content(path) or b""))
    if pointers:
        raise RevisionError("cli.revision_pointer", ref=ref, files=" ".join(pointers))


def _states_before(
    repository: Repository, earlier: EarlierPackage, files: tuple[str, ...], ref: str
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """The package in the commits before one, the latest first, as far as it was in its folder.

    Raises:
        RevisionError: there are more commits, which are not read.
    """
    if earlier.place is None:
        return
    start, folder = earlier.place
    log = read_log(repository, start, literal(folder), MAX_STATES)
    for change in log:
        if change.parent and list_package(repository, change.parent, folder):
            yield change.parent, contents_at(repository, (change.parent, folder), ref)
        elif not change.is_cut:
            return
    raise RevisionError("cli.revision_unreadable", ref=ref, files=" ".join(files))
