"""Take in what somebody handed in: read it, hold the whole package against the rules, then write.

Everything happens in memory. The package's own files are replaced only where all of it is valid,
and all of them or none.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.analysis.publication import publish
from plansite.data.checks import validate_snapshot
from plansite.data.package import PackageSnapshot
from plansite.data.package.csv_lines import CsvLines
from plansite.data.workbook import (
    MergeResult,
    Sheet,
    SubmittedFile,
    merge,
    read_submitted_file,
    sheets_of,
)
from plansite.data.workbook.merge_rows import Origin, own_origins
from plansite.model.errors import DataError, UsageError
from plansite.model.problems import UNFINISHED, Problem, blockers
from plansite.output.diff import Comparison, PackageState, compare_states


class PackageChangedError(UsageError):
    """Somebody changed the package while a file was taken in; nothing was written."""

    def __init__(self) -> None:
        super().__init__("cli.package_moved")


@dataclass(frozen=True)
class TableChange:
    """How many rows of a table are other than they were."""

    sheet: Sheet
    added: int
    changed: int
    removed: int


def _is_sound(problems: Iterable[Problem]) -> bool:
    return all(problem.code in UNFINISHED for problem in blockers(problems))


@dataclass(frozen=True)
class Submission:
    """What a file would make of the package."""

    problems: tuple[Problem, ...]
    changes: tuple[TableChange, ...] = ()
    comparison: Comparison | None = None
    """What changes row by row; only where all is valid."""
    contents: Mapping[Path, tuple[bytes, bytes]] = dataclasses.field(default_factory=dict)
    """Each file that changes, with what it holds and what it is to hold."""

    @property
    def is_valid(self) -> bool:
        """Whether it may be written: nothing is wrong, though something may be lacking."""
        return _is_sound(self.problems)


def prepare(package: Path, file: Path, as_of: dt.date, *, removals: bool) -> Submission:
    """Work out what a workbook or CSV file makes of a package, and what is wrong with it.

    Args:
        package: the package's directory; nothing is written to it.
        file: the workbook or CSV file.
        as_of: nothing published may be later than this.
        removals: whether rows that the file leaves out are to go.

    Raises:
        OSError: the file cannot be read.
    """
    snapshot = PackageSnapshot(package)
    try:
        sheets = sheets_of(snapshot)
        own = {sheet.name: snapshot.csv_lines(sheet.name) for sheet in sheets}
    except DataError as error:
        return Submission(tuple(error.problems))
    except (UnicodeDecodeError, csv.Error):
        return Submission(tuple(validate_snapshot(snapshot, as_of)[1]))
    if any(set(own[sheet.name].header.cells) != _names(sheet) for sheet in sheets):
        return Submission(tuple(validate_snapshot(snapshot, as_of)[1]))
    submitted = read_submitted_file(file, sheets)
    if not submitted.tables:
        return Submission(submitted.problems)
    return _Draft(snapshot, sheets, own, submitted, removals).judged(as_of, file.name)


def _names(sheet: Sheet) -> set[str]:
    return {column.name for column in sheet.columns}


class _Draft:
    """The package with the handed tables put in."""

    def __init__(
        self,
        package: PackageSnapshot,
        sheets: list[Sheet],
        own: Mapping[str, CsvLines],
        submitted: SubmittedFile,
        removals: bool,
    ) -> None:
        self._package = package
        self._origins = {sheet.path: list(own_origins(own[sheet.name])) for sheet in sheets}
        self._contents: dict[Path, tuple[bytes, bytes]] = {}
        self._changes: list[TableChange] = []
        self._problems = list(submitted.problems)
        for sheet in sheets:
            if sheet.name in submitted.tables:
                table, records = submitted.tables[sheet.name], own[sheet.name]
                self._put(sheet, records, merge(sheet, table, records, removals=removals))

    def _put(self, sheet: Sheet, own: CsvLines, merged: MergeResult) -> None:
        self._origins[sheet.path] = merged.origins
        self._problems += merged.problems
        if merged.is_changed:
            counts = (len(merged.added), len(merged.changed), len(merged.removed))
            self._changes.append(TableChange(sheet, *counts))
            content = own.content(iter(merged.rows))
            old = self._package.content(sheet.resource.path)
            self._contents[sheet.path] = (old, content)

    def judged(self, as_of: dt.date, file_name: str) -> Submission:
        """Validate all of it, and say where in the handed file each problem is."""
        before, old = _judge(self._package, as_of)
        known = {_about(problem) for problem in old}
        after, problems = _judge(self._edited_package(), as_of)
        new = [
            problem for problem in problems if problem.is_blocker or _about(problem) not in known
        ]
        found = (*self._problems, *_in_handed_file(new, self._origins, self._problems))
        comparison = None
        if _is_sound(found):
            folder = self._package.directory.resolve().name
            comparison = compare_states(
                dataclasses.replace(before, name=folder), dataclasses.replace(after, name=file_name)
            )
        return Submission(found, tuple(self._changes), comparison, self._contents)

    def _edited_package(self) -> PackageSnapshot:
        """The package as it would be."""
        directory = self._package.directory
        edited = {
            path.relative_to(directory).as_posix(): content
            for path, (_, content) in self._contents.items()
        }
        return PackageSnapshot(directory, self._package.contents() | edited)


def _judge(package: PackageSnapshot, as_of: dt.date) -> tuple[PackageState, list[Problem]]:
    """A state of the package, and what is wrong with it."""
    reading, problems = validate_snapshot(package, as_of)
    raw = package.raw
    if reading.plan is None or blockers(problems):
        return PackageState(raw, None, errors=len(blockers(problems))), problems
    return PackageState(raw, publish(reading.plan, as_of, problems)), problems


def _about(problem: Problem) -> tuple[str | None, ...]:
    """What a warning is about, wherever its row has moved to."""
    return problem.code, problem.file, problem.field, problem.value


def _in_handed_file(
    problems: list[Problem], origins: Mapping[Path, list[Origin]], said: list[Problem]
) -> list[Problem]:
    """Problems at the places that their rows came from; none is said twice."""
    known = {(problem.file, problem.row, problem.field) for problem in said if problem.row}
    moved = (_moved(problem, origins.get(Path(problem.file), [])) for problem in problems)
    return [problem for problem in moved if (problem.file, problem.row, problem.field) not in known]


def _moved(problem: Problem, rows: list[Origin]) -> Problem:
    index = (problem.row or 0) - 2
    if not 0 <= index < len(rows):
        return problem
    file, number = rows[index]
    details = dict(problem.details)
    other = details.get("other_row", "")
    if other.isdecimal() and 0 <= int(other) - 2 < len(rows):
        details["other_row"] = str(rows[int(other) - 2][1])
    return dataclasses.replace(problem, file=file, row=number, line=None, details=details)


def write(submission: Submission) -> None:
    """Put a valid submission into the package: every file, or none.

    Raises:
        MovedError: a file is not what it was when the submission was prepared.
        OSError: a file cannot be written; those that were are as before.
    """
    assert submission.is_valid
    fresh = {
        path: path.with_name(f".{path.name}.{os.getpid()}.new") for path in submission.contents
    }
    replaced: list[Path] = []
    try:
        for path, (_, content) in submission.contents.items():
            _write_durably(fresh[path], content)
            shutil.copymode(path, fresh[path])
        if any(path.read_bytes() != old for path, (old, _) in submission.contents.items()):
            raise PackageChangedError
        for path in submission.contents:
            fresh[path].replace(path)
            replaced.append(path)
    except OSError:
        for path in replaced:
            path.write_bytes(submission.contents[path][0])
        raise
    finally:
        for path in fresh.values():
            path.unlink(missing_ok=True)


def _write_durably(path: Path, content: bytes) -> None:
    """Write a file so that it is on the disk before it takes another's place."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
