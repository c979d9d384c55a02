"""``template`` and ``import``: a workbook out and in again, and what the commands say."""

from __future__ import annotations

import time
from pathlib import Path

from tests.site.command import run_here
from tests.support.library_package import read_rows
from tests.support.workbook_files import TITLES, contents, save_template, take_in, type_cells


def test_out_and_in_again(package: Path) -> None:
    path = package.parent / "template.xlsx"
    made = run_here("template", "--filled", "--out", path, "--package", package, "--lang", "en")
    assert (made.returncode, made.stdout) == (0, f"The template is in {path}.\n"), made.stderr
    old = contents(package)
    same = run_here("import", path, "--package", package, "--lang", "en")
    assert same.returncode == 0, same.stderr
    assert same.stdout == "The file says what the package says; nothing was changed.\n"
    type_cells(path, "observations", {"E4": 5.9})
    dry = run_here("import", path, "--dry-run", "--package", package)
    assert dry.returncode == 0, dry.stderr
    assert "（observations.csv）：新增0行，修改1行，删除0行" in dry.stdout
    assert "6.0 → 5.9" in dry.stdout and "--dry-run" in dry.stdout
    assert contents(package) == old
    done = run_here("import", path, "--package", package)
    assert done.returncode == 0 and "已写入" in done.stdout
    assert read_rows(package, "observations")[2][4] == "5.9"


def test_wrong_data_is_code_10_and_says_where(package: Path) -> None:
    path = type_cells(save_template(package), "observations", {"E4": "=1"})
    old = contents(package)
    done = run_here("import", path, "--package", package)
    assert done.returncode == 10
    assert f"{path.as_posix()}[{TITLES['observations']}]:4 [cell-formula] value" in done.stderr
    assert "数据包没有改动" in done.stderr
    assert contents(package) == old


def test_no_such_file_is_code_2(package: Path) -> None:
    done = run_here("import", package / "none.xlsx", "--package", package, "--lang", "en")
    assert (done.returncode, "There is no file" in done.stderr) == (2, True)
    assert run_here("import", "--package", package).returncode == 2


def test_a_filled_in_template_is_never_overwritten(package: Path) -> None:
    path = save_template(package)
    old = path.read_bytes()
    done = run_here("template", "--out", path, "--package", package, "--lang", "en")
    assert (done.returncode, "was left alone" in done.stderr) == (2, True)
    assert path.read_bytes() == old


def test_no_template_of_a_broken_package(package: Path) -> None:
    (package / "datapackage.json").unlink()
    done = run_here("template", "--out", package.parent / "t.xlsx", "--package", package)
    assert done.returncode == 10 and "missing-file" in done.stderr


def test_many_rows_take_seconds(package: Path) -> None:
    lines = [(package / "observations.csv").read_text("utf-8")]
    for number in range(5_000):
        year, month = 1900 + number % 125, number // 125
        date = f"{2025 + month // 336:04}-{month // 28 % 12 + 1:02}-{month % 28 + 1:02}"
        lines.append(f"L08,{year},reading-plan,{date},1,final,same,,\n")
    text = "".join(lines)
    (package / "observations.csv").write_text(text, "utf-8")
    start = time.perf_counter()
    path = save_template(package)
    assert take_in(package, path).changes == ()
    assert time.perf_counter() - start < 60
