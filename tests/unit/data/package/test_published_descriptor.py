"""Whatever a descriptor says is held or refused, and others read of what is published the same.

The properties are those of the official profiles of Data Package 1 and 2, and of frictionless.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from frictionless import Dialect, Field, Package, Resource, Schema, system
from hypothesis import given
from hypothesis import strategies as st

from plansite.data.package import PackageSnapshot
from plansite.data.package.published_descriptor import generate_descriptor
from plansite.data.validation.read_package import read_snapshot
from plansite.data.validation.schema_rules import check_descriptor
from plansite.model import Language
from plansite.model.problems import Problem, blockers
from tests.site.hostile_package import poison
from tests.support.fuzzing import LONG, tries
from tests.support.library_package import LIBRARY, copy_package
from tests.support.paths import PACKAGE
from tests.unit.data.broken.test_accepted_files import ACCEPTED

Json = dict[str, Any]
TABLE, FIELDS = "targets", ("value", "wording_zh", "year", "comparator")
VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        1.5,
        10**400,
        "",
        "x",
        ",",
        ";",
        ".",
        "gbk",
        "utf-8",
        "csv",
        "-",
    ),
    *([], [""], ["-"], [1], [2], ["targets.csv"], ["targets.csv", "tasks.csv"], [["year"]], [[]]),
    *({}, {"x": 1}, [{}], [{"value": "", "label": "none"}], [{"value": "-"}], {"required": True}),
    *("table", "exact", "subset", ["partial"], "uri", "any", "%Y", "default", "md5:0", "\udc80"),
    *("number", "integer", "https://example.org/schema.json", "tabular-data-resource", "year"),
)
"""Tried for each property: what some property may be, and what none is."""


@cache
def standard_properties() -> dict[str, tuple[str, ...]]:
    """By level of a descriptor, the names that some edition of the standard or frictionless has."""
    found: dict[str, set[str]] = {}

    def gather(node: object, level: str) -> None:
        if isinstance(node, dict):
            found.setdefault(level, set()).update(node.get("properties", {}))
            for name, inner in node.get("properties", {}).items():
                if level == "field" and name == "constraints":
                    gather(inner, "constraints")
            for name in ("anyOf", "oneOf", "allOf"):
                for inner in node.get(name, []):
                    gather(inner, level)

    levels = {
        **{"datapackage": "package", "dataresource": "resource", "tabledialect": "dialect"},
        "tableschema": "schema",
    }
    for edition in ("1.0", "2.0"):
        for file, level in levels.items():
            text = files("dplib").joinpath(f"profiles/{edition}/{file}.json").read_text("utf-8")
            gather(json.loads(text), level)
            if level == "schema":
                gather(json.loads(text)["properties"]["fields"]["items"], "field")
    classes: dict[str, Any] = {
        "package": Package,
        "resource": Resource,
        "dialect": Dialect,
        "schema": Schema,
    }
    for level, one in classes.items():
        gather(one.metadata_ensure_profile(), level)
    for kind in ("string", "number", "boolean", "integer", "array", "list", "date"):
        of_kind: Any = system.select_field_class(kind)
        gather(of_kind.metadata_ensure_profile(), "field")
    gather(Field.metadata_profile["properties"]["constraints"], "constraints")
    found["field"] |= {"floatNumber", "arrayItem", "delimiter", "itemType"}
    found["dialect"] |= {"sheet", "caseSensitiveHeader", "csv", "json"}
    return {level: tuple(sorted(names)) for level, names in found.items()}


Said = tuple[str, str, str, Any]
"""Level, field where it is one's, property and value."""


def every_property() -> Iterator[tuple[str, str, str]]:
    for level, names in standard_properties().items():
        for name in names:
            fields = FIELDS if level in ("field", "constraints") else ("",)
            yield from ((level, field, name) for field in fields)


def saying(content: Json, said: Sequence[Said]) -> Json:
    """A descriptor that says all of it too."""
    content = deepcopy(content)
    for level, field, name, value in said:
        resource: Json = next((one for one in content["resources"] if one.get("name") == TABLE), {})
        schema = resource.get("schema")
        fields = schema.get("fields") if isinstance(schema, dict) else None
        listed = fields if isinstance(fields, list) else []
        ours: Any = next(
            (one for one in listed if isinstance(one, dict) and one.get("name") == field), {}
        )
        node: Any = {"package": content, "resource": resource, "schema": schema}.get(level, ours)
        if level == "dialect":
            node = resource.setdefault("dialect", {})
        elif level == "constraints":
            node = ours.setdefault("constraints", {})
        if isinstance(node, dict) and not (level == "package" and name == "resources"):
            node[name] = value
    return content


@cache
def library() -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in LIBRARY.iterdir()}


def library_saying(*said: Said) -> PackageSnapshot:
    content = saying(json.loads(library()["datapackage.json"]), said)
    files = {**library(), "datapackage.json": json.dumps(content).encode()}
    return PackageSnapshot(Path("library"), files)


def as_text(value: object) -> str:
    return "" if value is None else str(value)


def rows_of(content: bytes) -> list[list[str]]:
    lines = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [row for row in csv.reader(lines) if row]


def read_by_others(
    snapshot: PackageSnapshot, folder: Path, tables: Sequence[str] | None = None
) -> None:
    """What plain frictionless and pandas read of what is published is what stands in the tables."""
    descriptor = snapshot.descriptor
    assert descriptor is not None
    published = generate_descriptor(descriptor)
    for path, content in snapshot.contents().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / "datapackage.json").write_text(json.dumps(published), "utf-8")
    package = Package((folder / "datapackage.json").as_posix())
    resources: list[Any] = package.resources
    for resource in resources:
        if tables is not None and resource.name not in tables:
            continue
        typed = rows_of(snapshot.content(descriptor.resources[resource.name]["path"]))
        read = [row.to_dict() for row in resource.read_rows()]
        assert [list(row) for row in read] == [typed[0]] * (len(typed) - 1), resource.name
        for found, cells in zip(read, typed[1:], strict=True):
            for value, cell in zip(found.values(), cells, strict=True):
                same = Decimal(cell) == value if isinstance(value, Decimal) else False
                assert same or as_text(value) == cell, (resource.name, value, cell)
        dialect = next(one for one in published["resources"] if one["name"] == resource.name)
        table = pd.read_csv(
            folder / dialect["path"],
            sep=dialect["dialect"]["delimiter"],
            quotechar=dialect["dialect"]["quoteChar"],
            encoding=dialect["encoding"],
            dtype=str,
            keep_default_na=False,
        )
        assert [list(table.columns), *table.to_numpy().tolist()] == typed


def judged(snapshot: PackageSnapshot, folder: Path) -> None:
    """Refused in people's words, or read by others as by us."""
    problems: list[Problem] = [*check_descriptor(snapshot)]
    if not blockers(problems):
        reading = read_snapshot(snapshot)
        problems = list(reading.problems)
        if reading.plan is not None:
            read_by_others(snapshot, folder, [TABLE])
            return
    for problem in problems:
        for language in Language:
            shown = problem.render(language)
            assert shown.isprintable() or "\n" in shown
            assert "Traceback" not in shown
    assert blockers(problems)


@pytest.mark.skipif(not LONG, reason="takes a minute; PLANSITE_LONG=1 has the time")
@pytest.mark.parametrize("level", sorted(standard_properties()))
def test_each_standard_property_is_held_or_refused(level: str, tmp_path: Path) -> None:
    for place, field, name in every_property():
        if place == level:
            for value in VALUES:
                judged(library_saying((place, field, name, value)), tmp_path)


said = st.tuples(st.sampled_from(list(every_property())), st.sampled_from(VALUES)).map(
    lambda pair: (*pair[0], pair[1])
)


@tries(100)
@given(st.lists(said, min_size=1, max_size=2))
def test_one_or_two_together_are_held_or_refused(
    tmp_path_factory: pytest.TempPathFactory, together: list[Said]
) -> None:
    judged(library_saying(*together), tmp_path_factory.getbasetemp() / "together")


@pytest.mark.parametrize("name", [*ACCEPTED, "real", "hostile"])
def test_others_read_of_every_accepted_package_what_we_read(name: str, tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    made: dict[str, Callable[[Path], object]] = {**ACCEPTED, "hostile": poison}
    if name == "real":
        package = PACKAGE
    else:
        made[name](package)
    snapshot = PackageSnapshot(package)
    assert read_snapshot(snapshot).plan is not None
    read_by_others(snapshot, tmp_path / "published")
    report = Package((tmp_path / "published" / "datapackage.json").as_posix()).validate()
    assert report.valid, report.flatten(["title", "message"])
