"""Packages broken as people break them, and what the person who mends them reads.

One table drives everything: each row breaks a copy of the library package in one way and says which
problem must be found, where, and which words must stand in the way to mend it.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from plansite.analysis.publication import publish
from plansite.data.checks import check_plan
from plansite.data.validation.read_package import PackageReport, read_package
from plansite.model import Language, urls
from plansite.model.problems import (
    CATALOGUE,
    Problem,
    Severity,
    blockers,
    visible,
)
from plansite.model.translations import Words
from plansite.output.pages import generate_pages
from plansite.output.pages.content.problem_reference import list_problems
from tests.site.command import run
from tests.support.library_package import (
    AS_OF,
    add_row,
    copy_package,
    delete_column,
    delete_row,
    edit_cell,
    edit_descriptor,
    edit_text,
    field_of,
    insert_column,
    library_plan,
    read_rows,
    reencode,
    replace_line,
    retire,
    table_of,
    write_rows,
)
from tests.support.paths import TESTS

Break = Callable[[Path], object]


@dataclass(frozen=True)
class Broken:
    """A way to break the package, and the problem that must be found."""

    name: str
    how: Break
    code: str
    file: str
    row: int | None
    field: str | None
    value: str | None
    zh: str
    """Words of the Chinese explanation."""
    en: str
    """Words of the English explanation."""
    count: int = 1
    """How many problems there are in all: one fault is one problem."""

    def first_line(self, package: Path) -> str:
        """What a user sees first."""
        place = f"{package.as_posix()}/{self.file}" + (f":{self.row}" if self.row else "")
        value = visible(self.value or "")
        value = value if len(value) <= 80 else f"{value[:79]}…"
        shown = "" if self.value is None else f'"{value}"'
        cell = f" {self.field}" if self.field else ""
        equals = " = " if self.field and shown else " " if shown else ""
        return f"{place} [{self.code}]{cell}{equals}{shown}"


def cell(table: str, row: int, field: str, value: str) -> Break:
    return lambda package: edit_cell(package, table, row, field, value)


def retired(indicator_id: str, successor_id: str) -> Break:
    row = [
        "indicators",
        indicator_id,
        "2026-11",
        "旧指标",
        "Old",
        "合并。",
        "Merged.",
        successor_id,
    ]
    return lambda package: retire(package, row)


def line(table: str, number: int, text: str | bytes) -> Break:
    return lambda package: replace_line(package, table, number, text)


def text(file: str, old: str, new: str) -> Break:
    return lambda package: edit_text(package, file, lambda content: content.replace(old, new))


def append(package: Path, content: bytes) -> None:
    with (package / "themes.csv").open("ab") as file:
        file.write(content)


def descriptor(change: Callable[[dict[str, Any]], object]) -> Break:
    return lambda package: edit_descriptor(package, change)


def field(table: str, name: str, **entries: object) -> Break:
    return descriptor(lambda content: field_of(content, table, name).update(entries))


def both(*breaks: Break) -> Break:
    return lambda package: [one(package) for one in breaks]


def other_path(path: str) -> Break:
    return descriptor(lambda content: table_of(content, "targets").update(path=path))


def renamed(field: str, old: str, new: str) -> Break:
    """Another id in a table and wherever it is referred to."""

    def rename(package: Path) -> None:
        for path in package.glob("*.csv"):
            rows = read_rows(package, path.stem)
            if field in rows[0]:
                place = rows[0].index(field)
                for row in rows[1:]:
                    row[place] = new if row[place] == old else row[place]
                write_rows(package, path.stem, rows)

    return rename


def linked(file: str, target: str) -> Break:
    def put_a_link(package: Path) -> None:
        (package / file).unlink()
        (package / file).symlink_to(target)

    return put_a_link


def linked_folder(package: Path) -> None:
    outside = package.parent / "outside"
    outside.mkdir()
    (package / "targets.csv").rename(outside / "targets.csv")
    (package / "tables").symlink_to(outside)
    edit_descriptor(
        package,
        lambda content: table_of(content, "targets").update(path="tables/targets.csv"),
    )


def many_wrong_rows(package: Path) -> None:
    rows = read_rows(package, "observations")
    for number in range(1200):
        year, month = str(2000 + number // 12), f"2025-{number % 12 + 1:02}"
        rows.append(["L08", year, "reading-plan", month, "约一万", "final", "same", "", ""])
    write_rows(package, "observations", rows)


def without_constraints(content: dict[str, Any]) -> None:
    for entry in content["resources"]:
        for described in entry["schema"]["fields"]:
            described.pop("constraints", None)


def without_keys(content: dict[str, Any]) -> None:
    for entry in content["resources"]:
        entry["schema"].pop("primaryKey", None)
        entry["schema"].pop("foreignKeys", None)


def other_order(package: Path) -> None:
    rows = read_rows(package, "targets")
    write_rows(package, "targets", [row[::-1] for row in [*rows, rows[1]]])
    edit_descriptor(
        package, lambda content: table_of(content, "targets")["schema"]["fields"].reverse()
    )


def swapped_columns(package: Path) -> None:
    rows = [[*row[:3], row[5], row[4], row[3], *row[6:]] for row in read_rows(package, "targets")]
    write_rows(package, "targets", rows)


def added_column(described: dict[str, Any], value: str) -> Break:
    def change(package: Path) -> None:
        edit_descriptor(
            package,
            lambda content: table_of(content, "themes")["schema"]["fields"].append(described),
        )
        insert_column(package, "themes", described["name"], value, None)

    return change


def without_rows(package: Path) -> None:
    for path in package.glob("*.csv"):
        path.write_text(path.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")


JSON = "datapackage.json"
ZH_2025 = "L01,2025,ge,8.0,,firm,2025年人均借阅量达到8.0册,reading-plan"

BROKEN = [
    # The files as a whole.
    Broken(
        "title that nobody gave", text(JSON, "Willowmere reading plan 2024–2026", "[To fill in] "),
        "to-fill-in", JSON, None, "title_en", "[To fill in] : targets and progress data",
        "尚待填写", "still to be filled in",
    ),
    Broken(
        "nothing but headers", without_rows,
        "empty-plan", "tasks.csv", None, None, None, "一项任务或一个指标", "at least one task",
    ),
    Broken(
        "no descriptor", lambda package: (package / JSON).unlink(),
        "missing-file", JSON, None, None, None, "补上文件", "add the file",
    ),
    Broken(
        "no table", lambda package: (package / "targets.csv").unlink(),
        "missing-file", "targets.csv", None, None, None, "补上文件", "add the file",
    ),
    Broken(
        "empty file", lambda package: (package / "targets.csv").write_bytes(b""),
        "unreadable-table", "targets.csv", 1, None, None, "首行没有字段名", "row 1 names no fields",
    ),
    Broken(
        "empty file but for a line end", lambda package: (package / "themes.csv").write_text("\n"),
        "unreadable-table", "themes.csv", 1, None, None, "首行为字段名", "row 1 names the fields",
    ),
    Broken(
        "semicolons", text("targets.csv", ",", ";"),
        "unreadable-table", "targets.csv", 1, None, None, "以 “;” 分隔", "separated by “;”",
    ),
    Broken(
        "tabs", text("targets.csv", ",", "\t"),
        "unreadable-table", "targets.csv", 1, None, None, "以逗号分隔", "commas separate",
    ),
    Broken(
        "quotation mark left open", line("targets", 3, ZH_2025.replace("2025年", '"2025年')),
        "unreadable-table", "targets.csv", 3, None, None, "引号没有成对", "not in pairs",
    ),
    Broken(
        "words behind a quotation mark", line("targets", 3, ZH_2025.replace("8.0册", '"8.0"册')
        .replace("2025年", '"2025"年')),
        "unreadable-table", "targets.csv", 3, None, None, "引号成对", "come in pairs",
    ),
    # Encodings.
    Broken(
        "GBK file", lambda package: reencode(package, "targets.csv", "gbk"),
        "encoding", "targets.csv", 2, None, None, "GBK", "CSV UTF-8 (Comma delimited)",
    ),
    Broken(
        "one GBK line",
        line("targets", 5, "L02,2024,le,16,,firm,不超过16天,reading-plan".encode("gbk")),
        "encoding", "targets.csv", 5, None, None, "CSV UTF-8（逗号分隔）", "looks like GBK",
    ),
    Broken(
        "one GBK line under a cell of three lines",
        both(
            cell("tasks", 2, "text_zh", "延长\n开放\n时间"),
            line("tasks", 5, "t2,shelves,2,添置童书,Buy,每年添置,Buy".encode("gbk")),
        ),
        "encoding", "tasks.csv", 3, None, None, "GBK", "GBK",
    ),
    Broken(
        "UTF-16", lambda package: reencode(package, "targets.csv", "utf-16"),
        "encoding", "targets.csv", 1, None, None, "像是 UTF-16", "looks like UTF-16",
    ),
    Broken(
        "UTF-16 without a mark", lambda package: reencode(package, "agencies.csv", "utf-16-le"),
        "encoding", "agencies.csv", 1, None, None, "像是 UTF-16", "looks like UTF-16",
    ),
    Broken(
        "GBK descriptor", lambda package: reencode(package, JSON, "gbk"),
        "encoding", JSON, 4, None, None, "UTF-8", "UTF-8",
    ),
    # The descriptor.
    Broken(
        "invalid JSON", text(JSON, '"version": "0.1.0",', '"version": "0.1.0"'),
        "descriptor", JSON, 9, None, None, "datapackage.json", "delimiter",
    ),
    Broken(
        "JSON of another kind", lambda package: (package / JSON).write_text("[]"),
        "descriptor", JSON, None, "resources", None, "resources", "resources",
    ),
    Broken(
        "table without a schema",
        descriptor(lambda content: table_of(content, "themes").pop("schema")),
        "descriptor", JSON, None, "resources", None, "schema", "schema",
    ),
    Broken(
        "licence as a word", descriptor(lambda content: content.update(licenses="CC0")),
        "descriptor", JSON, None, "licenses", None, "licenses", "licenses",
    ),
    Broken(
        "two tables of one file",
        descriptor(lambda content: table_of(content, "themes").update(path="tasks.csv")),
        "descriptor", JSON, None, "path", "tasks.csv", "2 ×", "2 ×",
    ),
    Broken(
        "field described twice",
        descriptor(
            lambda content: table_of(content, "themes")["schema"]["fields"].append(
                {"name": "position", "type": "integer"}
            )
        ),
        "descriptor", JSON, None, None, "themes.position", "2 ×", "2 ×",
    ),
    Broken(
        "constraint that is no constraint", field("targets", "value", constraints={"minimum": "x"}),
        "descriptor", JSON, None, None, "targets.value", "minimum: 'x'", "minimum: 'x'",
    ),
    Broken(
        "constraints as a word", field("targets", "value", constraints="required"),
        "descriptor", JSON, None, None, "targets.value", "required", "required",
    ),
    Broken(
        "pattern that is no pattern", field("targets", "wording_zh", constraints={"pattern": "["}),
        "pattern", JSON, None, None, "targets.wording_zh", "括号须成对", "brackets in pairs",
    ),
    Broken(
        "id's pattern that is no pattern", field("tasks", "task_id", constraints={"pattern": "["}),
        "pattern", JSON, None, None, "tasks.task_id", "括号须成对", "brackets in pairs",
    ),
    Broken(
        "pattern that looks ahead",
        field("targets", "wording_zh", constraints={"pattern": "(?=[A-Z]).*"}),
        "pattern", JSON, None, None, "targets.wording_zh", "不用前瞻", "without looking ahead",
    ),
    Broken(
        "pattern with a group that is repeated",
        both(
            field("targets", "wording_zh", constraints={"pattern": "(a+)+b|[^a].*"}),
            cell("targets", 3, "wording_zh", "a" * 60),
        ),
        "schema-constraint", "targets.csv", 3, "wording_zh", "a" * 60, "(a+)+b", "(a+)+b",
    ),
    Broken(
        "pattern with millions of millions of ways to read a cell",
        both(
            field("targets", "wording_zh", constraints={"pattern": "x*x*x*x*x*y|[^x].*"}),
            cell("targets", 3, "wording_zh", "x" * 3000),
        ),
        "schema-constraint", "targets.csv", 3, "wording_zh", "x" * 3000, "x*y", "x*y",
    ),
    Broken(
        "signalling NaN under a limit",
        both(
            field("observations", "value", constraints={"minimum": 0}),
            cell("observations", 3, "value", "sNaN"),
        ),
        "not-a-number", "observations.csv", 3, "value", "sNaN", "确定的数", "definite number",
    ),
    Broken(
        "number of 5,000 digits in the descriptor",
        text(JSON, '"resources": [', f'"size": {"1" * 5000}, "resources": ['),
        "descriptor", JSON, None, None, None, "datapackage.json", "datapackage.json",
    ),
    Broken(
        "type that is no type", added_column({"name": "colour", "type": "tint"}, "x"),
        "descriptor", JSON, None, None, "themes.colour", "tint", "tint",
    ),
    Broken(
        "table left out", descriptor(lambda content: content["resources"].pop()),
        "missing-resource", JSON, None, None, "corrections", "补上这张表", "add the table",
    ),
    Broken(
        "table that nobody knows",
        descriptor(
            lambda content: content["resources"].append(
                {"name": "budget", "path": "budget.csv", "schema": {"fields": []}}
            )
        ),
        "unknown-resource", JSON, None, None, "budget", "移除", "take it out",
    ),
    Broken(
        "path out of the package",
        descriptor(lambda content: table_of(content, "targets").update(path="../x.csv")),
        "unsafe-path", JSON, None, "path", "../x.csv", "targets.csv", "without ..",
    ),
    Broken(
        "absolute path",
        descriptor(lambda content: table_of(content, "targets").update(path="/etc/x.csv")),
        "unsafe-path", JSON, None, "path", "/etc/x.csv", "绝对路径", "absolute paths",
    ),
    Broken(
        "web address for a path",
        descriptor(lambda content: table_of(content, "targets").update(path="https://x.example/t.csv")),
        "unsafe-path", JSON, None, "path", "https://x.example/t.csv", "网址", "web addresses",
    ),
    Broken(
        "no path", descriptor(lambda content: table_of(content, "targets").pop("path")),
        "unsafe-path", JSON, None, "path", "", "CSV 文件名", "one CSV file",
    ),
    Broken(
        "path that no file can have",
        descriptor(lambda content: table_of(content, "targets").update(path="a\0.csv")),
        "unsafe-path", JSON, None, "path", "a\0.csv", "CSV 文件名", "one CSV file",
    ),
    *(
        Broken(
            f"path {path!r}",
            other_path(path),
            "unsafe-path", JSON, None, "path", path, "CSV 文件名", "one CSV file",
        )
        for path in ("../library/t.csv", "x/../targets.csv", "./targets.csv", "*.csv", "C:t.csv")
    ),
    Broken(
        "two tables in one file on Windows",
        descriptor(lambda content: table_of(content, "targets").update(path="Observations.csv")),
        "descriptor", JSON, None, "path", "Observations.csv", "数据页", "the data page", count=3,
    ),
    # Links: what they lead to is nobody's to publish.
    Broken(
        "table that is a link out of the package", linked("targets.csv", "/etc/passwd"),
        "outside-link", "targets.csv", None, None, None, "删去链接", "remove the link",
    ),
    Broken(
        "link that leads to itself", linked("targets.csv", "targets.csv"),
        "outside-link", "targets.csv", None, None, None, "未作读取", "was not read",
    ),
    Broken(
        "folder that is a link", linked_folder,
        "outside-link", "tables/targets.csv", None, None, None, "通往目录之外", "leads out of it",
    ),
    Broken(
        "descriptor that is a link", linked(JSON, "/etc/passwd"),
        "outside-link", JSON, None, None, None, "删去链接", "remove the link",
    ),
    Broken(
        "field of another type", field("targets", "year", type="string"),
        "schema-field", JSON, None, None, "year", "integer", '"type": "integer"',
    ),
    Broken(
        "field left out",
        descriptor(lambda content: table_of(content, "targets")["schema"]["fields"].pop(3)),
        "schema-field", JSON, None, None, "value", "表 targets", "schema of targets",
    ),
    # Headers.
    Broken(
        "missing column", lambda package: delete_column(package, "targets", "strength"),
        "missing-column", "targets.csv", 1, None, "strength", "补上该列", "add the column",
    ),
    Broken(
        "missing optional column", lambda package: delete_column(package, "targets", "upper_value"),
        "missing-column", "targets.csv", 1, None, "upper_value", "可选字段", "optional field",
    ),
    Broken(
        "extra column at the end",
        lambda package: insert_column(package, "targets", "备注", "x", None),
        "extra-column", "targets.csv", 1, None, "备注", "删去该列", "delete the column",
    ),
    Broken(
        "extra column in the middle",
        lambda package: insert_column(package, "targets", "remark", "x", "value"),
        "extra-column", "targets.csv", 1, None, "remark", "不应有此列",
        "should not have this column",
    ),
    Broken(
        "column without a heading", lambda package: insert_column(package, "targets", "", "", None),
        "extra-column", "targets.csv", 1, None, "", "空白表头", "empty heading",
    ),
    Broken(
        "column twice", lambda package: insert_column(package, "targets", "year", "2024", "value"),
        "extra-column", "targets.csv", 1, None, "year", "删去该列", "delete the column",
    ),
    Broken(
        "heading in capitals", cell("targets", 1, "strength", "Strength"),
        "column-name", "targets.csv", 1, None, "Strength", "strength", "named strength",
    ),
    Broken(
        "translated heading", cell("targets", 1, "strength", "力度"),
        "column-name", "targets.csv", 1, None, "力度", "应为 strength", "named strength",
    ),
    Broken(
        "padded heading", cell("targets", 1, "strength", " strength"),
        "column-name", "targets.csv", 1, None, " strength", "应为 strength", "named strength",
    ),
    Broken(
        "swapped columns", swapped_columns,
        "column-name", "targets.csv", 1, None, "strength", "应为 value", "named value", 2,
    ),
    # Rows.
    Broken(
        "blank row", line("targets", 5, ""),
        "blank-row", "targets.csv", 5, None, None, "删去空行", "delete the empty row",
    ),
    Broken(
        "row of commas", line("targets", 5, ",,,,,,,"),
        "blank-row", "targets.csv", 5, None, None, "删去空行", "delete the empty row",
    ),
    Broken(
        "blank row at the end",
        lambda package: edit_text(package, "targets.csv", lambda content: content + "\n"),
        "blank-row", "targets.csv", 14, None, None, "删去空行", "delete the empty row",
    ),
    Broken(
        "extra cell", line("targets", 3, ZH_2025 + ",x"),
        "extra-cell", "targets.csv", 3, None, "x", "未加引号的逗号", "without quotation marks",
    ),
    Broken(
        "comma in a text", line("targets", 3, ZH_2025.replace("年人均", "年,人均")),
        "extra-cell", "targets.csv", 3, None, "reading-plan", "未加引号的逗号",
        "without quotation marks",
    ),
    Broken(
        "missing cell", line("targets", 3, ZH_2025.removesuffix(",reading-plan")),
        "missing-cell", "targets.csv", 3, "source_id", None, "补上缺少的单元格",
        "add the missing cell",
    ),
    Broken(
        "1,200 wrong rows", many_wrong_rows,
        "too-many-problems", "observations.csv", None, None, None, "停止", "stopped at 1,000", 1001,
    ),
    # Cells.
    Broken(
        "empty required cell", cell("targets", 3, "value", ""),
        "missing-value", "targets.csv", 3, "value", None, "value 必填", "value is required",
    ),
    Broken(
        "empty key", cell("targets", 3, "year", ""),
        "missing-value", "targets.csv", 3, "year", None, "填上内容", "fill it in",
    ),
    Broken(
        "unit of measure in a number", cell("targets", 3, "value", "249.12亿元"),
        "measure-in-number", "targets.csv", 3, "value", "249.12亿元", "改为 249.12；",
        "write 249.12;",
    ),
    Broken(
        "thousands separator", cell("observations", 18, "value", "10,240"),
        "thousands-separator", "observations.csv", 18, "value", "10,240", "改为 10240",
        "write 10240",
    ),
    Broken(
        "underscore in a number", cell("observations", 18, "value", "10_240"),
        "type", "observations.csv", 18, "value", "10_240", "应为数字", "Expected a number",
    ),
    Broken(
        "rounded by a spreadsheet", cell("observations", 18, "value", "1.02E+04"),
        "scientific-notation", "observations.csv", 18, "value", "1.02E+04", "完整的数字",
        "the whole number",
    ),
    Broken(
        "digits of another script", cell("targets", 3, "year", "٢٠٢٥"),
        "type", "targets.csv", 3, "year", "٢٠٢٥", "应为整数", "Expected a whole number",
    ),
    Broken(
        "year with a point", cell("targets", 3, "year", "2025.0"),
        "type", "targets.csv", 3, "year", "2025.0", "应为整数", "Expected a whole number",
    ),
    Broken(
        "wrong type in an added column",
        added_column({"name": "seen", "type": "boolean"}, "mostly"),
        "type", "themes.csv", 2, "seen", "mostly", "boolean", "boolean", 2,
    ),
    Broken(
        "full-width year", cell("targets", 3, "year", "２０２５"),
        "plain-digits", "targets.csv", 3, "year", "２０２５", "改为 2025", "write 2025",
    ),
    Broken(
        "full-width point", cell("targets", 3, "value", "８．０"),
        "plain-digits", "targets.csv", 3, "value", "８．０", "改为 8.0", "write 8.0",
    ),
    Broken(
        "full-width id", cell("targets", 3, "indicator_id", "Ｌ０１"),
        "plain-digits", "targets.csv", 3, "indicator_id", "Ｌ０１", "改为 L01", "write L01",
    ),
    Broken(
        "full-width date", cell("observations", 3, "published", "2025－03－20"),
        "plain-digits", "observations.csv", 3, "published", "2025－03－20", "全角",
        "write 2025-03-20",
    ),
    Broken(
        "padded number", cell("targets", 3, "value", " 8.0 "),
        "padding", "targets.csv", 3, "value", " 8.0 ", "删去首尾空格", "delete the spaces",
    ),
    Broken(
        "padded id", cell("targets", 3, "indicator_id", "L01 "),
        "padding", "targets.csv", 3, "indicator_id", "L01 ", "前后不应有空格",
        "space before or after",
    ),
    Broken(
        "padded word", cell("targets", 3, "comparator", " ge"),
        "padding", "targets.csv", 3, "comparator", " ge", "删去首尾空格", "delete the spaces",
    ),
    Broken(
        "nothing but an ideographic space", cell("targets", 3, "wording_zh", "\u3000"),
        "only-spaces", "targets.csv", 3, "wording_zh", "\u3000", "填上内容", "fill it in",
    ),
    Broken(
        "NaN", cell("observations", 3, "value", "NaN"),
        "not-a-number", "observations.csv", 3, "value", "NaN", "删去此行", "delete the row",
    ),
    Broken(
        "signalling NaN", cell("observations", 3, "value", "sNaN"),
        "not-a-number", "observations.csv", 3, "value", "sNaN", "确定的数", "definite number",
    ),
    Broken(
        "infinity", cell("observations", 3, "value", "-INF"),
        "not-a-number", "observations.csv", 3, "value", "-INF", "确定的数", "definite number",
    ),
    Broken(
        "NaN for a year", cell("targets", 3, "year", "nan"),
        "not-a-number", "targets.csv", 3, "year", "nan", "确定的数", "definite number",
    ),
    Broken(
        "wrong word", cell("targets", 3, "comparator", "gte"),
        "enum", "targets.csv", 3, "comparator", "gte", "ge, gt, le, lt, eq, between", "(closest: g",
    ),
    Broken(
        "word in capitals", cell("observations", 3, "release_status", "Final"),
        "enum", "observations.csv", 3, "release_status", "Final", "（相近：final）",
        "(closest: final)",
    ),
    Broken(
        "translated word", cell("observations", 3, "release_status", "最终"),
        "enum", "observations.csv", 3, "release_status", "最终", "provisional", "use one of them.",
    ),
    Broken(
        "id with a space", cell("targets", 3, "indicator_id", "L 01"),
        "id-format", "targets.csv", 3, "indicator_id", "L 01", "去掉空格", "take out spaces",
    ),
    Broken(
        "Chinese id", cell("corrections", 2, "correction_id", "更正1"),
        "id-format", "corrections.csv", 2, "correction_id", "更正1", "汉字", "Chinese characters",
    ),
    *(
        Broken(
            f"{name} for an id", renamed("indicator_id", "L08", name),
            "reserved-id", "indicators.csv", 9, "indicator_id", name, "设备名", "device of Windows",
        )
        for name in ("CON", "nul", "Com1")
    ),
    *(
        Broken(
            f"{name} for a {field}", renamed(field, old, name),
            "place-id", f"{table}.csv", row, field, name, f"#{name}", "of its own",
        )
        for table, row, field, old, name in (
            ("commitments", 3, "commitment_id", "c-card", "sources"),
            ("commitments", 3, "commitment_id", "c-card", "source-12"),
            ("progress_reports", 2, "report_id", "r1", "bullet-L01-title"),
            ("sources", 2, "source_id", "reading-plan", "coverage"),
            ("tasks", 2, "task_id", "t1", "theme-readers"),
        )
    ),
    Broken(
        "report with the id of a commitment", renamed("report_id", "r1", "c-card"),
        "shared-id", "progress_reports.csv", 2, "report_id", "c-card", "commitments", "same page",
    ),
    Broken(
        "id that differs from another in its capitals", renamed("task_id", "t3", "T1"),
        "id-case", "tasks.csv", 4, "task_id", "T1", "与 t1 只差大小写", "differ from t1",
    ),
    Broken(
        "id too long for a file's name", renamed("indicator_id", "L08", "L" * 101),
        "long-id", "indicators.csv", 9, "indicator_id", "L" * 101, "100 个字符", "100 characters",
    ),
    Broken(
        "retired id that differs from one in use in its capitals", retired("l01", "L02"),
        "id-case", "retired.csv", 2, "retired_id", "l01", "L01", "both are one file",
    ),
    Broken(
        "retired id that is a device", retired("aux", "L02"),
        "reserved-id", "retired.csv", 2, "retired_id", "aux", "换一个编号", "another id",
    ),
    Broken(
        "cell that no workbook can hold", cell("tasks", 2, "text_zh", "字" * 32_768),
        "long-cell", "tasks.csv", 2, "text_zh", "字" * 32_768, "32,767", "32,767",
    ),
    Broken(
        "cell with as many signs beyond Unicode's first plane",
        cell("tasks", 2, "text_en", "𠮷" * 16_384),
        "long-cell", "tasks.csv", 2, "text_en", "𠮷" * 16_384, "32,767", "32,767",
    ),
    Broken(
        "day that is in no calendar", cell("observations", 3, "published", "2021-02-30"),
        "date-format", "observations.csv", 3, "published", "2021-02-30", "确有其日", "the calendar",
    ),
    Broken(
        "month 13", cell("observations", 3, "published", "2021-13"),
        "date-format", "observations.csv", 3, "published", "2021-13", "YYYY-MM", "YYYY-MM",
    ),
    Broken(
        "slashes in a date", cell("commitments", 2, "due", "2025/6/30"),
        "spreadsheet-date", "commitments.csv", 2, "due", "2025/6/30", "改为 2025-06-30",
        "write 2025-06-30",
    ),
    Broken(
        "year before all plans", cell("targets", 3, "year", "1024"),
        "range", "targets.csv", 3, "year", "1024", "不小于 1900", "at least 1900",
    ),
    Broken(
        "position 0", cell("themes", 2, "position", "0"),
        "range", "themes.csv", 2, "position", "0", "不小于 1", "at least 1",
    ),
    Broken(
        "the descriptor's own limit",
        both(
            field("targets", "wording_zh", constraints={"maxLength": 20}),
            cell("targets", 3, "wording_zh", "二〇二五年全镇居民人均借阅量达到八册以上"),
            cell("targets", 4, "wording_zh", "力争二〇二六年全镇居民人均借阅量达到九册以上"),
        ),
        "schema-constraint", "targets.csv", 4, "wording_zh",
        "力争二〇二六年全镇居民人均借阅量达到九册以上", "maxLength", "maxLength: 20",
    ),
    # What spreadsheets and habits make of cells.
    Broken(
        "thousands separator after full-width input", cell("observations", 18, "value", "10，240"),
        "thousands-separator", "observations.csv", 18, "value", "10，240", "改为 10240",
        "write 10240",
    ),
    Broken(
        "thousands separated by spaces", cell("observations", 18, "value", "10 240"),
        "thousands-separator", "observations.csv", 18, "value", "10 240", "“常规”", '"General"',
    ),
    Broken(
        "per cent sign in a number", cell("observations", 10, "value", "45.5%"),
        "measure-in-number", "observations.csv", 10, "value", "45.5%", "改为 45.5；",
        "write 45.5;",
    ),
    Broken(
        "unit of measure behind a full-width number",
        cell("observations", 10, "value", "４５．５％"),
        "measure-in-number", "observations.csv", 10, "value", "４５．５％", "改为 45.5；",
        "write 45.5;",
    ),
    Broken(
        "currency before a number", cell("observations", 18, "value", "¥10,240 万"),
        "measure-in-number", "observations.csv", 18, "value", "¥10,240 万", "改为 10240；",
        "write 10240;",
    ),
    Broken(
        "year with its word", cell("targets", 3, "year", "2025年"),
        "measure-in-number", "targets.csv", 3, "year", "2025年", "改为 2025；", "write 2025;",
    ),
    Broken(
        "words before a number", cell("observations", 18, "value", "约10240"),
        "type", "observations.csv", 18, "value", "约10240", "说明文字", "words",
    ),
    Broken(
        "date where a number was typed", cell("observations", 2, "value", "5月1日"),
        "type", "observations.csv", 2, "value", "5月1日", "应为数字", "Expected a number",
    ),
    Broken(
        "nothing published", cell("observations", 18, "value", "暂无"),
        "not-a-number", "observations.csv", 18, "value", "暂无", "删去此行", "delete the row",
    ),
    Broken(
        "dash for nothing", cell("observations", 18, "value", "—"),
        "not-a-number", "observations.csv", 18, "value", "—", "没有公布", "not published",
    ),
    Broken(
        "real minus sign", cell("observations", 2, "value", "−5.0"),
        "plain-digits", "observations.csv", 2, "value", "−5.0", "改为 -5.0", "write -5.0",
    ),
    Broken(
        "superscript digit", cell("observations", 18, "value", "10²"),
        "measure-in-number", "observations.csv", 18, "value", "10²", "改为 10；", "write 10;",
    ),
    Broken(
        "number that a spreadsheet made longer",
        cell("observations", 2, "value", "5.0000000000000004"),
        "long-number", "observations.csv", 2, "value", "5.0000000000000004", "15 位", "15 digits",
    ),
    Broken(
        "id in scientific notation", cell("targets", 3, "indicator_id", "1.00E+05"),
        "scientific-notation", "targets.csv", 3, "indicator_id", "1.00E+05", "“文本”", '"Text"',
    ),
    Broken(
        "date as Excel in English shows it", cell("observations", 3, "published", "20-Mar-25"),
        "spreadsheet-date", "observations.csv", 3, "published", "20-Mar-25", "改为 2025-03-20",
        "write 2025-03-20",
    ),
    Broken(
        "date in Chinese", cell("observations", 3, "published", "2025年3月20日"),
        "spreadsheet-date", "observations.csv", 3, "published", "2025年3月20日",
        "改为 2025-03-20", "write 2025-03-20",
    ),
    Broken(
        "month that Excel made of a month", cell("sources", 2, "published", "Jan-24"),
        "spreadsheet-date", "sources.csv", 2, "published", "Jan-24", "改为 2024-01",
        "write 2024-01",
    ),
    Broken(
        "month in Chinese", cell("sources", 2, "published", "2024年1月"),
        "spreadsheet-date", "sources.csv", 2, "published", "2024年1月", "改为 2024-01",
        "write 2024-01",
    ),
    Broken(
        "date with a time", cell("observations", 3, "published", "2025-03-20 00:00:00"),
        "spreadsheet-date", "observations.csv", 3, "published", "2025-03-20 00:00:00",
        "改为 2025-03-20", "write 2025-03-20",
    ),
    Broken(
        "date without hyphens", cell("observations", 3, "published", "20250320"),
        "spreadsheet-date", "observations.csv", 3, "published", "20250320", "改为 2025-03-20",
        "write 2025-03-20",
    ),
    Broken(
        "date that can be read two ways", cell("observations", 3, "published", "5/6/2025"),
        "spreadsheet-date", "observations.csv", 3, "published", "5/6/2025",
        "改为 2025-05-06 或 2025-06-05", "write 2025-05-06 or 2025-06-05",
    ),
    Broken(
        "day that is in no calendar, with slashes",
        cell("observations", 3, "published", "2025/2/30"),
        "date-format", "observations.csv", 3, "published", "2025/2/30", "确有其日", "the calendar",
    ),
    Broken(
        "date as Excel counts days", cell("observations", 3, "published", "45736"),
        "date-serial", "observations.csv", 3, "published", "45736", "2025-03-20", "2025-03-20",
    ),
    Broken(
        "zero-width space in an id", cell("targets", 3, "indicator_id", "L01\u200b"),
        "hidden-character", "targets.csv", 3, "indicator_id", "L01\u200b", "U+200B", "U+200B",
    ),
    Broken(
        "bidi override", cell("tasks", 2, "title_en", "Open \u202efor\u202c longer"),
        "hidden-character", "tasks.csv", 2, "title_en", "Open \u202efor\u202c longer",
        "U+202E, U+202C", "invisible characters",
    ),
    Broken(
        "a sign of music that nobody sees", cell("tasks", 2, "title_en", "Open\U0001d173longer"),
        "hidden-character", "tasks.csv", 2, "title_en", "Open\U0001d173longer",
        "U+1D173", "invisible characters",
    ),
    Broken(
        "tab in a text", cell("tasks", 2, "title_en", "Open\tlonger"),
        "hidden-character", "tasks.csv", 2, "title_en", "Open\tlonger", "U+0009", "U+0009",
    ),
    Broken(
        "byte order mark within a file", cell("targets", 2, "indicator_id", "\ufeffL01"),
        "hidden-character", "targets.csv", 2, "indicator_id", "\ufeffL01", "U+FEFF", "U+FEFF",
    ),
    Broken(
        "escape sequence", cell("tasks", 2, "title_zh", "延长\x1b[2J开放"),
        "hidden-character", "tasks.csv", 2, "title_zh", "延长\x1b[2J开放", "U+001B", "U+001B",
    ),
    Broken(
        "spaces for a text", cell("tasks", 2, "title_zh", "   "),
        "only-spaces", "tasks.csv", 2, "title_zh", "   ", "不应只有空格", "more than spaces",
    ),
    Broken(
        "line break in a text", cell("tasks", 2, "text_zh", "延长开放时间\n增设阅读角"),
        "line-break", "tasks.csv", 2, "text_zh", "延长开放时间\n增设阅读角", "Alt+Enter",
        "Alt+Enter",
    ),
    Broken(
        "formula for a number", cell("observations", 2, "value", "=SUM(E3:E4)"),
        "formula", "observations.csv", 2, "value", "=SUM(E3:E4)", "公式的结果", "the result",
    ),
    Broken(
        "formula in a text", cell("tasks", 2, "title_zh", '=HYPERLINK("https://x.example")'),
        "formula", "tasks.csv", 2, "title_zh", '=HYPERLINK("https://x.example")', "公式",
        "compute it",
    ),
    Broken(
        "text that starts with a sign", cell("tasks", 2, "title_en", "@library"),
        "formula", "tasks.csv", 2, "title_en", "@library", "不应以 =、+、-、@ 开头",
        "not start with",
    ),
    Broken(
        "list mark that starts a text", cell("tasks", 2, "title_zh", "-延长开放时间"),
        "formula", "tasks.csv", 2, "title_zh", "-延长开放时间", "文字本身", "the words themselves",
    ),
    Broken(
        "reference that a spreadsheet lost", cell("observations", 2, "value", "#REF!"),
        "spreadsheet-error", "observations.csv", 2, "value", "#REF!", "错误值", "error value",
    ),
    Broken(
        "column too narrow", cell("observations", 3, "published", "########"),
        "spreadsheet-error", "observations.csv", 3, "published", "########", "加宽", "widen it",
    ),
    Broken(
        "Chinese saved as question marks", cell("tasks", 2, "title_zh", "??????"),
        "lost-character", "tasks.csv", 2, "title_zh", "??????", "CSV UTF-8（逗号分隔）",
        "CSV UTF-8 (Comma delimited)",
    ),
    Broken(
        "replacement character", cell("tasks", 2, "title_zh", "延长\ufffd\ufffd时间"),
        "lost-character", "tasks.csv", 2, "title_zh", "延长\ufffd\ufffd时间", "重新输入",
        "type the text again",
    ),
    Broken(
        "bold text", cell("tasks", 2, "text_zh", "<b>延长</b>开放时间"),
        "markup", "tasks.csv", 2, "text_zh", "<b>延长</b>开放时间", "HTML", "HTML tags",
    ),
    Broken(
        "script", cell("sources", 3, "title", "年报<script>alert(1)"),
        "markup", "sources.csv", 3, "title", "年报<script>alert(1)", "只保留文字", "bare text",
    ),
    Broken(
        "comment", cell("tasks", 2, "title_en", "Open <!-- chart:L01 -->"),
        "markup", "tasks.csv", 2, "title_en", "Open <!-- chart:L01 -->", "注释", "comments",
    ),
    Broken(
        "character reference", cell("tasks", 2, "title_en", "Open&nbsp;for longer"),
        "markup", "tasks.csv", 2, "title_en", "Open&nbsp;for longer", "字符实体",
        "character references",
    ),
    Broken(
        "markup in the descriptor",
        descriptor(lambda content: table_of(content, "themes").update(title="<i>主题</i>")),
        "markup", JSON, None, "title", "<i>主题</i>", "HTML", "HTML",
    ),
    Broken(
        "licence with a script for an address",
        descriptor(lambda content: content["licenses"][0].update(path="javascript:alert(1)")),
        "link", JSON, None, "path", "javascript:alert(1)", "http", "http or https",
    ),
    Broken(
        "link without its scheme", cell("agencies", 2, "homepage", "library.willowmere.example/"),
        "link", "agencies.csv", 2, "homepage", "library.willowmere.example/",
        "例如 https://library.willowmere.example/", "such as https://library.willowmere.example/",
    ),
    Broken(
        "link to a file", cell("sources", 6, "url", "file:///C:/report.pdf"),
        "link", "sources.csv", 6, "url", "file:///C:/report.pdf", "浏览器地址栏", "the browser",
    ),
    *(
        Broken(
            f"link {link}", cell("sources", 6, "url", link),
            "link", "sources.csv", 6, "url", link, "浏览器地址栏", "the browser",
        )
        for link in (
            "https://stats.gov.example@evil.example/",
            "https://user:word@library.willowmere.example/",
            "https://[::1",
            "https://℀.willowmere.example/",
        )
    ),
    Broken(
        "words for a link", cell("sources", 6, "url", "见附件"),
        "link", "sources.csv", 6, "url", "见附件", "清空单元格", "clear the cell",
    ),
    # Sizes, and what git leaves.
    Broken(
        "file of 101 MB", lambda package: os.truncate(package / "themes.csv", 101_000_000),
        "file-size", "themes.csv", None, None, None, "101 MB", "100 MB",
    ),
    Broken(
        "descriptor of 6 MB", lambda package: os.truncate(package / JSON, 6_000_000),
        "file-size", JSON, None, None, None, "6 MB", "5 MB",
    ),
    Broken(
        "more rows than a sheet of Excel", lambda package: append(package, b"\n" * 1_100_000),
        "row-count", "themes.csv", 1_000_002, None, None, "1,000,000 行", "1,000,000 rows",
    ),
    Broken(
        "row of 2 MB", line("themes", 3, "shelves,2,充实馆藏,Fuller" + "x" * 2_000_000),
        "row-size", "themes.csv", 3, None, None, "1 MB", "1 MB",
    ),
    Broken(
        "merge conflict",
        line("themes", 3, "<<<<<<< HEAD\nshelves,2,充,A\n=======\nshelves,2,实,B\n>>>>>>> b"),
        "merge-conflict", "themes.csv", 3, None, None, "冲突标记", "merge conflict",
    ),
    Broken(
        "separator named in row 1",
        lambda package: edit_text(package, "themes.csv", lambda content: "sep=,\n" + content),
        "unreadable-table", "themes.csv", 1, None, None, "sep=", "sep=",
    ),
    Broken(
        "GBK file as Excel saves it",
        lambda package: (package / "targets.csv").write_bytes(
            (package / "targets.csv").read_text("utf-8").replace("\n", "\r\n").encode("gbk")
        ),
        "encoding", "targets.csv", 2, None, None, "GBK", "CSV UTF-8 (Comma delimited)",
    ),
    Broken(
        "two cells too many in every row under a right header",
        lambda package: edit_text(
            package, "themes.csv",
            lambda content: content.replace("\nreaders", "\nx,x,x,readers")
            .replace("\nshelves", "\nx,x,x,shelves"),
        ),
        "extra-cell", "themes.csv", 2, None, "1", "与表头一致", "as many cells as the header", 2,
    ),
    Broken(
        "row that ends early", line("targets", 3, "L01,2025,ge"),
        "missing-cell", "targets.csv", 3, "value", None, "补上缺少的单元格", "add the missing cell",
    ),
    # Keys.
    Broken(
        "duplicate key", lambda package: add_row(package, "themes", "readers", "3", "一", "One"),
        "primary-key", "themes.csv", 4, "theme_id", "readers", "与第 2 行重复",
        "row 2 has the same",
    ),
    Broken(
        "duplicate key of two fields",
        lambda package: add_row(package, "targets", *ZH_2025.split(",")),
        "primary-key", "targets.csv", 14, "indicator_id", "L01 + 2025", "indicator_id + year",
        "row 3",
    ),
    Broken(
        "duplicate key where columns have another order", other_order,
        "primary-key", "targets.csv", 14, "indicator_id", "L01 + 2024", "与第 2 行重复", "row 2",
    ),
    Broken(
        "duplicate key under a cell of three lines",
        both(
            cell("tasks", 2, "text_zh", "延长\n开放\n时间"),
            lambda package: add_row(package, "tasks", "t1", "readers", "4", "一", "1", "二", "2"),
        ),
        "primary-key", "tasks.csv", 5, "task_id", "t1", "与第 2 行重复", "row 2 has the same", 2,
    ),
    Broken(
        "unknown indicator", cell("targets", 3, "indicator_id", "L1"),
        "foreign-key", "targets.csv", 3, "indicator_id", "L1", "（相近：L01）", "(closest: L01)",
    ),
    Broken(
        "unknown source", cell("observations", 4, "source_id", "report-2052"),
        "foreign-key", "observations.csv", 4, "source_id", "report-2052",
        "（相近：report-2025）", "(closest: report-2025)",
    ),
    Broken(
        "unknown id that is like no other", cell("targets", 3, "source_id", "zzz"),
        "foreign-key", "targets.csv", 3, "source_id", "zzz",
        "改用已有编号，或先在 sources.csv 中新增",
        "use an existing one, or first add it to sources.csv",
    ),
    Broken(
        "unknown optional id", cell("indicators", 6, "task_id", "t9"),
        "foreign-key", "indicators.csv", 6, "task_id", "t9", "tasks.csv", "tasks.csv",
    ),
    Broken(
        "unknown id under a cell of three lines",
        both(cell("tasks", 2, "text_zh", "一\n\n二"), cell("tasks", 3, "theme_id", "shelvs")),
        "foreign-key", "tasks.csv", 3, "theme_id", "shelvs", "（相近：shelves）",
        "(closest: shelves)", 2,
    ),
    Broken(
        "padded id to which others refer", cell("sources", 4, "source_id", "report-2024 "),
        "padding", "sources.csv", 4, "source_id", "report-2024 ", "删去首尾空格",
        "delete the spaces",
    ),
    Broken(
        "zero-width space in an id to which others refer",
        cell("tasks", 2, "task_id", "t1\u200b"),
        "hidden-character", "tasks.csv", 2, "task_id", "t1\u200b", "U+200B", "U+200B",
    ),
    Broken(
        "empty id to which others refer", cell("tasks", 2, "task_id", ""),
        "missing-value", "tasks.csv", 2, "task_id", None, "task_id 必填", "task_id is required",
    ),
    # A descriptor that asks for less changes nothing.
    Broken(
        "invisible character in a keyword",
        descriptor(lambda content: content.update(keywords=["阅读\u200b"])),
        "hidden-character", JSON, None, "keywords", "阅读\u200b", "U+200B", "U+200B",
    ),
    Broken(
        "control character in a licence's name",
        descriptor(lambda content: content.update(licenses=[{"name": "CC0\a"}])),
        "hidden-character", JSON, None, "name", "CC0\a", "U+0007", "U+0007",
    ),
    Broken(
        "half a character in a title",
        lambda package: edit_text(
            package, JSON, lambda text: text.replace('"title": "', '"title": "\\ud800', 1)
        ),
        "lost-character", JSON, None, "title",
        "\ud800柳湖镇阅读计划（2024—2026年）：目标与进展数据", "重新输入", "type the text again",
    ),
    Broken(
        "what is no character of Unicode", cell("tasks", 2, "title_zh", "延长\uffff时间"),
        "lost-character", "tasks.csv", 2, "title_zh", "延长\uffff时间", "重新输入",
        "type the text again",
    ),
    Broken(
        "no constraints, wrong word",
        both(descriptor(without_constraints), cell("targets", 3, "comparator", "atleast")),
        "enum", "targets.csv", 3, "comparator", "atleast", "between", "between",
    ),
    Broken(
        "no constraints, empty cell",
        both(descriptor(without_constraints), cell("targets", 3, "wording_zh", "")),
        "missing-value", "targets.csv", 3, "wording_zh", None, "必填", "required",
    ),
    Broken(
        "lower limit, early year",
        both(
            field("targets", "year", constraints={"minimum": 1}),
            cell("targets", 3, "year", "1024"),
        ),
        "range", "targets.csv", 3, "year", "1024", "1900", "1900",
    ),
    Broken(
        "no keys, unknown indicator",
        both(descriptor(without_keys), cell("targets", 3, "indicator_id", "L1")),
        "foreign-key", "targets.csv", 3, "indicator_id", "L1", "L01", "L01",
    ),
    Broken(
        "no keys, duplicate key",
        both(
            descriptor(without_keys),
            lambda package: add_row(package, "themes", "readers", "3", "一", "One"),
        ),
        "primary-key", "themes.csv", 4, "theme_id", "readers", "重复", "has the same",
    ),
    # What the tables must say together.
    Broken(
        "one language only", cell("observations", 4, "note_en", ""),
        "one-language", "observations.csv", 4, "note_en", None, "同时填写", "both languages",
    ),
    Broken(
        "definition in English only", cell("indicators", 3, "definition_en", "Days."),
        "one-language", "indicators.csv", 3, "definition_zh", None, "补上",
        "add the missing language",
    ),
    Broken(
        "indicator without a target", lambda package: delete_row(package, "targets", 13),
        "no-target", "indicators.csv", 8, "indicator_id", "L07", "context", "context",
    ),
    Broken(
        "target of a context indicator", cell("targets", 11, "indicator_id", "L08"),
        "context-target", "targets.csv", 11, "indicator_id", "L08", "删去此目标",
        "delete the target", 2,
    ),
    Broken(
        "range without an upper value", cell("targets", 7, "upper_value", ""),
        "upper-value", "targets.csv", 7, "upper_value", None, "需要 upper_value",
        "needs an upper_value",
    ),
    Broken(
        "range upside down", cell("targets", 7, "upper_value", "30"),
        "upper-value", "targets.csv", 7, "upper_value", "30", "不应小于 value",
        "not be below value",
    ),
    Broken(
        "upper value without a range", cell("targets", 3, "upper_value", "9"),
        "upper-value", "targets.csv", 3, "upper_value", "9", "只有 between", "Only between",
    ),
    Broken(
        "value of a year to come", cell("observations", 19, "year", "2027"),
        "future-year", "observations.csv", 19, "year", "2027", "2026-03-18", "2026-03-18",
    ),
    Broken(
        "published tomorrow", cell("observations", 19, "published", "2026-11-24"),
        "later-value", "observations.csv", 19, "published", "2026-11-24", "本次不公布",
        "left out of this build",
    ),
    Broken(
        "reported tomorrow", cell("progress_reports", 8, "date", "2026-12"),
        "later-report", "progress_reports.csv", 8, "date", "2026-12", "此报告本次不公布",
        "left out of this build",
    ),
    Broken(
        "report under another task", cell("progress_reports", 2, "task_id", "t2"),
        "report-task", "progress_reports.csv", 2, "task_id", "t2", "（t1）", "(t1)",
    ),
    Broken(
        "baseline year without a value", cell("indicators", 5, "baseline_year", "2023"),
        "baseline-value", "indicators.csv", 5, "baseline_year", "2023", "基准年 2023",
        "baseline year 2023",
    ),
    Broken(
        "direct source without an address", cell("sources", 3, "url", ""),
        "source-link", "sources.csv", 3, "url", None, "repository_copy", "repository_copy",
    ),
    Broken(
        "direct source with a script for an address",
        cell("sources", 3, "url", "javascript:alert(1)"),
        "link", "sources.csv", 3, "url", "javascript:alert(1)", "http", "http or https",
    ),
    Broken(
        "direct source without https",
        cell("sources", 3, "url", "http://library.willowmere.example/reports/2023"),
        "insecure-link", "sources.csv", 3, "url", "http://library.willowmere.example/reports/2023",
        "https", "https",
    ),
    Broken(
        "more decimal places than the indicator has", cell("observations", 3, "value", "6.04"),
        "decimals", "observations.csv", 3, "value", "6.04", "decimals（1）", "decimals (1)",
    ),
    Broken(
        "target with more decimal places", cell("targets", 13, "value", "1.0"),
        "decimals", "targets.csv", 13, "value", "1.0", "加大 decimals", "raise decimals",
    ),
    Broken(
        "upper value with more decimal places", cell("targets", 8, "upper_value", "60.00"),
        "decimals", "targets.csv", 8, "upper_value", "60.00", "decimals（1）", "decimals (1)",
    ),
    Broken(
        "two final values",
        lambda package: add_row(
            package, "observations",
            *("L02", "2024", "report-2024", "2025-03-21", "15.7", "final", "same", "", ""),
        ),
        "two-finals", "observations.csv", 20, "value", "15.7", "第 7 行为 17.5", "row 7 says 17.5",
    ),
    Broken(
        "year long before the plan", cell("observations", 12, "year", "2008"),
        "early-year", "observations.csv", 12, "year", "2008", "（2024）", "(2024)",
    ),
    Broken(
        "value in another unit of measure", cell("observations", 12, "value", "11500000"),
        "measure-factor", "observations.csv", 12, "value", "11500000", "10,000 倍", "people",
    ),
    Broken(
        "share for a percentage",
        both(
            cell("indicators", 4, "decimals", "3"), cell("observations", 10, "value", "0.375")
        ),
        "measure-factor", "observations.csv", 10, "value", "0.375", "1/100 倍", "1/100 times",
    ),
    Broken(
        "value that jumps", cell("observations", 15, "value", "90"),
        "jump", "observations.csv", 15, "value", "90", "2024 年的 5 相差", "the 5 of 2024",
    ),
    Broken(
        "value that stands out between two years", cell("observations", 3, "value", "60.0"),
        "jump", "observations.csv", 3, "value", "60.0", "2023 年的 5.0 相差", "the 5.0 of 2023",
    ),
    Broken(
        "value that the quotation does not name", cell("observations", 4, "value", "9.7"),
        "quotation", "observations.csv", 4, "value", "9.7", "数值 9.7", "supports, 9.7",
    ),
    Broken(
        "target that its wording does not name", cell("targets", 9, "value", "1250"),
        "quotation", "targets.csv", 9, "value", "1250", "含有该数值的原句", "add the sentence",
    ),
    Broken(
        "correction of no table", cell("corrections", 2, "resource", "observation"),
        "correction-field", "corrections.csv", 2, "resource", "observation",
        "改正 resource（相近：observations）", "correct resource (closest: observations)",
    ),
    Broken(
        "correction of no field", cell("corrections", 2, "field", "vaule"),
        "correction-field", "corrections.csv", 2, "field", "vaule", "（相近：value）",
        "(closest: value)",
    ),
    Broken(
        "retired and in use", retired("L01", ""),
        "retired-in-use", "retired.csv", 2, "retired_id", "L01", "从 indicators.csv 中删去该行",
        "take the row out of indicators.csv",
    ),
    Broken(
        "retired in favour of nothing", retired("L99", "l01"),
        "retired-successor", "retired.csv", 2, "successor_id", "l01", "（相近：L01）",
        "(closest: L01)",
    ),
    Broken(
        "better upwards and at most", cell("targets", 5, "comparator", "ge"),
        "direction", "targets.csv", 5, "comparator", "ge", "direction 为 down", "direction down",
    ),
    Broken(
        "context of nothing", cell("indicators", 9, "task_id", ""),
        "context-link", "indicators.csv", 9, "task_id", None, "填写 task_id", "fill in task_id",
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What reading a broken copy gave."""

    broken: Broken
    package: Path
    reading: PackageReport
    together: list[Problem]
    """What the tables that could be read have wrong together."""

    @property
    def problems(self) -> list[Problem]:
        return [*self.reading.problems, *self.together]


def checked(reading: PackageReport) -> list[Problem]:
    return [] if reading.plan is None else check_plan(reading, AS_OF)


@pytest.fixture(scope="module", params=BROKEN, ids=[broken.name for broken in BROKEN])
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    broken = request.param
    assert isinstance(broken, Broken)
    package = copy_package(tmp_path_factory.mktemp("broken"))
    broken.how(package)
    reading = read_package(package)
    return Outcome(broken, package, reading, checked(reading))


def test_a_user_is_shown_the_place_and_the_way_to_mend_it(outcome: Outcome) -> None:
    broken, first_line = outcome.broken, outcome.broken.first_line(outcome.package)
    shown = {problem.render(Language.ZH).split("\n")[0]: problem for problem in outcome.problems}
    assert first_line in shown
    problem = shown[first_line]
    assert (problem.code, problem.row) == (broken.code, broken.row)
    assert (problem.field, problem.value) == (broken.field, broken.value)
    chinese = problem.render(Language.ZH).split("\n", 1)[1]
    english = problem.render(Language.EN).split("\n", 1)[1]
    assert broken.zh in chinese
    assert "修改：" in chinese
    assert broken.en in english
    assert " To mend: " in english


def test_one_fault_is_one_problem(outcome: Outcome) -> None:
    places = [problem.place() for problem in outcome.problems]
    assert len(places) == outcome.broken.count, places
    assert len(set(places)) == len(places)


def test_both_languages_are_filled_in(outcome: Outcome) -> None:
    for problem in outcome.problems:
        for language in Language:
            rendered = problem.render(language)
            assert not re.search(r"\{[a-z_]+\}", rendered)
            assert "None" not in rendered
            assert len(rendered.splitlines()) >= 2
        words = problem.expected(Language.EN) + problem.remedy(Language.EN)
        from_the_data = "".join([*problem.details.values(), problem.value or ""])
        assert {sign for sign in words if "\u4e00" <= sign <= "\u9fff"} <= set(from_the_data)


def test_a_blocker_stops_the_build_and_a_warning_does_not(outcome: Outcome) -> None:
    if CATALOGUE[outcome.broken.code].severity is Severity.BLOCKER:
        assert outcome.reading.plan is None or blockers(outcome.together)
    else:
        assert outcome.reading.plan is not None
        assert not blockers(outcome.problems)
    assert (outcome.reading.plan is None) == bool(blockers(outcome.reading.problems))


ELSEWHERE = (
    "tests.unit.analysis.changes.test_published_rows",
    "tests.unit.data.workbook.test_workbook_problems",
)
"""Modules with a list ``CASES`` of their own, whose items have a ``code``."""


def codes_elsewhere() -> set[str]:
    """The kinds that a package alone cannot show: they need an earlier state, or a workbook."""
    found = filter(importlib.util.find_spec, ELSEWHERE)
    return {case.code for name in found for case in importlib.import_module(name).CASES}


def test_every_kind_of_problem_has_a_case() -> None:
    assert {broken.code for broken in BROKEN} | codes_elsewhere() == set(CATALOGUE)


def test_names_tell_the_cases_apart() -> None:
    names = [broken.name for broken in BROKEN]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_the_catalogue_speaks_both_languages(code: str) -> None:
    kind = CATALOGUE[code]
    for text in (kind.expected, kind.remedy):
        assert re.search(r"[\u4e00-\u9fff]|\{", text.zh)
        assert not re.search(r"[\u4e00-\u9fff]", text.en)
        assert set(re.findall(r"\{(\w+?)(?:_zh)?\}", text.zh)) == set(
            re.findall(r"\{(\w+?)(?:_en)?\}", text.en)
        )


# Several faults at once: none hides another.


def first_lines(package: Path) -> list[str]:
    reading = read_package(package)
    return [problem.place() for problem in [*reading.problems, *checked(reading)]]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that is named as people name it, from the directory above."""
    copy_package(tmp_path)
    monkeypatch.chdir(tmp_path)
    return Path("library")


def test_all_the_faults_of_a_row_are_shown(package: Path) -> None:
    edit_cell(package, "observations", 3, "published", "2021-02-30")
    edit_cell(package, "observations", 3, "value", "x")
    edit_cell(package, "observations", 3, "comparability", "alike")
    assert sorted(first_lines(package)) == [
        'library/observations.csv:3 [date-format] published = "2021-02-30"',
        'library/observations.csv:3 [enum] comparability = "alike"',
        'library/observations.csv:3 [type] value = "x"',
    ]


def test_faults_in_several_tables_are_shown_together(package: Path) -> None:
    delete_column(package, "themes", "title_en")
    edit_cell(package, "tasks", 2, "position", "first")
    edit_cell(package, "targets", 3, "indicator_id", "L1")
    assert first_lines(package) == [
        'library/themes.csv:1 [missing-column] "title_en"',
        'library/tasks.csv:2 [type] position = "first"',
        'library/targets.csv:3 [foreign-key] indicator_id = "L1"',
    ]


def test_rows_under_a_blank_one_keep_the_number_a_spreadsheet_shows(package: Path) -> None:
    edit_cell(package, "targets", 7, "value", "x")
    replace_line(package, "targets", 5, "")
    assert first_lines(package) == [
        "library/targets.csv:5 [blank-row]",
        'library/targets.csv:7 [type] value = "x"',
    ]


def test_a_wrong_key_cell_is_no_duplicate(package: Path) -> None:
    edit_cell(package, "targets", 2, "year", "2024年")
    edit_cell(package, "targets", 3, "year", "2025年")
    assert first_lines(package) == [
        'library/targets.csv:2 [measure-in-number] year = "2024年"',
        'library/targets.csv:3 [measure-in-number] year = "2025年"',
    ]


def test_every_wrong_row_is_shown_up_to_the_limit(package: Path) -> None:
    many_wrong_rows(package)
    lines = first_lines(package)
    assert lines[0] == 'library/observations.csv:20 [type] value = "约一万"'
    assert lines[999] == 'library/observations.csv:1019 [type] value = "约一万"'
    assert lines[1000:] == ["library/observations.csv [too-many-problems]"]


def test_nothing_is_said_of_too_many_where_all_are_shown(package: Path) -> None:
    many_wrong_rows(package)
    write_rows(package, "observations", read_rows(package, "observations")[: 19 + 999])
    assert len(first_lines(package)) == 999


def test_a_long_value_is_shortened_and_kept_on_one_line(package: Path) -> None:
    edit_cell(package, "targets", 3, "strength", "坚定\n" * 100)
    (line,) = first_lines(package)
    assert "\n" not in line
    assert line.endswith('…"')
    assert len(line) < 140


def test_an_address_that_is_not_direct_is_no_fault_and_no_link(package: Path) -> None:
    edit_cell(package, "sources", 3, "access", "mirror")
    assert first_lines(package) == []
    reading = read_package(package)
    assert reading.plan is not None
    assert reading.plan.source["report-2023"].link is None


def test_a_column_that_the_contract_does_not_know_may_be_described(package: Path) -> None:
    added_column({"name": "colour", "type": "string"}, "蓝")(package)
    assert first_lines(package) == []
    reading = read_package(package)
    assert reading.plan is not None
    (themes,) = [entry for entry in reading.plan.info.resources if entry.name == "themes"]
    assert themes.fields[-1].name == "colour"


@pytest.mark.parametrize("form", ["text", "json", "github", "markdown"])
def test_a_path_with_half_a_character_is_told_of(package: Path, form: str) -> None:
    descriptor = package / JSON
    text = descriptor.read_text("utf-8").replace('"targets.csv"', '"targets\\ud800.csv"')
    descriptor.write_text(text, "utf-8")
    (problem,) = read_package(package).problems
    assert (problem.code, problem.field) == ("unsafe-path", "path")
    finished = run("validate", "--package", package.resolve(), "--format", form)
    assert finished.returncode == 10, finished.stderr
    assert "unsafe-path" in finished.stdout + finished.stderr


def test_years_and_lags_beyond_the_calendar_are_refused(package: Path) -> None:
    edit_cell(package, "targets", 4, "year", "99999")
    edit_cell(package, "indicators", 5, "publication_lag_days", "99999999999")
    assert sorted(first_lines(package)) == [
        'library/indicators.csv:5 [range] publication_lag_days = "99999999999"',
        'library/targets.csv:4 [range] year = "99999"',
    ]


def test_a_package_that_is_not_there(tmp_path: Path) -> None:
    reading = read_package(tmp_path / "nowhere")
    assert reading.plan is None
    assert [problem.code for problem in reading.problems] == ["missing-file"]


def test_the_broken_copy_leaves_the_library_alone() -> None:
    content = json.loads((TESTS / "packages/library" / JSON).read_text("utf-8"))
    assert len(content["resources"]) == 11


def test_the_error_reference_has_every_kind_with_its_example() -> None:
    for language in Language:
        words = Words(language)
        entries = [entry for side in Severity for entry in list_problems(side, words)]
        assert sorted(entry.code for entry in entries) == sorted(CATALOGUE)
        for entry in entries:
            assert entry.example and entry.mended and entry.example != entry.mended
            assert not re.search(r"[{}]", entry.expected + entry.remedy)


@pytest.mark.parametrize("language", Language)
def test_the_reference_page_has_an_anchor_for_every_kind(language: Language) -> None:
    publication = publish(library_plan(), AS_OF, [])
    (page,) = (
        page for page in generate_pages(publication, language) if page.address == urls.PROBLEMS
    )
    assert re.findall(r'<tr id="([a-z-]+)">', page.text) == [
        *(code for code, kind in CATALOGUE.items() if kind.severity is Severity.BLOCKER),
        *(code for code, kind in CATALOGUE.items() if kind.severity is Severity.WARNING),
    ]


# What Excel and other programs write is accepted as it is.


def rewritten(change: Callable[[bytes], bytes]) -> Break:
    def rewrite(package: Path) -> None:
        for path in package.glob("*.csv"):
            path.write_bytes(change(path.read_bytes()))

    return rewrite


ACCEPTED = {
    "byte order mark": rewritten(lambda content: b"\xef\xbb\xbf" + content),
    "CRLF": rewritten(lambda content: content.replace(b"\n", b"\r\n")),
    "as Excel saves it": rewritten(
        lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
    ),
    "CR, from an old Macintosh": rewritten(lambda content: content.replace(b"\n", b"\r")),
    "no line end at the end": rewritten(lambda content: content.rstrip(b"\n")),
    "every cell in quotation marks": rewritten(
        lambda content: b"".join(
            b",".join(b'"%s"' % cell.replace('"', '""').encode() for cell in row) + b"\n"
            for row in csv.reader(content.decode().splitlines())
        )
    ),
    "byte order mark in the descriptor": lambda package: reencode(package, JSON, "utf-8-sig"),
    "inline data and a dialect, which are ignored": descriptor(
        lambda content: table_of(content, "targets").update(
            data=[["x"]],
            dialect={"delimiter": ";"},
            encoding="gbk",
            format="xlsx",
            scheme="http",
            compression="zip",
            extrapaths=["../secrets.csv"],
            hash="md5:0",
        )
    ),
    "negative number": both(
        cell("observations", 18, "indicator_id", "L08"),
        cell("corrections", 2, "old_value", "-17.5"),
    ),
    "less than, and an ampersand": cell("tasks", 2, "title_en", "R&D: 1 < 2, p<0.05, x<y"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_it_is_accepted(name: str, package: Path) -> None:
    ACCEPTED[name](package)
    assert first_lines(package) == []
    reading = read_package(package)
    assert reading.plan is not None
    assert reading.plan.observations[0].indicator_id == "L01"
