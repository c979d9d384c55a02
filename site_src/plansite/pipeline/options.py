"""What is to be built, and whose turn it is to build it."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from plansite.model.site_settings import EngineName
from plansite.pipeline.publish import PublishTarget
from plansite.util.file_lock import file_lock

Step = Callable[[str], AbstractContextManager[object]]
"""Announces a step by its key and times it."""


class BuildCancelledError(Exception):
    """A build that nobody waits for any more; what it was to replace still stands."""


@dataclass(frozen=True)
class BuildOptions:
    """What to build: from where, to where, and as of which day."""

    root: Path
    """The folder with ``mkdocs.yml`` and ``site_src``."""
    package: Path
    out: Path
    as_of: dt.date
    jobs: int
    """How many processes may draw."""
    caches: bool
    """Whether what earlier builds made is used, and kept for later ones."""
    compress: bool = False
    """Whether text files get compressed copies beside them."""
    engine: EngineName = EngineName.MKDOCS

    @property
    def program(self) -> tuple[Path, ...]:
        """What the site is made with, beside its data."""
        names = ("site_src", "mkdocs.yml", "mkdocs.en.yml", "build_site.py")
        return tuple(self.root / name for name in names)

    @property
    def own_content(self) -> Path:
        """Pages of running text that the plan has of its own, if any."""
        return self.root / "site_src" / "content"

    @property
    def work(self) -> Path:
        """Where a build keeps what it makes on the way."""
        return self.root / "build"

    @property
    def cache(self) -> Path:
        """Where builds keep what later ones can use."""
        return self.work / "cache"


@dataclass
class BuildContext:
    """An order whose turn it is: nobody else works in its folders."""

    order: BuildOptions
    place: PublishTarget
    locks: list[int]
    """Descriptors for the programs that a build runs: the turn lasts while one of them writes."""
    go_on: Callable[[], None] = lambda: None
    """Called now and then; raises :class:`BuildCancelledError` to end the build."""


@contextlib.contextmanager
def acquire_build_lock(
    order: BuildOptions, place: PublishTarget, step: Step, go_on: Callable[[], None]
) -> Iterator[BuildContext]:
    """One build at a time in a work folder, and one for each published site.

    A second one waits for the first: of the same program for the work folder, of another copy of it
    for the site.
    """
    context = BuildContext(order, place, [], go_on)
    with contextlib.ExitStack() as held:
        for path in (order.work / "lock", place.lock):
            context.locks.append(held.enter_context(file_lock(path, lambda: step("wait"))))
        yield context
