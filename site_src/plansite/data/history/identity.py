"""What makes a package the same one in another place or at another time: its name and its rows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from plansite.data.history.csv_diff import records_of
from plansite.data.history.repository.git import Repository
from plansite.data.history.repository.objects import (
    list_files,
    list_package,
    read_contents,
)
from plansite.data.package import FILE_NAME
from plansite.data.package.descriptor import table_file


@dataclass(frozen=True)
class Description:
    """What a descriptor says of a package, whether or not it is valid."""

    name: str = ""
    """Empty where it does not say."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """Each table's file by its path within the package."""


def describe(content: bytes) -> Description:
    """Read a descriptor as it was at any time."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
        name = found.get("name")
        entries = [entry for entry in found.get("resources") or () if isinstance(entry, dict)]
    except (ValueError, RecursionError, AttributeError, TypeError):
        return Description()
    files = {str(entry.get("name")): table_file(entry) for entry in entries}
    tables = {table: path for table, path in files.items() if path is not None}
    return Description(name if isinstance(name, str) else "", tables)


def descriptions_of(repository: Repository, names: Iterable[str]) -> dict[str, Description]:
    """Descriptors by their objects' names; nothing is known of those that are too many to read.

    Raises:
        RevisionError: the repository lacks one of them.
    """
    wanted = list(dict.fromkeys(name for name in names if name))
    if not wanted:
        return {}
    described = map(describe, read_contents(repository, wanted))
    return {name: next(described, Description()) for name in wanted}


def packages_in(repository: Repository, commit: str) -> dict[PurePosixPath, Description]:
    """Every package of a commit by its folder.

    Raises:
        RevisionError: the repository lacks one of the descriptors.
    """
    found = [blob for blob in list_files(repository, commit) if blob.path.name == FILE_NAME]
    described = descriptions_of(repository, [blob.name for blob in found])
    return {blob.path.parent: described.get(blob.name, Description()) for blob in found}


def read_package(repository: Repository, commit: str, folder: PurePosixPath) -> dict[str, bytes]:
    """The descriptor and tables of a package in a commit, by their paths within it.

    Raises:
        RevisionError: the repository lacks one of them.
    """
    blobs = list_package(repository, commit, folder)
    contents = read_contents(repository, [blob.name for blob in blobs])
    return {str(blob.path): content for blob, content in zip(blobs, contents, strict=False)}


def share_of_rows(some: Mapping[str, bytes], others: Mapping[str, bytes]) -> float:
    """How much of the smaller package's rows stands in the other one too, from 0 to 1.

    Args:
        some: the files of one package by their paths.
        others: those of the other.
    """
    first, second = _rows(some), _rows(others)
    smaller = min(first.total(), second.total())
    return (first & second).total() / smaller if smaller else 0.0


def _rows(contents: Mapping[str, bytes]) -> Counter[str]:
    """How often each record stands in the tables; headers are the same in many packages."""
    tables = (content for path, content in contents.items() if path != FILE_NAME)
    return Counter(row for content in tables for row in records_of(content)[1:] if row)
