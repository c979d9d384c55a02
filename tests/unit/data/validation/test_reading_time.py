"""No package costs more to read, refuse or compare than its size is worth.

A megabyte takes at most two seconds of the processor and 200 MB of memory.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.analysis.publication import publish
from plansite.data.checks import validate, validate_snapshot
from plansite.data.package import PackageSnapshot
from plansite.model import Language
from plansite.model.problems import blockers
from plansite.output.diff import FORMATS, PackageState, compare_states
from tests.support.fuzzing import LONG
from tests.support.library_package import AS_OF, LIBRARY, copy_package
from tests.support.paths import ROOT
from tests.support.sizes.growth import assert_linear
from tests.support.sizes.odd_packages import DESCRIPTORS, TABLES

MEGABYTE = 960_000
"""A row may have no more."""
MOST_SECONDS, MOST_MEGABYTES = 2, 200
ODD = {**TABLES, **DESCRIPTORS}
READ = [
    *("one row of commas", "many columns", "blank lines of Windows", "rows of quotation marks"),
    *("ids that hardly differ", "retired ids without successors", "years of 4,000 digits"),
    *("a formula of digits", "a link that ends badly", "Chinese digits", "Chinese scales"),
    *("many fields", "many patterns", "a pattern of brackets", "a pattern that multiplies"),
    *("a pattern that asks much of every letter", "marks between which nothing ends"),
]
COMPARED = ["one row of commas", "rows of two bytes", "many columns"]


def odd_package(folder: Path, oddity: str, size: int) -> Path:
    """A package that is odd in one way, with so many bytes of it."""
    package = copy_package(Path(tempfile.mkdtemp(dir=folder)))
    ODD[oddity](package, size)
    return package


@pytest.mark.parametrize("oddity", ODD if LONG else READ)
def test_a_package_is_read_or_refused_in_good_time(tmp_path: Path, oddity: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        package = odd_package(tmp_path, oddity, size)
        return lambda: validate(package, AS_OF)

    share = 1 if LONG else 4
    assert_linear(reading, MEGABYTE // share, 2 * MOST_SECONDS / share)


def test_short_rows_under_a_wide_header_are_not_filled_up(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    header, _, _ = (package / "sources.csv").read_text("utf-8").partition("\n")
    wide = header + "".join(f",c{number}" for number in range(50_000))
    (package / "sources.csv").write_text(wide + "\n" + "a,b\n" * 100_000, "utf-8")
    assert "sources" in PackageSnapshot(package).raw.unreadable


def test_a_package_is_compared_in_good_time_and_little_memory() -> None:
    """By a process of its own, whose peak is that of what it compares."""
    names = [*(ODD if LONG else COMPARED)]
    said = subprocess.run(
        [sys.executable, "-m", __name__, *(str([*ODD].index(name)) for name in names)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    spent = {
        name: tuple(map(float, line.split()))
        for name, line in zip(names, said.splitlines(), strict=True)
    }
    # Two states are read, and one machine is twice as slow as another.
    slow = {name: spent[name] for name in names if spent[name][0] > 3 * MOST_SECONDS}
    large = {name: spent[name] for name in names if spent[name][1] > MOST_MEGABYTES}
    assert (slow, large) == ({}, {})


def _compare(old: Path, new: Path) -> None:
    comparison = compare_states(_state(old), _state(new))
    for render in FORMATS.values():
        render(comparison, Language.ZH)


def _state(package: Path) -> PackageState:
    snapshot = PackageSnapshot(package)
    report, problems = validate_snapshot(snapshot, AS_OF)
    if report.plan is None or blockers(problems):
        return PackageState(snapshot.raw, None)
    return PackageState(snapshot.raw, publish(report.plan, AS_OF, problems))


def _say_what_is_spent(oddities: list[str]) -> None:
    """For each oddity, print seconds of the processor, and megabytes of the peak so far."""
    with tempfile.TemporaryDirectory() as folder:
        _compare(LIBRARY, LIBRARY)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for oddity in oddities:
            package = odd_package(Path(folder), oddity, MEGABYTE)
            start = time.process_time()
            _compare(LIBRARY, package)
            seconds = time.process_time() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            print(seconds, peak / 1024)  # Linux counts in kilobytes


if __name__ == "__main__":
    _say_what_is_spent([[*ODD][int(index)] for index in sys.argv[1:]])
