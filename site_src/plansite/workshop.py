"""Work that is a function of plain data: kept from build to build, done by several processes.

Processes are spawned, never forked: a fork of a process in which vl-convert has run hangs for ever.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from plansite.store import Store

T = TypeVar("T")
P = TypeVar("P")

_BATCH = 8
"""Pieces of work that a process gets at a time."""
_WORTH = 60
"""Pieces of work below which starting processes takes longer than they save."""


def available_cores() -> int:
    """How many processes can run at once here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workshop:
    """Does pieces of work. A context manager, which ends the processes that it started."""

    def __init__(self, store: Store | None, jobs: int) -> None:
        """Open it.

        Args:
            store: where results are kept; none to make everything anew.
            jobs: how many processes may work; with one, this one does everything.
        """
        self.store = store
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def begin(self, make: Callable[[T], bytes], subjects: Iterable[T]) -> Work[T]:
        """Give out work, which goes on while the caller does other things.

        Args:
            make: a function of a module, which gives the same result for the same subject.
            subjects: plain data, each wholly told by its ``repr``.
        """
        pieces = [_Piece(one, f"{make.__module__}.{make.__name__} {one!r}") for one in subjects]
        missing = [p for p in pieces if self.store is None or not self.store.has(p.key)]
        if self._jobs > 1 and (self._pool or len(missing) >= _WORTH):
            pool = self._processes()
            for batch in _batched(missing, _BATCH):
                future = pool.submit(_make_all, make, [piece.subject for piece in batch])
                for place, piece in enumerate(batch):
                    piece.elsewhere = future, place
        return Work(make, pieces, self.store)

    def _processes(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._jobs,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin_process,
            )
        return self._pool


@dataclass
class _Piece(Generic[T]):
    """A piece of work."""

    subject: T
    key: str
    elsewhere: tuple[Future[list[bytes]], int] | None = None
    """The batch that another process makes it in, and its place there."""


class Work(Generic[T]):
    """Work that was given out."""

    def __init__(
        self, make: Callable[[T], bytes], pieces: Iterable[_Piece[T]], store: Store | None
    ) -> None:
        self._make = make
        self._pieces = deque(pieces)
        self._store = store

    def results(self) -> Iterator[bytes]:
        """The results in the order of their subjects, once; waits for those that are under way.

        None is held longer than the caller does: together they may be larger than memory.
        """
        while self._pieces:
            yield self._result(self._pieces.popleft())

    def _result(self, piece: _Piece[T]) -> bytes:
        kept = self._store.get(piece.key) if self._store and not piece.elsewhere else None
        if kept is not None:
            return kept
        result = self._from_elsewhere(piece) or self._make(piece.subject)
        if self._store is not None:
            self._store.put(piece.key, result)
        return result

    @staticmethod
    def _from_elsewhere(piece: _Piece[T]) -> bytes | None:
        """What another process made; nothing if the system ended it, for want of memory for one."""
        if piece.elsewhere is None:
            return None
        batch, place = piece.elsewhere
        with contextlib.suppress(BrokenProcessPool):
            return batch.result()[place]
        return None


def _make_all(make: Callable[[T], bytes], subjects: Iterable[T]) -> list[bytes]:
    return [make(subject) for subject in subjects]


def _begin_process() -> None:
    """Leave Ctrl-C to the process that the user started, and end with it, even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)  # nobody waits for what this process does


def _batched(pieces: Sequence[P], size: int) -> Iterator[list[P]]:
    """Pieces in lists of a size, the last one shorter."""
    for start in range(0, len(pieces), size):
        yield [*pieces[start : start + size]]
