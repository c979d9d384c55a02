"""What ``validate`` passes, ``build`` builds: whatever stands in a package without errors."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.data.checks import validate
from plansite.model.problems import Problem, blockers
from tests.site.built_site import Site, text_of
from tests.site.command import run_here
from tests.support.any_cell import SIZES, TABLES, places, typed
from tests.support.fuzzing import LONG, tries
from tests.support.library_package import (
    AS_OF,
    LIBRARY,
    copy_package,
    edit_cell,
    read_rows,
    write_rows,
)
from tests.unit.data.broken.test_accepted_files import ACCEPTED

ODD = [
    "Chart", "Data", "Content", "Site menu", "Contents title", "Source 1", "Y2024", "view-data",
    "_top", "_1", "404", "null", "__proto__", "constructor", "[TOC]", "{: #chart}", "a {#chart}",
    "!-- figure main/L01 --", "{{ 1 }}", "*[HTML]", "*[abbr]: x", ":material-x:", '; --8<-- "a"',
    "!!! note", "[^1]: x", "https://x.example/", "...", "？！", "👨👩👧", "مرحبا", "שלום",
    "数" * 8000, "1", "0", "1) a", "* x", "> q", "```", "~~~", "|a|b|", "a  b", "\\#", "&amp", "%s",
    "%20", "a/b", "<p", "</div", "::: x", "::error::", "##[error]", "]]>", "a\u0301", "\U0010fffd",
    "\U0001fffe", "\ufdd0", "\u0378",
]  # fmt: skip
"""Texts that mean something to one of the programs that make a site, or to a browser."""
AS_OTHER_PROGRAMS_SAVE = (
    "every cell in quotation marks",
    "as Excel saves it",
    "no line end at the end",
    "byte order mark in the descriptor",
)
json_values = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(ODD)


def errors_of(package: Path) -> list[Problem]:
    return blockers(validate(package, AS_OF)[1])


def builds(package: Path) -> Site:
    """The site of a package that has no errors."""
    assert errors_of(package) == []
    out = package.with_name(f"{package.name}-site")
    finished = run_here("build", "--package", package, "--out", out, "--as-of", AS_OF.isoformat())
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return Site(out)


@pytest.mark.parametrize("start", range(0, len(ODD) if LONG else 8, 8))
def test_a_name_takes_no_place_of_its_page(tmp_path: Path, start: int) -> None:
    package = copy_package(tmp_path)
    names = (ODD * 2)[start:]
    for table, fields in (
        ("indicators", ("name_zh", "name_en")),
        ("tasks", ("title_zh", "title_en")),
        ("agencies", ("name_zh", "name_en")),
        ("themes", ("title_zh", "title_en")),
    ):
        for row, name in zip(range(2, SIZES[table][0] + 1), names, strict=False):
            for field in fields:
                edit_cell(package, table, row, field, name)
    for change in AS_OTHER_PROGRAMS_SAVE:
        ACCEPTED[change](package)
    site = builds(package)
    if start == 0:
        for row, name in zip(range(1, 8), ODD, strict=False):
            page = site.page(f"en/indicators/L0{row}/index.html")
            heading = page.one("h1")
            assert text_of(heading).strip().startswith(name)
            for anchor in ("chart", "data", "_.content", "sources"):
                assert page.element_at(anchor) is not heading


Edit = tuple[tuple[str, int, int], str]


@tries(2)
@given(
    st.lists(st.tuples(places, typed | st.sampled_from(ODD)), min_size=40, max_size=60),
    st.lists(st.tuples(st.integers(0, 400), json_values), min_size=5, max_size=5),
)
def test_whatever_is_accepted_is_built(
    cells: Sequence[Edit], values: Sequence[tuple[int, object]]
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        package = copy_package(Path(directory))
        put_accepted_cells(package, cells)
        put_accepted_values(package, values)
        builds(package)


def put_accepted_cells(package: Path, edits: Sequence[Edit]) -> None:
    """Put texts into cells, and take back whatever there are errors about."""
    kept = {place: text for place, text in edits if place[1] > 0}
    while True:
        for table in TABLES:
            rows = read_rows(LIBRARY, table)
            for (name, row, column), text in kept.items():
                if name == table:
                    rows[row][column] = text
            write_rows(package, table, rows)
        errors = errors_of(package)
        if not errors:
            return
        for problem in errors:
            table, row = Path(problem.file).stem, (problem.row or 0) - 1
            wrong = {place for place in kept if place[0] == table and place[1] == row}
            # What is wrong with one row may stand in another.
            for place in wrong or [*kept][:1]:
                kept.pop(place, None)


def put_accepted_values(package: Path, edits: Sequence[tuple[int, object]]) -> None:
    """Put values into the descriptor, each unless there are errors then."""
    path = package / "datapackage.json"
    for number, value in edits:
        before = path.read_text("utf-8")
        content = json.loads(before)
        setters = list(places_of(content))
        setters[number % len(setters)](value)
        path.write_text(json.dumps(content), "utf-8")
        if errors_of(package):
            path.write_text(before, "utf-8")


def places_of(node: Any) -> Iterator[Callable[[object], None]]:
    """What sets each value of a JSON document, innermost ones first."""
    entries = node.items() if isinstance(node, dict) else enumerate(node)
    for key, inner in [*entries]:
        if isinstance(inner, dict | list):
            yield from places_of(inner)
        yield partial(node.__setitem__, key)


@pytest.mark.parametrize("name", ACCEPTED if LONG else ["CR, from an old Macintosh"])
def test_files_that_are_accepted_are_built(tmp_path: Path, name: str) -> None:
    package = copy_package(tmp_path)
    ACCEPTED[name](package)
    builds(package)
