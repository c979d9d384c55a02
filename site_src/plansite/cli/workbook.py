"""The commands ``template`` and ``import``: what they do and what they say."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from dataclasses import dataclass
from pathlib import Path

from plansite.cli.messages import unwritable
from plansite.cli.problem_reports import as_text as problems_as_text
from plansite.cli.revisions import corrections_after
from plansite.data.checks import validate
from plansite.data.package import PackageSnapshot
from plansite.data.validation.time_zone import plan_today
from plansite.model.errors import DataError, UsageError
from plansite.model.problems import blockers
from plansite.model.translations import Words
from plansite.output.diff import as_text
from plansite.output.excel_template.template import make_template
from plansite.pipeline.submission import Submission, prepare, write


def write_template(package: Path, out: Path, t: Words, *, filled: bool) -> None:
    """Write the template.

    Raises:
        DataError: the package is too broken to make one.
        UsageError: the file is there already, or cannot be written.
    """
    snapshot = PackageSnapshot(package)
    try:
        content = make_template(snapshot, filled=filled)
    except (UnicodeDecodeError, csv.Error):
        raise DataError(validate(package, plan_today(snapshot))[1]) from None
    try:
        with out.open("xb") as file:  # it may be one that somebody has filled in
            file.write(content)
    except FileExistsError:
        raise UsageError("cli.template_exists", out=out) from None
    except OSError as error:
        raise unwritable(error, out) from None
    print(t("cli.template_written", out=out))


@dataclass(frozen=True)
class Import:
    """What to take in, and where."""

    package: Path
    file: Path
    removals: bool
    """Whether rows that the file leaves out are to go."""
    dry_run: bool
    """Whether only to show what would change."""


def import_file(job: Import, t: Words) -> bool:
    """Take in a workbook or CSV file; ``False`` where the data is wrong and nothing was changed.

    Raises:
        UsageError: there is no such file, or the package cannot be written.
    """
    if not job.file.is_file():
        raise UsageError("cli.no_file", file=job.file)
    try:
        today = plan_today(PackageSnapshot(job.package))
        submission = prepare(job.package, job.file, today, removals=job.removals)
    except OSError as error:
        raise UsageError("cli.cannot_read", reason=error) from None
    if submission.problems:
        print(problems_as_text(submission.problems, t.language), file=sys.stderr)
    _print_changes(submission, t)
    _print_corrections(job.package, submission, today, t)
    if not submission.is_valid:
        count = sum(problem.is_blocker for problem in submission.problems)
        print(t("cli.not_imported", count=count), file=sys.stderr)
        return False
    if not submission.contents:
        print(t("cli.nothing_to_import"))
    elif job.dry_run:
        print(t("cli.would_import", package=job.package))
    else:
        _write(submission, job.package)
        key = "cli.imported_unfinished" if blockers(submission.problems) else "cli.imported"
        print(t(key, package=job.package))
    return True


def _write(submission: Submission, package: Path) -> None:
    try:
        write(submission)
    except OSError as error:
        raise unwritable(error, package) from None


def _print_corrections(package: Path, submission: Submission, day: dt.date, t: Words) -> None:
    """What a change of something published needs before it is published."""
    comparison = submission.comparison
    if not submission.contents or comparison is None:
        return
    ref, rows = corrections_after(package, comparison.old.raw, comparison.new.raw, day)
    if rows:
        key = "cli.corrections_unsure" if ref is None else "cli.corrections_needed"
        print(f"\n{t(key, ref=ref)}\n{rows}\n")


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
