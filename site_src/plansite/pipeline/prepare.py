"""Prepares a build: takes its locks, reads the data and checks it."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from plansite.analysis.publication import Publication, publish
from plansite.data.checks import validate_snapshot
from plansite.data.history import History, read_history, why_unknown
from plansite.data.history.limits import HistoryLimit
from plansite.data.history.releases import Releases, read_releases
from plansite.data.package import PackageSnapshot, take_snapshot
from plansite.data.validation.read_package import PackageReport
from plansite.data.validation.time_zone import plan_today, plan_zone
from plansite.model import Plan
from plansite.model.errors import DataError, UsageError
from plansite.model.problems import Problem, blockers
from plansite.pipeline.build_record import BuildRecord, BuildSummary, input_fingerprint
from plansite.pipeline.engine import (
    Configurations,
    Engine,
    engine_environment,
    open_engine,
    read_configurations,
    read_site,
    require_engine,
)
from plansite.pipeline.options import Announce, BuildContext, BuildOptions, acquire_build_lock
from plansite.pipeline.publish import PublishTarget
from plansite.util.result_cache import ResultCache, program_fingerprint


@dataclass(frozen=True)
class BuildInputs:
    """A package as it was when the build began, what is wrong with it, and how it came to be."""

    options: BuildOptions
    as_of: dt.date
    configurations: Configurations
    package: PackageSnapshot
    report: PackageReport
    plan: Plan
    problems: list[Problem]
    history: History | None
    releases: Releases
    limits: tuple[HistoryLimit, ...]
    """What of its past is not known, and why."""

    def fingerprint(self, settings: str) -> str:
        """A name for all this and for what was asked for: of the same, the same site is made.

        Args:
            settings: how the engine is set.
        """
        asked = (settings, str(self.options.package), str(self.options.compress))
        return input_fingerprint(self.package.digest, self.history, self.releases, asked)

    @cached_property
    def publication(self) -> Publication:
        """The plan with its verdicts, on its site."""
        site = read_site(self.configurations)
        known = publish(self.plan, self.as_of, self.problems, self.history, site)
        return dataclasses.replace(
            known,
            row_numbers=self.report.row_numbers,
            tables=self.package.raw.tables,
            releases=self.releases,
        )


def read_inputs(options: BuildOptions) -> tuple[BuildInputs, dict[str, str]]:
    """Take the package as it is now and check it; nothing of it is read elsewhere after that.

    Args:
        options: what to build.

    Returns:
        What is built from, and where the configuration looks for what it takes from the
        environment.

    Raises:
        DataError: the package has blockers.
        EngineError: the configuration cannot be read.
        OSError: a file cannot be read or written.
    """
    package = take_snapshot(options.package)
    as_of = options.as_of or plan_today(package)
    report, problems = validate_snapshot(package, as_of)
    plan = report.plan
    if blockers(problems) or plan is None:
        raise DataError(problems)
    environment = engine_environment(as_of)
    configurations = read_configurations(options.plan_folder, plan.info, environment)
    inputs = BuildInputs(
        *(options, as_of, configurations, package, report, plan, problems),
        *_read_past(options, package, plan),
    )
    return inputs, environment


def _read_past(
    options: BuildOptions, package: PackageSnapshot, plan: Plan
) -> tuple[History | None, Releases, tuple[HistoryLimit, ...]]:
    """What git knows of the package, in the plan's time zone, and what it does not know."""
    files = {table.name: table.path for table in plan.info.resources}
    history = read_history(options.package, files, options.program, package.contents())
    releases = read_releases(options.package)
    zone = plan_zone(package)
    if zone is not None:
        releases = releases.in_zone(zone)
        history = history and history.in_zone(zone)
    if history is None:
        return None, releases, why_unknown(options.package, files, package.contents())
    return history, releases, (*history.limits, *releases.limits)


@dataclass(frozen=True)
class PreparedBuild:
    """A build whose data was read and has no errors; nothing of the site is made yet."""

    context: BuildContext
    inputs: BuildInputs
    engine: Engine
    cache: ResultCache | None
    """What earlier builds kept; ``None`` where they are not to be asked."""

    @cached_property
    def record(self) -> BuildRecord | None:
        """What is kept of the site that stands."""
        name = self.inputs.fingerprint(self.engine.settings)
        return BuildRecord(self.cache, self.context.target.published, name) if self.cache else None

    @cached_property
    def summary(self) -> BuildSummary | None:
        """What was told of the site that stands, if it is just the one that would be made."""
        return self.record.summary() if self.record else None


@contextlib.contextmanager
def prepare_build(options: BuildOptions, announce: Announce) -> Iterator[PreparedBuild]:
    """Wait for the locks, and read the data.

    Args:
        options: what to build.
        announce: told of each stage.

    Raises:
        UsageError: what the site is made from would be replaced, by the new one or on the way, or
            something else that is no site; or the engine is not installed.
        DataError: the package has blockers; nothing was written.
        EngineError: the engine is set in a way that cannot be.
        OSError: a file could not be read or written; the last site still stands.
    """
    require_engine(options.engine)
    target = PublishTarget(options.out)
    for source in (options.folder, options.package, options.work, *options.program):
        if source.exists() and source.resolve().is_relative_to(target.published):
            raise UsageError("cli.out_holds_source", out=options.out, source=source)
    if options.package.resolve().is_relative_to(options.work.resolve()):
        raise UsageError("cli.package_in_work", package=options.package)
    target.recover()
    if not target.may_be_replaced():
        raise UsageError("cli.out_is_no_site", out=options.out)
    cache = (
        ResultCache(options.cache, program_fingerprint(options.program)) if options.caches else None
    )
    with acquire_build_lock(options, target, announce) as context:
        with announce("read"):
            inputs, environment = read_inputs(options)
        configurations = inputs.configurations
        engine = open_engine(options.engine, configurations, environment, context.locks)
        yield PreparedBuild(context, inputs, engine, cache)
