"""Finds where a package was at an earlier revision, by what it is called and what is in it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath

from plansite.data.history.identity import (
    Description,
    describe,
    descriptions_of,
    packages_in,
    read_package,
    share_of_rows,
)
from plansite.data.history.moves import SAME, Place, deleted_packages
from plansite.data.history.repository.git import Repository, resolve
from plansite.data.history.repository.git_process import RevisionError
from plansite.data.history.repository.objects import list_package
from plansite.data.history.repository.working_tree import content_of
from plansite.data.package import FILE_NAME
from plansite.model.contract import CONTRACT


class PackagePlaces:
    """A package in its repository, and where it was before."""

    def __init__(self, repository: Repository, package: Path, inside: PurePosixPath) -> None:
        """Name it.

        Args:
            repository: where it is.
            package: its directory; it need not be there any more.
            inside: the same from the repository's top.
        """
        self._repository = repository
        self._package = package
        self.inside = inside
        """Its folder now, from the repository's top."""

    @property
    def name(self) -> str:
        """What it calls itself."""
        return self._own.name

    def folder_at(self, commit: str) -> PurePosixPath:
        """Its folder in a commit, by its name alone; where no package has that, its folder now.

        Args:
            commit: a full id.

        Raises:
            RevisionError: git cannot read what it needs.
        """
        described, _ = self._in_its_folder(commit)
        if self._is_own(described):
            return self.inside
        return self._closest(commit, self._namesakes(self._gone(commit))) or self.inside

    def place_at(self, commit: str) -> Place | None:
        """The commit and folder to compare it with, by name and rows; ``None`` if it is new since.

        The commit is another where the package had been deleted: the last one in which it was.
        It is new only where no other package went away: whoever moves, renames and edits one must
        not have it taken for another.

        Args:
            commit: a full id.

        Raises:
            RevisionError: git cannot read what it needs.
        """
        described, files = self._in_its_folder(commit)
        gone = {} if self._is_own(described) else self._gone(commit)
        named = self._namesakes(gone)
        tables = {*self._own.tables.values(), *(f"{name}.csv" for name in CONTRACT)}
        if not named and files & {FILE_NAME, *tables}:
            return commit, self.inside
        if not (named or (self._package / FILE_NAME).is_file()):
            return None
        moved = {known.name for folder, known in self._now.items() if folder != self.inside}
        unclaimed = [folder for folder, was in gone.items() if was.name not in moved]
        folder = self._closest(commit, named or unclaimed)
        return (commit, folder) if folder else self._deleted(commit, moved)

    def _deleted(self, commit: str, moved: set[str]) -> Place | None:
        """The package as it was before it was deleted, with a commit before the one given."""
        name = self.name
        if not name or name in moved:
            return None
        found = next(deleted_packages(self._repository, commit, name), None)
        is_same = found is not None and (found[1] == self.inside or self._share(*found) >= SAME)
        return found if is_same else None

    def _is_own(self, described: Description | None) -> bool:
        """Whether a package is this one, by its name."""
        return described is not None and described.name == self.name

    def _in_its_folder(self, commit: str) -> tuple[Description | None, set[str]]:
        """What was in its folder of today: the package's description, if any, and the files."""
        listed = list_package(self._repository, commit, self.inside)
        blobs = {str(blob.path): blob.name for blob in listed}
        name = blobs.get(FILE_NAME, "")
        return descriptions_of(self._repository, [name]).get(name), set(blobs)

    def _gone(self, commit: str) -> dict[PurePosixPath, Description]:
        """The packages that are, by their name, no more where they were."""
        return {
            folder: described
            for folder, described in packages_in(self._repository, commit).items()
            if folder != self.inside and not self._is_there(folder, described)
        }

    def _namesakes(self, packages: Mapping[PurePosixPath, Description]) -> list[PurePosixPath]:
        """The folders of the packages that have its name; none where it has no name."""
        name = self.name
        return [folder for folder, known in packages.items() if name and known.name == name]

    def _closest(self, commit: str, folders: Sequence[PurePosixPath]) -> PurePosixPath | None:
        """The package that has most rows in common with this one."""
        if len(folders) < 2:
            return next(iter(folders), None)
        return max(folders, key=lambda one: self._share(commit, one))

    def _share(self, commit: str, folder: PurePosixPath) -> float:
        return share_of_rows(self._files, read_package(self._repository, commit, folder))

    @cached_property
    def _files(self) -> dict[str, bytes]:
        """The package's tables as they are now."""
        files = self._package.rglob("*.csv")
        return {str(path): path.read_bytes() for path in files if path.is_file()}

    def _is_there(self, folder: PurePosixPath, described: Description) -> bool:
        content = content_of(self._repository.top / folder / FILE_NAME)
        if content is None:
            return folder / FILE_NAME in self._left_out
        return describe(content).name == described.name

    @cached_property
    def _left_out(self) -> set[PurePosixPath]:
        """The descriptors that are here and that a sparse checkout does not write out."""
        wanted = f":(top,glob)**/{FILE_NAME}"
        listing = os.fsdecode(self._repository.run("ls-files", "-t", "-z", "--", wanted))
        entries = (entry.partition(" ") for entry in listing.split("\0"))
        return {PurePosixPath(path) for status, _, path in entries if status == "S"}

    @cached_property
    def _own(self) -> Description:
        """What the package is called; where it is gone, what it was called in the last commit."""
        content = content_of(self._package / FILE_NAME)
        if content is not None:
            return describe(content)
        head = self._head
        return (head and self._in_its_folder(head)[0]) or Description()

    @cached_property
    def _now(self) -> dict[PurePosixPath, Description]:
        """The packages of the last commit that are still there, as they are now."""
        folders = packages_in(self._repository, self._head) if self._head else ()
        contents = {
            folder: content_of(self._repository.top / folder / FILE_NAME) for folder in folders
        }
        return {
            folder: describe(content) for folder, content in contents.items() if content is not None
        }

    @cached_property
    def _head(self) -> str:
        """The last commit; empty before the first."""
        try:
            return resolve(self._repository, "HEAD")
        except RevisionError:
            return ""
