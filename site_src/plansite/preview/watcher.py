"""Files that somebody edits, watched."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import watch

_WAKE = 1.0
"""Seconds between two looks at whether somebody wants to end the preview."""


class Watcher:
    """Tells when files change, from now on."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Watch files, and all below folders."""
        self._paths = paths
        self._changed = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    @property
    def is_pending(self) -> bool:
        """Whether files changed since the last item was taken."""
        return self._changed.is_set()

    def __iter__(self) -> Iterator[None]:
        """One item for each time that files changed since the last one was taken."""
        while True:
            if self._changed.wait(_WAKE):  # a wait without end would not hear Ctrl-C on Windows
                self._changed.clear()
                yield None

    def _watch(self) -> None:
        for _ in watch(*self._paths, debounce=200):
            self._changed.set()
