"""Workbooks as people hand them in: the template, filled in as Excel would save it."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import IconSetRule, Rule
from openpyxl.workbook import Workbook

from plansite.data.package import PackageSnapshot
from plansite.data.workbook import sheets_of
from plansite.output.excel_template.template import make_template
from plansite.pipeline.submission import Submission, prepare, write
from tests.support.library_package import AS_OF, LIBRARY

NEW_VALUE = ("L01", 2026, "report-2025", "2026-03-18", "9.0", "provisional", "same")
"""A row that the library's observations can take."""


TITLES = {sheet.name: sheet.title for sheet in sheets_of(PackageSnapshot(LIBRARY))}
"""Each table's sheet in the library's template."""


_templates: dict[tuple[object, ...], bytes] = {}
"""The templates made so far, by what their packages held."""


def template_of(package: Path, *, filled: bool = True) -> bytes:
    """The package's template; of packages that hold the same, made once."""
    made_from = (filled, *contents(package).items())
    if made_from not in _templates:
        _templates[made_from] = make_template(PackageSnapshot(package), filled=filled)
    return _templates[made_from]


def save_template(package: Path, *, filled: bool = True) -> Path:
    """The package's template beside it."""
    path = package.parent / "handed.xlsx"
    path.write_bytes(template_of(package, filled=filled))
    return path


def change_book(path: Path, change: Callable[[Workbook], object]) -> Path:
    """Open a workbook, change it and save it again."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def type_cells(path: Path, table: str, cells: Mapping[str, Any]) -> Path:
    """Type into cells of a table's sheet, by their addresses."""

    def change(book: Workbook) -> None:
        page = book[TITLES[table]]
        for address, value in cells.items():
            page[address] = value

    return change_book(path, change)


def style_cells(path: Path, table: str, cells: Mapping[str, tuple[Any, str]]) -> Path:
    """Type into cells of a table's sheet, and give each its number format."""

    def change(book: Workbook) -> None:
        page = book[TITLES[table]]
        for address, (value, form) in cells.items():
            page[address].value, page[address].number_format = value, form

    return change_book(path, change)


def formatted(*runs: str | tuple[str, str]) -> CellRichText:
    """A text some of whose letters are ``struck``, ``white``, ``superscript`` or ``subscript``."""
    looks: dict[str, dict[str, Any]] = {"struck": {"strike": True}, "white": {"color": "FFFFFFFF"}}
    parts: list[str | TextBlock] = []
    for run in runs:
        if isinstance(run, str):
            parts.append(run)
        else:
            look: dict[str, Any] = looks.get(run[1], {"vertAlign": run[1]})
            parts.append(TextBlock(InlineFont(**look), run[0]))
    return CellRichText(*parts)


def edit_part(path: Path, part: str, pattern: str, new: str) -> Path:
    """Put other XML in the place of what matches first in one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts[part], count = re.subn(pattern, lambda _: new, parts[part], count=1)
    assert count
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def icons(*, is_shown: bool) -> Rule:
    """A rule that puts arrows beside the numbers, or in their place."""
    rule: Rule = IconSetRule("3Arrows", "num", [0, 6, 8], showValue=is_shown)  # type: ignore[no-untyped-call]
    return rule


def add_rows(path: Path, table: str, *rows: tuple[Any, ...]) -> int:
    """Type rows under the last one; the number of the first of them."""
    first = 0

    def change(book: Workbook) -> None:
        nonlocal first
        page = book[TITLES[table]]
        first = 1 + max(row for row, _ in page._cells if page.cell(row, 1).value)
        for number, row in enumerate(rows, start=first):
            for column, value in enumerate(row, start=1):
                page.cell(number, column).value = value

    change_book(path, change)
    return first


def take_in(
    package: Path, path: Path, *, removals: bool = False, as_of: dt.date = AS_OF
) -> Submission:
    """Import a file as the command does: written only where it is valid."""
    submission = prepare(package, path, as_of, removals=removals)
    if submission.is_valid:
        write(submission)
    return submission


def contents(package: Path) -> dict[str, bytes]:
    """Every file of a package."""
    return {path.name: path.read_bytes() for path in sorted(package.iterdir())}
