"""A workbook as a ZIP file: whether it is safe to open, and the same bytes for the same content."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass

from plansite.data.workbook.file_format import (
    PASSWORD,
    STRICT,
    STRICT_EXCEL,
    FileFormat,
    is_zip,
    other_archive,
    other_format,
)
from plansite.util.zip_archive import pack

MEGABYTE = 1_000_000
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 50 * MEGABYTE
"""Ten thousand rows take a tenth of it."""
MOST_PARTS = 2_000
_DAMAGE = (zipfile.BadZipFile, struct.error, zlib.error, ValueError, OSError, NotImplementedError)
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FIXED_TIME = rb"\g<1>2000-01-01T00:00:00Z"


@dataclass(frozen=True)
class Refusal:
    """Why a file is not opened: a code of the problems' catalogue and what its words need."""

    code: str
    details: dict[str, str]


def refusal(content: bytes) -> Refusal | None:
    """Why a file cannot be opened as a workbook or a table as text; ``None`` where it may be."""
    if not is_zip(content):
        found = other_format(content)
        return None if found is None else _other_format(found)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            refused = _refused_parts(parts)
            if refused is not None:
                return refused
            _check_names([part.filename for part in parts])
            for part in parts:
                _check_size(content, part)
            is_strict = "xl/workbook.xml" in archive.namelist() and (
                STRICT in archive.read("xl/workbook.xml")
            )
    except _DAMAGE as error:
        return Refusal("workbook-damaged", {"reason": str(error)})
    return _other_format(STRICT_EXCEL) if is_strict else None


def _refused_parts(parts: list[zipfile.ZipInfo]) -> Refusal | None:
    if any(part.flag_bits & 1 for part in parts):
        return _other_format(PASSWORD)
    found = other_archive({part.filename for part in parts})
    if found is not None:
        return _other_format(found)
    if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS:
        return too_large(MOST_UNPACKED)
    return None


def _check_names(names: list[str]) -> None:
    """Hold that no two parts have one name: which of them is meant differs between programs.

    Raises:
        ValueError: two have.
    """
    twice = [name for name, count in Counter(map(str.casefold, names)).items() if count > 1]
    if twice:
        raise ValueError(f"2 × {twice[0]}")


def _check_size(content: bytes, part: zipfile.ZipInfo) -> None:
    """Unpack a part no further than the size that the archive gives for it.

    zipfile unpacks all there is before it looks at that size: two gigabytes out of one megabyte.

    Raises:
        ValueError: the part has another size.
    """
    name_and_extra = struct.unpack_from("<HH", content, part.header_offset + 26)
    start = part.header_offset + 30 + sum(name_and_extra)
    packed = content[start : start + part.compress_size]
    size = len(packed)
    if part.compress_type == zipfile.ZIP_DEFLATED:
        size = len(zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, part.file_size + 1))
    elif part.compress_type != zipfile.ZIP_STORED:
        raise ValueError(f"{part.filename}: compression {part.compress_type}")
    if size != part.file_size:
        raise ValueError(f"{part.filename}: {size} ≠ {part.file_size}")


def too_large(limit: int) -> Refusal:
    """The refusal of a file over a limit in bytes."""
    return Refusal("workbook-size", {"limit": f"{limit // MEGABYTE} MB"})


def _other_format(found: FileFormat) -> Refusal:
    if found is PASSWORD:
        return Refusal("workbook-password", {})
    return Refusal("workbook-format", {"found_zh": found.zh, "found_en": found.en})


def with_fixed_times(content: bytes) -> bytes:
    """A workbook that openpyxl saved, without a trace of when that was."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = [(part.filename, old.read(part)) for part in old.infolist()]
    return pack(
        (name, _TIME.sub(_FIXED_TIME, data) if name == "docProps/core.xml" else data)
        for name, data in parts
    )
