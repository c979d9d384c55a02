"""What somebody handed in: tables as rows of text, each knowing where it stood in the file."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from plansite.model.problems import Problem

Key = tuple[str, ...]


@dataclass(frozen=True)
class SubmittedRow:
    """One row: the number that the spreadsheet shows, and its cells by field."""

    number: int
    cells: Mapping[str, str]
    unread: frozenset[str] = frozenset()
    """Fields whose cell could not be read, which a problem says."""


@dataclass(frozen=True)
class SubmittedTable:
    """One table; ``location`` is the file and its sheet, as shown to people."""

    name: str
    location: str
    rows: tuple[SubmittedRow, ...]
    issued: Mapping[Key, str] | None = None
    """The rows that the template held when it was made, with their fingerprints; ``None`` where
    the file did not come from a template."""


@dataclass(frozen=True)
class SubmittedFile:
    """A whole file: its tables by name, and what was wrong with it."""

    tables: Mapping[str, SubmittedTable] = dataclasses.field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
