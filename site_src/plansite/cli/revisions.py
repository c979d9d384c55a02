"""Hold the package against a git revision of itself."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from plansite.analysis.changes.needed_corrections import corrections_as_csv, needed_corrections
from plansite.analysis.changes.published_rows import check_published_rows
from plansite.analysis.publication import publish
from plansite.data.checks import validate_snapshot
from plansite.data.history.checkout import EarlierPackage, package_at
from plansite.data.history.published_tables import PublishedTables, published_tables
from plansite.data.history.repository.git_process import RevisionError
from plansite.data.package import PackageSnapshot, RawPackage
from plansite.data.validation.time_zone import plan_today
from plansite.model.problems import Problem, blockers, visible
from plansite.model.translations import Words
from plansite.output.diff import Comparison, PackageState, compare_states


def problems_against(package: Path, ref: str, t: Words) -> tuple[list[Problem], list[str]]:
    """What was published at a revision and is not as it was, and what is to be told of its place.

    Raises:
        RevisionError: the package cannot be had at that revision.
    """
    earlier = package_at(ref, package)
    published = published_tables(package, earlier, ref)
    notes = [*_place_text(earlier, ref, t), *_table_text(published, ref, t)]
    if earlier.is_new:
        return [], notes
    return check_published_rows(published.raw, PackageSnapshot(package).raw, ref), notes


def _table_text(published: PublishedTables, ref: str, t: Words) -> Iterator[str]:
    """That tables were read from other commits than the revision, or could never be read."""
    for commit, files in published.earlier.items():
        named = visible(" ".join(files))
        yield t("cli.against_table", ref=visible(ref), files=named, commit=commit[:10])
    if published.unknown:
        yield t("cli.against_unknown", ref=visible(ref), files=visible(" ".join(published.unknown)))


def _place_text(earlier: EarlierPackage, ref: str, t: Words) -> Iterator[str]:
    """That the package was elsewhere at a revision, or not there at all."""
    if earlier.is_new:
        yield t("cli.against_new", ref=visible(ref))
    if earlier.moved_from:
        folder = visible(f"{earlier.moved_from}/")
        yield t("cli.against_moved", ref=visible(ref), folder=folder)
    if earlier.deleted_after:
        commit = earlier.deleted_after[:10]
        yield t("cli.against_deleted", ref=visible(ref), commit=commit)


def corrections_after(
    package: Path, before: RawPackage, after: RawPackage, day: dt.date
) -> tuple[str | None, str]:
    """What a change to the package needs in its table of corrections.

    Args:
        package: the package's directory.
        before: the package as it is.
        after: the package as it will be.
        day: the day of the correction.

    Returns:
        The revision whose rows count as published, ``None`` where git knows none and the package as
        it is takes its place; and rows to paste, nothing where none is needed.
    """
    published, ref = before, None
    with contextlib.suppress(RevisionError):
        earlier = package_at("HEAD", package)
        published, ref = published_tables(package, earlier, "HEAD").raw, "HEAD"
    already = set(needed_corrections(published, before))
    needed = [row for row in needed_corrections(published, after) if row not in already]
    return ref, corrections_as_csv(needed, after, day)


def compare_revisions(
    package: Path, base: str, head: str | None, as_of: dt.date | None
) -> Comparison:
    """What changed between two revisions.

    Args:
        package: the package's directory.
        base: the older revision.
        head: the newer one; ``None`` stands for the files as they are.
        as_of: the day on which both are judged; ``None`` for today where the newer one is.

    Raises:
        RevisionError: the package cannot be had at one of the revisions.
    """
    older = package_at(base, package)
    newer = (
        package_at(head, package) if head is not None else EarlierPackage(PackageSnapshot(package))
    )
    day = as_of or plan_today(newer.snapshot)
    return compare_states(_state(older, base, day), _state(newer, head, day))


def _state(package: EarlierPackage, ref: str | None, as_of: dt.date) -> PackageState:
    """The rows of a revision as typed, and what the site says of them where they are valid."""
    raw = package.snapshot.raw
    if package.is_new:
        return PackageState(raw, None, ref, is_absent=True)
    report, problems = validate_snapshot(package.snapshot, as_of)
    errors = len(blockers(problems))
    known = None if errors or report.plan is None else publish(report.plan, as_of, problems)
    folder = f"{package.moved_from}/" if package.moved_from else ""
    return PackageState(raw, known, ref, errors, folder=folder, commit=package.deleted_after)
