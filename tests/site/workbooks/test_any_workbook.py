"""Whatever is typed into a workbook, it is taken in whole and valid, or not at all."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from plansite.data.validation.read_package import read_package
from plansite.model import Language
from plansite.model.problems import blockers
from tests.support.fuzzing import tries
from tests.support.library_package import LIBRARY, copy_package
from tests.support.workbook_files import TITLES, contents, take_in, template_of

FIRST_DAY = dt.datetime(1901, 1, 1)  # noqa: DTZ001 - Excel knows no time zones

TEMPLATE = template_of(LIBRARY)

printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10)
typed = st.one_of(
    st.none(),
    printable.filter(lambda text: not text.startswith("=")),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(min_value=FIRST_DAY),
    st.sampled_from(
        ["2022-05", "2022/5/26", "L01", "ge", "same", "=1+1", "#N/A", " ", "９", "8.0", "x\ny"]
    ),
)
cells = st.tuples(
    st.sampled_from(sorted(TITLES.values())), st.integers(1, 24), st.integers(1, 10), typed
)


def take(content: bytes, edits: list[tuple[str, int, int, Any]], removals: bool) -> None:
    with tempfile.TemporaryDirectory() as directory:
        package = copy_package(Path(directory))
        path = Path(directory) / "handed.xlsx"
        path.write_bytes(content)
        if edits:
            book = openpyxl.load_workbook(path)
            for title, row, column, value in edits:
                book[title].cell(row, column).value = value
            book.save(path)
        submission = take_in(package, path, removals=removals)
        if submission.is_valid:
            assert not blockers(read_package(package).problems)
        else:
            assert contents(package) == contents(LIBRARY)
        for problem in submission.problems:
            assert "plansite-" not in problem.file, "a place in a temporary folder"
            for language in Language:
                assert problem.render(language)


@tries(40)
@given(st.lists(cells, min_size=1, max_size=4), st.booleans())
def test_any_value_in_any_cell(edits: list[tuple[str, int, int, Any]], removals: bool) -> None:
    take(TEMPLATE, edits, removals)


@tries(40)
@given(st.integers(0, len(TEMPLATE)), st.integers(0, 200), st.binary(max_size=40))
def test_any_damage_to_the_file(start: int, length: int, found: bytes) -> None:
    take(TEMPLATE[:start] + found + TEMPLATE[start + length :], [], False)


@tries(40)
@given(st.binary(max_size=200))
def test_any_bytes_at_all(content: bytes) -> None:
    take(content, [], False)
