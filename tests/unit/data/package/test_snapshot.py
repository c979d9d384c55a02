"""A package's files are read once, and a table is split into records in one way."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from plansite.data.package import PackageSnapshot, take_snapshot
from plansite.data.package.csv_lines import read_csv_lines, split_records, write_cells
from tests.support.library_package import LIBRARY, copy_package, edit_cell

COUNT_OPENED = """
import sys
from pathlib import Path
package, opened = Path(sys.argv[1]), []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from plansite.data.checks import validate_snapshot
from plansite.data.history import read_history
from plansite.data.package import take_snapshot
import datetime as dt
snapshot = take_snapshot(package)
plan = validate_snapshot(snapshot, dt.date(2026, 11, 23))[0].plan
tables = {table.name: table.path for table in plan.info.resources}
read_history(package, tables, (), snapshot.contents())
assert snapshot.raw.tables and snapshot.digest and snapshot.csv_lines("targets").rows
for name in ("datapackage.json", *tables.values()):
    print(opened.count(str(package / name)))
"""


def test_each_file_is_opened_once() -> None:
    command = [sys.executable, "-c", COUNT_OPENED, str(LIBRARY)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    counts = done.stdout.split()
    assert len(counts) > 11
    assert set(counts) == {"1"}


def test_a_snapshot_stays_as_it_was(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    snapshot = take_snapshot(package)
    digest = snapshot.digest
    edit_cell(package, "observations", 2, "value", "9.9")
    assert (snapshot.digest, snapshot.files.are_current) == (digest, False)
    assert b"9.9" not in snapshot.content("observations.csv")
    assert take_snapshot(package).digest != digest


def test_files_in_memory_are_shown_as_the_package_and_judged_like_those_of_a_folder() -> None:
    contents = PackageSnapshot(LIBRARY).contents()
    contents["targets.csv"] = "编号\n".encode("gb18030")
    del contents["themes.csv"]
    snapshot = PackageSnapshot(Path("nowhere"), contents)
    (missing,) = snapshot.descriptor_problems
    assert (missing.code, missing.file) == ("missing-file", "nowhere/themes.csv")
    problem = snapshot.files.read("targets.csv").problem
    assert problem is not None
    assert (problem.code, problem.file, problem.row) == ("encoding", "nowhere/targets.csv", 1)
    assert snapshot.files.content("targets.csv") == contents["targets.csv"]
    assert snapshot.raw.unreadable == ("targets",)


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("", []),
        ("a,b\n1,2\n", ["a,b\n", "1,2\n"]),
        ("a,b\r\n1,2", ["a,b\r\n", "1,2"]),
        ('a,b\n1,"x\ny"\n3,4\n', ["a,b\n", '1,"x\ny"\n', "3,4\n"]),
        ('a,b\n1,"x\n\n""\ny"\n', ["a,b\n", '1,"x\n\n""\ny"\n']),
        ('a,b\n1,5" pipe\n3,"x\ny"\n', ["a,b\n", '1,5" pipe\n', '3,"x\ny"\n']),
        ('a,b\n5" pipe,"x\ny"\n', ["a,b\n", '5" pipe,"x\ny"\n']),
        ('a,b\n1,"x\n3,4\n', ["a,b\n", '1,"x\n3,4\n']),
    ],
)
def test_records_are_split_as_csv_has_them(text: str, records: list[str]) -> None:
    assert split_records(text) == records
    assert list(csv.reader(records)) == list(csv.reader(text.splitlines(keepends=True)))


@pytest.mark.parametrize(
    "cell", ["", " ", "x\ny", "x\ry", "x\r\n", "\n", 'x"y', "x,y", "中\u2028文"]
)
def test_cells_that_are_written_are_read_again(cell: str) -> None:
    for cells in ([cell], [cell, "1"], ["1", cell]):
        written = f"{write_cells(cells)}\n3,4\n"
        wanted = [[] if cells == [""] else cells, ["3", "4"]]
        assert list(csv.reader(split_records(written), strict=True)) == wanted


def test_quotation_marks_that_are_not_in_pairs_are_no_table() -> None:
    with pytest.raises(csv.Error):
        read_csv_lines(b'a,b\n1,"x\n3,4\n', Path("t.csv"))
