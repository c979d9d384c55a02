"""Hold the package against a git revision of itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from plansite.analysis.changes.published_rows import check_published_rows
from plansite.analysis.publication import publish
from plansite.data.checks import validate_snapshot
from plansite.data.history.checkout import package_at
from plansite.data.package import PackageSnapshot
from plansite.data.validation.time_zone import plan_today
from plansite.model.problems import Problem, blockers
from plansite.output.diff import Comparison, PackageState, compare_states


def problems_against(package: Path, ref: str) -> list[Problem]:
    """What was published at a revision and is not as it was.

    Raises:
        RevisionError: the package cannot be had at that revision.
    """
    return check_published_rows(package_at(ref, package).raw, PackageSnapshot(package).raw, ref)


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
    newer = PackageSnapshot(package) if head is None else package_at(head, package)
    day = as_of or plan_today(newer)
    return compare_states(_state(older, base, day), _state(newer, head, day))


def _state(snapshot: PackageSnapshot, ref: str | None, as_of: dt.date) -> PackageState:
    """The rows of a revision as typed, and what the site says of them where they are valid."""
    report, problems = validate_snapshot(snapshot, as_of)
    errors = len(blockers(problems))
    if errors or report.plan is None:
        return PackageState(snapshot.raw, None, ref, errors)
    return PackageState(snapshot.raw, publish(report.plan, as_of, problems), ref)
