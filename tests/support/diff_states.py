"""Two states of the library package compared, for the tests of the diff."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema

import plansite.output.diff
from plansite.analysis.publication import publish
from plansite.data.package import PackageSnapshot
from plansite.data.validation.read_package import read_package
from plansite.model import Language
from plansite.output.diff import Comparison, PackageState, as_json, compare_states
from tests.support.library_package import (
    AS_OF,
    LIBRARY,
    add_row,
    copy_package,
    delete_row,
    edit_cell,
    edit_text,
)

SCHEMA = json.loads((Path(plansite.output.diff.__file__).parent / "schema.json").read_text("utf-8"))
SCHEMAS = jsonschema.Draft202012Validator(SCHEMA)


def state_of(package: Path) -> PackageState:
    reading = read_package(package)
    publication = None if reading.plan is None else publish(reading.plan, AS_OF, ())
    return PackageState(PackageSnapshot(package).raw, publication, errors=len(reading.problems))


@functools.cache
def library_state() -> PackageState:
    """The library as it is, read once for all that is compared with it."""
    return state_of(LIBRARY)


def compared(tmp_path: Path, *edits: Callable[[Path], object]) -> Comparison:
    package = copy_package(tmp_path)
    for edit in edits:
        edit(package)
    return compare_states(library_state(), state_of(package))


def as_data(comparison: Comparison) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(as_json(comparison, Language.ZH))
    SCHEMAS.validate(content)
    return content


def everything(package: Path) -> None:
    delete_row(package, "observations", 12)
    edit_cell(package, "observations", 7, "value", "14")
    edit_cell(package, "observations", 4, "release_status", "final")
    edit_cell(package, "tasks", 4, "title_en", "Put the old books in order")
    add_row(package, "sources", "report-2026", "年报", "图书馆", "2026-11", "mirror", "", "", "")
    add_row(
        package,
        "observations",
        "L06",
        "2025",
        "report-2026",
        "2026-11",
        "9",
        "final",
        "same",
        "",
        "",
    )
    edit_text(package, "agencies.csv", lambda text: text.replace("school-board", "schools"))
    edit_text(package, "task_agencies.csv", lambda text: text.replace("school-board", "schools"))
