"""Compressed copies that stand beside a site's files, for servers that send them as they are.

A copy is no address of the site: it is the file before it in another coding of HTTP. So it is
listed and counted nowhere, and is right as long as it holds what the file holds.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath

import brotli  # type: ignore[import-untyped]

BROTLI, GZIP = ".br", ".gz"
CODINGS = (BROTLI, GZIP)
"""What the names of copies end with, after the file's own name."""

_TEXT = {
    *(".css", ".csv", ".html", ".js", ".json", ".jsonld", ".svg", ".ttl", ".txt", ".xml"),
}
"""Pictures, workbooks and archives are compressed already. The database is read in ranges, which a
copy doesn't have."""
_WORTH = 1024
"""Bytes below which a file fits one packet either way."""
_BROTLI_QUALITY = 5
_GZIP_LEVEL = 6
"""Measured: what more levels save and cost stands in ADR 20."""
_GZIP_FORMAT = 31
"""How zlib calls gzip with the largest window; it writes no time into the head."""


def is_compressible(address: str, size: int) -> bool:
    """Whether a file of so many bytes gets copies."""
    return size >= _WORTH and PurePosixPath(address).suffix in _TEXT


def compress(content: bytes, coding: str) -> bytes:
    """A copy of a file; the same bytes for the same content."""
    if coding == BROTLI:
        copy: bytes = brotli.compress(content, quality=_BROTLI_QUALITY)
        return copy
    return zlib.compress(content, _GZIP_LEVEL, _GZIP_FORMAT)


def holds(copy: bytes, coding: str, content: bytes) -> bool:
    """Whether a copy holds just what the file holds."""
    try:
        if coding == BROTLI:
            return bool(brotli.decompress(copy) == content)
        return zlib.decompress(copy, _GZIP_FORMAT) == content
    except (brotli.error, zlib.error):
        return False


def original(address: str) -> str | None:
    """The file that something of this address would be a copy of; ``None`` for other names."""
    path = PurePosixPath(address)
    return address.removesuffix(path.suffix) if path.suffix in CODINGS else None


def without_copies(addresses: Iterable[str]) -> set[str]:
    """The files that are no copy of another one among them."""
    every = {*addresses}
    return {address for address in every if original(address) not in every}
