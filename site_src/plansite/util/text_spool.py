"""Texts that a build puts aside until their pages are finished: on the disk, not in memory.

The charts of a thousand indicators and what describes them take 70 MB.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@contextlib.contextmanager
def open_spool(folder: Path) -> Iterator[TextSpool]:
    """A spool in a folder; nothing of it is left afterwards.

    Raises:
        OSError: no file can be made there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        yield TextSpool(file)


@dataclass(frozen=True)
class TextSpool:
    """A file without a name."""

    file: BinaryIO

    def texts(self) -> SpooledTexts:
        """Texts with keys of their own."""
        return SpooledTexts(self.file)


class SpooledTexts(Mapping[str, str]):
    """Texts by key."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, texts: Mapping[str, str]) -> None:
        """Put texts aside.

        Raises:
            OSError: the disk is full.
        """
        end = self._file.seek(0, 2)
        for key, text in texts.items():
            content = text.encode()
            self._file.write(content)
            self._places[key] = end, len(content)
            end += len(content)

    def __getitem__(self, key: str) -> str:
        start, length = self._places[key]
        self._file.seek(start)
        return self._file.read(length).decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
