"""Follows a package through the folders in which it has been, along the branch.

A package arrives in a folder with the commit that puts its descriptor there. It comes from where a
descriptor of the same name went away: with the same commit, or, where people upload the new folder
before or after they delete the old one, with another, if most rows are the same. A descriptor that
got another name with the move is known by its rows. A copy of a package that stays is no move.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from plansite.data.history.identity import (
    Description,
    descriptions_of,
    packages_in,
    read_package,
    share_of_rows,
)
from plansite.data.history.repository.git import Repository
from plansite.data.history.repository.log import MAX_COMMITS, Commit, TreeChange, read_log
from plansite.data.history.repository.objects import NOTHING, list_package, literal
from plansite.data.package import FILE_NAME

SAME = 0.5
"""The share of rows from which two packages count as one, where their place does not say so."""
_FIRST_COMMITS = 16
"""How many commits are asked for first: those before a move have to be asked for anew."""
_DESCRIPTORS = f":(top,glob)**/{FILE_NAME}"

Place = tuple[str, PurePosixPath]
"""A package by a commit and its folder there."""


@dataclass(frozen=True)
class PackageChange:
    """What a commit changed of a package, all paths being those within it."""

    commit: Commit | None
    """``None`` for what is not committed yet."""
    before: Mapping[str, str]
    """The object that each file was which the commit touched."""
    described: Description | None
    """What the descriptor said before, where the commit touched it."""
    origin: Place | None
    """The package before the commit, where files that it did not touch are to be found; ``None``
    where ``before`` holds all there was."""
    is_cut: bool = False
    """Whether what came before is not in this clone, so that nobody can tell what changed."""


def read_changes(
    repository: Repository, head: str, folder: PurePosixPath
) -> Iterator[PackageChange]:
    """The commits that touched a package, the latest first, wherever it was.

    Args:
        repository: where.
        head: the full id of the latest commit.
        folder: the package's folder in it.

    Raises:
        RevisionError: git cannot read what it needs.
    """
    trail = _Trail(repository, head)
    start, left, count = head, MAX_COMMITS, _FIRST_COMMITS
    while left and start:
        log = read_log(repository, start, literal(folder), min(count, left))
        trail.describe(folder / FILE_NAME, log)
        start, count = log[-1].parent if len(log) == count else "", 4 * count
        for change in log:
            left -= 1
            source = trail.source(change, folder)
            if source is not None:
                yield trail.arrival(change.commit, source)
                (start, folder), count = source, _FIRST_COMMITS
                break
            yield trail.change_within(change, folder)


def deleted_packages(repository: Repository, commit: str, name: str) -> Iterator[Place]:
    """The packages of a name that were deleted at or before a commit, the latest deleted first.

    Args:
        repository: where.
        commit: a full id.
        name: what the package calls itself.

    Raises:
        RevisionError: git cannot read what it needs.
    """
    return _Trail(repository, commit).deleted(name)


@dataclass(frozen=True)
class _Departure:
    """A descriptor that went away, or got another name, with a commit."""

    position: int
    """Counted back from the latest commit."""
    before: Place
    name: str
    is_gone: bool
    is_elsewhere: bool
    """Whether another descriptor got the name with the same commit."""


class _Trail:
    """Every change to any descriptor on a branch."""

    def __init__(self, repository: Repository, head: str) -> None:
        self._repository = repository
        self._head = head
        self._descriptions: dict[str, Description] = {NOTHING: Description()}

    def describe(self, file: PurePosixPath, log: Iterable[TreeChange]) -> None:
        """Read all states of a descriptor at once."""
        names = (side.get(file, NOTHING) for one in log for side in (one.before, one.after))
        new = set(names) - self._descriptions.keys()
        self._descriptions |= descriptions_of(self._repository, new)

    def change_within(self, change: TreeChange, folder: PurePosixPath) -> PackageChange:
        """What a commit changed of the package in a folder where it was before, too."""
        before = {
            str(path.relative_to(folder)): name
            for path, name in change.before.items()
            if path.is_relative_to(folder)
        }
        described = self._description(before[FILE_NAME]) if before.get(FILE_NAME) else None
        origin = (change.parent, folder) if change.parent else None
        return PackageChange(change.commit, before, described, origin, change.is_cut)

    def arrival(self, commit: Commit, source: Place) -> PackageChange:
        """What a commit changed that moved the package."""
        before = {str(blob.path): blob.name for blob in list_package(self._repository, *source)}
        described = self._description(before.get(FILE_NAME, NOTHING))
        return PackageChange(commit, before, described, None)

    def source(self, change: TreeChange, folder: PurePosixPath) -> Place | None:
        """Where the package was before, if it arrived in a folder with this commit."""
        file = folder / FILE_NAME
        after, before = change.after.get(file, NOTHING), change.before.get(file, NOTHING)
        if not (after and change.parent) or after == before:
            return None
        name = self._description(after).name
        if before and self._description(before).name == name:
            return None
        position = self._positions[change.commit.id]
        here = [one for one in self._departures if one.position == position]
        place = (change.commit.id, folder)
        named = [one.before for one in here if name and one.name == name]
        if named:
            return self._closest(place, named, at_least=0)
        if before:
            return None
        elsewhere = self._uploaded(position, change.parent, name) if name else []
        gone = [one.before for one in here if one.is_gone]
        return self._closest(place, elsewhere) or self._closest(place, gone)

    def deleted(self, name: str) -> Iterator[Place]:
        """The packages of a name that were deleted, the latest deleted first."""
        departures = (one for one in self._departures if one.is_gone and not one.is_elsewhere)
        return (one.before for one in departures if one.name == name)

    def _uploaded(self, position: int, parent: str, name: str) -> list[Place]:
        """Where a package of the name was that was deleted with another commit."""
        if all(one.name != name for one in self._departures):
            return []
        known = packages_in(self._repository, parent)
        places = [place for place, described in known.items() if described.name == name]
        if places:
            later = {
                one.before[1]
                for one in self._departures
                if one.position < position and one.name == name and not one.is_elsewhere
            }
            return [(parent, place) for place in places if place in later]
        earlier = (one for one in self._departures if one.position > position and one.name == name)
        return [one.before for one in earlier][:1]

    def _closest(
        self, place: Place, sources: Iterable[Place], at_least: float = SAME
    ) -> Place | None:
        """The package that has most rows in common with another, if it has enough."""
        sources = list(sources)
        if len(sources) == 1 and not at_least:
            return sources[0]
        shares = {source: self._share(source, place) for source in sources}
        found = max(shares, key=shares.__getitem__, default=None)
        return found if found is not None and shares[found] >= at_least else None

    def _share(self, one: Place, other: Place) -> float:
        return share_of_rows(*(read_package(self._repository, *place) for place in (one, other)))

    def _description(self, name: str) -> Description:
        if name not in self._descriptions:
            self._descriptions |= descriptions_of(self._repository, [name])
        return self._descriptions[name]

    @cached_property
    def _log(self) -> tuple[TreeChange, ...]:
        log = read_log(self._repository, self._head, _DESCRIPTORS)
        names = {
            name
            for change in log
            for side in (change.before, change.after)
            for name in side.values()
        }
        self._descriptions |= descriptions_of(self._repository, names - self._descriptions.keys())
        return log

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {change.commit.id: position for position, change in enumerate(self._log)}

    @cached_property
    def _departures(self) -> list[_Departure]:
        return [
            departure
            for position, change in enumerate(self._log)
            if change.parent
            for departure in self._departures_with(position, change)
        ]

    def _departures_with(self, position: int, change: TreeChange) -> Iterator[_Departure]:
        names = {
            path: (self._description(before).name, self._description(change.after[path]).name)
            for path, before in change.before.items()
        }
        arrived = {after for before, after in names.values() if after != before}
        for path, (before, after) in names.items():
            is_gone = bool(change.before[path]) and not change.after[path]
            if is_gone or (before and before != after):
                place = (change.parent, path.parent)
                yield _Departure(position, place, before, is_gone, before in arrived)
