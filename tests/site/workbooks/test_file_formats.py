"""Files of other kinds, whatever they are called: each is named, and what to save it as."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.model import Language
from tests.support.library_package import LIBRARY, copy_package, read_rows
from tests.support.workbook_files import contents, take_in, template_of

TEXT = (LIBRARY / "observations.csv").read_text("utf-8")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
TRANSITIONAL = "http://schemas.openxmlformats.org/"
STRICT = {
    f"{TRANSITIONAL}spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    f"{TRANSITIONAL}officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}
HTML = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>L01</table>"
XML_2003 = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "indicator_id,year\nL01,2025\n")
    return buffer.getvalue()


def strict() -> bytes:
    """The library's template as Excel saves it under the name of Strict Open XML Spreadsheet."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template_of(LIBRARY))) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for name in old.namelist():
            text = old.read(name).decode()
            for before, after in STRICT.items():
                text = text.replace(before, after)
            new.writestr(name, text.replace("<workbook ", '<workbook conformance="strict" '))
    return buffer.getvalue()


FILES: list[tuple[str, bytes | Callable[[], bytes], str]] = [
    ("strict.xlsx", strict, "Strict Open XML"),
    ("page.xls", HTML.encode(), "HTML"),
    ("page.xlsx", b"\xef\xbb\xbf\r\n  <!DOCTYPE html><p>L01</p>", "HTML"),
    ("page.xls", HTML.encode("utf-16"), "HTML"),
    ("rows.xls", b"<table><tr><td>L01</td></tr></table>", "HTML"),
    ("table.xls", XML_2003.encode(), "XML Spreadsheet 2003"),
    ("table.csv", XML_2003.encode("utf-16"), "XML Spreadsheet 2003"),
    ("table.fods", b'<office:document xmlns:office="urn:oasis:names:tc:opendocument">', ".fods"),
    ("data.xml", b"<?xml version='1.0'?><rows/>", "XML"),
    ("page.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", ".mht"),
    ("old.xls", OLE, ".xls or .et"),
    ("old.et", OLE, ".xls or .et"),
    ("older.xls", b"\t\x08\x08\0\0\5\x10\0" + b"\0" * 40, ".xls or .et"),
    ("text.doc", OLE + "WordDocument".encode("utf-16-le"), "a Word document"),
    ("text.xlsx", zipped("[Content_Types].xml", "word/document.xml"), "a Word document (.docx)"),
    ("binary.xlsx", zipped("[Content_Types].xml", "xl/workbook.bin"), ".xlsb"),
    ("table.xlsx", zipped("mimetype", "content.xml"), ".ods"),
    ("table.numbers", zipped("Index/Document.iwa"), ".numbers"),
    ("table.xlsx", zipped("observations.csv"), "a ZIP file"),
    ("table.xlsx", zipped(), "a ZIP file"),
    ("table.json", b'[{"indicator_id": "L01"}]', "JSON"),
    ("table.slk", b"ID;PWXL;N;E\r\n", "SYLK"),
    ("table.rtf", b"{\\rtf1 L01}", "RTF"),
    ("table.parquet", b"PAR1\x15\x04", "Parquet"),
    ("plan.sqlite", b"SQLite format 3\0\x10\0", "SQLite"),
    ("table.csv.gz", b"\x1f\x8b\x08\0", "gzip"),
    ("empty.xlsx", b"", "an empty file"),
    ("empty.csv", b"\xef\xbb\xbf", "an empty file"),
    ("empty.csv", b" \r\n" * 2_000, "an empty file"),
    ("noise.xlsx", bytes(range(1, 32)) * 4, "not known"),
]


@pytest.mark.parametrize(("name", "content", "named"), FILES, ids=[f"{f[2]}-{f[0]}" for f in FILES])
def test_another_kind_of_file_is_named(
    tmp_path: Path, name: str, content: bytes | Callable[[], bytes], named: str
) -> None:
    package = copy_package(tmp_path)
    path = tmp_path / name
    path.write_bytes(content() if callable(content) else content)
    old = contents(package)
    (problem,) = take_in(package, path).problems
    assert (problem.code, problem.file) == ("workbook-format", path.as_posix())
    assert named in problem.expected(Language.EN)
    assert "Excel Workbook (*.xlsx)" in problem.remedy(Language.EN)
    assert "Excel 工作簿 (*.xlsx)" in problem.remedy(Language.ZH)
    assert contents(package) == old


@pytest.mark.parametrize("name", ["observations.csv", "observations.xls", "observations.xlsx"])
@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), ("\t", "utf-16-le"), (",", "gb18030")],
)
def test_a_table_as_text_is_read_whatever_it_is_called(
    tmp_path: Path, name: str, separator: str, encoding: str
) -> None:
    package = copy_package(tmp_path)
    rows = read_rows(package, "observations")
    path = tmp_path / name
    row = separator.join(["L01", "2026", "report-2025", "2026-03-18", "9.0", "final", "same"])
    path.write_bytes((separator.join(rows[0][:7]) + "\r\n" + row + "\r\n").encode(encoding))
    submission = take_in(package, path)
    assert submission.is_valid, submission.problems
    assert read_rows(package, "observations")[-1][:5] == row.split(separator)[:5]


def test_a_workbook_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    for name in ("observations.csv", "plan.xls", "plan.et", "plan.xlsm"):
        path = tmp_path / name
        path.write_bytes(template_of(LIBRARY))
        submission = take_in(package, path)
        assert (submission.problems, submission.changes) == ((), ())
