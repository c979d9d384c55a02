"""Work that is a function of plain data: kept from build to build, done by several processes.

Processes are spawned, never forked: a fork of a process in which vl-convert has run hangs for ever.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
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
        if self.store is not None:
            for piece in pieces:
                piece.result = self.store.get(piece.key)
        missing = [piece for piece in pieces if piece.result is None]
        given = []
        if self._jobs > 1 and (self._pool or len(missing) >= _WORTH):
            pool = self._processes()
            for batch in _batched(missing, _BATCH):
                subjects_of = [piece.subject for piece in batch]
                given.append((batch, pool.submit(_make_all, make, subjects_of)))
        return Work(make, pieces, given, self.store)

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
    """A piece of work, and its result once there is one."""

    subject: T
    key: str
    result: bytes | None = None


class Work(Generic[T]):
    """Work that was given out."""

    def __init__(
        self,
        make: Callable[[T], bytes],
        pieces: list[_Piece[T]],
        given: list[tuple[list[_Piece[T]], Future[list[bytes]]]],
        store: Store | None,
    ) -> None:
        self._make = make
        self._pieces = pieces
        self._given = given
        self._store = store

    def results(self) -> Iterator[bytes]:
        """The results in the order of their subjects; waits for those that are under way."""
        for batch, future in self._given:
            # A process that the system ended, for want of memory for one, takes its batch along.
            with contextlib.suppress(BrokenProcessPool):
                for piece, result in zip(batch, future.result(), strict=True):
                    self._keep(piece, result)
        for piece in self._pieces:
            if piece.result is None:
                self._keep(piece, self._make(piece.subject))
            assert piece.result is not None
            yield piece.result

    def _keep(self, piece: _Piece[T], result: bytes) -> None:
        piece.result = result
        if self._store is not None:
            self._store.put(piece.key, result)


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
