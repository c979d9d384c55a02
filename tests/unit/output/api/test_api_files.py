"""What the API says at the edges: licences without an address, rows that corrections moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

from plansite.analysis.publication import publish
from plansite.data.checks import validate
from plansite.model import urls
from plansite.model.problems import blockers
from plansite.output.api import make_api
from tests.support.library_package import AS_OF, add_row, copy_package, edit_cell, edit_descriptor


def made(package: Path) -> dict[str, Any]:
    """Every file of a package's API by its address."""
    reading, problems = validate(package, AS_OF)
    assert blockers(problems) == []
    assert reading.plan is not None
    files = make_api(publish(reading.plan, AS_OF, problems))
    return {file.address: json.loads(file.content) for file in files}


def test_a_licence_without_an_address_has_none(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    edit_descriptor(package, lambda content: content.update(licenses=[{"name": "CC0-1.0"}]))
    files = made(package)
    document = files[urls.OPENAPI]
    OpenAPIV31SpecValidator(document).validate()
    assert document["info"]["license"] == {"name": "CC0-1.0"}
    assert files[urls.api_file("plan")]["licences"] == [{"title": "CC0-1.0", "address": None}]
    schema = {"$ref": "#/components/schemas/Plan", "components": document["components"]}
    told = Draft202012Validator(schema, format_checker=FormatChecker())
    assert list(told.iter_errors(files[urls.api_file("plan")])) == []


def test_a_correction_that_moved_a_value_is_told_where_it_was_and_where_it_is(
    tmp_path: Path,
) -> None:
    package = copy_package(tmp_path)
    edit_cell(package, "observations", 14, "indicator_id", "L07")
    edit_cell(package, "observations", 14, "value", "1")
    key = ("observations", "L05/2024/report-2024/2025-03-20")
    add_row(
        package, "corrections", "x8", "2026-06-20", *key, "indicator_id", "L05", "L07", "误", "x"
    )
    add_row(package, "corrections", "x9", "2026-06-20", *key, "value", "5", "1", "误", "x")
    files = made(package)
    for name in ("L05", "L07"):
        told = files[urls.api_indicator(name)]["corrections"]
        assert [row["correction_id"] for row in told] == ["x8", "x9"], name
    assert files[urls.api_indicator("L06")]["corrections"] == []
