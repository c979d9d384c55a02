"""Writing files so that a failure says where it happened."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What a system says when a disk, or somebody's share of it, is full."""
DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
"""What a system says of a place where one may not read or write."""

_SAID = re.compile(r"\[Errno (\d+)\]|\(os error (\d+)\)")
"""How programs in Python and in Rust name the system's error."""


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file; make folders as needed.

    Raises:
        OSError: it could not be written. It names the file, which the system does not do when a
            disk is full.
    """
    try:
        try:
            path.write_bytes(content)
        except FileNotFoundError:  # for a few of many files; asking for each takes as long again
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def failure_said(text: str, folder: Path) -> OSError | None:
    """The failure to write that other programs told of in words.

    Args:
        text: what they said.
        folder: where they wrote.

    Returns:
        ``None`` where they failed for another reason.
    """
    for match in _SAID.finditer(text):
        number = int(match[1] or match[2])
        if number in FULL | DENIED:
            return OSError(number, os.strerror(number), str(folder))
    return None
