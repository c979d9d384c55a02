"""What people do to a workbook in Excel, and what comes of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.workbook import Workbook

from tests.support.library_package import (
    AS_OF,
    copy_package,
    edit_cell,
    edit_descriptor,
    read_rows,
    table_of,
)
from tests.support.workbook_files import (
    NEW_VALUE,
    TITLES,
    add_rows,
    change_book,
    contents,
    edit_part,
    icons,
    save_template,
    take_in,
    type_cells,
)

VALUES = TITLES["observations"]
NEW_SOURCE = ("leaflet", "图书馆传单", "柳湖镇图书馆", "2026-05", "mirror")


def naive(*parts: int) -> dt.datetime:
    """A day and time as Excel keeps it: of no time zone."""
    return dt.datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001


def last(package: Path, table: str) -> list[str]:
    return read_rows(package, table)[-1]


def test_rows_under_the_last_one_are_added(package: Path) -> None:
    path = save_template(package)
    add_rows(path, "sources", NEW_SOURCE)
    add_rows(path, "observations", ("L05", 2026, "leaflet", "2026-05", 13, "final", "same"))
    old = contents(package)
    submission = take_in(package, path)
    assert [(c.sheet.name, c.added, c.changed, c.removed) for c in submission.changes] == [
        ("observations", 1, 0, 0),
        ("sources", 1, 0, 0),
    ]
    new = contents(package)
    row = "L05,2026,leaflet,2026-05,13,final,same,,\n"
    assert new.pop("observations.csv") == old.pop("observations.csv") + row.encode()
    assert new.pop("sources.csv").startswith(old.pop("sources.csv"))
    assert new == old


def test_a_changed_cell_changes_its_row_and_nothing_else(package: Path) -> None:
    path = type_cells(save_template(package), "sources", {"B4": "年报，第2版"})
    old = contents(package)
    assert take_in(package, path).is_valid
    new = contents(package)
    changed = old["sources.csv"].replace("柳湖镇图书馆2023年年报".encode(), "年报，第2版".encode())
    assert new == {**old, "sources.csv": changed}


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        (8.0, "8.0"),  # the cell shows one decimal
        (8, "8.0"),
        (8.25, "8.25"),
        (0.1 + 0.2, "0.3"),
        (7.8999999999999995, "7.9"),
        ("8.00", "8.00"),
        (0, "0.0"),
    ],
)
def test_numbers_over_a_published_one(package: Path, typed: object, recorded: str) -> None:
    edit_cell(package, "indicators", 2, "decimals", "2")
    path = type_cells(save_template(package), "observations", {"E4": typed})
    submission = take_in(package, path)
    assert submission.is_valid, submission.problems
    assert read_rows(package, "observations")[2][4] == recorded


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [(13.0, "13"), (13, "13"), ("13", "13"), (1e6, "1000000"), (1.5e6, "1500000")],
)
def test_numbers_in_a_new_row(package: Path, typed: object, recorded: str) -> None:
    path = save_template(package)
    add_rows(
        path, "observations", ("L04", 2025.0, "report-2025", "2026-03-18", typed, "final", "same")
    )
    assert take_in(package, path).is_valid
    assert last(package, "observations")[1:5] == ["2025", "report-2025", "2026-03-18", recorded]


def test_a_lost_number_format_is_no_change(package: Path) -> None:
    def forget(book: Workbook) -> None:
        for row in book[VALUES].iter_rows(min_row=3):
            for cell in row:
                cell.number_format = "General"

    old = contents(package)
    assert take_in(package, change_book(save_template(package), forget)).changes == ()
    assert contents(package) == old


def test_a_percentage_is_not_guessed_at(package: Path) -> None:
    def percent(book: Workbook) -> None:
        cell = book[VALUES]["E9"]
        cell.value, cell.number_format = 0.455, "0.0%"

    path = change_book(save_template(package), percent)
    submission = take_in(package, path)
    assert not submission.is_valid
    assert [(p.row, p.value) for p in submission.problems] == [(9, "45.5%")]


@pytest.mark.parametrize(
    ("value", "form", "recorded", "told"),
    [
        (naive(2026, 5, 26), "yyyy/m/d", "2026-05-26", False),
        (naive(2026, 5, 1), "yyyy/m/d", "2026-05-01", False),
        (naive(2026, 5, 1), 'yyyy"年"m"月"', "2026-05", True),
        (naive(2026, 5, 1), "mmm-yy", "2026-05", True),
        (naive(2026, 5, 26), "mmm-yy", "May-26", None),  # the day is not seen
        (
            naive(2026, 5, 26),
            'm"月"d"日"',
            "5月26日",
            None,
        ),  # the year is Excel's, not the typist's
        (naive(2026, 5, 26), "h:mm", "0:00", None),
        (2026, "yyyy/m/d", "2026", True),  # shows as 1905/7/18
        (2026, 'yyyy"年"m"月"', "2026", True),
        (naive(2026, 1, 1), "yyyy", "2026", True),
        (2026, "General", "2026", False),
        (2026.0, "0.0", "2026.0", None),
        ("2026/5/26", "@", "2026-05-26", False),
        ("2026年5月", "@", "2026-05", False),
        ("2026-05", "@", "2026-05", False),
        (naive(2026, 5, 26, 9, 30), "yyyy/m/d h:mm", "2026-05-26 09:30:00", None),
        (46168, "General", "46168", None),
    ],
)
def test_dates(package: Path, value: object, form: str, recorded: str, told: bool | None) -> None:
    def type_date(book: Workbook) -> None:
        page = book[TITLES["sources"]]
        for column, text in enumerate(NEW_SOURCE, start=1):
            page.cell(9, column).value = text
        page["D9"].value = value
        page["D9"].number_format = form

    path = change_book(save_template(package), type_date)
    submission = take_in(package, path)
    codes = [problem.code for problem in submission.problems]
    if told is None:  # said to be wrong, with what Excel holds
        assert [(p.row, p.value) for p in submission.problems] == [(9, recorded)]
        assert not submission.is_valid
    else:
        assert codes == (["excel-date"] if told else [])
        assert last(package, "sources")[3] == recorded


@pytest.mark.parametrize(
    ("number", "recorded", "told"), [(57, "2026-05", True), (31, "2026-05-01", False)]
)
def test_dates_in_formats_that_only_chinese_excel_has(
    package: Path, number: int, recorded: str, told: bool
) -> None:
    def type_date(book: Workbook) -> None:
        page = book[TITLES["sources"]]
        for column, text in enumerate(NEW_SOURCE, start=1):
            page.cell(9, column).value = text
        page["D9"].value = 46143
        page["D9"].number_format = "0"
        page["D9"]._style.numFmtId = number

    submission = take_in(package, change_book(save_template(package), type_date))
    assert [p.code for p in submission.problems] == (["excel-date"] if told else [])
    assert last(package, "sources")[3] == recorded


def test_a_year_in_a_cell_formatted_as_a_date(package: Path) -> None:
    path = save_template(package)
    row = add_rows(path, "observations", NEW_VALUE)

    def as_date(book: Workbook) -> None:
        book[VALUES].cell(row, 2).number_format = "yyyy/m/d"

    assert take_in(package, change_book(path, as_date)).is_valid
    assert last(package, "observations")[1] == "2026"


def test_true_in_a_text_is_text(package: Path) -> None:
    path = type_cells(save_template(package), "themes", {"D3": True})
    assert take_in(package, path).is_valid
    assert read_rows(package, "themes")[1][3] == "TRUE"


def test_merged_ids_count_for_every_row(package: Path) -> None:
    path = save_template(package)
    rows = [
        ("L04", 2021, "report-2025", "2026-03-18", 1, "final", "same"),
        (None, 2022, "report-2025", "2026-03-18", 2, "final", "same"),
        (None, 2023, "report-2025", "2026-03-18", 3, "final", "same"),
    ]
    first = add_rows(path, "observations", *rows)
    change_book(path, lambda book: book[VALUES].merge_cells(f"A{first}:A{first + 2}"))
    submission = take_in(package, path)
    assert submission.is_valid
    assert submission.problems[0].code == "merged-down"
    assert [row[:2] for row in read_rows(package, "observations")[-3:]] == [
        ["L04", "2021"],
        ["L04", "2022"],
        ["L04", "2023"],
    ]


def test_merging_a_million_rows_stops_nothing(package: Path) -> None:
    path = save_template(package)
    book = openpyxl.load_workbook(path)
    book[VALUES].merged_cells.add("A3:A1048576")
    book.save(path)
    assert "merged-down" in [p.code for p in take_in(package, path).problems]


def leave_traces(book: Workbook) -> None:
    page = book[VALUES]
    page["A900"].value = " "
    page["C3000"].number_format = "0.00"
    page["XFD1048576"].number_format = "0"


def reorder(book: Workbook) -> None:
    page = book[VALUES]
    for row in page.iter_rows():
        values = [cell.value for cell in row]
        for cell, value in zip(row, reversed(values), strict=True):
            cell.value = value


def sort(book: Workbook) -> None:
    page = book[VALUES]
    rows = [[(cell.value, cell.number_format) for cell in row] for row in page.iter_rows(min_row=3)]
    for number, row in enumerate(reversed(rows), start=3):
        for column, (value, form) in enumerate(row, start=1):
            page.cell(number, column).value = value
            page.cell(number, column).number_format = form


def rename(book: Workbook) -> None:
    book[VALUES].title = "数据"


def take_away_sheets(book: Workbook) -> None:
    for page in list(book.worksheets):
        if page.title not in (VALUES, TITLES["sources"]):
            book.remove(page)


def take_away_notes(book: Workbook) -> None:
    book[VALUES].delete_cols(8, 2)


def put_a_title_on_top(book: Workbook) -> None:
    page = book[VALUES]
    page.insert_rows(1, 2)
    page["A1"] = "柳湖镇阅读计划数据"
    page.merge_cells("A1:I1")


def gap(book: Workbook) -> None:
    book[VALUES].insert_rows(6, 3)


def colour_by_rules(book: Workbook) -> None:
    page = book[VALUES]
    alarm = DifferentialStyle(
        font=Font(color="FF9C0006"), fill=PatternFill(bgColor="FFFFC7CE", fill_type="solid")
    )
    none = DifferentialStyle(font=Font(color="FFFFFFFF"))
    all_digits = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode="#,##0.0"))
    rules = (
        Rule("expression", formula=['$F3="provisional"'], dxf=alarm),
        Rule("cellIs", operator="between", formula=["-1", "0"], dxf=none),
        Rule("containsBlanks", formula=["LEN(TRIM(E3))=0"], dxf=none),
        icons(is_shown=True),
    )
    for rule in rules:
        page.conditional_formatting.add("E3:E200", rule)
    page.conditional_formatting.add("E3:E9", Rule("expression", formula=["TRUE"], dxf=all_digits))
    page.conditional_formatting.add("A300:I400", Rule("expression", formula=["TRUE"], dxf=none))


def write_in_white_on_blue(book: Workbook) -> None:
    for cell in book[VALUES][4]:
        cell.font, cell.fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF14598F")


@pytest.mark.parametrize(
    "habit",
    [
        colour_by_rules,
        write_in_white_on_blue,
        leave_traces,
        reorder,
        sort,
        rename,
        take_away_sheets,
        take_away_notes,
        put_a_title_on_top,
        gap,
    ],
)
def test_habits_that_change_nothing(habit: object, package: Path) -> None:
    assert callable(habit)
    old = contents(package)
    submission = take_in(package, change_book(save_template(package), habit))
    assert submission.problems == () and submission.changes == ()
    assert contents(package) == old


SHEET = "xl/worksheets/sheet8.xml"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, "</sheetData>", '</sheetData><pageSetup orientation="sideways"/>'),
        (SHEET, "</sheetData>", '</sheetData><dataValidations count="x"/><foo/>'),
        (SHEET, "</sheetData>", '</sheetData><conditionalFormatting sqref="A1">'
         '<cfRule type="newer"/></conditionalFormatting><extLst><ext/></extLst>'),
        ("xl/styles.xml", "</fills>", "<fill/></fills>"),
        ("xl/styles.xml", "</fonts>", '<font><family val="50"/><color rgb="FFF"/></font></fonts>'),
        ("xl/styles.xml", "</borders>", '<border><left style="wavy"/></border></borders>'),
        ("xl/workbook.xml", "</sheets>", '</sheets><definedNames><definedName name="a" new="1"/>'
         "</definedNames>"),
        ("docProps/core.xml", "T00:00:00Z", " noon"),
    ],
)  # fmt: skip
def test_what_decides_nothing_keeps_no_data_out(
    package: Path, part: str, old: str, new: str
) -> None:
    path = type_cells(save_template(package), "observations", {"E4": 5.9})
    edit_part(path, part, old, new)
    submission = take_in(package, path)
    assert submission.is_valid, submission.problems
    assert read_rows(package, "observations")[2][4] == "5.9"


def test_what_lies_below_a_merged_cell_is_not_seen(package: Path) -> None:
    """LibreOffice and scripts keep what was in the cells before."""
    path = change_book(save_template(package), lambda book: book[VALUES].merge_cells("H6:H7"))
    below = '<c r="H7" t="inlineStr"><is><t>unseen</t></is></c>'
    edit_part(path, SHEET, r'<c r="H7"[^>]*(?:/>|></c>)', below)
    submission = take_in(package, path)
    assert [p.code for p in submission.problems] == ["merged-down"] and submission.changes == ()


def name_by_heading(package: Path, *, drop: int) -> Path:
    """A template whose headings are words, with one of the two rows taken out."""
    path = save_template(package)

    def change(book: Workbook) -> None:
        page = book[VALUES]
        words = ("指标编号", "年份", "来源编号", "发布日期", "数值", "发布状态", "可比性")
        for column, word in enumerate((*words, "说明（中文）", "说明(英文)"), start=1):
            page.cell(1, column).value = word
        page.delete_rows(drop)
        page["E3" if drop else "E4"] = 5.5

    return change_book(path, change)


@pytest.mark.parametrize("drop", [1, 2])
def test_one_row_of_headings_is_enough(drop: int, tmp_path: Path) -> None:
    package = copy_package(tmp_path)

    def entitle(content: dict[str, object]) -> None:
        titles = ("指标编号", "年份", "来源编号", "发布日期", "数值", "发布状态", "可比性")
        fields = table_of(content, "observations")["schema"]["fields"]
        for field, title in zip(fields, (*titles, "说明（中文）", "说明（英文）"), strict=True):
            field["title"] = title

    edit_descriptor(package, entitle)
    submission = take_in(package, name_by_heading(package, drop=drop))
    assert submission.problems == ()
    assert [(c.sheet.name, c.added, c.changed) for c in submission.changes] == [
        ("observations", 0, 1)
    ]


def test_a_stale_template_undoes_nothing(package: Path) -> None:
    path = save_template(package)
    add_rows(path, "observations", NEW_VALUE)
    edit_cell(package, "observations", 2, "value", "5.2")
    later = read_rows(package, "observations")
    assert take_in(package, path).is_valid
    assert read_rows(package, "observations")[:-1] == later


def test_rows_that_others_added_meanwhile_are_not_missed(package: Path) -> None:
    path = save_template(package)
    add_rows(path, "observations", NEW_VALUE)
    with (package / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("L04,2023,report-2023,2024-03-14,1100,final,same,,\n")
    assert take_in(package, path, removals=True).is_valid
    assert [row[:2] for row in read_rows(package, "observations")[-2:]] == [
        ["L04", "2023"],
        ["L01", "2026"],
    ]


def test_an_empty_template_only_adds(package: Path) -> None:
    path = save_template(package, filled=False)

    def fill(book: Workbook) -> None:
        page: Any = book[VALUES]
        for column, value in enumerate(NEW_VALUE, start=1):
            page.cell(3, column).value = value

    old = contents(package)["observations.csv"]
    assert take_in(package, change_book(path, fill), removals=True).is_valid
    new = contents(package)["observations.csv"]
    assert new == old + b"L01,2026,report-2025,2026-03-18,9.0,provisional,same,,\n"


def test_rows_go_only_when_that_is_allowed(package: Path) -> None:
    path = change_book(save_template(package), lambda book: book[VALUES].delete_rows(16))
    old = read_rows(package, "observations")
    assert not take_in(package, path).is_valid
    assert read_rows(package, "observations") == old
    submission = take_in(package, path, removals=True)
    assert [(c.removed, c.changed) for c in submission.changes] == [(1, 0)]
    assert read_rows(package, "observations") == [*old[:14], *old[15:]]


def test_it_says_what_changes(package: Path) -> None:
    path = type_cells(save_template(package), "observations", {"E4": 5.9})
    submission = take_in(package, path, as_of=AS_OF)
    assert submission.comparison is not None
    assert [(v.field, v.old, v.new) for v in submission.comparison.values] == [
        ("value", "6.0", "5.9")
    ]
    assert [flip.old for flip in submission.comparison.verdicts or ()] == ["met"]
