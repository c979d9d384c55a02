"""The package as it stood at a git revision."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from plansite.data.history.moves import Place
from plansite.data.history.places import PackagePlaces
from plansite.data.history.repository.git import Repository, open_repository, resolve
from plansite.data.history.repository.git_process import RevisionError
from plansite.data.history.repository.objects import list_package, read_blobs, sizes_of
from plansite.data.package import FILE_NAME, PackageSnapshot

MAX_FILES = 200
MAX_BYTES = 300_000_000


@dataclass(frozen=True)
class EarlierPackage:
    """A package at a revision."""

    snapshot: PackageSnapshot
    """Its tables and descriptor, under the names that its files have now; nothing if it is new."""
    is_new: bool = False
    """Whether it was not there yet."""
    moved_from: PurePosixPath | None = None
    """Its folder from the repository's top, where that was another one."""
    deleted_after: str = ""
    """The last commit in which it was, where it had been deleted before the revision."""
    place: Place | None = None
    """The commit that it was read from, and its folder there; ``None`` if it is new."""


def package_at(ref: str, package: Path) -> EarlierPackage:
    """The package's tables and descriptor as of a revision, wherever it was then.

    Args:
        ref: a branch, tag or commit, as a user or a CI system names it.
        package: the package's directory; it need not be there any more.

    Raises:
        RevisionError: there is no git, no repository, no such revision, or no package then or now.
    """
    repository, inside = open_repository(package)
    commit = resolve(repository, ref)
    place = PackagePlaces(repository, package, inside).place_at(commit)
    if place is None:
        if not (package / FILE_NAME).is_file():
            raise RevisionError("cli.revision_no_package", ref=ref, package=package.as_posix())
        return EarlierPackage(PackageSnapshot(package, {}), is_new=True)
    then, folder = place
    snapshot = PackageSnapshot(package, contents_at(repository, place, ref))
    moved_from = folder if folder != inside else None
    return EarlierPackage(
        *(snapshot, False, moved_from),
        deleted_after=then if then != commit else "",
        place=place,
    )


def contents_at(repository: Repository, place: Place, ref: str) -> dict[str, bytes]:
    """The tables and the descriptor of a package in a commit, by their paths within it.

    Args:
        repository: where.
        place: the commit and the package's folder in it.
        ref: what a user called the commit.

    Raises:
        RevisionError: git cannot read them, or they are too large.
    """
    blobs = list_package(repository, *place)
    names = [blob.name for blob in blobs]
    total = sum(sizes_of(repository, names))
    if len(blobs) > MAX_FILES or total > MAX_BYTES:
        raise RevisionError("cli.revision_too_large", ref=ref, files=len(blobs), bytes=total)
    contents = zip(blobs, read_blobs(repository, names), strict=True)
    return {str(blob.path): content for blob, content in contents}
