"""The template: what people see in Excel, and that handing it back unchanged changes nothing."""

from __future__ import annotations

import io
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from plansite.data.package import PackageSnapshot
from plansite.data.validation.read_package import read_package
from plansite.data.workbook.sheets import GUIDE_TITLE, ISSUED_TITLE, LISTS_TITLE
from plansite.output.excel_template.template import make_template
from tests.support.library_package import (
    LIBRARY,
    copy_package,
    edit_cell,
    edit_text,
    read_rows,
    write_rows,
)
from tests.support.paths import ROOT
from tests.support.workbook_files import (
    TITLES,
    change_book,
    contents,
    save_template,
    take_in,
    type_cells,
)

REAL = ROOT / "datapackage"


def page_of(path: Path, table: str) -> Worksheet:
    return openpyxl.load_workbook(path)[TITLES[table]]


def rule_of(page: Worksheet, cell: str) -> DataValidation:
    found: DataValidation
    (found,) = [rule for rule in page.data_validations.dataValidation if cell in rule.sqref]
    return found


def test_a_guide_then_one_sheet_for_each_table(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    book = openpyxl.load_workbook(save_template(package))
    assert book.sheetnames == [GUIDE_TITLE, *TITLES.values(), LISTS_TITLE, ISSUED_TITLE]
    assert [page.sheet_state for page in book.worksheets[-2:]] == ["hidden", "veryHidden"]
    words = [[cell.value for cell in row] for row in book[GUIDE_TITLE].iter_rows(max_col=2)]
    assert words[0] == ["填写说明", "How to fill this in"]
    assert any("实际值" in str(zh) and "更正" not in str(zh) for zh, _ in words)
    assert ["实际值 (observations.csv)", "Values (observations.csv)"] in [
        [str(text).partition("\n")[0] for text in row] for row in words
    ]


def test_headings_in_chinese_then_field_names_then_data() -> None:
    book = openpyxl.load_workbook(io.BytesIO(make_template(PackageSnapshot(REAL), filled=True)))
    page = book["公布值"]
    heads = [[cell.value for cell in row][:5] for row in page.iter_rows(max_row=2)]
    assert heads[1] == ["indicator_id", "year", "source_id", "published", "value"]
    assert heads[0][:2] == ["指标编号", "年份"]
    assert page["A3"].value == "technology-contracts"
    assert page.freeze_panes == "B3"
    assert page["A1"].fill.fgColor.rgb != page["A3"].fill.fgColor.rgb


def test_numbers_are_numbers_and_show_their_published_digits(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    edit_cell(package, "observations", 2, "value", "171.10")
    edit_cell(package, "observations", 3, "value", "240")
    page = page_of(save_template(package), "observations")
    # The published digits, and every digit of another number that is typed over it.
    assert (page["E3"].value, page["E3"].number_format) == (171.1, "0.00#######")
    assert (page["E4"].value, page["E4"].number_format) == (240, "General")
    assert (page["B3"].value, page["B3"].data_type) == (2023, "n")


def test_ids_dates_and_cells_to_fill_in_are_text(tmp_path: Path) -> None:
    page = page_of(save_template(copy_package(tmp_path)), "observations")
    assert {page[cell].number_format for cell in ("A3", "C3", "D3", "D14")} == {"@"}
    assert page["D14"].value == "2026"
    assert page.column_dimensions["D"].number_format == "@"
    assert page.column_dimensions["E"].number_format == "@"


def test_headings_and_existing_ids_are_locked_without_a_password(tmp_path: Path) -> None:
    page = page_of(save_template(copy_package(tmp_path)), "observations")
    assert page.protection.sheet and not page.protection.password
    locked = {cell: page[cell].protection.locked for cell in ("A1", "A2", "A3", "D3", "E3", "H3")}
    assert locked == {"A1": True, "A2": True, "A3": True, "D3": True, "E3": False, "H3": False}
    assert page.column_dimensions["A"].protection.locked is False  # the empty rows below


def test_words_and_ids_are_chosen_from_lists(tmp_path: Path) -> None:
    page = page_of(save_template(copy_package(tmp_path)), "observations")
    words = rule_of(page, "F3")
    assert (words.type, words.formula1) == ("list", '"provisional,final,estimated"')
    assert words.errorStyle == "stop"
    ids = rule_of(page, "C500")
    assert ids.type == "list" and ids.errorStyle == "warning"
    assert str(ids.formula1).startswith(f"OFFSET('{TITLES['sources']}'!$A$3,")
    year = rule_of(page, "B3")
    assert (year.type, year.formula1, year.formula2) == ("whole", "1900", "2100")


def test_an_empty_template_has_no_rows_but_its_lists_do(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    path = save_template(package, filled=False)
    page = page_of(path, "observations")
    assert page["A3"].value is None
    rule = rule_of(page, "A3")
    assert LISTS_TITLE in str(rule.formula1)
    lists = openpyxl.load_workbook(path)[LISTS_TITLE]
    assert "L01" in [cell.value for row in lists.iter_rows() for cell in row]


@pytest.mark.parametrize("package", [LIBRARY, REAL], ids=["library", "real"])
@pytest.mark.parametrize("filled", [True, False])
def test_the_same_package_gives_the_same_bytes(package: Path, filled: bool) -> None:
    first, second = (make_template(PackageSnapshot(package), filled=filled) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("source", [LIBRARY, REAL], ids=["library", "real"])
@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("removals", [True, False])
def test_unchanged_it_leaves_every_byte(
    source: Path, filled: bool, removals: bool, tmp_path: Path
) -> None:
    package = Path(shutil.copytree(source, tmp_path / "package"))
    before = contents(package)
    submission = take_in(package, save_template(package, filled=filled), removals=removals)
    assert submission.problems == () and submission.changes == ()
    assert contents(package) == before


def test_unchanged_without_the_marks_of_a_template_it_leaves_every_byte(tmp_path: Path) -> None:
    package = Path(shutil.copytree(REAL, tmp_path / "package"))
    before = contents(package)
    path = change_book(save_template(package), lambda book: book.remove(book[ISSUED_TITLE]))
    assert take_in(package, path, removals=True).changes == ()
    assert contents(package) == before


def test_byte_order_marks_line_ends_and_quotation_marks_stay(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    for path in package.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n").rstrip())
    edit_text(package, "themes.csv", lambda text: text.replace("reading", '"reading"'))
    before = contents(package)
    submitted = save_template(package)
    assert take_in(package, submitted).changes == ()
    assert contents(package) == before
    type_cells(submitted, "observations", {"E3": 5.5})
    assert take_in(package, submitted).is_valid
    old = before["observations.csv"]
    assert contents(package)["observations.csv"] == old.replace(b"14,5.0,", b"14,5.5,")


AWKWARD = (
    "=1+1", "#N/A", "'quoted", "line\nbreak", "line\r\nbreak", "_x0_x0041_41_", "TRUE", "1e5",
    "007", "2022-05", "1/2", "＝SUM(A1)", "😀", "tab\there", 'a "b" c', "\u200b", "x" * 40_000,
)  # fmt: skip


def comes_back(package: Path) -> None:
    """Whether it came from a template that still has its marks or not, nothing changes."""
    before = contents(package)
    path = save_template(package)
    assert take_in(package, path).changes == ()
    change_book(path, lambda book: book.remove(book[ISSUED_TITLE]))
    assert take_in(package, path, removals=True).changes == ()
    assert contents(package) == before


def test_any_text_comes_back_as_it_was(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    rows = read_rows(package, "observations")
    for row, text in zip(rows[1:], AWKWARD, strict=False):
        row[-2:] = [text, text]
    write_rows(package, "observations", rows)
    comes_back(package)


DIGITS = (
    "0", "5.0", "171.10", "0.10", "100", "100.00", "-3.50", "123456789012345678", "0.1",
    "12.345678", "1234567.891", "+5", "05", "5.", ".5", "-0", "-0.0", "0.000",
)  # fmt: skip


def test_any_number_comes_back_with_its_digits(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    rows = read_rows(package, "observations")
    for row, digits in zip(rows[1:], DIGITS, strict=True):
        row[4] = digits
    write_rows(package, "observations", rows)
    comes_back(package)


def test_a_long_table_goes_out_and_comes_back(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    rows = read_rows(package, "observations")
    for number in range(300):
        year, month = str(2000 + number % 24), f"2025-{number // 24 + 1:02}"
        rows.append(["L08", year, "reading-plan", month, "1", "final", "same", "", ""])
    write_rows(package, "observations", rows)
    before = contents(package)
    assert take_in(package, save_template(package)).changes == ()
    assert contents(package) == before


@pytest.mark.parametrize("name", ["library-filled.xlsx", "library-edited.xlsx"])
def test_a_workbook_that_libreoffice_saved(name: str, tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    old = read_rows(package, "observations")
    path = Path(shutil.copy(ROOT / "tests" / "workbooks" / name, tmp_path))
    submission = take_in(package, path)
    assert submission.is_valid
    new = read_rows(package, "observations")
    if name == "library-filled.xlsx":
        assert submission.changes == () and new == old
        return
    assert new[:-1] == [*old[:2], [*old[2][:4], "7.0", *old[2][5:]], *old[3:]]
    assert new[-1] == ["L08", "2023", "report-2023", "2024-03-14", "10150", "final", "same", "", ""]
    plan = read_package(package).plan
    assert plan is not None
    assert plan.observations[1].value == Decimal("7.0")
