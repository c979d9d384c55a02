"""The commands ``template`` and ``import``: what they do and what they say."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from dataclasses import dataclass
from pathlib import Path

from plansite.cli.messages import print_problems, unwritable
from plansite.cli.problem_reports import as_text as problems_as_text
from plansite.data.package import PackageSnapshot
from plansite.data.workbook import PackageError
from plansite.model.problems import blockers
from plansite.model.translations import UsageError, Words
from plansite.output.diff import as_text
from plansite.output.excel_template.template import make_template
from plansite.pipeline.submission import (
    PackageChangedError,
    Submission,
    prepare,
    write,
)


class CommandError(UsageError):
    """A workbook or the package cannot be read or written."""


def write_template(package: Path, out: Path, t: Words, *, filled: bool) -> bool:
    """Write the template; ``False`` where the package is too broken to make one.

    Raises:
        UsageError: the file is there already, or cannot be written.
    """
    try:
        content = make_template(PackageSnapshot(package), filled=filled)
    except PackageError as error:
        print_problems(error.problems, t)
        return False
    except (UnicodeDecodeError, csv.Error):
        from plansite.data.checks import validate  # noqa: PLC0415

        print_problems(validate(package, dt.date.today())[1], t)  # noqa: DTZ011
        return False
    try:
        with out.open("xb") as file:  # it may be one that somebody has filled in
            file.write(content)
    except FileExistsError:
        raise CommandError("cli.template_exists", out=out) from None
    except OSError as error:
        raise unwritable(error, out) from None
    print(t("cli.template_written", out=out))
    return True


@dataclass(frozen=True)
class Import:
    """What to take in, and where."""

    package: Path
    file: Path
    as_of: dt.date
    removals: bool
    """Whether rows that the file leaves out are to go."""
    dry_run: bool
    """Whether only to show what would change."""


def import_file(order: Import, t: Words) -> bool:
    """Take in a workbook or CSV file; ``False`` where the data is wrong and nothing was changed.

    Raises:
        UsageError: there is no such file, or the package cannot be written.
    """
    if not order.file.is_file():
        raise CommandError("cli.no_file", file=order.file)
    try:
        submission = prepare(order.package, order.file, order.as_of, removals=order.removals)
    except OSError as error:
        raise CommandError("cli.cannot_read", reason=error) from None
    if submission.problems:
        print(problems_as_text(submission.problems, t.language), file=sys.stderr)
    _print_changes(submission, t)
    if not submission.is_valid:
        count = sum(problem.is_blocker for problem in submission.problems)
        print(t("cli.not_imported", count=count), file=sys.stderr)
        return False
    if not submission.contents:
        print(t("cli.nothing_to_import"))
    elif order.dry_run:
        print(t("cli.would_import", package=order.package))
    else:
        _write(submission, order.package)
        key = "cli.imported_unfinished" if blockers(submission.problems) else "cli.imported"
        print(t(key, package=order.package))
    return True


def _write(submission: Submission, package: Path) -> None:
    try:
        write(submission)
    except PackageChangedError:
        raise CommandError("cli.package_moved") from None
    except OSError as error:
        raise unwritable(error, package) from None


def _print_changes(submission: Submission, t: Words) -> None:
    """How many rows change in each table; then, where all is valid, every change."""
    for change in submission.changes:
        resource = change.sheet.resource
        print(
            t(
                "cli.table_change",
                table=resource.title[t.language],
                file=resource.path,
                added=change.added,
                changed=change.changed,
                removed=change.removed,
            )
        )
    if submission.contents and submission.comparison is not None:
        print(as_text(submission.comparison, t.language))
