"""``validate`` in a process of its own, where what is written has to be text."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.data.validation.read_package import read_package
from tests.site.command import run
from tests.support.library_package import copy_package


@pytest.mark.parametrize("form", ["text", "json", "github", "markdown"])
def test_a_path_with_half_a_character_is_told_of(tmp_path: Path, form: str) -> None:
    package = copy_package(tmp_path)
    descriptor = package / "datapackage.json"
    text = descriptor.read_text("utf-8").replace('"targets.csv"', '"targets\\ud800.csv"')
    descriptor.write_text(text, "utf-8")
    (problem,) = read_package(package).problems
    assert (problem.code, problem.field) == ("json-value", "resources.targets.path")
    finished = run("validate", "--package", package, "--format", form)
    assert finished.returncode == 10, finished.stderr
    assert "json-value" in finished.stdout + finished.stderr
