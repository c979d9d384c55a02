"""Processes that help a build.

They are spawned, never forked: a fork of a process in which vl-convert has run hangs for ever.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Self, TypeVar

R = TypeVar("R")

_WORTH = 60
"""Pieces of work below which starting processes takes longer than they save."""


def available_cores() -> int:
    """How many processes can run at once here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def trim_memory() -> None:
    """Give back what was freed, where that has to be asked for.

    The C library of most Linux systems keeps it, in pieces between what is still in use: a third of
    all that a build of 300 indicators seems to need when its files are made.
    """
    system = ctypes.CDLL(None)
    if hasattr(system, "malloc_trim"):
        system.malloc_trim(0)


class ProcessPool:
    """Processes that work for a build, or for one build after another; started when needed.

    A context manager, which ends them.
    """

    def __init__(self, jobs: int, *, stays: bool = False) -> None:
        """Name its size.

        Args:
            jobs: how many processes may work; with one, the build does everything itself.
            stays: whether it is kept ready for the next build, whatever memory it holds.
        """
        self._jobs = jobs
        self._stays = stays
        self._executor: ProcessPoolExecutor | None = None
        self._submitted: set[Future[Any]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def is_worthwhile(self, pieces: int) -> bool:
        """Whether so many pieces of work are worth giving away."""
        return self._jobs > 1 and pieces > 0 and (self._executor is not None or pieces >= _WORTH)

    def start(self, first: Callable[[], None]) -> None:
        """Start the processes for work that is yet to come; each does ``first`` beforehand."""
        if self._jobs > 1:
            for _ in range(self._jobs):
                self.submit(first)

    def submit(self, work: Callable[..., R], *arguments: object) -> Future[R]:
        """Have work done."""
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self._jobs,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin_process,
            )
        try:
            future = self._executor.submit(work, *arguments)
        except BrokenProcessPool:  # since an earlier build
            self._executor = None
            return self.submit(work, *arguments)
        self._submitted.add(future)
        future.add_done_callback(self._submitted.discard)
        return future

    def shutdown_idle(self) -> None:
        """Let the processes go, unless they stay, and all that they hold in memory.

        Waits for their work. New ones are started when there is work again.
        """
        if self._executor is not None and not self._stays:
            self._executor.shutdown()
            self._executor = None

    def cancel_pending(self) -> None:
        """Let go of all work that nobody has begun: the build that gave it was given up."""
        for future in tuple(self._submitted):
            future.cancel()


def _begin_process() -> None:
    """Leave Ctrl-C to the process that the user started, and end with it, even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)  # nobody waits for what this process does
