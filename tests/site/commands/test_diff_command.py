"""``diff``: what changed between two states of the data, as text, JSON and Markdown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.diff_states import SCHEMAS, everything
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import edit_cell


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = make_repository(tmp_path)
    everything(repository.package)
    return repository


def test_the_command_compares_with_the_working_tree_or_another_revision(
    repository: Repository,
) -> None:
    unsaved = repository.run("diff", "HEAD")
    assert unsaved.code == 0
    assert unsaved.out.startswith("Changes in the data: HEAD → the files as they are\n")
    repository.commit()
    repository.git("tag", "v2")
    between = repository.run("diff", "HEAD~1", "v2")
    assert between.out.splitlines()[1:] == unsaved.out.splitlines()[1:]
    assert str(repository.package / "observations.csv:12") in between.out
    assert "Nothing changed" in repository.run("diff", "HEAD").out
    backwards = json.loads(repository.run("diff", "v2", "HEAD~1", "--format", "json").out)
    assert [row["key"].get("year") for row in backwards["lost"]] == ["2025", None]


def test_the_command_s_formats(repository: Repository) -> None:
    content = json.loads(repository.run("diff", "main", "--format", "json").out)
    SCHEMAS.validate(content)
    assert content["base"] == {"revision": "main", "valid": True, "errors": 0}
    assert content["head"] == {"revision": None, "valid": True, "errors": 0}
    markdown = repository.run("diff", "main", "--format", "markdown", lang="zh").out
    assert markdown.startswith("## 数据变化：`main` → 当前文件\n")


def test_an_invalid_revision_is_compared_all_the_same(repository: Repository) -> None:
    edit_cell(repository.package, "observations", 2, "value", "five")
    repository.commit("Break the data")
    edit_cell(repository.package, "observations", 2, "value", "5.0")
    ran = repository.run("diff", "HEAD")
    assert ran.code == 0
    assert "HEAD: the data has errors (1)" in ran.out
    assert "value: five → 5.0" in ran.out


@pytest.mark.parametrize("arguments", [["nowhere"], ["HEAD", "nowhere"], ["--", "-x"], []])
def test_what_cannot_be_compared_is_a_usage_error(
    repository: Repository, arguments: list[str]
) -> None:
    ran = (
        repository.run("diff", *arguments)
        if "--" not in arguments
        else repository.run("diff", "nowhere^{/x}")
    )
    assert (ran.code, ran.out) == (2, "")
    if arguments:
        assert ran.err.count("\n") == 1
