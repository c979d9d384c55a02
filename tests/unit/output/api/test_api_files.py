"""What the API says at the edges: licences without an address, rows that corrections moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

from plansite.analysis.publication import publish
from plansite.data.checks import validate
from plansite.data.package import PackageSnapshot
from plansite.data.package.published_descriptor import generate_descriptor
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


@pytest.mark.parametrize("said", [{}, {"path": None}])
def test_a_licence_without_an_address_has_none(said: dict[str, None], tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    licence = {"name": "CC0-1.0", **said}
    edit_descriptor(package, lambda content: content.update(licenses=[licence]))
    files = made(package)
    document = files[urls.OPENAPI]
    OpenAPIV31SpecValidator(document).validate()
    assert document["info"]["license"] == {"name": "CC0-1.0"}
    assert files[urls.api_file("plan")]["licences"] == [{"title": "CC0-1.0", "address": None}]
    schema = {"$ref": "#/components/schemas/Plan", "components": document["components"]}
    told = Draft202012Validator(schema, format_checker=FormatChecker())
    assert list(told.iter_errors(files[urls.api_file("plan")])) == []


def test_an_address_in_chinese_keeps_to_the_schema(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    licence = {"title": "许可", "path": "https://法规.example/许可"}
    edit_descriptor(package, lambda content: content.update(licenses=[licence]))
    files = made(package)
    formats = FormatChecker()
    formats.checks("uri")(lambda text: str(text).isascii())
    schema = {"$ref": "#/components/schemas/Plan", **files[urls.OPENAPI]}
    told = Draft202012Validator(schema, format_checker=formats)
    assert files[urls.api_file("plan")]["licences"][0]["address"] == licence["path"]
    assert list(told.iter_errors(files[urls.api_file("plan")])) == []


def test_a_version_that_is_null_is_none(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    edit_descriptor(package, lambda content: content.update(version=None))
    assert made(package)[urls.api_file("plan")]["version"] == ""
    descriptor = PackageSnapshot(package).descriptor
    assert descriptor is not None
    assert "version" not in generate_descriptor(descriptor)


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
