"""Checksums as ``sha256sum`` of the GNU core utilities writes and reads them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def digest(content: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write_checksums(digests: Mapping[str, str]) -> bytes:
    """The list of files by address, in the order of their characters' code points.

    Args:
        digests: SHA-256 by address; no address holds a line break or a backslash, which the list
            would have to escape.
    """
    assert not any(set("\\\n\r") & set(address) for address in digests), "an address to escape"
    return "".join(f"{digests[address]}  {address}\n" for address in sorted(digests)).encode()


def read_checksums(text: str) -> dict[str, str]:
    """SHA-256 by address; lines that are none are left out."""
    found = (_LINE.fullmatch(line) for line in text.splitlines())
    return {match[2]: match[1] for match in found if match}
