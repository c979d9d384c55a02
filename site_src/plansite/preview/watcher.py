"""Watches files that somebody edits."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from watchfiles import watch

_WAKE = 1.0
"""Seconds between two looks at whether somebody wants to end the preview."""


def watch_files(paths: Sequence[Path]) -> Watcher:
    """Watch files, and all below folders, from now on."""
    watcher = Watcher(threading.Event())
    threading.Thread(target=_tell, args=(paths, watcher.changed), daemon=True).start()
    return watcher


def _tell(paths: Sequence[Path], changed: threading.Event) -> None:
    for _ in watch(*paths, debounce=200):
        changed.set()


@dataclass(frozen=True)
class Watcher:
    """Tells when files change."""

    changed: threading.Event

    @property
    def is_pending(self) -> bool:
        """Whether files changed since the last item was taken."""
        return self.changed.is_set()

    def __iter__(self) -> Iterator[None]:
        """One item for each time that files changed since the last one was taken."""
        while True:
            if self.changed.wait(_WAKE):  # a wait without end would not hear Ctrl-C on Windows
                self.changed.clear()
                yield None
