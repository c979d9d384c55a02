"""Files packed as ZIP, the same bytes for the same content, and unpacked up to a limit."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable

_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file can hold."""


def pack(files: Iterable[tuple[str, bytes]], *, is_compressed: bool = True) -> bytes:
    """A ZIP of files by name."""
    method = zipfile.ZIP_DEFLATED if is_compressed else zipfile.ZIP_STORED
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method, compresslevel=9) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = method
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def unpack(content: bytes, most_bytes: int) -> dict[str, bytes]:
    """The files of a ZIP by name.

    Args:
        content: the archive.
        most_bytes: what all of its files may come to; whatever the archive says of itself, no more
            is unpacked.

    Raises:
        zipfile.BadZipFile: it is none, or is damaged.
        ValueError: it holds more.
    """
    files = {}
    left = most_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as stream:
                    files[entry.filename] = stream.read(left + 1)
                left -= len(files[entry.filename])
                if left < 0:
                    raise ValueError(f"> {most_bytes} B")
    except (zlib.error, EOFError, RuntimeError) as error:  # damaged, cut off, or encrypted
        raise zipfile.BadZipFile(str(error)) from None
    return files
