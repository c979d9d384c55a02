"""What people, programs and GitHub are shown of the same problems."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from plansite.cli.problem_reports import FORMATS, as_github, as_json, as_markdown, as_text
from plansite.data.checks import check_plan
from plansite.data.validation.read_package import read_package
from plansite.model import Language
from plansite.model.problems import CATALOGUE, Problem, visible
from tests.support.library_package import (
    AS_OF,
    add_row,
    copy_package,
    edit_cell,
    read_rows,
    write_rows,
)
from tests.support.paths import ROOT

SCHEMA = json.loads((ROOT / "site_src/plansite/cli/problems.schema.json").read_text("utf-8"))


def problems_of(package: Path) -> list[Problem]:
    reading = read_package(package)
    together = [] if reading.plan is None else check_plan(reading, AS_OF)
    return [*reading.problems, *together]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy_package(tmp_path)
    monkeypatch.chdir(tmp_path)
    return Path("library")


@pytest.fixture
def many(package: Path) -> list[Problem]:
    """30 wrong values, one warning of a date, and a date of Excel."""
    rows = read_rows(package, "observations")
    for year in range(1985, 2015):
        rows.append(["L08", str(year), "reading-plan", "2024", "约一万", "final", "same", "", ""])
    write_rows(package, "observations", rows)
    edit_cell(package, "observations", 3, "published", "2025/3/20")
    return problems_of(package)


def content_of(problems: list[Problem]) -> Any:
    content = json.loads(as_json(problems, Language.EN))
    jsonschema.validate(content, SCHEMA)
    return content


def test_the_first_twenty_of_a_kind_are_shown_and_the_rest_counted(many: list[Problem]) -> None:
    lines = as_text(many, Language.ZH).split("\n")
    shown = [line for line in lines if "[type] value" in line]
    assert len(shown) == 20
    assert lines[-1] == "…另有 10 处同类问题 [type]"
    assert as_text(many, Language.EN).endswith("… and 10 more of this kind [type]")


def test_kinds_stand_together_and_blockers_first(many: list[Problem]) -> None:
    warning = Problem("jump", "x.csv", 2, details={"other_year": "1", "other_value": "2"})
    problems = [warning, many[1], many[0], many[2]]
    codes = re.findall(r"\[([a-z-]+)\]", as_text(problems, Language.EN))
    assert codes == ["type", "type", "spreadsheet-date", "jump"]


def test_json_has_them_all(many: list[Problem]) -> None:
    content = content_of(many)
    assert content["counts"] == {"blockers": 31, "warnings": 0}
    assert len(content["problems"]) == 31
    assert not content["valid"]


def test_json_of_a_valid_package(package: Path) -> None:
    assert content_of(problems_of(package)) == {
        "valid": True,
        "counts": {"blockers": 0, "warnings": 0},
        "problems": [],
    }


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_json_of_every_kind_fits_the_schema(code: str) -> None:
    kind = CATALOGUE[code]
    texts = f"{kind.expected.zh}{kind.expected.en}{kind.remedy.zh}{kind.remedy.en}"
    details = dict.fromkeys(re.findall(r"{(\w+)}", texts), "x")
    content_of([Problem(code, "a.csv", 2, "field", "x\u200b", details=details)])


def test_markdown_starts_with_the_counts(many: list[Problem]) -> None:
    lines = as_markdown(many, Language.ZH).split("\n")
    assert lines[0] == "## 数据有误，不能发布：31 处错误，0 处提示"
    assert "### 错误 `type`：30" in lines
    assert lines[-1] == "…另有 10 处同类问题 [type]"
    assert sum(line.startswith("| `library/observations.csv:") for line in lines) == 21


def test_markdown_of_a_valid_package() -> None:
    assert as_markdown([], Language.EN) == "## The data are valid: errors 0, warnings 0"


def test_data_cannot_break_out_of_a_markdown_table(package: Path) -> None:
    edit_cell(package, "tasks", 2, "title_zh", "`a` | <script>x</script> | [x](http://x)")
    (row,) = [
        line
        for line in as_markdown(problems_of(package), Language.ZH).split("\n")
        if line.startswith("| `library")
    ]
    place = re.match(r"\| `([^`]*)` \| ", row)
    assert place and "<script>" not in row
    assert len(re.findall(r"(?<!\\)\|", row)) == 4


ALIVE = re.compile(r"(?<!\\)[`<>\[\]*|$&~#]|@\w|//|www|evil|everyone")


@pytest.mark.parametrize(
    "typed",
    [
        "＠everyone！［x］（ｈｔｔｐｓ：／／evil．example）",
        "@everyone ![x](https://evil.example/x.png) #1 GH-1 0a1b2c3d",
        "`` | ` | <b>x</b> <!-- \\` \\| **a** __b__ ~c~ $`d`$ &lt; www.evil.example a@evil.example",
    ],
)
@pytest.mark.parametrize("language", Language)
def test_no_value_is_read_as_markdown(package: Path, language: Language, typed: str) -> None:
    for table, row, field in [
        ("observations", 3, "year"),
        ("observations", 4, "value"),
        ("observations", 5, "published"),
        ("observations", 6, "release_status"),
        ("targets", 2, "indicator_id"),
        ("sources", 2, "url"),
    ]:
        edit_cell(package, table, row, field, typed)
    rows = [
        line
        for line in as_markdown(problems_of(package), language).split("\n")
        if line.startswith("| `")
    ]
    assert len(rows) >= 6
    for line in rows:
        assert line.count("|") == 4, line
        outside = re.sub("`[^`]+`", "", line.replace("|", " "))
        assert not ALIVE.search(outside), outside


def test_github_gets_the_line_of_the_file_where_it_is_not_the_row(package: Path) -> None:
    edit_cell(package, "tasks", 2, "text_zh", "延长\n开放\n时间")
    edit_cell(package, "tasks", 4, "theme_id", "shelvs")
    first, second = as_github(problems_of(package), Language.EN).split("\n")
    assert first.startswith("::error file=library/tasks.csv,line=4,title=line-break::library/")
    assert second.startswith(
        "::error file=library/tasks.csv,line=6,title=foreign-key::library/tasks.csv:4 "
    )
    lines = (package / "tasks.csv").read_text("utf-8").split("\n")
    assert "shelvs" in lines[6 - 1]


def test_rows_are_lines_where_no_cell_has_a_line_break(package: Path) -> None:
    edit_cell(package, "tasks", 4, "theme_id", "shelvs")
    (problem,) = problems_of(package)
    lines = (package / "tasks.csv").read_text("utf-8").split("\n")
    assert problem.row is not None and "shelvs" in lines[problem.row - 1]
    assert content_of([problem])["problems"][0]["line"] == problem.row


def test_the_line_of_a_foreign_encoding_under_a_cell_of_three_lines(package: Path) -> None:
    edit_cell(package, "tasks", 2, "text_zh", "延长\n开放\n时间")
    path = package / "tasks.csv"
    lines = path.read_bytes().split(b"\n")
    lines[5 - 1] = "t2,shelves,2,添置童书,Buy,每年添置,Buy".encode("gbk")
    path.write_bytes(b"\n".join(lines))
    (problem,) = problems_of(package)
    assert (problem.row, problem.line) == (3, 5)


def test_a_cell_cannot_write_a_command_of_its_own(package: Path) -> None:
    add_row(package, "themes", "x\n::error::y", "3", "一", "One")
    for line in as_github(problems_of(package), Language.ZH).split("\n"):
        assert line.startswith("::error file=library/themes.csv,line=")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", Language)
def test_nothing_hidden_reaches_a_terminal(name: str, language: Language) -> None:
    problem = Problem(
        "enum",
        "a.csv",
        2,
        "field",
        "\x1b[2J\u202eabc",
        {"choices": "\x07", "closest_zh": "", "closest_en": ""},
    )
    text = FORMATS[name]([problem], language)
    if name != "json":  # which escapes what it must and keeps the rest as typed
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)


def test_visible_text() -> None:
    assert visible("a\r\nb\u200b\u3000c\t") == "a↵b‹U+200B›\u3000c‹U+0009›"
    assert visible("人均借阅量 7.9") == "人均借阅量 7.9"
