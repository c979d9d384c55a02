"""Cells of the table of tasks: texts above all."""

from __future__ import annotations

from tests.support.library_package import add_row
from tests.unit.data.broken.broken_package import Broken, both, cell

BROKEN = [
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
        "comment", cell("tasks", 2, "title_en", "Open <!-- chart:L01 -->"),
        "markup", "tasks.csv", 2, "title_en", "Open <!-- chart:L01 -->", "注释", "comments",
    ),
    Broken(
        "character reference", cell("tasks", 2, "title_en", "Open&nbsp;for longer"),
        "markup", "tasks.csv", 2, "title_en", "Open&nbsp;for longer", "字符实体",
        "character references",
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
        "unknown id under a cell of three lines",
        both(cell("tasks", 2, "text_zh", "一\n\n二"), cell("tasks", 3, "theme_id", "shelvs")),
        "foreign-key", "tasks.csv", 3, "theme_id", "shelvs", "（相近：shelves）",
        "(closest: shelves)", 2,
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
    Broken(
        "what is no character of Unicode", cell("tasks", 2, "title_zh", "延长\uffff时间"),
        "lost-character", "tasks.csv", 2, "title_zh", "延长\uffff时间", "重新输入",
        "type the text again",
    ),
]  # fmt: skip
