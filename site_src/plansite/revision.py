"""The package as it stood at a git revision, put into a temporary folder.

Only git's own objects are read, one by one: no checkout, so no hook, filter or text conversion of
the repository runs, and nothing in the working tree changes. Links in the tree are left out.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from plansite.words import UsageError

MAX_FILES = 200
MAX_BYTES = 300_000_000
TIMEOUT_SECONDS = 120
_REGULAR = ("100644", "100755")
_OPTIONS = ("--literal-pathspecs", "--no-replace-objects", "-c", "core.fsmonitor=false")
# A hook or an outer git may have set these to another repository; a base commit that is not here
# is to be said, not fetched from somewhere.
_SETTINGS = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}


class RevisionError(UsageError):
    """The package cannot be had at a revision."""


@dataclass(frozen=True)
class _Blob:
    """A file of a revision: its object, its size, and its path within the package."""

    name: str
    size: int
    path: PurePosixPath


@contextlib.contextmanager
def package_at(ref: str, package: Path) -> Iterator[Path]:
    """Give a folder that holds the package's tables and descriptor as of a revision.

    Args:
        ref: a branch, tag or commit, as a user or a CI system names it.
        package: the package's directory; it need not be there any more.

    Raises:
        RevisionError: there is no git, no repository, no such revision, or no package at it.
    """
    top, inside = _place_in_repository(package)
    blobs = _list_files(top, _resolve(top, ref), inside)
    if not any(len(blob.path.parts) == 1 for blob in blobs):
        raise RevisionError("cli.revision_no_package", ref=ref, package=package.as_posix())
    total = sum(blob.size for blob in blobs)
    if len(blobs) > MAX_FILES or total > MAX_BYTES:
        raise RevisionError("cli.revision_too_large", ref=ref, files=len(blobs), bytes=total)
    with tempfile.TemporaryDirectory(prefix="plansite-") as folder:
        target = Path(folder) / (package.resolve().name or "datapackage")
        for blob, content in zip(blobs, _read(top, blobs), strict=True):
            path = target / blob.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield target


def _place_in_repository(package: Path) -> tuple[Path, PurePosixPath]:
    """The repository's top folder, and the package's path from there."""
    path = package.resolve()
    start = next(folder for folder in (path, *path.parents) if folder.is_dir())
    try:
        found = _git(start, "rev-parse", "--show-toplevel")
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        about = {"package": package.as_posix(), "reason": reason}
        raise RevisionError("cli.revision_no_repository", **about) from None
    top = Path(os.fsdecode(found.removesuffix(b"\n"))).resolve()
    return top, PurePosixPath(path.relative_to(top).as_posix())


def _resolve(top: Path, ref: str) -> str:
    """The commit's full id."""
    unknown = RevisionError("cli.revision_unknown", ref=ref)
    if not ref or "\0" in ref:
        raise unknown
    try:
        found = _git(
            top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        )
    except subprocess.CalledProcessError:
        raise unknown from None
    return found.decode("ascii").strip()


def _list_files(top: Path, commit: str, inside: PurePosixPath) -> list[_Blob]:
    """The package's tables and descriptor in a commit, regular files only."""
    listing = _git(top, "ls-tree", "-r", "-z", "--long", "--full-tree", commit, "--", str(inside))
    blobs = []
    for entry in listing.split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        mode, kind, blob, size = about.decode("ascii").split()
        whole = PurePosixPath(os.fsdecode(name))
        if kind != "blob" or mode not in _REGULAR or not whole.is_relative_to(inside):
            continue
        path = whole.relative_to(inside)
        if (path.suffix == ".csv" or str(path) == "datapackage.json") and _is_safe(path):
            blobs.append(_Blob(blob, int(size), path))
    return blobs


def _is_safe(path: PurePosixPath) -> bool:
    """Whether a path from a git tree stays in the folder; git forbids others, trees are data."""
    return not path.is_absolute() and not any(
        part in ("", ".", "..") or "\\" in part or ":" in part for part in path.parts
    )


def _read(top: Path, blobs: Sequence[_Blob]) -> Iterator[bytes]:
    """Each file's bytes, as stored."""
    wanted = "".join(f"{blob.name}\n" for blob in blobs).encode("ascii")
    content = _git(top, "cat-file", "--batch", given=wanted)
    place = 0
    for blob in blobs:
        start = content.index(b"\n", place) + 1
        if content[place:start].split() != [blob.name.encode(), b"blob", b"%d" % blob.size]:
            raise RevisionError("cli.revision_incomplete", path=blob.path)
        place = start + blob.size + 1
        yield content[start : start + blob.size]


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    """Run git in a folder and give what it prints.

    Raises:
        RevisionError: git is not installed.
        subprocess.CalledProcessError: git says no.
    """
    program = shutil.which("git")
    if program is None:
        raise RevisionError("cli.revision_no_git")
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(  # noqa: S603 - our own command; a user's words stand behind its options
        [program, "-C", str(folder), *_OPTIONS, *arguments],
        input=given,
        stdin=None if given is not None else subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=TIMEOUT_SECONDS,
        env={**own, **_SETTINGS},
    )
    return done.stdout
