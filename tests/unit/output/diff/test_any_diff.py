"""Whatever two states of a package hold, comparing them gives words and data, never a traceback."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from plansite.analysis.changes.published_rows import check_published_rows
from plansite.data.package import PackageSnapshot
from plansite.model import Language
from plansite.output.diff import PackageState, as_markdown, as_text, compare_states
from tests.support.any_cell import SIZES, TABLES, places, typed
from tests.support.diff_states import as_data, library_state, state_of
from tests.support.fuzzing import tries
from tests.support.library_package import LIBRARY, copy_package, read_rows, write_rows

LEADS_ASTRAY = re.compile("[\x00-\x09\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
rows = st.sampled_from(TABLES).flatmap(
    lambda table: st.tuples(st.just(table), st.integers(1, SIZES[table][0] - 1))
)
edits = st.tuples(
    st.lists(st.tuples(places, typed), max_size=3),
    st.lists(rows, max_size=2),
    st.lists(rows, max_size=2),
)
"""Cells typed over, rows that go, rows that stand twice."""
Edits = tuple[list[tuple[tuple[str, int, int], str]], list[tuple[str, int]], list[tuple[str, int]]]


def edited(folder: Path, changes: Edits) -> Path:
    package = copy_package(folder)
    cells, gone, doubled = changes
    tables = {name: read_rows(LIBRARY, name) for name in TABLES}
    for (table, row, column), text in cells:
        tables[table][row][column] = text
    for table, row in doubled:
        tables[table].append(list(tables[table][row]))
    for table, row in sorted(set(gone), reverse=True):
        del tables[table][row]
    for name in {place[0] for place, _ in cells} | {name for name, _ in [*gone, *doubled]}:
        write_rows(package, name, tables[name])
    return package


def size(one: PackageState) -> int:
    return sum(len(table.rows) for table in one.raw.tables.values())


def holds_together(old: PackageState, new: PackageState) -> None:
    there = compare_states(old, new)
    came = len(there.added) + len(there.sources)
    assert there.unreadable or size(old) - len(there.lost) == size(new) - came, "a row got lost"
    assert len(there.lost) == len(as_data(there)["lost"])
    for language in Language:
        for found in (as_text(there, language), as_markdown(there, language)):
            assert not LEADS_ASTRAY.search(found)
    for problem in check_published_rows(old.raw, new.raw, "main"):
        for language in Language:
            assert "\n" not in problem.render(language).split("\n  ")[0]


@tries(20)
@given(edits, edits)
def test_any_two_states(first: Edits, second: Edits) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        holds_together(state_of(edited(Path(one), first)), state_of(edited(Path(other), second)))


@tries(20)
@given(st.sampled_from(TABLES), st.binary(max_size=40), st.integers(0, 400), st.integers(0, 40))
def test_any_bytes_in_a_table(table: str, found: bytes, start: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        package = copy_package(Path(folder))
        path = package / f"{table}.csv"
        content = path.read_bytes()
        path.write_bytes(content[:start] + found + content[start + length :])
        new = PackageState(PackageSnapshot(package).raw, None, errors=1)
        holds_together(library_state(), new)
