"""The same key on two rows of what is handed in: the two are named, and nobody else is blamed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plansite.pipeline.submission import Submission
from tests.support.library_package import edit_cell, read_rows
from tests.support.workbook_files import (
    NEW_VALUE,
    add_rows,
    change_book,
    contents,
    save_template,
    take_in,
    type_cells,
)

OWN = ("L01", 2023, "report-2023", "2024-03-14", 5, "final", "same")
"""The first row of the library's observations; its workbook shows it as row 3."""
KEY = "L01 + 2023 + report-2023 + 2024-03-14"


def told(submission: Submission) -> list[tuple[str, int | None, str | None, str]]:
    return [
        (problem.code, problem.row, problem.value, problem.details.get("other_row", ""))
        for problem in submission.problems
    ]


@pytest.mark.parametrize(
    ("again", "edits"),
    [
        (OWN, {}),
        ((*OWN[:4], 6, *OWN[5:]), {}),
        (OWN, {"E3": 5.5}),
        ((*OWN[:4], 6, *OWN[5:]), {"E3": 5.5}),
    ],
    ids=["alike", "the second differs", "the first was edited", "both were"],
)
def test_a_row_of_the_template_typed_again(
    package: Path, again: tuple[Any, ...], edits: dict[str, Any]
) -> None:
    path = type_cells(save_template(package), "observations", edits)
    row = add_rows(path, "observations", again)
    old = contents(package)
    submission = take_in(package, path)
    assert told(submission) == [("primary-key", row, KEY, "3")]
    assert not submission.is_valid and contents(package) == old


def test_three_of_a_kind_are_two_too_many(package: Path) -> None:
    path = save_template(package)
    row = add_rows(path, "observations", NEW_VALUE, NEW_VALUE, NEW_VALUE)
    codes = [(code, number, other) for code, number, _, other in told(take_in(package, path))]
    first = str(row)
    assert codes == [("primary-key", row + 1, first), ("primary-key", row + 2, first)]


def test_twice_in_a_csv_file(package: Path) -> None:
    text = (package / "observations.csv").read_text("utf-8")
    path = package.parent / "observations.csv"
    path.write_text(text + text.splitlines()[1] + "\n", "utf-8")
    last = 1 + len(text.splitlines())
    assert told(take_in(package, path)) == [("primary-key", last, KEY, "2")]


def test_twice_in_a_workbook_without_marks_of_a_template(package: Path) -> None:
    path = save_template(package)
    change_book(path, lambda book: book.remove(book["_issued"]))
    row = add_rows(path, "observations", OWN)
    assert told(take_in(package, path)) == [("primary-key", row, KEY, "3")]


def test_who_really_changed_a_row_is_still_told(package: Path) -> None:
    path = type_cells(save_template(package), "observations", {"E3": 5.5})
    edit_cell(package, "observations", 2, "value", "5.2")
    row = add_rows(path, "observations", OWN)
    assert {(code, number) for code, number, *_ in told(take_in(package, path))} == {
        ("row-outdated", 3),
        ("primary-key", row),
    }


@pytest.mark.parametrize(
    ("spoil", "code"),
    [(str.lower, "id-case"), (lambda text: f" {text}", "padding")],
)
def test_a_key_that_differs_in_little(
    package: Path, spoil: Callable[[str], str], code: str
) -> None:
    rows = read_rows(package, "indicators")
    path = save_template(package)
    row = add_rows(path, "indicators", (spoil("L01"), *rows[1][1:]))
    found = {(problem.code, problem.row) for problem in take_in(package, path).problems}
    assert (code, row) in found
    assert "row-outdated" not in {code for code, _ in found}
