"""What the documentation names is there: files, and functions in them."""

from __future__ import annotations

import ast
import re

import pytest

from tests.support.paths import ROOT

SOURCE = ROOT / "site_src" / "plansite"
GUIDES = [
    *("README.md", "README.en.md", "CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md"),
    *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").rglob("*.md"))),
]
_CODE = re.compile(r"`((?:[\w-]+/)*[\w-]+\.(?:py|toml|sh))`")
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
_ROW = re.compile(r"\| `(\w+)` \| `([\w/]+\.py)` \|")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_code_file_that_a_guide_names_is_there(guide: str) -> None:
    inside = [f"/{path.relative_to(ROOT).as_posix()}" for path in SOURCE.rglob("*.*")]
    for named in _CODE.findall((ROOT / guide).read_text("utf-8")):
        found = (ROOT / named).is_file() or any(path.endswith(f"/{named}") for path in inside)
        assert found, named


@pytest.mark.parametrize("guide", GUIDES)
def test_every_link_between_guides_leads_somewhere(guide: str) -> None:
    for target in _LINK.findall((ROOT / guide).read_text("utf-8")):
        assert (ROOT / guide).parent.joinpath(target).exists(), target


def test_every_function_on_the_way_of_the_data_is_where_the_architecture_says() -> None:
    rows = _ROW.findall((ROOT / "docs" / "architecture.md").read_text("utf-8"))
    assert len(rows) > 15
    for name, file in rows:
        tree = ast.parse((SOURCE / file).read_text("utf-8"))
        kinds = (ast.FunctionDef, ast.ClassDef)
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, kinds)}, file


@pytest.mark.parametrize("guide", GUIDES)
def test_no_guide_holds_both_sides_of_a_merge(guide: str) -> None:
    marks = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    assert marks.findall((ROOT / guide).read_text("utf-8")) == []
