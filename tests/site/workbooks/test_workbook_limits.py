"""Small workbooks that unpack to millions of entries are refused before they cost anything."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.data.package import PackageSnapshot
from plansite.data.workbook import SubmittedFile, read_submitted_file, sheets_of
from plansite.data.workbook import open_workbook as opening
from plansite.model import Language
from tests.support.fuzzing import LONG
from tests.support.library_package import LIBRARY, cpu_seconds, peak_of
from tests.support.paths import TESTS

SAVED = TESTS / "workbooks" / "library-filled.xlsx"
STYLES, TEXTS, SHEET = "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml"
BOOK = "xl/workbook.xml"
Change = Callable[[bytes], bytes]


def inserted(before: bytes, more: bytes) -> Change:
    """Puts something before a tag that closes."""

    def change(content: bytes) -> bytes:
        assert before in content
        return content.replace(before, more + before)

    return change


def sheets_again(content: bytes) -> bytes:
    """The workbook's second sheet a thousand times, each under a name of its own."""
    found = re.search(rb'<sheet name="[^"]*" sheetId="2"[^>]*r:id="(\w+)"[^>]*/>', content)
    assert found is not None
    again = b'<sheet name="again%d" sheetId="%d" r:id="%s"/>'
    more = b"".join(again % (n, n + 100, found[1]) for n in range(2_000))
    return content.replace(b"</sheets>", more + b"</sheets>")


def reworked(folder: Path, part: str, change: Change) -> Path:
    """A workbook that LibreOffice saved, with more in one of its parts."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(SAVED) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    path = folder / "library.xlsx"
    path.write_bytes(buffer.getvalue())
    return path


def read(path: Path) -> SubmittedFile:
    return read_submitted_file(path, sheets_of(PackageSnapshot(LIBRARY)))


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (STYLES, inserted(b"</cellXfs>", b"<xf/>" * 4_000_000)),
        (STYLES, inserted(b"</fonts>", b"<font/>" * 500_000)),
        (TEXTS, inserted(b"</sst>", b"<si/>" * 3_400_000)),
        (TEXTS, inserted(b"</sst>", b"<si>" + b"<r/>" * 200_000 + b"</si>")),
        (SHEET, inserted(b"</sheetData>", b"<row>" + b"<c/>" * 5_000_000 + b"</row>")),
        (SHEET, inserted(b"</sheetData>", (b"<row>" + b"<c/>" * 199 + b"</row>") * 40_000)),
        (BOOK, sheets_again),
    ],
    ids=["formats", "fonts", "texts", "one text", "one row", "rows", "one sheet again"],
)
def test_more_than_excel_writes_is_refused_at_little_cost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, change: Change
) -> None:
    path = reworked(tmp_path, part, change)
    assert path.stat().st_size < 400_000
    before = cpu_seconds()
    submitted = read(path)
    assert cpu_seconds() - before < 5
    (problem,) = submitted.problems
    assert (problem.code, problem.file) == ("workbook-entries", path.as_posix())
    assert SHEET if part is BOOK else part in problem.expected(Language.EN)
    assert submitted.tables == {}
    if part is BOOK and not LONG:
        # To watch the memory takes four times as long as to read. A sheet is given back before the
        # next one is opened, so a tenth of the sheets shows the peak as well.
        monkeypatch.setattr(opening, "MOST_CELLS", opening.MOST_CELLS // 10)
    assert peak_of(lambda: read(path)) < 150_000_000


def test_as_many_formats_as_excel_keeps_are_read(tmp_path: Path) -> None:
    form = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    path = reworked(tmp_path, STYLES, inserted(b"</cellXfs>", form * 65_000))
    submitted = read(path)
    assert len(submitted.tables) == len(read(SAVED).tables) > 10
    assert submitted.problems == ()
