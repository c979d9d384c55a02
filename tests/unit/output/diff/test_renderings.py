"""How a comparison looks: hostile cells, size, and the command with its formats."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from plansite.data.package import (
    Key,
    RawPackage,
    RawRow,
    RawTable,
)
from plansite.model import Language
from plansite.model.contract import CONTRACT
from plansite.output.diff import (
    PackageState,
    as_json,
    as_markdown,
    as_text,
    compare_states,
)
from tests.support.diff_states import SCHEMAS, as_data, compared, everything
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import add_row, edit_cell, read_rows, write_rows

# Cells of strangers.

HOSTILE = [
    "a|b|c", "`code`", "``two`` and `one", "`", "<script>alert(1)</script>", "<!-- hidden -->",
    "@everyone", "[link](https://evil.example)", "![x](https://evil.example/x.png)", "# heading",
    "\n\n# heading\n\n- item", "\r\n---\r\n", "</details>", "\\`", "*b* _i_ ~s~ #1 GH-1", "a\0b",
    "\x1b[2J\x1b[31m", "\u202eright to left", "\u2028line", "{braces} {0}", "  ", "`" * 300,
    "https://evil.example", "&lt;b&gt;", "$x$", "::error::x",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_breaks_out_of_its_place(tmp_path: Path, text: str) -> None:
    marks = ["v", "t"]
    comparison = compared(
        tmp_path,
        lambda package: edit_cell(package, "sources", 3, "title", f"{marks[0]}{text}"),
        lambda package: edit_cell(package, "indicators", 2, "name_en", text or "x"),
        lambda package: edit_cell(package, "observations", 7, "value", text),
        lambda package: add_row(package, "themes", text, "3", text, text),
    )
    for language in Language:
        for found in (as_text(comparison, language), as_markdown(comparison, language)):
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e]", found)
        markdown = as_markdown(comparison, language).splitlines()
        assert all(line[:3] in ("", "## ", "###") or line.startswith("- `") for line in markdown if
                   not line.startswith(("当前", "the files")))  # fmt: skip
        for line in markdown:
            outside = without_code(line)
            assert not re.search(r"[@<>\[\]*|`$&]|https?:|\n", outside), outside


def without_code(line: str) -> str:
    """What Markdown would read of a line, by CommonMark's rule for code spans."""
    rest, outside = line, ""
    while match := re.search(r"`+", rest):
        outside += rest[: match.start()]
        after = rest[match.end() :]
        closing = re.search(rf"(?<!`)`{{{len(match.group())}}}(?!`)", after)
        if closing is None:
            return f"{outside}{match.group()}{after}"
        rest = after[closing.end() :]
    return outside + rest


def test_long_cells_are_shortened_in_words_and_whole_in_json(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path, lambda package: edit_cell(package, "tasks", 2, "text_en", "x" * 5000)
    )
    assert "x" * 99 + "…" in as_text(comparison, Language.EN)
    assert "x" * 101 not in as_text(comparison, Language.EN)
    assert as_data(comparison)["texts"][0]["new"] == "x" * 5000


# Size.


def test_markdown_is_capped_and_says_how_much_more(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        lambda package: write_rows(
            package, "sources",
            [*read_rows(package, "sources"),
             *([f"s{number}", "题", "者", "2026", "mirror", "", "", ""] for number in range(80))],
        ),
    )  # fmt: skip
    markdown = as_markdown(comparison, Language.EN)
    assert markdown.count("\n- `") == 50
    assert markdown.endswith("\n- … and 30 more")
    assert as_text(comparison, Language.EN).count("sources.csv:") == 80


def test_markdown_never_outgrows_a_comment(tmp_path: Path) -> None:
    def long(package: Path) -> None:
        for table in ("sources", "observations", "targets", "themes", "agencies", "commitments"):
            rows = read_rows(package, table)
            for number in range(60):
                rows.append([f"{'`长' * 200}{number}", *(["`长" * 400] * (len(rows[0]) - 1))])
            write_rows(package, table, rows)
        for row in range(2, 20):
            edit_cell(package, "observations", row, "note_en", "`长" * 400)

    markdown = as_markdown(compared(tmp_path, long), Language.ZH)
    assert len(markdown) <= 60_000
    assert "另有" in markdown


def large(value: str) -> RawPackage:
    rule = CONTRACT["observations"]
    rows: dict[Key, RawRow] = {}
    for number in range(100_000):
        key = (f"I{number // 100}", str(1950 + number % 100), "s", "2026")
        cells = dict.fromkeys(rule.field_names, "")
        cells |= dict(zip(rule.primary_key, key, strict=True))
        cells["value"] = f"{number}.{value if number % 3 == 0 else 5}"
        rows[key] = RawRow(number + 2, key, cells)
    empty = {name: RawTable(name, name, CONTRACT[name].field_names, {}) for name in CONTRACT}
    return RawPackage(
        {**empty, "observations": RawTable("observations", "o", rule.field_names, rows)}
    )


def test_a_hundred_thousand_rows_take_seconds() -> None:
    old, new = PackageState(large("5"), None), PackageState(large("7"), None)
    start = time.process_time()
    comparison = compare_states(old, new)
    assert len(comparison.values) == 33_334
    as_text(comparison, Language.ZH)
    as_json(comparison, Language.ZH)
    assert len(as_markdown(comparison, Language.ZH)) <= 60_000
    assert time.process_time() - start < 10


# The command.


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
