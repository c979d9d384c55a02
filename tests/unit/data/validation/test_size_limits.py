"""What is too large is refused before it is read, and what is large is read in good time."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from plansite.data.checks import check_plan
from plansite.data.package import encoding
from plansite.data.validation.read_package import read_package
from tests.support.large_package import make_large_package
from tests.support.library_package import AS_OF, copy_package, peak_of, read_rows, write_rows


def codes(package: Path) -> list[str]:
    return [problem.code for problem in read_package(package).problems]


@pytest.mark.parametrize("file", ["targets.csv", "datapackage.json"])
def test_a_file_of_ten_gigabytes_is_not_read(tmp_path: Path, file: str) -> None:
    package = copy_package(tmp_path)
    os.truncate(package / file, 10_000_000_000)  # sparse: it takes no room on the disk
    assert codes(package) == ["file-size"]
    assert peak_of(lambda: read_package(package)) < 20_000_000


def test_a_row_of_90_megabytes_is_not_read(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    with (package / "targets.csv").open("ab") as file:
        file.write(b"L01," + b"x" * 90_000_000)
    assert codes(package) == ["row-size"]
    assert peak_of(lambda: read_package(package)) < 20_000_000


def test_a_row_of_many_lines_is_not_read(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    with (package / "targets.csv").open("ab") as file:
        file.write(b'L01,2027,ge,8.0,,firm,"' + b"word\n" * 5_000_000)
    (problem,) = read_package(package).problems
    assert (problem.code, problem.row) == ("row-size", 14)
    assert peak_of(lambda: read_package(package)) < 20_000_000


def test_a_table_of_more_rows_than_a_sheet_of_excel_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = copy_package(tmp_path)
    count = len(read_rows(package, "observations")) - 1
    monkeypatch.setattr(encoding, "MAX_ROWS", count)
    assert codes(package) == []
    monkeypatch.setattr(encoding, "MAX_ROWS", count - 1)
    (problem,) = read_package(package).problems
    assert (problem.code, problem.row) == ("row-count", count + 1)


def test_a_large_package_is_valid_and_read_in_good_time(tmp_path: Path) -> None:
    package = make_large_package(tmp_path, 10_000)
    start = time.perf_counter()
    reading = read_package(package)
    assert reading.plan is not None
    assert check_plan(reading, AS_OF) == []
    assert time.perf_counter() - start < 5  # a tenth of that on a quiet machine
    assert len(reading.plan.observations) == 10_018


def test_a_wrong_id_in_every_row_is_told_in_good_time(tmp_path: Path) -> None:
    package = make_large_package(tmp_path, 10_000)
    rows = read_rows(package, "observations")
    for number, row in enumerate(rows[1:]):
        row[2] = f"bulletin-{number}"
    write_rows(package, "observations", rows)
    start = time.perf_counter()
    problems = read_package(package).problems
    assert time.perf_counter() - start < 10
    assert [problem.code for problem in problems] == ["foreign-key"] * 1000 + ["too-many-problems"]
