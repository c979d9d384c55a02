"""What is to be built, and the locks that let one build at a time work in its folders."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from plansite.model.site_settings import EngineName
from plansite.pipeline.engine.configuration import CONFIGURATION
from plansite.pipeline.publish import PublishTarget
from plansite.util.checksums import digest
from plansite.util.file_lock import file_lock
from plansite.util.program_files import PROGRAM

Announce = Callable[[str], AbstractContextManager[object]]
"""Announces a stage of a build by its key and times it."""


@dataclass(frozen=True)
class BuildOptions:
    """What to build: from where, to where, and as of which day."""

    folder: Path
    """The folder in which builds work: ``build`` is made there."""
    package: Path
    out: Path
    as_of: dt.date | None
    """``None`` for today, in the plan's time zone."""
    jobs: int
    """How many processes may draw."""
    caches: bool
    """Whether what earlier builds made is used, and kept for later ones."""
    compress: bool = False
    """Whether text files get compressed copies beside them."""
    engine: EngineName = EngineName.MKDOCS

    @property
    def plan_folder(self) -> Path:
        """The package's parent, where a plan may have a configuration and pages of its own."""
        return self.package.resolve().parent

    @property
    def own_content(self) -> Path:
        """Pages of running text that the plan has of its own, if any."""
        return self.plan_folder / "site_src" / "content"

    @property
    def program(self) -> tuple[Path, ...]:
        """What the site is made with, beside its data; some of it may not be there."""
        return (
            PROGRAM,
            *(self.plan_folder / name for name in CONFIGURATION.values()),
            self.own_content,
        )

    @property
    def shared(self) -> Path:
        """What all builds in the folder share."""
        return self.folder / "build"

    @property
    def work(self) -> Path:
        """Where a build keeps what it makes on the way; each package and site has its own."""
        made = self.package.resolve(), self.out.resolve()
        usual = (self.folder / "datapackage").resolve(), (self.folder / "site").resolve()
        if made == usual:
            return self.shared
        return self.shared / f"{made[1].name}-{digest(repr(made).encode())[:8]}"

    @property
    def cache(self) -> Path:
        """Where builds keep what later ones can use."""
        return self.shared / "cache"


@dataclass(frozen=True)
class BuildContext:
    """A build that has its locks: nobody else works in its folders."""

    options: BuildOptions
    target: PublishTarget
    locks: Sequence[int]
    """Descriptors for the programs that a build runs: the locks last while one of them writes."""


@contextlib.contextmanager
def acquire_build_lock(
    options: BuildOptions, target: PublishTarget, announce: Announce
) -> Iterator[BuildContext]:
    """One build at a time in a work folder, and one for each published site.

    A second one waits for the first: of the same package and site for the work folder, from another
    folder for the site.
    """
    with contextlib.ExitStack() as held:
        locks = [
            held.enter_context(file_lock(path, lambda: announce("wait")))
            for path in (options.work / "lock", target.lock)
        ]
        yield BuildContext(options, target, locks)
