"""What a build is made from: its lock is taken, and the data is read and found in order."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from plansite.analysis.publication import Publication, publish
from plansite.data.checks import validate_snapshot
from plansite.data.history import History, read_history
from plansite.data.history.releases import Releases, read_releases
from plansite.data.package import PackageSnapshot, take_snapshot
from plansite.data.validation.read_package import PackageReport
from plansite.model import Plan
from plansite.model.problems import Problem, blockers
from plansite.model.translations import UsageError
from plansite.pipeline.build_record import BuildRecord, BuildSummary, input_fingerprint
from plansite.pipeline.engine import (
    Engine,
    open_engine,
    read_site,
    require_engine,
)
from plansite.pipeline.options import (
    BuildContext,
    BuildOptions,
    Step,
    acquire_build_lock,
)
from plansite.pipeline.publish import PublishTarget
from plansite.util.result_cache import ResultCache, program_fingerprint


class DataError(Exception):
    """The package has problems that stop a build."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True)
class BuildInputs:
    """A package as it was when the build began, what is wrong with it, and how it came to be."""

    order: BuildOptions
    package: PackageSnapshot
    reading: PackageReport
    plan: Plan
    problems: list[Problem]
    history: History | None
    releases: Releases

    def name(self, settings: str) -> str:
        """A name for all this and for what was ordered: of the same, the same site is made.

        Args:
            settings: how the engine is set.
        """
        asked = (settings, str(self.order.package), str(self.order.compress))
        return input_fingerprint(self.package.digest, self.history, self.releases, asked)

    @cached_property
    def publication(self) -> Publication:
        """The plan with its verdicts, on its site."""
        order = self.order
        known = publish(self.plan, order.as_of, self.problems, self.history, read_site(order.root))
        return dataclasses.replace(
            known,
            row_numbers=self.reading.row_numbers,
            tables=self.package.raw.tables,
            releases=self.releases,
        )


def read_inputs(order: BuildOptions) -> BuildInputs:
    """Take the package as it is now and check it; nothing of it is read elsewhere after that.

    Raises:
        DataError: the package has blockers.
        OSError: a file cannot be read or written.
    """
    package = take_snapshot(order.package)
    reading, problems = validate_snapshot(package, order.as_of)
    plan = reading.plan
    if blockers(problems) or plan is None:
        raise DataError(problems)
    files = {table.name: table.path for table in plan.info.resources}
    history = read_history(order.package, files, order.program, package.contents())
    releases = read_releases(order.package)
    return BuildInputs(order, package, reading, plan, problems, history, releases)


@dataclass(frozen=True)
class PreparedBuild:
    """A build whose data was read and found in order; nothing of the site is made yet."""

    context: BuildContext
    inputs: BuildInputs
    engine: Engine
    cache: ResultCache | None
    """What earlier builds kept; ``None`` where they are not to be asked."""

    @cached_property
    def record(self) -> BuildRecord | None:
        """What is kept of the site that stands."""
        name = self.inputs.name(self.engine.settings)
        return BuildRecord(self.cache, self.context.place.published, name) if self.cache else None

    @cached_property
    def summary(self) -> BuildSummary | None:
        """What was told of the site that stands, if it is just the one that would be made."""
        return self.record.summary() if self.record else None


@contextlib.contextmanager
def prepare_build(
    order: BuildOptions, step: Step, go_on: Callable[[], None] = lambda: None
) -> Iterator[PreparedBuild]:
    """Take the turn to build, and read the data.

    Args:
        order: what to build.
        step: told of each step.
        go_on: called now and then; the build ends with what it raises.

    Raises:
        UsageError: what the site is made from would be replaced, by the new one or on the way, or
            something else that is no site; or the engine is not installed.
        DataError: the package has blockers; nothing was written.
        EngineError: the engine is set in a way that cannot be.
        OSError: a file could not be read or written; the last site still stands.
    """
    require_engine(order.engine)
    place = PublishTarget(order.out)
    for source in (order.root, order.package, order.work):
        if source.resolve().is_relative_to(place.published):
            raise UsageError("cli.out_holds_source", out=order.out, source=source)
    if order.package.resolve().is_relative_to(order.work.resolve()):
        raise UsageError("cli.package_in_work", package=order.package)
    place.recover()
    if not place.may_be_replaced():
        raise UsageError("cli.out_is_no_site", out=order.out)
    cache = ResultCache(order.cache, program_fingerprint(order.program)) if order.caches else None
    with acquire_build_lock(order, place, step, go_on) as context:
        with step("read"):
            inputs = read_inputs(order)
        engine = open_engine(order.engine, order.root, order.as_of, context.locks)
        yield PreparedBuild(context, inputs, engine, cache)
