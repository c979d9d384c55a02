"""One build at a time, whatever became of the one before."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from filelock import FileLock, Timeout


@contextlib.contextmanager
def file_lock(path: Path, waiting: Callable[[], AbstractContextManager[object]]) -> Iterator[int]:
    """Hold a lock, which nobody else can until the end.

    The system frees it when the process ends, however it ends: the file alone stops nobody.

    Args:
        path: the lock's file; gone again at the end.
        waiting: entered while another process holds the lock.

    Raises:
        OSError: the file cannot be made.

    Yields:
        The lock's descriptor. A process that inherits it holds the lock too, so that nobody comes
        in while it still writes, though the one that started it was killed.
    """
    descriptors: list[int] = []
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, on_acquired=descriptors.append)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        # Where no file can be made at all, as below /proc, filelock would wait for ever.
        path.touch()
        with waiting():
            lock.acquire()
    try:
        yield descriptors[-1]
    finally:
        path.unlink(missing_ok=True)
        lock.release()
