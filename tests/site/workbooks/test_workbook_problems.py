"""Files handed in with something wrong, and what the person who mends them reads.

As with broken packages, one table drives everything: each case hands in a file that is wrong in one
way and says which problem must be found, where in the file, and with which words.
"""

from __future__ import annotations

import io
import shutil
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.workbook import Workbook

from plansite.model import Language
from plansite.model.problems import blockers
from plansite.pipeline.submission import prepare
from tests.support.library_package import AS_OF, LIBRARY, copy_package, edit_cell
from tests.support.workbook_files import (
    NEW_VALUE,
    TITLES,
    add_rows,
    change_book,
    contents,
    formatted,
    icons,
    save_template,
    style_cells,
    take_in,
    template_of,
    type_cells,
)

Hand = Callable[[Path], Path]
"""Given a package, makes the file that is handed in."""
VALUES = TITLES["observations"]


@dataclass(frozen=True)
class Case:
    """A file handed in, and the problem that must be found."""

    code: str
    hand: Hand
    place: str
    """What stands before the code; ``@`` is the file."""
    about: str
    """What stands after it."""
    zh: str
    en: str


def typed(table: str, **cells: Any) -> Hand:
    return lambda package: type_cells(save_template(package), table, cells)


def shown(table: str, **cells: tuple[Any, str]) -> Hand:
    return lambda package: style_cells(save_template(package), table, cells)


def changed(change: Callable[[Workbook], object]) -> Hand:
    return lambda package: change_book(save_template(package), change)


def raw(name: str, content: bytes | Callable[[], bytes]) -> Hand:
    def hand(package: Path) -> Path:
        path = package.parent / name
        path.write_bytes(content() if callable(content) else content)
        return path

    return hand


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def replaced(part: str, old: bytes, new: bytes) -> bytes:
    """The library's template with other XML in one of its parts."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(template_of(LIBRARY))) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    return zipped(**parts)


def bomb() -> bytes:
    return zipped(**{"[Content_Types].xml": b"", "xl/big.xml": b"\0" * 60_000_000})


def lying_bomb() -> bytes:
    """A part of 60 megabytes that says of itself, everywhere, that it has a thousand bytes."""
    name = b"xl/worksheets/sheet2.xml"
    content = bytearray(zipped(**{"[Content_Types].xml": b"", name.decode(): b" " * 60_000_000}))
    told = struct.pack("<I", 60_000_000)
    assert content.count(told) == 2
    return bytes(content.replace(told, struct.pack("<I", 1_000)))


def many_merges() -> bytes:
    merges = b"<mergeCells>" + b'<mergeCell ref="A4:A9999"/>' * 10_001 + b"</mergeCells>"
    return replaced("xl/worksheets/sheet2.xml", b"</sheetData>", b"</sheetData>" + merges)


def many_formats() -> bytes:
    return replaced("xl/styles.xml", b"</cellXfs>", b"<xf/>" * 400_001 + b"</cellXfs>")


def encrypted_office() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")
    )


LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 50 + b'"><!ENTITY c "' + b"&b;" * 50
    + b'">]>'
)  # fmt: skip
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def with_entities(prologue: bytes, name: str = "xl/worksheets/sheet2.xml") -> bytes:
    return replaced(name, b"<worksheet", prologue + b"<worksheet")


def copy_sheet(book: Workbook) -> None:
    copy = book.copy_worksheet(book[VALUES])
    copy.title = f"{VALUES} (2)"


def copy_column(book: Workbook) -> None:
    book[VALUES]["J2"] = "value"


def without_keys(book: Workbook) -> None:
    book[VALUES].delete_cols(1)


def renamed(book: Workbook) -> None:
    for page in book.worksheets:
        for row in (1, 2):
            for cell in page[row]:
                cell.value = "甲"


def extra_sheet(book: Workbook) -> None:
    book.create_sheet("Sheet1")["A1"] = "草稿"


def merge_down(book: Workbook) -> None:
    book[VALUES].merge_cells("A3:A6")


def merge_across(book: Workbook) -> None:
    book[VALUES].merge_cells("H3:I3")


def hide_rows(book: Workbook) -> None:
    for row in (4, 5, 7):
        book[VALUES].row_dimensions[row].hidden = True


def hide_column(book: Workbook) -> None:
    book[VALUES].column_dimensions["E"].hidden = True


def hide_sheet(book: Workbook) -> None:
    book[VALUES].sheet_state = "veryHidden"


def month_as_date(book: Workbook) -> None:
    cell = book[TITLES["sources"]]["D3"]
    cell.value = 45292  # 2024-01-01, as Chinese Excel keeps 2024年1月
    cell._style.numFmtId = 57


def coloured(font: Font, fill: PatternFill | None = None) -> Hand:
    def colour(book: Workbook) -> None:
        cell = book[VALUES]["E3"]
        cell.font = font
        if fill is not None:
            cell.fill = fill

    return changed(colour)


def ruled(rule: Rule) -> Hand:
    return changed(lambda book: book[VALUES].conditional_formatting.add("E2:E6", rule))


def condition(operator: Any, number: str, **look: Any) -> Rule:
    return Rule(
        "cellIs", operator=operator, formula=[number], dxf=DifferentialStyle(**look), priority=1
    )


IN_THOUSANDS = NumberFormat(numFmtId=170, formatCode='0.0,"K"')
WHITE, STRUCK = Font(color="FFFFFFFF"), Font(strike=True)
ELSEWHERE = (
    b'<extLst><ext xmlns:a="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    b' xmlns:b="http://schemas.microsoft.com/office/excel/2006/main"><a:conditionalFormatting>'
    b'<a:cfRule type="expression"><b:f>Other!A1</b:f><a:dxf><font><strike/></font></a:dxf>'
    b"</a:cfRule><b:sqref>A3:B3</b:sqref></a:conditionalFormatting></ext></extLst></worksheet>"
)
"""A rule as Excel keeps it where it refers to another sheet."""


def merge_from_a_column_of_their_own(book: Workbook) -> None:
    page = book[VALUES]
    page.insert_cols(8)
    page["H2"], page["H3"] = "mine", "seen above both columns"
    page.merge_cells("H3:I3")


def part_twice() -> bytes:
    buffer = io.BytesIO(template_of(LIBRARY))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet3.xml", archive.read("xl/worksheets/sheet3.xml"))
    return buffer.getvalue()


def without_a_part() -> bytes:
    with zipfile.ZipFile(io.BytesIO(template_of(LIBRARY))) as archive:
        names = archive.namelist()
        return zipped(**{n: archive.read(n) for n in names if n != "xl/worksheets/sheet3.xml"})


def without_a_row(book: Workbook) -> None:
    book[VALUES].delete_rows(7)


def twice(package: Path) -> Path:
    path = save_template(package)
    add_rows(path, "observations", NEW_VALUE, NEW_VALUE)
    return path


def outdated(package: Path) -> Path:
    path = type_cells(save_template(package), "observations", {"E3": 5.5})
    edit_cell(package, "observations", 2, "value", "5.2")
    return path


def gbk(package: Path) -> Path:
    text = (package / "observations.csv").read_text("utf-8")
    path = package.parent / "observations.csv"
    path.write_bytes(text.encode("gb18030"))
    return path


def encoded(note: str, codec: str) -> Hand:
    """The library's values with one note, in an encoding that GBK could be taken for."""

    def hand(package: Path) -> Path:
        text = (package / "observations.csv").read_text("utf-8")
        text = "".join(sign for sign in text if sign.isascii())
        path = package.parent / "observations.csv"
        path.write_bytes(text.replace(",same,,", f",same,{note},", 1).encode(codec))
        return path

    return hand


CASES = [
    Case(
        "workbook-format",
        raw("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        "@",
        "",
        "像是 .xls",
        "looks like .xls",
    ),
    Case(
        "workbook-format",
        raw("x.ods", zipped(mimetype=b"application/vnd.oasis")),
        "@",
        "",
        "像是 .ods",
        "Save As",
    ),
    Case(
        "workbook-format",
        raw("x.xlsb", zipped(**{"[Content_Types].xml": b"", "xl/workbook.bin": b""})),
        "@",
        "",
        "像是 .xlsb",
        "Save As",
    ),
    Case(
        "workbook-format",
        raw("x.xlsx", zipped(a=b"")),
        "@",
        "",
        "像是 ZIP",
        "looks like a ZIP file",
    ),
    Case("workbook-format", raw("x.pdf", b"%PDF-1.7"), "@", "", "像是 PDF", "looks like PDF"),
    Case(
        "workbook-password",
        raw("x.xlsx", encrypted_office()),
        "@",
        "",
        "删去打开密码",
        "take the password out",
    ),
    Case(
        "workbook-damaged",
        raw("x.xlsx", lambda: template_of(LIBRARY)[:9000]),
        "@",
        "",
        "另存为新的 .xlsx",
        "save it as a new .xlsx",
    ),
    Case(
        "workbook-damaged",
        raw("x.xlsx", zipped(**{"[Content_Types].xml": b"", "xl/a": b""})),
        "@",
        "",
        "重新下载模板",
        "fresh template",
    ),
    Case(
        "workbook-damaged",
        raw("x.xlsx", lambda: with_entities(LAUGHS)),
        "@",
        "",
        "EntitiesForbidden",
        "EntitiesForbidden",
    ),
    Case(
        "workbook-damaged",
        raw("x.xlsx", lambda: with_entities(OUTSIDE)),
        "@",
        "",
        "EntitiesForbidden",
        "EntitiesForbidden",
    ),
    Case(
        "workbook-damaged",
        raw(
            "x.xlsx",
            lambda: replaced("xl/worksheets/sheet2.xml", b'<row r="3"', b'<row r="3000000"'),
        ),
        "@",
        "",
        "row 3000000",
        "row 3000000",
    ),
    Case("workbook-damaged", raw("x.xlsx", part_twice), "@", "", "2 × xl/work", "sheet3.xml"),
    Case("workbook-damaged", raw("x.xlsx", without_a_part), "@", "", "no part", "sheet3.xml"),
    Case(
        "workbook-damaged",
        raw(
            "x.xlsx",
            lambda: replaced("xl/worksheets/sheet8.xml", b"<v>1150</v>", b"<v>NaN</v>"),
        ),
        "@",
        "",
        f"{VALUES}: E13: “NaN”",
        f"{VALUES}: E13: “NaN”",
    ),
    Case(
        "workbook-damaged",
        raw(
            "x.xlsx",
            lambda: replaced("xl/worksheets/sheet8.xml", b'<c r="F3"', b'<c r="E3"'),
        ),
        "@",
        "",
        f"{VALUES}: E3",
        f"{VALUES}: E3",
    ),
    Case("workbook-size", raw("x.xlsx", bomb), "@", "", "50 MB", "50 MB"),
    Case("workbook-damaged", raw("x.xlsx", lying_bomb), "@", "", "sheet2.xml: 1001 ≠ 1000", "1001"),
    Case("workbook-damaged", raw("x.xlsx", many_merges), "@", "", "merged cells", "10000 merged"),
    Case("workbook-size", raw("x.csv", lambda: b"x" * 20_000_001), "@", "", "20 MB", "20 MB"),
    Case("workbook-entries", raw("x.xlsx", many_formats), "@", "", "400,000 项", "xl/styles.xml"),
    Case("no-table", changed(renamed), "@", "", "字段名（第二行）", "field names (row 2)"),
    Case("no-table", raw("x.csv", "指标,数值\n甲,1\n".encode()), "@", "", "列名", "headings"),
    Case("sheet-ignored", changed(extra_sheet), "@[Sheet1]", "", "未导入", "left out"),
    Case(
        "sheet-twice",
        changed(copy_sheet),
        f"@[{VALUES} (2)]",
        f' "{VALUES}"',
        f"[{VALUES}] 也是“{VALUES}”",
        "delete the other",
    ),
    Case(
        "column-twice",
        changed(copy_column),
        f"@[{VALUES}]:1",
        ' "value"',
        "只应有一列",
        "one column",
    ),
    Case(
        "column-ignored",
        typed("observations", J3="见年报第7页"),
        f"@[{VALUES}]:1",
        ' "J"',
        "未导入",
        "left out",
    ),
    Case(
        "column-ignored",
        typed("observations", J1="备注", J3="见年报第7页"),
        f"@[{VALUES}]:1",
        ' "备注"',
        "写入说明列",
        "columns for notes",
    ),
    Case(
        "missing-column",
        changed(without_keys),
        f"@[{VALUES}]:1",
        ' "indicator_id"',
        "补上该列",
        "add the column",
    ),
    Case(
        "cell-formula",
        typed("observations", E3="=E4*1.1"),
        f"@[{VALUES}]:3",
        ' value = "=E4*1.1"',
        "选择性粘贴",
        "Paste Special",
    ),
    Case(
        "cell-error",
        typed("observations", E3="#N/A"),
        f"@[{VALUES}]:3",
        ' value = "#N/A"',
        "错误值",
        "an error of Excel's",
    ),
    Case(
        "cell-error",
        typed("observations", C3="#REF!"),
        f"@[{VALUES}]:3",
        ' source_id = "#REF!"',
        "错误值",
        "an error of Excel's",
    ),
    Case(
        "cell-struck",
        typed("observations", E3=formatted(("9", "struck"), "8")),
        f"@[{VALUES}]:3",
        " value",
        "“9”加了删除线",
        "“9” is struck through",
    ),
    Case(
        "cell-raised",
        typed("observations", E3=formatted("1390", ("2", "superscript"))),
        f"@[{VALUES}]:3",
        " value",
        "“2”是上标",
        "“2” is a superscript",
    ),
    Case(
        "cell-shown",
        shown("observations", E3=(7.9, "0")),
        f"@[{VALUES}]:3",
        ' value = "8"',
        "显示为“8”，实际存的是“7.9”",
        "shows “8” but holds “7.9”",
    ),
    Case(
        "cell-shown",
        shown("observations", E3=(7.9, ";;;")),
        f"@[{VALUES}]:3",
        ' value = "7.9"',
        "显示为“空”",
        "shows “nothing”",
    ),
    *(
        Case("cell-unseen", hand, f"@[{VALUES}]:3", " value", "“5”的文字颜色", "“5” has the")
        for hand in (
            coloured(WHITE),
            coloured(Font(color=Color(theme=0))),
            coloured(Font(color="FF336699"), PatternFill("solid", fgColor="FF336699")),
            coloured(Font(), PatternFill("solid", fgColor="FF000000")),
        )
    ),
    Case(
        "cell-unseen",
        typed("observations", H3=formatted("年报", ("不实", "white"), "。")),
        f"@[{VALUES}]:3",
        " note_zh",
        "“不实”",
        "not seen in the cell",
    ),
    *(
        Case("cell-conditional", hand, f"@[{VALUES}]:{row}", f' value = "{value}"', zh, en)
        for hand, row, value, zh, en in (
            (ruled(condition("greaterThan", "7", numFmt=IN_THOUSANDS)), 5, "7.9", "0.0,", "“0.0,"),
            (ruled(condition("equal", "6", font=WHITE)), 4, "6.0", "文字与底色相同", "letters"),
            (
                ruled(condition("lessThan", "6", font=Font(strike=True))),
                3,
                "5.0",
                "删除线",
                "strike",
            ),
            (
                ruled(icons(is_shown=False)),
                3,
                "5.0",
                "不显示数值",
                "hide the value",
            ),
        )
    ),
    Case(
        "cell-conditional",
        raw(
            "x.xlsx",
            lambda: replaced("xl/worksheets/sheet8.xml", b"</worksheet>", ELSEWHERE),
        ),
        f"@[{VALUES}]:3",
        ' indicator_id = "L01"',
        "清除规则",
        "Clear Rules",
    ),
    Case(
        "cell-format",
        shown("observations", E3=(0.5, "# ?/?")),
        f"@[{VALUES}]:3",
        ' value = "0.5"',
        "# ?/?",
        "# ?/?",
    ),
    Case(
        "cell-date",
        shown("observations", H3=(46082, 'm"月"d"日"')),
        f"@[{VALUES}]:3",
        ' note_zh = "3月1日"',
        "（2026-03-01）",
        "format the cell as Text first",
    ),
    Case("hidden-rows", changed(hide_rows), f"@[{VALUES}]:4", "", "第 4–5, 7 行", "4–5, 7"),
    Case("hidden-column", changed(hide_column), f"@[{VALUES}]:1", " value", "E 列", "Column E"),
    Case("hidden-sheet", changed(hide_sheet), f"@[{VALUES}]", "", "已被隐藏", "is hidden"),
    Case("merged-across", changed(merge_across), f"@[{VALUES}]:3", " note_zh", "H3:I3", "H3:I3"),
    Case(
        "merged-across",
        changed(merge_from_a_column_of_their_own),
        f"@[{VALUES}]:3",
        " note_zh",
        "H3:I3",
        "H3:I3",
    ),
    Case("merged-down", changed(merge_down), f"@[{VALUES}]:3", " indicator_id", "A3:A6", "A3:A6"),
    Case(
        "excel-date",
        changed(month_as_date),
        f"@[{TITLES['sources']}]:3",
        " published",
        "按 2024-01 导入",
        "taken as 2024-01",
    ),
    *(
        Case("encoding", encoded(text, codec), "@", "", "UTF-8 编码", "Expected UTF-8")
        for text, codec in (
            ("初期の数値です。調査は成人だけに聞いた。", "shift_jis"),
            ("年報標明為初步數，調查只問成年讀者。", "big5"),
            ("Málaga, Tomás", "latin-1"),
        )
    ),
    Case("file-decoded", gbk, "@", "", "按 GBK/GB18030 读取", "read as GBK/GB18030"),
    Case(
        "row-missing",
        changed(without_a_row),
        f"@[{VALUES}]",
        ' indicator_id = "L02 + 2023 + report-2023 + 2024-03-14"',
        "第 6 行",
        "row 6 of",
    ),
    Case(
        "row-outdated",
        outdated,
        f"@[{VALUES}]:3",
        ' indicator_id = "L01 + 2023 + report-2023 + 2024-03-14"',
        "重新下载模板",
        "fresh template",
    ),
    # What the package's own rules find, at its place in the workbook.
    Case(
        "line-break",
        typed("tasks", E3="延长\n开放"),
        f"@[{TITLES['tasks']}]:3",
        ' title_en = "延长↵开放"',
        "删去换行",
        "Alt+Enter",
    ),
    Case(
        "plain-digits",
        typed("observations", B3="２０２３"),
        f"@[{VALUES}]:3",
        ' year = "２０２３"',
        "半角",
        "ASCII",
    ),
    Case(
        "type",
        typed("observations", E3="约五"),
        f"@[{VALUES}]:3",
        ' value = "约五"',
        "数字",
        "number",
    ),
    Case(
        "type",
        typed("observations", E3=True),
        f"@[{VALUES}]:3",
        ' value = "TRUE"',
        "数字",
        "number",
    ),
    Case(
        "date-format",
        typed("sources", D4="2024年春"),
        f"@[{TITLES['sources']}]:4",
        ' published = "2024年春"',
        "YYYY-MM",
        "YYYY-MM",
    ),
    Case(
        "primary-key",
        twice,
        f"@[{VALUES}]:22",
        ' indicator_id = "L01 + 2026 + report-2025 + 2026-03-18"',
        "第 21 行",
        "row 21",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case.code}" for n, case in enumerate(CASES)])
def test_says_what_is_wrong_and_where(case: Case, tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    path = case.hand(package)
    before = contents(package)
    submission = prepare(package, path, AS_OF, removals=False)
    file = path.as_posix()
    expected = f"{case.place.replace('@', file)} [{case.code}]{case.about}"
    found = [problem for problem in submission.problems if problem.code == case.code]
    assert [problem.place() for problem in found][:1] == [expected], submission.problems
    zh, en = (found[0].render(language) for language in Language)
    assert case.zh in zh and case.en in en
    assert submission.is_valid == (not found[0].is_blocker or not blockers(submission.problems))
    assert contents(package) == before


def test_one_fault_is_one_problem(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    path = typed("targets", D3="=1", D4="#N/A", H5="nowhere", D6=" ")(package)
    submission = prepare(package, path, AS_OF, removals=False)
    assert [(p.row, p.code) for p in submission.problems] == [
        (3, "cell-formula"),
        (4, "cell-error"),
        (5, "foreign-key"),
        (6, "missing-value"),
    ]


def test_what_was_wrong_before_is_said_at_its_own_place(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    path = Path(shutil.copy(package / "themes.csv", tmp_path / "themes.csv"))
    edit_cell(package, "observations", 3, "value", "x")
    submission = take_in(package, path)
    assert [p.place() for p in submission.problems] == [
        f'{package.as_posix()}/observations.csv:3 [type] value = "x"'
    ]


def test_a_workbook_may_mend_a_package_that_is_wrong(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    edit_cell(package, "observations", 3, "value", "x")
    path = type_cells(save_template(package), "observations", {"E4": 6})
    submission = take_in(package, path)
    assert submission.is_valid and submission.problems == ()
    assert b"L01,2024,report-2024,2025-03-20,6,final" in contents(package)["observations.csv"]
    assert submission.comparison is not None
