"""Watches files that somebody edits."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
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
    for polls in (False, True):  # the second where the system has no watches left to give
        with contextlib.suppress(OSError):
            for _ in watch(*paths, debounce=200, force_polling=polls):
                changed.set()


@dataclass(frozen=True)
class Watcher:
    """Tells when files change."""

    changed: threading.Event

    @property
    def is_pending(self) -> bool:
        """Whether files changed since the last item was taken."""
        return self.changed.is_set()

    def changes(self, is_due: Callable[[], bool]) -> Iterator[None]:
        """One item for each time that files changed since the last one was taken.

        Args:
            is_due: asked now and then; an item comes too where it says yes.
        """
        while True:
            # A wait without end would not hear Ctrl-C on Windows.
            if self.changed.wait(_WAKE) or is_due():
                self.changed.clear()
                yield None
