"""A package full of texts that would do harm if a page or a file passed them on, and is valid."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

from plansite.model.contract import CONTRACT, FieldRule
from tests.support.git_repository import make_repository
from tests.support.library_package import (
    add_row,
    edit_cell,
    edit_descriptor,
    insert_column,
    read_rows,
    retire,
    table_of,
    write_rows,
)

MARKUP = '*a* {{ 7*7 }} [b](c) _d_ & "e" 1 < 2'
"""Markdown and a template's expression; tags and plain formulas are refused before a build."""
FORMULA = "＝1+1"
"""Excel in Chinese computes it like the plain one."""
HARM = " ".join(
    [
        # Templates, front matter and Markdown.
        """{{ 7*7 }} {% include "/etc/passwd" %} {# #} {## ##} ${7*7} %s {0.__class__}""",
        """--- : !!python/object/apply:os.system ["id"] & * | > [^1] :smile: ```x``` # ##""",
        """**b** ~~s~~ ==m== [l](javascript:__pwned=1) ![p](https://evil.example/p.png)""",
        """{: onclick="__pwned=2" style="color:red" } /etc/passwd: --8<-- "/etc/passwd";""",
        # What closes attributes, comments, scripts and other strings.
        r"""" ' ` autofocus onfocus=__pwned=3 x=" --> --!> ]]> ''' \"\"\" \u003cb\u003e \;""",
        """href="assets/site.css" src="assets/search.js" @import "https://evil.example/x.css"; }""",
        """_x003D_1+1 '=1+1 &copy &#60script&#62__pwned=4 __proto__ <!ENTITY <![CDATA[""",
        # Cells of a spreadsheet that parts CSV files at semicolons too.
        """x;=1+1;"=1+1;＝1+1;-1+1;'=1+1""",
        """</title </style </textarea </head </script x=" <x/onpointerenter=__pwned=5 y=\"""",
    ]
).strip()
"""One line with all of it. Whole tags are refused before a build; these lack their end."""
LINK = "https://evil.example/a'b?x=1&copy=2&#60{{7*7}}[](javascript:__pwned=6)"
IDS = {
    "indicators": {"L05": "constructor", "L06": "index", "L07": "404"},
    "tasks": {"t3": "en"},
    "agencies": {"school-board": "index"},
}
"""Ids that are words of programs and servers, in the places of harmless ones."""
OWN_COLUMN = "＝备注 a-b"
"""A column of the package's own, whose name is none in many formats."""
RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_AS_IT_IS = {
    ("corrections", "resource"),
    ("corrections", "row_key"),
    ("corrections", "field"),
}
"""Texts that have to name something."""
_MUST_STAY = {("indicators", "L02")}
"""A row with texts of its own."""


def is_free_text(table: str, rule: FieldRule) -> bool:
    """Whether people may write what they like into a column."""
    bound = rule.enum or rule.pattern or rule.is_link or rule.type != "string"
    return not bound and (table, rule.name) not in _AS_IT_IS


def formulas_in(text: str) -> list[str]:
    """Cells of a CSV file that a spreadsheet would run, at whichever sign it parts the file."""
    return [
        cell
        for separator in ",;"
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for cell in row
        if cell.startswith(RUNS) and not _NUMBER.fullmatch(cell)
    ]


def poison(package: Path) -> None:
    """Put harm behind every text of a copy of the library package, and into every empty cell."""
    _add_tables(package)
    for table, rule in CONTRACT.items():
        for field in rule.fields:
            if field.name not in read_rows(package, table)[0]:
                insert_column(package, table, field.name, "", None)
                _describe(package, table, field)
        rows = read_rows(package, table)
        for column, name in enumerate(rows[0]):
            found = next(field for field in rule.fields if field.name == name)
            for row in rows[1:]:
                if (table, row[0]) in _MUST_STAY:
                    continue
                if is_free_text(table, found):
                    row[column] = f"{row[column] or FORMULA} {HARM}"
                elif found.is_link:
                    row[column] = LINK
        write_rows(package, table, rows)
    for name in ("name_zh", "name_en"):
        edit_cell(package, "indicators", 3, name, MARKUP)
    insert_column(package, "agencies", OWN_COLUMN, f"{FORMULA} {HARM}", None)
    edit_descriptor(
        package,
        lambda content: table_of(content, "agencies")["schema"]["fields"].append(
            {"name": OWN_COLUMN, "type": "string"}
        ),
    )
    for name in ("unit_zh", "unit_en"):
        edit_cell(package, "indicators", 3, name, FORMULA)
    edit_cell(package, "observations", 19, "value", "-3")
    for name in ("note_zh", "note_en"):
        edit_cell(package, "observations", 19, name, FORMULA)
    _rename(package)
    edit_descriptor(package, _poison_descriptor)


def _add_tables(package: Path) -> None:
    """The tables that a package may go without."""
    retire(package, ["tasks", "t90", "2026-05", "旧任务", "Old", "合并。", "Merged.", "t1"])
    fields = CONTRACT["plan_sections"].field_names
    text = ["s1", "1", "text", "总则", "General", "一。", "One.", "", ""]
    tasks = ["s2", "2", "tasks", "任务", "Tasks", "", "", "", ""]
    write_rows(package, "plan_sections", [list(fields), text, tasks])
    described = [_described(field) for field in CONTRACT["plan_sections"].fields]
    entry = {"name": "plan_sections", "path": "plan_sections.csv", "title": "其余文字"}
    edit_descriptor(
        package,
        lambda content: content["resources"].append({**entry, "schema": {"fields": described}}),
    )


def _described(field: FieldRule) -> dict[str, str]:
    return {"name": field.name, "type": field.type}


def _describe(package: Path, table: str, field: FieldRule) -> None:
    edit_descriptor(
        package,
        lambda content: table_of(content, table)["schema"]["fields"].append(_described(field)),
    )


def _rename(package: Path) -> None:
    for table, ids in IDS.items():
        field = CONTRACT[table].primary_key[0]
        for other in CONTRACT:
            rows = read_rows(package, other)
            for column, name in enumerate(rows[0]):
                if name in (field, f"related_{field}"):
                    for row in rows[1:]:
                        row[column] = ids.get(row[column], row[column])
            write_rows(package, other, rows)


def _poison_descriptor(content: dict[str, Any]) -> None:
    content["description"] += f" {HARM}"
    content["description_en"] += f" {HARM}"
    content["keywords"] = ["图书", HARM]
    content["contributors"] = [
        {"title": f"镇图书馆 {HARM}", "title_en": f"Library {HARM}", "path": LINK, "roles": [HARM]}
    ]
    content["licenses"][0]["title"] += f" {HARM}"
    for entry in content["resources"]:
        for node in (entry, *entry["schema"]["fields"]):
            for key in ("title", "title_en", "description", "description_en"):
                node[key] = f"{node.get(key, FORMULA)} {HARM}"


def make_hostile_package(folder: Path) -> Path:
    """The package in a repository whose second commit changed a text and a value."""
    repository = make_repository(folder / "repository", "2026-03-01 12:00:00 +0800")
    package = repository.package
    poison(package)
    repository.commit(when="2026-05-07 12:00:00 +0800")
    edit_cell(package, "observations", 3, "value", "5.9")
    row = ("observations", "L01/2024/report-2024/2025-03-20", "value", "6.0", "5.9")
    add_row(package, "corrections", "x2", "2026-06-20", *row, f"录入有误 {HARM}", f"Typo {HARM}")
    repository.commit(f"Correct {HARM}", "2026-06-20 12:00:00 +0800")
    repository.git("tag", "--annotate", "data-2026-06-20", "--message", HARM)
    return package
