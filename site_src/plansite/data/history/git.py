"""What git keeps of a package, asked of git in a way that runs nothing of the repository.

Only git's own objects are read: no checkout, so no hook, filter or text conversion of the
repository runs, and nothing in the working tree changes. Links in the tree are left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from plansite.model.errors import UsageError

TIMEOUT_SECONDS = 120
REGULAR = ("100644", "100755")
_OPTIONS = ("--literal-pathspecs", "--no-replace-objects", "-c", "core.fsmonitor=false")
# A hook or an outer git may have set these to another repository; a base commit that is not here
# is to be said, not fetched from somewhere, and parents are those that a commit itself names.
_SETTINGS = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_GRAFT_FILE": os.devnull,
}


class RevisionError(UsageError):
    """The package cannot be had at a revision."""


@dataclass(frozen=True)
class Blob:
    """A file of a revision: its object, its size in bytes, and its path within the package."""

    name: str
    size: int
    path: PurePosixPath


def locate_package(package: Path) -> tuple[Path, PurePosixPath]:
    """The repository's top folder, and the package's path from there.

    Raises:
        RevisionError: there is no git, or the package is in no repository.
    """
    path = package.resolve()
    start = next(folder for folder in (path, *path.parents) if folder.is_dir())
    try:
        output = git(start, "rev-parse", "--show-toplevel")
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        about = {"package": package.as_posix(), "reason": reason}
        raise RevisionError("cli.revision_no_repository", **about) from None
    top = Path(os.fsdecode(output.removesuffix(b"\n"))).resolve()
    return top, PurePosixPath(path.relative_to(top).as_posix())


def resolve(top: Path, ref: str) -> str:
    """A commit's full id, from any of its names.

    Raises:
        RevisionError: no commit has this name.
    """
    unknown = RevisionError("cli.revision_unknown", ref=ref)
    if not ref or "\0" in ref:
        raise unknown
    try:
        output = git(
            top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        )
    except subprocess.CalledProcessError:
        raise unknown from None
    return output.decode("ascii").strip()


def list_tags(top: Path, pattern: str) -> list[str]:
    """The tags that a pattern names, in the order of their names."""
    output = git(top, "for-each-ref", "--format=%(refname)", f"refs/tags/{pattern}")
    return [name.removeprefix("refs/tags/") for name in output.decode("utf-8", "replace").split()]


def list_package(top: Path, commit: str, inside: PurePosixPath) -> list[Blob]:
    """The package's tables and descriptor in a commit, regular files only."""
    blobs = []
    for blob in list_files(top, commit, inside):
        if not blob.path.is_relative_to(inside):
            continue
        path = blob.path.relative_to(inside)
        if (path.suffix == ".csv" or str(path) == "datapackage.json") and _is_safe(path):
            blobs.append(Blob(blob.name, blob.size, path))
    return blobs


def list_files(top: Path, commit: str, *paths: PurePosixPath) -> Iterator[Blob]:
    """The regular files of a commit at or below some paths, their paths from the top."""
    wanted = ("--", *map(str, paths))
    listing = git(top, "ls-tree", "-r", "-z", "--long", "--full-tree", commit, *wanted)
    for entry in listing.split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        mode, kind, blob, size = about.decode("ascii").split()
        if kind == "blob" and mode in REGULAR:
            yield Blob(blob, int(size), PurePosixPath(os.fsdecode(name)))


def _is_safe(path: PurePosixPath) -> bool:
    """Whether a path from a git tree stays in the folder; git forbids others, trees are data."""
    return not path.is_absolute() and not any(
        part in ("", ".", "..") or "\\" in part or ":" in part for part in path.parts
    )


def read_blobs(top: Path, blobs: Sequence[Blob]) -> Iterator[bytes]:
    """Each file's bytes, as stored.

    Raises:
        RevisionError: the repository lacks one of them.
    """
    wanted = "".join(f"{blob.name}\n" for blob in blobs).encode("ascii")
    content = git(top, "cat-file", "--batch", given=wanted)
    position = 0
    for blob in blobs:
        start = content.index(b"\n", position) + 1
        if content[position:start].split() != [blob.name.encode(), b"blob", b"%d" % blob.size]:
            raise RevisionError("cli.revision_incomplete", path=blob.path)
        position = start + blob.size + 1
        yield content[start : start + blob.size]


def git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
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
