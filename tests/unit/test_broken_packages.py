"""Packages broken as people break them, and what the person who mends them reads.

One table drives everything: each row breaks a copy of the library package in one way and says which
problem must be found, where, and which words must stand in the way to mend it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from plansite.checks import check_plan
from plansite.model import Language
from plansite.package import Reading, read_package
from plansite.problems import CATALOGUE, Problem, Severity, blockers
from tests.support import (
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
    read_rows,
    reencode,
    replace_line,
    table_of,
    write_rows,
)

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
        shown = "" if self.value is None else f'"{self.value}"'
        cell = f" {self.field}" if self.field else ""
        equals = " = " if self.field and shown else " " if shown else ""
        return f"{place} [{self.code}]{cell}{equals}{shown}"


def cell(table: str, row: int, field: str, value: str) -> Break:
    return lambda package: edit_cell(package, table, row, field, value)


def line(table: str, number: int, text: str | bytes) -> Break:
    return lambda package: replace_line(package, table, number, text)


def text(file: str, old: str, new: str) -> Break:
    return lambda package: edit_text(package, file, lambda content: content.replace(old, new))


def descriptor(change: Callable[[dict[str, Any]], object]) -> Break:
    return lambda package: edit_descriptor(package, change)


def field(table: str, name: str, **entries: object) -> Break:
    return descriptor(lambda content: field_of(content, table, name).update(entries))


def both(*breaks: Break) -> Break:
    return lambda package: [one(package) for one in breaks]


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


JSON = "datapackage.json"
ZH_2025 = "L01,2025,ge,8.0,,firm,2025年人均借阅量达到8.0册,reading-plan"

BROKEN = [
    # The files as a whole.
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
        "descriptor", JSON, None, None, "targets.wording_zh", "pattern", "pattern",
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
        "type", "targets.csv", 3, "value", "249.12亿元", "不带单位", "without its unit",
    ),
    Broken(
        "thousands separator", cell("observations", 18, "value", "10,240"),
        "type", "observations.csv", 18, "value", "10,240", "逗号", "commas",
    ),
    Broken(
        "underscore in a number", cell("observations", 18, "value", "10_240"),
        "type", "observations.csv", 18, "value", "10_240", "应为数字", "Expected a number",
    ),
    Broken(
        "rounded by a spreadsheet", cell("observations", 18, "value", "1.02E+04"),
        "type", "observations.csv", 18, "value", "1.02E+04", "应为数字", "Expected a number",
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
        "padding", "targets.csv", 3, "wording_zh", "\u3000", "删去首尾空格", "delete the spaces",
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
        "date-format", "commitments.csv", 2, "due", "2025/6/30", "2022-05-26", "2022-05-26",
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
        "primary-key", "tasks.csv", 5, "task_id", "t1", "与第 2 行重复", "row 2 has the same",
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
        "(closest: shelves)",
    ),
    # A descriptor that asks for less changes nothing.
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
        "later-report", "progress_reports.csv", 8, "date", "2026-12", "核对日期", "check the date",
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
        "source-link", "sources.csv", 3, "url", "javascript:alert(1)", "http", "http or https",
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
    reading: Reading
    together: list[Problem]
    """What the tables that could be read have wrong together."""

    @property
    def problems(self) -> list[Problem]:
        return [*self.reading.problems, *self.together]


def checked(reading: Reading) -> list[Problem]:
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


def test_every_kind_of_problem_occurs_above() -> None:
    assert {broken.code for broken in BROKEN} == set(CATALOGUE)


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
        'library/targets.csv:2 [type] year = "2024年"',
        'library/targets.csv:3 [type] year = "2025年"',
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
    content = json.loads((Path(__file__).parents[1] / "packages/library" / JSON).read_text("utf-8"))
    assert len(content["resources"]) == 11
