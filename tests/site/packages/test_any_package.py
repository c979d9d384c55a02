"""Whatever stands in a package, reading it gives problems or a plan, and never a traceback."""

from __future__ import annotations

import json
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plansite.analysis.verdicts.assess import assess
from plansite.data.checks import check_plan
from plansite.data.validation.read_package import PackageReport, read_package
from plansite.model import Language
from plansite.model.contract import CONTRACT
from plansite.model.problems import blockers
from tests.support.any_cell import TABLES, places, typed
from tests.support.fuzzing import tries
from tests.support.library_package import (
    AS_OF,
    LIBRARY,
    copy_package,
    library_plan,
    read_rows,
    write_rows,
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


@tries(60)
@given(st.lists(st.tuples(places, typed), min_size=1, max_size=3))
def test_any_text_in_any_cell(edits: list[tuple[tuple[str, int, int], str]]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        package = copy_package(Path(directory))
        for (table, row, column), text in edits:
            rows = read_rows(LIBRARY, table)
            rows[row][column] = text
            write_rows(package, table, rows)
        never_raises(package)


@tries(300)
@given(places, typed)
def test_an_edited_cell_is_the_same_or_read_as_typed_or_told_of(
    place: tuple[str, int, int], text: str
) -> None:
    table, row, column = place
    rows = read_rows(LIBRARY, table)
    before, field = rows[row][column], rows[0][column]
    rows[row][column] = text
    with tempfile.TemporaryDirectory() as directory:
        package = copy_package(Path(directory))
        write_rows(package, table, rows)
        reading = read_package(package)
        problems = [*reading.problems, *(check_plan(reading, AS_OF) if reading.plan else [])]
        for problem in problems:
            assert problem.file.startswith(package.as_posix())
            assert problem.row is not None and problem.row >= 1
        if reading.plan is None:
            assert blockers(problems)
        elif text == before:
            assert reading.plan == library_plan()
            assert not problems
        else:
            assert row > 0, "another heading has to be told of"
            # What was typed is what is published: neither trimmed nor converted nor rounded.
            (told,) = [entry for entry in reading.plan.info.resources if entry.name == table]
            assert field in [entry.name for entry in told.fields]
            assert text == text.strip()
            assert holds(vars(record_at(reading, table, row + 1)), field, text)


def record_at(reading: PackageReport, table: str, number: int) -> Any:
    """The record that stands in a row, by the row's number."""
    assert reading.plan is not None
    (key,) = [key for key, row in reading.row_numbers.rows[table].items() if row == number]
    fields = CONTRACT[table].primary_key
    for record in getattr(reading.plan, table):
        if tuple(str(getattr(record, name)) for name in fields) == tuple(map(str, key)):
            return record
    raise AssertionError(f"no record of row {number}")


def holds(record: dict[str, Any], field: str, text: str) -> bool:
    """Whether a record holds what was typed into a field."""
    name, _, side = field.rpartition("_")
    if side in ("zh", "en") and field not in record:
        value = record["measure" if name == "unit" else name]
        return (getattr(value, side) if value else "") == text
    value = record[field]
    if isinstance(value, Decimal):
        return value == Decimal(text)
    if isinstance(value, int):
        return value == int(text)
    return ("" if value is None else str(value)) == text


@tries(60)
@given(st.sampled_from(TABLES), st.binary(max_size=40), st.integers(0, 400), st.integers(0, 40))
def test_any_bytes_in_any_table(table: str, found: bytes, start: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        package = copy_package(Path(directory))
        path = package / f"{table}.csv"
        content = path.read_bytes()
        path.write_bytes(content[:start] + found + content[start + length :])
        never_raises(package)


@tries(60)
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
