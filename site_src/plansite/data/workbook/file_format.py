"""What kind of file was handed in, told by what is in it: people rename files, and programs lie.

A file that is neither a workbook as Excel saves it today nor a CSV file is named, and so is what it
has to be saved as.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
"""The namespace of Strict Open XML (ISO/IEC 29500), another than in workbooks as usually saved."""
_LOOKED_AT = 4_096
"""Bytes at a file's beginning that say what it is."""


class FileFormat(NamedTuple):
    """A format as people know it."""

    zh: str
    en: str


def _alike(name: str) -> FileFormat:
    return FileFormat(name, name)


OLD_EXCEL = FileFormat(
    ".xls 或 .et（旧版 Excel 或 WPS 表格的格式）",
    ".xls or .et (the format of old Excel, or of WPS)",
)
STRICT_EXCEL = FileFormat(
    "Strict Open XML 电子表格（.xlsx 的另一种格式）",
    "a Strict Open XML Spreadsheet (.xlsx of another kind)",
)
PASSWORD = _alike("password")
"""Not a format to be saved as another, but a workbook with a password."""
_BEGINNINGS = (
    (b"%PDF", _alike("PDF")),
    (b"PAR1", _alike("Parquet")),
    (b"SQLite format 3\0", _alike("SQLite")),
    (b"\x1f\x8b", _alike("gzip")),
    (b"7z\xbc\xaf\x27\x1c", _alike("7z")),
    (b"Rar!\x1a\x07", _alike("RAR")),
    (b"\x89PNG", FileFormat("PNG 图片", "a PNG picture")),
    (b"\xff\xd8\xff", FileFormat("JPEG 图片", "a JPEG picture")),
    (b"{\\rtf", _alike("RTF")),
    *(
        (mark, OLD_EXCEL)
        for mark in (b"\t\0\x04\0", b"\t\2\6\0", b"\t\4\6\0", b"\t\x08\x10\0", b"\t\x08\x08\0")
    ),
)
"""How files of other formats begin; the last are Excel's before it kept them in a container."""
_TEXTS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), found)
    for pattern, found in (
        (rb"\A\s*<.*urn:schemas-microsoft-com:office:spreadsheet",
         FileFormat("XML 电子表格 2003", "an XML Spreadsheet 2003")),
        (rb"\A\s*<.*urn:oasis:names:tc:opendocument",
         FileFormat(".fods（OpenDocument 格式）", ".fods (the OpenDocument format)")),
        (rb"\A\s*<(?:.*<)?(?:!doctype html|html|table|meta|head|body|style|div|!--)",
         FileFormat("HTML 网页", "HTML, a web page")),
        (rb"\A\s*<(?:\?xml|[a-z])", _alike("XML")),
        (rb"\A(?:MIME-Version|From|Date|Content-Type):.*multipart/",
         FileFormat("单个文件网页（.mht）", "a web page in a single file (.mht)")),
        (rb"\A\s*(?:\{\s*[\"}]|\[\s*[\[{])", _alike("JSON")),
        (rb"\AID;P(?:WXL|SCALC)", _alike("SYLK (.slk)")),
    )
)  # fmt: skip
"""What stands at the beginning of texts that are no tables."""
_EMPTY = FileFormat("空文件", "an empty file")
UNKNOWN = FileFormat("无法辨认的格式", "a format that is not known here")
_PARTS = (
    ("xl/workbook.bin", FileFormat(".xlsb（二进制工作簿）", ".xlsb (a binary workbook)")),
    ("word/document.xml", FileFormat("Word 文档（.docx）", "a Word document (.docx)")),
    ("ppt/presentation.xml", FileFormat("演示文稿（.pptx）", "a presentation (.pptx)")),
    ("Index/Document.iwa", FileFormat("Numbers 表格（.numbers）", "a Numbers document (.numbers)")),
    ("Index.zip", FileFormat("Numbers 表格（.numbers）", "a Numbers document (.numbers)")),
    ("mimetype", FileFormat(".ods（OpenDocument 格式）", ".ods (the OpenDocument format)")),
)
"""Parts by which formats are known that are ZIP files too."""
_WORD = FileFormat("Word 文档（.doc）", "a Word document (.doc)")
_ZIP = FileFormat("ZIP 压缩文件", "a ZIP file")


def is_zip(content: bytes) -> bool:
    """Whether it is a ZIP file, as workbooks are."""
    return content.startswith((ZIP, b"PK\x05\x06"))


def other_format(content: bytes) -> FileFormat | None:
    """What a file is that is no ZIP file; ``None`` where it may be a table as text."""
    if content.startswith(OLE):
        inside = ((_name("EncryptedPackage"), PASSWORD), (_name("WordDocument"), _WORD))
        return next((found for name, found in inside if name in content), OLD_EXCEL)
    for mark, found in _BEGINNINGS:
        if content.startswith(mark):
            return found
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        return _EMPTY
    start = _as_bytes_of_ascii(content[:_LOOKED_AT])
    return next((found for pattern, found in _TEXTS if pattern.search(start)), None)


def _name(stream: str) -> bytes:
    """The name of a part of an old Office file, as it stands in there."""
    return stream.encode("utf-16-le")


def _as_bytes_of_ascii(start: bytes) -> bytes:
    """The beginning of a text in any encoding, so that its ASCII letters can be looked at."""
    return start.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe").replace(b"\0", b"")


def other_archive(names: Collection[str]) -> FileFormat | None:
    """What a ZIP file is, by its parts, if it is no workbook; ``None`` where it is one."""
    found = next((found for part, found in _PARTS if part in names), None)
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return found if "xl/workbook.bin" in names else None
    return found or _ZIP
