"""A package that a process reads again: only what was edited is read by frictionless."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from frictionless.resources import TableResource

from plansite.data.validation.read_package import read_package
from tests.support.library_package import copy_package, edit_cell, edit_descriptor, field_of


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tables that frictionless reads, in their order."""
    names: list[str] = []
    validate = TableResource.validate

    def noted(resource: TableResource, *arguments: object, **options: object) -> object:
        names.append(str(resource.name))
        return validate(resource, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(TableResource, "validate", noted)
    return names


def test_an_edit_costs_one_table(tmp_path: Path, reads: list[str]) -> None:
    package = copy_package(tmp_path)
    before = read_package(package)
    reads.clear()
    edit_cell(package, "indicators", 3, "name_en", "A name that nobody else has given")
    after = read_package(package)
    assert reads == ["indicators"]
    assert before.plan is not None
    assert after.plan is not None
    assert after.plan.indicators[1].name.en == "A name that nobody else has given"
    assert after.plan.sources == before.plan.sources


def test_the_same_fault_elsewhere_names_its_own_file(tmp_path: Path, reads: list[str]) -> None:
    packages = [copy_package(tmp_path / name) for name in ("one", "other")]
    for package in packages:
        edit_cell(package, "observations", 2, "value", "1,5 of all")
    one, other = (read_package(package).problems for package in packages)
    assert reads.count("observations") == 1
    assert [problem.file for problem in one] == [f"{packages[0].as_posix()}/observations.csv"]
    assert [problem.file for problem in other] == [f"{packages[1].as_posix()}/observations.csv"]


def test_another_schema_is_another_table(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    assert not read_package(package).problems

    def limit(content: dict[str, Any]) -> None:
        field_of(content, "targets", "value")["constraints"]["maximum"] = 0.5

    edit_descriptor(package, limit)
    assert {problem.code for problem in read_package(package).problems} == {"range"}
