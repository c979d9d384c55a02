"""No file that is handed in costs more to read or refuse than its size is worth."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plansite.data.cells.closest_choice import Choices, Guesses
from plansite.data.package import PackageSnapshot
from plansite.data.workbook import read_submitted_file, sheets_of
from plansite.pipeline.submission import prepare
from tests.support.library_package import AS_OF, LIBRARY, cpu_seconds
from tests.support.paths import TESTS
from tests.support.sizes.growth import assert_linear

FILLED = TESTS / "workbooks" / "library-filled.xlsx"
SECONDS = 2.0
SHEETS = sheets_of(PackageSnapshot(LIBRARY))
LAST_ROW = 1_048_577
OBSERVATIONS = "xl/worksheets/sheet8.xml"


def _codes(file: Path) -> list[str]:
    return [problem.code for problem in prepare(LIBRARY, file, AS_OF, removals=False).problems]


def _reading(file: Path) -> Callable[[], object]:
    return lambda: _codes(file)


def _with(path: Path, **more: str) -> Path:
    """A workbook with more in some of its elements, each at its end."""
    with zipfile.ZipFile(FILLED) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name.startswith("xl/worksheets/") and name != OBSERVATIONS:
                new.writestr(name, content)
                continue
            for element, inside in more.items():
                content = content.replace(f"</{element}>", f"{inside}</{element}>")
            new.writestr(name, content)
    return path


def _with_sheets(folder: Path, count: int) -> Path:
    """A workbook in which so many more sheets name the part of the first."""
    more = "".join(
        f'<sheet name="s{number}" sheetId="{number}" r:id="rId1"/>'
        for number in range(1000, 1000 + count)
    )
    return _with(folder / f"{count}.xlsx", sheets=more)


def _rows(count: int, cell: str) -> str:
    """So many more rows at the end of a sheet that LibreOffice saved."""
    numbers = range(LAST_ROW - count, LAST_ROW)
    return "".join(f'<row r="{n}">{cell.replace("#", str(n))}</row>' for n in numbers)


def _with_text(folder: Path, text: str, count: int) -> Path:
    """A workbook in which the notes of so many rows name one text."""
    cell = f'<c r="H#" t="s"><v>{_count("xl/sharedStrings.xml", "<si>")}</v></c>'
    return _with(folder / "text.xlsx", sst=f"<si><t>{text}</t></si>", sheetData=_rows(count, cell))


def _with_format(folder: Path, code: str, count: int) -> Path:
    """A workbook in which the values of so many rows have one number format."""
    cell = f'<c r="E#" s="{_count("xl/styles.xml", "<xf ", "<cellXfs")}"><v>5</v></c>'
    return _with(
        folder / "format.xlsx",
        numFmts=f'<numFmt numFmtId="999" formatCode="{code}"/>',
        cellXfs='<xf numFmtId="999" fontId="0" fillId="0" borderId="0"/>',
        sheetData=_rows(count, cell),
    )


def _count(part: str, tag: str, within: str = "") -> int:
    """How often a tag stands in a part, or in the element of it that begins so."""
    with zipfile.ZipFile(FILLED) as book:
        content = book.read(part).decode()
    _, _, inside = content.rpartition(within) if within else ("", "", content)
    return inside.count(tag)


def test_a_thousand_sheets_of_one_part_are_not_read_a_thousand_times(tmp_path: Path) -> None:
    assert _codes(_with_sheets(tmp_path, 1000)) == ["workbook-entries"]
    assert_linear(lambda size: _reading(_with_sheets(tmp_path, size)), 4000, SECONDS)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "_x0041_" * 140_000, " " * 1_000_000 + "a"])
def test_a_text_that_many_cells_name_is_read_once(tmp_path: Path, text: str) -> None:
    file = _with_text(tmp_path, text, 2_000)
    assert file.stat().st_size < 140_000
    before = cpu_seconds()
    assert _codes(file) == ["workbook-size"]
    assert cpu_seconds() - before < SECONDS


def test_looks_of_letters_that_many_cells_name_are_read_once(tmp_path: Path) -> None:
    run = '<r><rPr><vertAlign val="superscript"/></rPr><t></t></r>'
    file = _with_text(tmp_path, f"x</t>{run * 10_000}<t>y", 1_000)
    before = cpu_seconds()
    rows = read_submitted_file(file, SHEETS).tables["observations"].rows
    assert rows[-1].cells["note_zh"] == "xy"
    assert cpu_seconds() - before < SECONDS


def _with_merges(folder: Path, refs: Iterator[str], count: int) -> Path:
    """A workbook in whose last rows cells are merged."""
    rows = _rows(count, '<c r="E#"><v>5</v></c>')
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
    more = f"{rows}</sheetData><mergeCells>{merges}</mergeCells><sheetData>"
    return _with(folder / "merged.xlsx", sheetData=more)


def test_merged_cells_take_no_longer_the_more_rows_there_are(tmp_path: Path) -> None:
    starts = range(LAST_ROW - 8_000, LAST_ROW, 2)
    apart = _with_merges(tmp_path, (f"E{row}:E{row + 1}" for row in starts), 8_000)
    before = cpu_seconds()
    assert _codes(apart).count("merged-down") == 4_000
    assert cpu_seconds() - before < SECONDS


def test_merged_cells_that_overlap_are_refused(tmp_path: Path) -> None:
    one_in_another = (f"E4:E{LAST_ROW - 1 - number}" for number in range(100))
    assert _codes(_with_merges(tmp_path, one_in_another, 100)) == ["workbook-damaged"]


def test_long_headings_are_compared_by_their_beginnings(tmp_path: Path) -> None:
    file = tmp_path / "sources.csv"
    file.write_text((",".join(["\ufdfa" * 3_000] * 10) + "\n") * 10, "utf-8")
    before = cpu_seconds()
    assert _codes(file) == ["no-table"]
    assert cpu_seconds() - before < SECONDS


def test_a_text_longer_than_a_cell_is_not_cut(tmp_path: Path) -> None:
    file = _with_text(tmp_path, "年" * 32_768, 1)
    (problem,) = read_submitted_file(file, SHEETS).problems
    assert (problem.code, problem.row, problem.field) == ("long-cell", LAST_ROW - 1, "note_zh")


def test_a_long_format_that_many_cells_have_is_read_once(tmp_path: Path) -> None:
    file = _with_format(tmp_path, "0" * 50_000, 300)
    before = cpu_seconds()
    assert _codes(file).count("cell-format") == 300
    assert cpu_seconds() - before < SECONDS


NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NAMES = ("indicator_id", "year", "source_id", "published", "value")


def _with_rows(folder: Path, rows: str, styles: str) -> Path:
    """A workbook whose second sheet holds values in these rows, under their headings."""
    path = folder / f"{len(rows)}.xlsx"
    heads = "".join(f'<c t="str"><v>{name}</v></c>' for name in NAMES)
    sheet = f"<sheetData><row>{heads}</row>{rows}</sheetData>"
    parts = {
        "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{NAMESPACE}">{sheet}</worksheet>',
        "xl/styles.xml": f'<styleSheet xmlns="{NAMESPACE}">{styles}</styleSheet>',
    }
    with zipfile.ZipFile(FILLED) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name.startswith("xl/worksheets/") and name not in parts:
                new.writestr(name, f'<worksheet xmlns="{NAMESPACE}"/>')
            else:
                new.writestr(name, parts.get(name) or old.read(name))
    return path


FORM = '<numFmts><numFmt numFmtId="170" formatCode="{}"/></numFmts>'
STYLES = FORM + '<cellXfs><xf/><xf numFmtId="170"/></cellXfs>'


@pytest.mark.parametrize(
    ("first", "row", "styles", "code"),
    [
        # Excel keeps one formula for all cells that share it.
        (
            f'<row><c><f t="shared" si="0">{"A1+" * 2700}1</f></c></row>',
            '<row><c><f t="shared" si="0"/></c></row>',
            STYLES.format("0"),
            "cell-formula",
        ),
        ("", '<row><c s="1"><v>1.5</v></c></row>', STYLES.format("0" * 255), "cell-format"),
        ("", '<row><c s="1"><v>1.5</v></c></row>', STYLES.format("0" * 9999), "cell-format"),
    ],
    ids=["one formula", "a long format", "a longer format"],
)
def test_what_cells_share_is_not_gone_through_for_each(
    tmp_path: Path, first: str, row: str, styles: str, code: str
) -> None:
    def prepared(size: int) -> Callable[[], object]:
        return _reading(_with_rows(tmp_path, first + row * (size // len(row)), styles))

    assert code in _codes(_with_rows(tmp_path, first + row, styles))
    assert_linear(prepared, 250_000, SECONDS / 4)


def test_a_guess_costs_something_from_its_beginning() -> None:
    guesses = Guesses()
    choices = Choices(["L01"])

    def prepared(size: int) -> Callable[[], object]:
        return lambda: [guesses.hint(f"task-{n:06}", choices) for n in range(size)]

    assert_linear(prepared, 100_000, SECONDS / 4)


def test_rows_of_two_letters_are_not_filled_up(tmp_path: Path) -> None:
    file = tmp_path / "sources.csv"
    header = "source_id,title,publisher,published,access,url"
    file.write_text(f"{header}\n" + "a\n" * 100_000, "utf-8")
    assert _codes(file) == ["missing-cell"] * 1000 + ["too-many-problems"]
    assert_linear(lambda _: _reading(file), 100_000, SECONDS)
