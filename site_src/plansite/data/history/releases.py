"""Releases: the package as it stood at each tag ``data-YYYY-MM-DD``, kept for good.

A release is read from git's own objects, so every build publishes the same bytes again.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from plansite.data.history import limits
from plansite.data.history.checkout import MAX_BYTES, MAX_FILES
from plansite.data.history.csv_diff import is_pointer
from plansite.data.history.identity import describe
from plansite.data.history.limits import HistoryLimit
from plansite.data.history.places import PackagePlaces
from plansite.data.history.repository.git import Repository, list_tags, open_repository
from plansite.data.history.repository.git_process import RevisionError
from plansite.data.history.repository.log import Commit, read_commit
from plansite.data.history.repository.objects import list_package, read_blobs, sizes_of
from plansite.data.package import FILE_NAME
from plansite.data.package.stored_files import is_open
from plansite.data.validation.descriptor_settings import MISLEADING, check_properties
from plansite.model import Bilingual, urls
from plansite.model.problems import visible

TAG = "data-"
GITS_OWN = ("history.slow", "history.not_fetched", "history.partial", "history.incomplete")
"""Why git cannot read a tag, where nothing is wrong with the tag."""
_DATED = re.compile(re.escape(TAG) + r"([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True)
class Release:
    """The data of one day."""

    tag: str
    date: dt.date
    """The day that the tag names."""
    commit: Commit
    name: str
    """What the package calls itself; empty where it does not say."""
    title: Bilingual
    """The same for people."""
    version: str
    """The data's version; empty where the package does not say."""
    files: tuple[tuple[str, bytes], ...]
    """Every table and the descriptor, by path within the package."""


@dataclass(frozen=True)
class Releases:
    """Every release of a package."""

    known: tuple[Release, ...] = ()
    """The latest first."""
    unreadable: tuple[str, ...] = ()
    """Tags that name a release that cannot be had: no such day, no package at them, or one that
    lacks a table that it lists, or whose descriptor says that its tables are written in another way
    than they are read."""
    limits: tuple[HistoryLimit, ...] = ()
    """Why git could not read some of these."""

    def in_zone(self, zone: dt.tzinfo) -> Releases:
        """The same, with the days of their commits by another zone's clock."""
        known = (
            dataclasses.replace(release, commit=release.commit.in_zone(zone))
            for release in self.known
        )
        return dataclasses.replace(self, known=tuple(known))


def read_releases(package: Path) -> Releases:
    """The releases of a package; none where git knows nothing of it."""
    try:
        repository, inside = open_repository(package)
        tags = list_tags(repository, f"{TAG}*")
    except (RevisionError, OSError):
        return Releases()
    places = PackagePlaces(repository, package, inside)
    known, unreadable = [], []
    reasons: dict[str, HistoryLimit] = {}
    for tag in tags:
        release = None
        try:
            release = _read(repository, places, tag)
        except RevisionError as error:
            if error.key in GITS_OWN:
                reasons.setdefault(error.key, limits.releases_unread(error))
        if release is None:
            unreadable.append(visible(tag))  # git lets a tag turn the line around
        else:
            known.append(release)
    known.sort(key=lambda release: release.date, reverse=True)
    return Releases(tuple(known), tuple(unreadable), tuple(reasons.values()))


def _read(repository: Repository, places: PackagePlaces, tag: str) -> Release | None:
    """The release of a tag; ``None`` where it cannot be had, or would mislead whoever reads it.

    Raises:
        RevisionError: git cannot read it.
    """
    named = _DATED.fullmatch(tag)
    if named is None:
        return None
    try:
        date = dt.date.fromisoformat(named[1])
        commit = read_commit(repository, f"refs/tags/{tag}")
        files = tuple(_read_files(repository, places, commit.id))
        descriptor = json.loads(dict(files)[FILE_NAME])
    except (OSError, ValueError, KeyError, RecursionError):
        return None
    described = descriptor if isinstance(descriptor, dict) else {}
    if any(problem.code == MISLEADING for problem in check_properties(described, tag)):
        return None  # others would read other values in it than were ever shown
    name, zh, en, version = (
        _text(described.get(key)) for key in ("name", "title", "title_en", "version")
    )
    return Release(tag, date, commit, name, Bilingual(zh or name, en or zh or name), version, files)


def _text(value: object) -> str:
    """A value as text that pages can show, since releases are not validated.

    Half a character, of which JSON knows, stands in no file.
    """
    return visible(str(value or "").encode("utf-8", "replace").decode())


def _read_files(
    repository: Repository, places: PackagePlaces, commit: str
) -> Iterator[tuple[str, bytes]]:
    """A release's files from the folder in which the package was."""
    files = _files_in(repository, commit, places.inside)
    if describe(files.get(FILE_NAME, b"")).name != places.name:
        folder = places.folder_at(commit)
        if folder != places.inside:
            files = _files_in(repository, commit, folder)
    listed = set(describe(files.get(FILE_NAME, b"")).tables.values())
    own = {path: content for path, content in files.items() if path in listed or is_open(path)}
    is_whole = all(path in own for path in listed if path.endswith(".csv"))
    if not (is_whole and _are_distinct_files(map(PurePosixPath, own))):
        raise ValueError(commit)
    if any(map(is_pointer, own.values())):
        raise ValueError(commit)
    yield from sorted(own.items())


def _files_in(repository: Repository, commit: str, folder: PurePosixPath) -> dict[str, bytes]:
    """Every file of a package in a commit, by its path within the folder.

    Raises:
        RevisionError: the repository lacks one of them.
        ValueError: there are more than a release may have.
    """
    listed = list_package(repository, commit, folder)
    blobs = {str(blob.path): blob.name for blob in listed if str(blob.path).isprintable()}
    names = list(blobs.values())
    if len(blobs) > MAX_FILES or sum(sizes_of(repository, names)) > MAX_BYTES:
        raise ValueError(commit)
    return dict(zip(blobs, read_blobs(repository, names), strict=True))


def _are_distinct_files(paths: Iterable[PurePosixPath]) -> bool:
    """Whether no two files or folders, with ours beside them, are one to macOS or Windows.

    To both ``Notes.csv`` and ``notes.csv`` are one file; to macOS, so are two spellings of ``é``.
    """
    ours = (urls.RELEASE_ZIP, urls.MANIFEST, urls.CHECKSUMS, urls.html_file(""))
    names = {str(name) for path in paths for name in (path, *path.parents)}
    folded = {normalize("NFC", name).casefold() for name in names}
    return len(folded) == len(names) and folded.isdisjoint(map(str.casefold, ours))
