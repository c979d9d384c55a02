"""What is read of a number is what another program shows of it, or the cell is refused."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from plansite.data.cells.cell_rules import cell_fault
from plansite.data.package import PackageSnapshot
from plansite.data.workbook import sheets_of
from plansite.data.workbook.sheets import DATE, INTEGER, NUMBER, TEXT, Column
from plansite.data.workbook.shown.cell_style import Cell, CellStyle, SheetView
from plansite.data.workbook.shown.cell_text import CellFault, CellText, read_cell
from plansite.data.workbook.values import to_cell
from tests.support.fuzzing import tries
from tests.support.library_package import LIBRARY
from tests.support.paths import TESTS

COLUMNS: dict[str, Column] = {
    column.kind: column
    for sheet in sheets_of(PackageSnapshot(LIBRARY))
    if sheet.name == "observations"
    for column in sheet.columns
}
SHOWN = TESTS / "workbooks" / "shown-by-libreoffice.csv"
WINDOWS = SheetView(WINDOWS_EPOCH)


def read(value: object, form: str, kind: str, view: SheetView = WINDOWS) -> CellText | CellFault:
    return read_cell(Cell(value, "n", 0), COLUMNS[kind], CellStyle(form), view)


def is_seen(found: CellText, shown: str, kind: str) -> bool:
    """Whether a reading says what another program shows."""
    if found.text == re.sub(r"\s", "", shown):
        return True
    if kind == DATE and re.search(r"[0-9][-/年]", shown) and not found.made:
        return list(map(int, found.text.split("-"))) == list(map(int, re.findall("[0-9]+", shown)))
    try:
        return Decimal(found.text) == Decimal(shown.replace(",", ""))
    except InvalidOperation:
        return False


def is_a_typed_year(found: CellText, value: float) -> bool:
    """Whether it is said that a day of 1905 was taken for a year."""
    return found.text == str(value) and found.made.startswith("1905-")


@pytest.mark.parametrize("kind", [NUMBER, INTEGER, DATE, TEXT])
def test_nothing_is_read_but_what_another_program_shows(kind: str) -> None:
    counted: Counter[bool] = Counter()
    rule = "partial-date" if kind == DATE else kind
    with SHOWN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            value = ast.literal_eval(row["value"])
            found = read(value, row["format"], kind)
            is_read = isinstance(found, CellText)
            if isinstance(found, CellText) and not is_a_typed_year(found, value):
                shown = row["shown"].strip()
                assert cell_fault(found.text, rule) or is_seen(found, shown, kind), (row, found)
            counted[is_read] += 1
    assert min(counted.values()) > 300


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (8, "0.0", "8.0"),
        (1150, "#,##0", "1150"),
        (-1234.5, "#,##0.00", "-1234.50"),
        (0.1 + 0.2, "General", "0.3"),
        (7.8999999999999995, "0.0", "7.9"),
        (0.5, "#.0", "0.5"),
        (7, "000", "7"),
        (8, "0.#", "8"),
        (8.0, r'_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "8.00"),
        (-5, "[Red]0.0", "-5.0"),
        (123456789012, "General", "123456789012"),
    ],
)
def test_a_number_that_shows_in_full_is_read(value: float, form: str, text: str) -> None:
    assert read(value, form, NUMBER) == CellText(text)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (7.9, "0"),
        (8000, "0,"),
        (7.9, ";;;"),
        (-5, "0;0"),
        (-5, "0;[Red]0"),
        (0, "0;-0;"),
        (0, "#"),
        (0.5, "# ?/?"),
        (120000, "0.00E+00"),
        (5, "[DBNum1]General"),
        (5, "[<10]0;0.0"),
        (5, '"保密"'),
        (8, "yyyy/m/d"),
        (0.5, "h:mm"),
        (1.5, "[h]:mm"),
        (float("inf"), "0"),
        (8, "0" * 41),
    ],
)
def test_a_number_that_shows_as_another_is_refused(value: float, form: str) -> None:
    assert isinstance(read(value, form, NUMBER), CellFault)


@pytest.mark.parametrize(
    ("value", "form", "kind"),
    [
        (43831, "yyyy%", DATE),
        (43831, "0.00yyyy", DATE),
        (43831, "yyyy-mm-dd General", DATE),
        (2022, "General General", TEXT),
        (2022, "General-0", TEXT),
        (5, "General%", TEXT),
    ],
)
def test_a_format_that_programs_show_differently_is_refused(
    value: float, form: str, kind: str
) -> None:
    found = read(value, form, kind)
    assert isinstance(found, CellFault) and found.code == "cell-format"


@pytest.mark.parametrize("value", [2_957_004, 2_958_464.9])
def test_a_day_after_the_year_9999_is_named(value: float) -> None:
    since_1904 = SheetView(MAC_EPOCH)
    found = read(value, "yyyy-mm-dd", DATE, since_1904)
    assert isinstance(found, CellFault) and found.code == "cell-format"


@pytest.mark.parametrize("form", ["yyyy-mm-dd hh:mm:ss.000", 'yyyy"年0"m"月"d', "mmmm d, yyyy"])
def test_dates_with_points_of_seconds_and_digits_in_words_are_read(form: str) -> None:
    assert read(43831, form, DATE) == CellText("2020-01-01")


@pytest.mark.parametrize("form", [";;;", "0;0;0;"])
def test_a_truth_that_its_format_hides_is_refused(form: str) -> None:
    assert isinstance(read(True, form, TEXT), CellFault)
    assert read(True, "General", TEXT) == CellText("TRUE")


def test_an_id_keeps_the_zeros_that_its_format_shows() -> None:
    assert read(7, "000", TEXT) == CellText("007")
    assert isinstance(read(1234567890123456789, "0", TEXT), CellFault)


def test_zeros_that_a_sheet_hides_are_not_read() -> None:
    assert isinstance(read(0, "0", NUMBER, SheetView(WINDOWS_EPOCH, shows_zeros=False)), CellFault)
    assert read(5, "0", NUMBER, SheetView(WINDOWS_EPOCH, shows_zeros=False)) == CellText("5")


def test_days_are_counted_from_the_workbooks_own_day() -> None:
    assert read(46168, "yyyy-mm-dd", DATE) == CellText("2026-05-26")
    assert read(46168 - 1462, "yyyy-mm-dd", DATE, SheetView(MAC_EPOCH)) == CellText("2026-05-26")
    assert read(2026, "yyyy-mm-dd", DATE, SheetView(MAC_EPOCH)) == CellText("2026", "1909-07-19")


@pytest.mark.parametrize("form", ["[$-411]ge.m.d", "[$-1030411]yyyy/m/d", "bbbb-m-d", "B2yyyy/m/d"])
def test_years_of_another_calendar_are_not_read(form: str) -> None:
    assert isinstance(read(46168, form, DATE), CellFault)


@pytest.mark.parametrize("form", ["General", "@", "0", '"x"0;"y"0;0;@', "_(@_)"])
def test_a_text_shows_as_it_is(form: str) -> None:
    assert read("final", form, TEXT) == CellText("final")


@pytest.mark.parametrize("form", [";;;", '"约"@', "0;0;0;"])
def test_a_text_that_its_format_hides_or_adds_to_is_refused(form: str) -> None:
    assert isinstance(read("final", form, TEXT), CellFault)


@tries(300)
@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.integers(0, 6), st.booleans())
def test_decimals_are_read_where_all_of_them_show(
    digits: int, places: int, shown: int, grouped: bool
) -> None:
    number = Decimal(digits).scaleb(-places)
    whole = "#,##0" if grouped else "0"
    found = read(float(number), f"{whole}.{'0' * shown}" if shown else whole, NUMBER)
    if number == round(number, shown):
        expected = f"{number:.{shown}f}"
        assert found == CellText(expected.removeprefix("-") if number == 0 else expected)
    else:
        assert isinstance(found, CellFault)


@pytest.mark.parametrize("kind", [NUMBER, DATE, INTEGER, TEXT])
@pytest.mark.parametrize("form", ["ſ", "yyyy-mm-dd ſ", "[ſ]", "yyyyſ", "0\u212a"])
def test_letters_that_only_fold_to_those_of_formats_are_literals(form: str, kind: str) -> None:
    found = read(45000.0, form, kind)
    assert isinstance(found, CellFault) or "ſ" not in found.text


@pytest.mark.parametrize(
    "text", ["_x0041_", "_x005F_", "_x0_x0041_4041_x0042_", "a_x0041", "_X0041_"]
)
def test_a_text_like_an_escape_shows_as_it_is(text: str) -> None:
    value, form = to_cell(text, TEXT)
    assert read_cell(Cell(value, "s", 0), COLUMNS[TEXT], CellStyle(form), WINDOWS) == CellText(text)


def test_a_number_of_more_decimals_than_a_format_holds_is_written_as_text() -> None:
    text = f"0.{'0' * 300}1"
    value, form = to_cell(text, NUMBER)
    assert read_cell(Cell(value, "s", 0), COLUMNS[NUMBER], CellStyle(form), WINDOWS) == (
        CellText(text)
    )
