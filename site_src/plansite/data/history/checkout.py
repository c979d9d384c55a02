"""The package as it stood at a git revision."""

from __future__ import annotations

from pathlib import Path

from plansite.data.history.git import (
    RevisionError,
    list_package,
    locate_package,
    read_blobs,
    resolve,
)
from plansite.data.package import PackageSnapshot

MAX_FILES = 200
MAX_BYTES = 300_000_000


def package_at(ref: str, package: Path) -> PackageSnapshot:
    """The package's tables and descriptor as of a revision.

    Args:
        ref: a branch, tag or commit, as a user or a CI system names it.
        package: the package's directory; it need not be there any more.

    Raises:
        RevisionError: there is no git, no repository, no such revision, or no package at it.
    """
    top, inside = locate_package(package)
    blobs = list_package(top, resolve(top, ref), inside)
    if not any(len(blob.path.parts) == 1 for blob in blobs):
        raise RevisionError("cli.revision_no_package", ref=ref, package=package.as_posix())
    total = sum(blob.size for blob in blobs)
    if len(blobs) > MAX_FILES or total > MAX_BYTES:
        raise RevisionError("cli.revision_too_large", ref=ref, files=len(blobs), bytes=total)
    contents = zip(blobs, read_blobs(top, blobs), strict=True)
    return PackageSnapshot(package, {blob.path.as_posix(): content for blob, content in contents})
