"""An import that changes what was published says so, and gives the corrections that it needs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.site.command import run_here
from tests.support.git_repository import make_repository
from tests.support.library_package import add_row, copy_package, edit_cell, read_rows
from tests.support.workbook_files import (
    NEW_VALUE,
    TITLES,
    add_rows,
    change_book,
    save_template,
    type_cells,
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The library's package, published in a repository."""
    return make_repository(tmp_path / "repository").package


def given(output: str, package: Path) -> list[dict[str, str]]:
    """The rows to paste, as the package's table would read them."""
    fields = read_rows(package, "corrections")[0]
    rows = [row for row in csv.reader(io.StringIO(output)) if len(row) == len(fields)]
    return [dict(zip(fields, row, strict=True)) for row in rows]


def test_a_changed_value_comes_with_its_correction(package: Path) -> None:
    path = type_cells(save_template(package), "observations", {"E4": 5.9})
    done = run_here("import", path, "--package", package)
    assert done.returncode == 0, done.stderr
    assert "与 git 版本 HEAD 相比" in done.stdout and "corrections.csv" in done.stdout
    (row,) = given(done.stdout, package)
    assert row["correction_id"] and row["date"]
    assert (row["resource"], row["row_key"]) == (
        "observations",
        "L01/2024/report-2024/2025-03-20",
    )
    assert (row["field"], row["old_value"], row["new_value"]) == ("value", "6.0", "5.9")
    add_row(
        package, "corrections", *{**row, "reason_zh": "录错。", "reason_en": "A slip."}.values()
    )
    held = run_here("validate", "--against", "HEAD", "--package", package)
    assert "published-edited" not in held.stdout + held.stderr


def test_it_says_from_what_to_what(package: Path) -> None:
    path = type_cells(save_template(package), "observations", {"E4": 5.9})
    for language, title in (("zh", "数据变化"), ("en", "Changes in the data")):
        done = run_here("import", path, "--dry-run", "--package", package, "--lang", language)
        (line,) = (line for line in done.stdout.splitlines() if line.startswith(title))
        assert line.endswith("library → handed.xlsx")


def test_without_git_the_package_is_what_was_published(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    path = type_cells(save_template(package), "targets", {"D3": 6.5})
    done = run_here("import", path, "--dry-run", "--package", package, "--lang", "en")
    assert "there is no git revision to compare with" in done.stdout
    (row,) = given(done.stdout, package)
    assert (row["resource"], row["old_value"], row["new_value"]) == ("targets", "6.0", "6.5")


def test_a_row_that_goes_needs_its_withdrawal(package: Path) -> None:
    path = change_book(
        save_template(package), lambda book: book[TITLES["observations"]].delete_rows(16)
    )
    done = run_here("import", path, "--allow-removals", "--package", package)
    (row,) = given(done.stdout, package)
    assert (row["field"], row["new_value"]) == ("value", "") and row["old_value"]


def test_what_was_never_published_needs_none(package: Path) -> None:
    edit_cell(package, "observations", 3, "value", "5.8")  # typed since the last commit
    path = type_cells(save_template(package), "observations", {"E4": 6.0, "H3": "另见年报。"})
    type_cells(path, "observations", {"I3": "See the report."})
    add_rows(path, "observations", NEW_VALUE)
    done = run_here("import", path, "--package", package)
    assert done.returncode == 0, done.stderr
    assert given(done.stdout, package) == [] and "corrections.csv" not in done.stdout
