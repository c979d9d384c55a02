"""Letters that are struck through, raised or lowered in a workbook's cells."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from tests.support.library_package import read_rows
from tests.support.workbook_files import (
    NEW_VALUE,
    TITLES,
    add_rows,
    change_book,
    contents,
    formatted,
    save_template,
    take_in,
    type_cells,
)

VALUES = TITLES["observations"]
NOTE = formatted("约占三成", ("，另见年报", "struck"), "。")


def with_shared_texts(path: Path) -> Path:
    """The same workbook with its texts in a table of their own, as Excel saves them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts: list[str] = []

    def share(cell: re.Match[str]) -> str:
        texts.append(cell[2])
        return f'{cell[1]}t="s"><v>{len(texts) - 1}</v></c>'

    inline = re.compile(r'(<c [^>]*)t="inlineStr"[^>]*><is>(.*?)</is></c>', re.DOTALL)
    for name, content in parts.items():
        if name.startswith("xl/worksheets/"):
            parts[name] = inline.sub(share, content)
    assert texts
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    table = "".join(f"<si>{text}</si>" for text in texts)
    parts["xl/sharedStrings.xml"] = f"<sst {space}>{table}</sst>"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>",
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    links = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    parts[links] = parts[links].replace(
        "</Relationships>",
        f'<Relationship Id="texts" Type="{kind}" Target="sharedStrings.xml"/></Relationships>',
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    path.write_bytes(buffer.getvalue())
    return path


@pytest.mark.parametrize("store", [lambda path: path, with_shared_texts], ids=["inline", "shared"])
@pytest.mark.parametrize(
    "case",
    [
        ("E3", formatted("1390", ("2", "superscript")), "cell-raised", "2"),
        ("E3", formatted("32", ("0", "subscript")), "cell-raised", "0"),
        ("E3", formatted(("9", "struck"), "8"), "cell-struck", "9"),
        ("E3", formatted(("5.0", "struck")), "cell-struck", "5.0"),
        ("B3", formatted("2023", ("1", "superscript")), "cell-raised", "1"),
        ("D3", formatted("2024-03-1", ("4", "superscript")), "cell-raised", "4"),
        ("D3", formatted("2024-03-14", ("-15", "struck")), "cell-struck", "-15"),
        ("A3", formatted("L0", ("1", "superscript")), "cell-raised", "1"),
        ("F3", formatted("final", ("a", "superscript")), "cell-raised", "a"),
        ("H3", NOTE, "cell-struck", "，另见年报"),
    ],
)
def test_letters_that_look_other_than_the_rest_are_named(
    package: Path,
    store: Callable[[Path], Path],
    case: tuple[str, Any, str, str],
) -> None:
    address, typed, code, named = case
    path = store(type_cells(save_template(package), "observations", {address: typed}))
    old = contents(package)
    submission = take_in(package, path)
    (problem,) = (problem for problem in submission.problems if problem.code == code)
    assert (problem.file, problem.row) == (f"{path.as_posix()}[{VALUES}]", 3)
    assert named in problem.details.values()
    assert not submission.is_valid and contents(package) == old


def test_shared_texts_are_the_same_texts(package: Path) -> None:
    assert take_in(package, with_shared_texts(save_template(package))).changes == ()


@pytest.mark.parametrize("font", [{"strike": True}, {"vertAlign": "superscript"}])
@pytest.mark.parametrize("address", ["A3", "B3", "D3", "E3", "F3"])
def test_a_whole_cell_may_be_struck_through_or_raised(
    package: Path, font: dict[str, Any], address: str
) -> None:
    def strike(book: Workbook) -> None:
        book[VALUES][address].font = Font(**font)

    submission = take_in(package, change_book(save_template(package), strike))
    codes = {problem.code for problem in submission.problems}
    assert codes == {"cell-struck" if "strike" in font else "cell-raised"}
    assert not submission.is_valid


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        (formatted("馆舍120m", ("2", "superscript"), "。"), "馆舍120m²。"),
        (formatted("CO", ("2", "subscript"), "减排"), "CO₂减排"),
        (formatted("见年报", ("[12]", "superscript")), "见年报[¹²]"),
        (formatted("the 5", ("th", "superscript"), " year"), "the 5th year"),
        (formatted("粗", "细"), "粗细"),
    ],
)
def test_raised_digits_in_words_stay_raised(package: Path, typed: Any, recorded: str) -> None:
    path = save_template(package)
    add_rows(path, "observations", (*NEW_VALUE, typed, "A note."))
    submission = take_in(package, path)
    assert submission.is_valid, submission.problems
    assert read_rows(package, "observations")[-1][7] == recorded


def test_what_tells_how_a_text_is_pronounced_is_no_part_of_it(package: Path) -> None:
    path = save_template(package)
    add_rows(path, "observations", (*NEW_VALUE, "漢字", "A note."))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    ruby = '<t>漢字</t><rPh sb="0" eb="2"><t>かんじ</t></rPh><phoneticPr fontId="1"/>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text.replace("<t>漢字</t>", ruby))
    path.write_bytes(buffer.getvalue())
    assert take_in(package, path).is_valid
    assert read_rows(package, "observations")[-1][7] == "漢字"
