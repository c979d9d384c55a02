"""What is not known of a package's past, why, and how to come by it.

A site shows no day that nobody knows. So whoever builds it is told what it lacks for want of
history: said once, and never on the site, whose readers cannot mend it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.data.history.moves import read_changes
from plansite.data.history.repository.git import Repository, list_tags, open_repository, resolve
from plansite.data.history.repository.git_process import GitError, RevisionError

RELEASE_TAGS = "data-*"
_ALL, _OLDER, _RELEASES = "history.lacks_all", "history.lacks_older", "history.lacks_releases"


@dataclass(frozen=True)
class HistoryLimit:
    """One reason why a package's past is not known, or not wholly."""

    lacks: str
    """The key of the words that say what a site lacks for it."""
    reason: str
    """The key of the words that say why, and how to mend it."""
    values: Mapping[str, object]
    """What is put into them."""


def nothing_known(error: RevisionError | OSError) -> HistoryLimit:
    """That git tells nothing of the package's past."""
    return _limit(_ALL, error)


def ends_here(error: RevisionError) -> HistoryLimit:
    """That what came before cannot be read."""
    return _limit(_OLDER, error)


def releases_unread(error: RevisionError) -> HistoryLimit:
    """That git cannot read what is at the tag of a release."""
    return _limit("history.lacks_some_releases", error)


def _limit(lacks: str, error: RevisionError | OSError) -> HistoryLimit:
    """The reason that an error gives; what keeps a revision from being had has other words here."""
    if isinstance(error, OSError):
        return HistoryLimit(lacks, "history.failed", {"reason": error.strerror or error})
    return HistoryLimit(lacks, error.key.replace("cli.revision_", "history."), error.values)


def cut_off() -> HistoryLimit:
    """That a shallow clone leaves out what came before."""
    return HistoryLimit(_OLDER, "history.shallow", {})


def too_long(commits: int, size: int) -> HistoryLimit:
    """That there is more than is read.

    Args:
        commits: how many commits are read at most.
        size: how many bytes of earlier tables.
    """
    return HistoryLimit(
        _OLDER, "history.long", {"commits": commits, "megabytes": size // 1_000_000}
    )


def table_unreadable(file: str, commit: str | None, *, is_pointer: bool) -> HistoryLimit:
    """That an earlier state of a table cannot be taken apart.

    Args:
        file: the table's file.
        commit: the id of the commit that put an end to that state; ``None`` for one that stands in
            the last commit, and is otherwise in the files as they are.
        is_pointer: whether Git LFS keeps the table, so that git has no more than a pointer.
    """
    about = {"file": file, "commit": commit}
    key = "table" if commit else "table_committed"
    return HistoryLimit("history.lacks_table", f"history.{'pointer' if is_pointer else key}", about)


def no_commits(repository: Repository, package: Path) -> RevisionError:
    """Why no commit holds a package.

    Args:
        repository: where the package lies.
        package: its directory.
    """
    try:
        resolve(repository, "HEAD")
    except RevisionError:
        return RevisionError("history.no_commit")
    try:
        repository.run("check-ignore", "--quiet", "--no-index", "--", str(package.resolve()))
    except GitError:
        return RevisionError("history.uncommitted", package=package.as_posix())
    return RevisionError("history.ignored", package=package.as_posix())


def missing_tags(repository: Repository) -> Iterator[HistoryLimit]:
    """That a clone may lack the tags of releases; whether there are any, only the remote knows."""
    if (repository.has_no_tags or repository.is_shallow) and not list_tags(
        repository, RELEASE_TAGS
    ):
        yield HistoryLimit(_RELEASES, "history.no_tags", {})


def clone_limits(package: Path) -> tuple[HistoryLimit, ...]:
    """What a clone leaves out of a package's past, without reading it.

    Where git knows nothing of the package there is no clone to tell of, unless it belongs to
    somebody else.
    """
    try:
        repository, inside = open_repository(package)
        if not repository.is_shallow:
            return ()
        head = resolve(repository, "HEAD")
        if any(change.is_cut for change in read_changes(repository, head, inside)):
            return (cut_off(),)
        return tuple(missing_tags(repository))
    except RevisionError as error:
        return (nothing_known(error),) if error.key == "history.foreign" else ()
