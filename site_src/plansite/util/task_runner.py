"""Work that is a function of plain data: kept from build to build, done by several processes."""

from __future__ import annotations

import contextlib
import hashlib
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, TypeVar

from plansite.util.process_pool import ProcessPool, trim_memory
from plansite.util.result_cache import ResultCache
from plansite.util.steps import POLL_SECONDS, Steps

T = TypeVar("T")
R = TypeVar("R")
P = TypeVar("P")

_BATCH = 8
"""Pieces of work that a process gets at a time."""
_TIDY = 16
"""Batches after which a process gives back what it freed."""


class TaskRunner:
    """Does pieces of work, unless an earlier build did."""

    def __init__(self, cache: ResultCache | None, pool: ProcessPool) -> None:
        """Open it.

        Args:
            cache: where results are kept; none to make everything anew.
            pool: who helps.
        """
        self.cache = cache
        self.pool = pool

    def submit_all(self, make: Callable[[T], bytes], subjects: Iterable[T]) -> PendingResults[T]:
        """Give out work, which goes on while the caller does other things.

        Args:
            make: a function of a module, which gives the same result for the same subject.
            subjects: plain data, each wholly told by its ``repr``.
        """
        pieces = [_Piece(one, _key(make, one)) for one in subjects]
        missing = [p for p in pieces if self.cache is None or not self.cache.has(p.key)]
        if self.pool.is_worthwhile(len(missing)):
            for number, batch in enumerate(_batched(missing, _BATCH), start=1):
                work_items = [(piece.subject, piece.key) for piece in batch]
                work = _make_and_tidy if number % _TIDY == 0 else _make_all
                future = self.pool.submit(work, make, work_items, self.cache)
                for index, piece in enumerate(batch):
                    piece.in_batch = future, index
        return PendingResults(make, pieces, self.cache)

    def submit_one(self, work: Callable[[T], R], subject: T, pieces: int) -> PendingResult[T, R]:
        """Give out one large piece of work whose result is not kept.

        Args:
            work: a function of a module.
            subject: what it takes; it can be sent to another process.
            pieces: how many small pieces of work it is worth.
        """
        future: Future[R] | None = None
        if self.pool.is_worthwhile(pieces):
            # Packed now: a thread would do it later, while the caller changes what it holds.
            future = self.pool.submit(_do_packed, work, pickle.dumps(subject))
        return PendingResult(work, subject, future)


@dataclass
class _Piece(Generic[T]):
    """A piece of work."""

    subject: T
    key: str
    in_batch: tuple[Future[list[bytes]], int] | None = None
    """The batch that another process makes it in, and its place there."""


@dataclass(frozen=True)
class PendingResult(Generic[T, R]):
    """One large piece of work that was given out."""

    work: Callable[[T], R]
    subject: T
    future: Future[R] | None
    """The result that another process makes; ``None`` where nobody took the work."""

    def wait(self) -> Steps[R]:
        """Wait for the result; where nobody took the work, or the system ended who did, do it."""
        while self.future is not None:
            yield
            with contextlib.suppress(TimeoutError):
                try:
                    return self.future.result(POLL_SECONDS)
                except BrokenProcessPool:
                    break
        return self.work(self.subject)


class PendingResults(Generic[T]):
    """Work that was given out."""

    def __init__(
        self, make: Callable[[T], bytes], pieces: Iterable[_Piece[T]], cache: ResultCache | None
    ) -> None:
        self._make = make
        self._pieces = deque(pieces)
        self._cache = cache

    def results(self) -> Iterator[bytes]:
        """The results in the order of their subjects, once; waits for those that are under way.

        None is held longer than the caller does: together they may be larger than memory.
        """
        while self._pieces:
            yield self._result(self._pieces.popleft())

    def _result(self, piece: _Piece[T]) -> bytes:
        result = _from_elsewhere(piece) if piece.in_batch else None
        if result is None and self._cache is not None:
            result = self._cache.get(piece.key)
        if result is None:
            result = self._make(piece.subject)
            if self._cache is not None:
                self._cache.put(piece.key, result)
        return result


def _key(make: Callable[[T], bytes], subject: T) -> str:
    """Names a result; by a digest, since all that is told of a workbook fills pages."""
    described = f"{make.__module__}.{make.__name__} {subject!r}"
    return hashlib.sha256(described.encode()).hexdigest()


def _from_elsewhere(piece: _Piece[T]) -> bytes | None:
    """What another process made; nothing where that is in the store.

    Or if the system ended the process, for want of memory for one.
    """
    assert piece.in_batch is not None
    batch, index = piece.in_batch
    with contextlib.suppress(BrokenProcessPool):
        results = batch.result()
        return results[index] if results else None
    return None


def _make_all(
    make: Callable[[T], bytes], work_items: Iterable[tuple[T, str]], cache: ResultCache | None
) -> list[bytes]:
    """Do work, in a process of the pool: results go into the cache, without one to the build."""
    results = []
    for subject, key in work_items:
        result = make(subject)
        if cache is None:
            results.append(result)
        else:
            cache.put(key, result)
    return results


def _make_and_tidy(
    make: Callable[[T], bytes], work_items: Iterable[tuple[T, str]], cache: ResultCache | None
) -> list[bytes]:
    results = _make_all(make, work_items, cache)
    trim_memory()
    return results


def _do_packed(work: Callable[[T], R], packed: bytes) -> R:
    result = work(pickle.loads(packed))  # noqa: S301 - packed by the build itself
    trim_memory()
    return result


def _batched(pieces: Sequence[P], size: int) -> Iterator[list[P]]:
    """Pieces in lists of a size, the last one shorter."""
    for start in range(0, len(pieces), size):
        yield [*pieces[start : start + size]]
