"""Hold the package against a git revision of itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from plansite.analysis.changes.published_rows import check_published_rows
from plansite.analysis.publication import publish
from plansite.data.checks import validate_snapshot
from plansite.data.history.checkout import package_at
from plansite.data.package import PackageSnapshot
from plansite.model.problems import Problem, blockers
from plansite.output.diff import Comparison, PackageState, compare_states


def problems_against(package: Path, ref: str) -> list[Problem]:
    """What was published at a revision and is not as it was.

    Raises:
        RevisionError: the package cannot be had at that revision.
    """
    return check_published_rows(package_at(ref, package).raw, PackageSnapshot(package).raw, ref)


def compare_revisions(package: Path, base: str, head: str | None, as_of: dt.date) -> Comparison:
    """What changed between two revisions.

    Args:
        package: the package's directory.
        base: the older revision.
        head: the newer one; ``None`` stands for the files as they are.
        as_of: the day on which both are judged.

    Raises:
        RevisionError: the package cannot be had at one of the revisions.
    """
    return compare_states(_state(package, base, as_of), _state(package, head, as_of))


def _state(package: Path, ref: str | None, as_of: dt.date) -> PackageState:
    """The rows of a revision as typed, and what the site says of them where they are valid."""
    snapshot = PackageSnapshot(package) if ref is None else package_at(ref, package)
    report, problems = validate_snapshot(snapshot, as_of)
    errors = len(blockers(problems))
    if errors or report.plan is None:
        return PackageState(snapshot.raw, None, ref, errors)
    return PackageState(snapshot.raw, publish(report.plan, as_of, problems), ref)
