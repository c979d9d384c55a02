"""Whatever stands in a package, reading it gives problems or a plan, and never a traceback."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.assess import assess
from plansite.checks import check_plan
from plansite.contract import CONTRACT
from plansite.model import Language
from plansite.package import read_package
from plansite.problems import blockers
from tests.support import AS_OF, LIBRARY, copy_package, read_rows, write_rows

TABLES = [rule.name for rule in CONTRACT.values() if not rule.added]
SIZES = {name: (len(rows), len(rows[0])) for name in TABLES if (rows := read_rows(LIBRARY, name))}
slow = settings(max_examples=60, deadline=None, derandomize=True)

typed = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["", " ", '"', "'", ",", "\n", "\0", "NaN", "-1", "1e99", "0x1", "{value}"]),
    st.sampled_from(["2022", "2022-13", "L01", "t1", "ge", "between", "same", "\ufeff", "=1+1"]),
    st.decimals(allow_nan=True).map(str),
    st.integers(1900, 2100).map(str),
)
places = st.sampled_from(TABLES).flatmap(
    lambda table: st.tuples(
        st.just(table),
        st.integers(0, SIZES[table][0] - 1),
        st.integers(0, SIZES[table][1] - 1),
    )
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


def never_raises(package: Path) -> None:
    reading = read_package(package)
    problems = list(reading.problems)
    assert (reading.plan is None) == bool(blockers(problems))
    if reading.plan is not None:
        problems += check_plan(reading, AS_OF)
        if not blockers(problems):
            assert assess(reading.plan, AS_OF).indicators
    for problem in problems:
        for language in Language:
            assert "\n" not in problem.render(language).split("\n  ")[0]


@slow
@given(st.lists(st.tuples(places, typed), min_size=1, max_size=3))
def test_any_text_in_any_cell(edits: list[tuple[tuple[str, int, int], str]]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        package = copy_package(Path(directory))
        for (table, row, column), text in edits:
            rows = read_rows(LIBRARY, table)
            rows[row][column] = text
            write_rows(package, table, rows)
        never_raises(package)


@slow
@given(st.sampled_from(TABLES), st.binary(max_size=40), st.integers(0, 400), st.integers(0, 40))
def test_any_bytes_in_any_table(table: str, found: bytes, start: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        package = copy_package(Path(directory))
        path = package / f"{table}.csv"
        content = path.read_bytes()
        path.write_bytes(content[:start] + found + content[start + length :])
        never_raises(package)


@slow
@given(st.data())
def test_any_value_in_the_descriptor(data: st.DataObject) -> None:
    content: Any = json.loads((LIBRARY / "datapackage.json").read_text("utf-8"))
    node = content
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = data.draw(st.sampled_from(keys))
        inner = node[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 4)) == 0:
            break
        node = inner
    if data.draw(st.booleans()):
        del node[key]
    else:
        node[key] = data.draw(json_values)
    with tempfile.TemporaryDirectory() as directory:
        package = copy_package(Path(directory))
        (package / "datapackage.json").write_text(json.dumps(content), "utf-8")
        never_raises(package)
