"""The pipeline: read, check, assess, draw, write, run the engine, finish, check, publish.

Everything is made beside the published site. Only a site that passed its check takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plansite.data.history.limits import HistoryLimit
from plansite.model.errors import BuildError
from plansite.model.problems import Problem
from plansite.output.published_file import ListedFile
from plansite.pipeline.build_record import BuildSummary
from plansite.pipeline.make_site import SiteBuild, make_site
from plansite.pipeline.options import Announce, BuildOptions
from plansite.pipeline.prepare import PreparedBuild, prepare_build
from plansite.util.process_pool import ProcessPool
from plansite.util.steps import Steps, run_to_end
from plansite.util.task_runner import TaskRunner
from plansite.util.text_spool import open_spool


@dataclass(frozen=True)
class BuildResult:
    """A finished build."""

    pages: int
    warnings: list[Problem]
    undrawable: frozenset[str]
    """Characters that pictures may lack: the font that they are lettered with has none of them."""
    unreadable: tuple[str, ...] = ()
    """Tags of releases that could not be had."""
    is_new: bool = True
    """Whether a site was made; the one that stands may be just what would have been made."""
    listed: Sequence[ListedFile] = ()
    """Every file to take away."""
    limits: tuple[HistoryLimit, ...] = ()
    """What the site lacks for want of history."""


def build_site(options: BuildOptions, announce: Announce) -> BuildResult:
    """Build the site and put it in place of the last one.

    Args:
        options: what to build.
        announce: told of each stage.

    Raises:
        UsageError, DataError: see :func:`prepare_build`.
        EngineError, IndexingError, OSError, SiteError: see :func:`build_steps`.
    """
    with prepare_build(options, announce) as prepared, ProcessPool(options.jobs) as pool:
        return run_to_end(build_steps(prepared, announce, pool))


def build_steps(
    prepared: PreparedBuild, announce: Announce, pool: ProcessPool
) -> Steps[BuildResult]:
    """Make the site, unless it stands already, and put it in place of the last one.

    Whoever takes no further step leaves the last site as it was.

    Args:
        prepared: the build.
        announce: told of each stage.
        pool: who helps.

    Raises:
        EngineError: the engine failed; the last site still stands.
        IndexingError: so did the maker of the search index.
        OSError: a file could not be read or written; the last site still stands.
        SiteError: the built site is wrong; the last one still stands.
    """
    prepared.context.target.clear()
    summary, is_new = prepared.summary, False
    if summary is None:
        runner = TaskRunner(prepared.cache, pool)
        summary, is_new = (yield from _make_and_publish(prepared, announce, runner)), True
        if prepared.record is not None:
            prepared.record.keep(summary)
    inputs = prepared.inputs
    unreadable, listed = inputs.releases.unreadable, summary.listed
    return BuildResult(
        summary.pages,
        inputs.problems,
        summary.undrawable,
        unreadable,
        is_new,
        listed,
        inputs.limits,
    )


def _make_and_publish(
    prepared: PreparedBuild, announce: Announce, runner: TaskRunner
) -> Steps[BuildSummary]:
    """Make a site and let it take its place."""
    target, work = prepared.context.target, prepared.context.options.work
    try:
        with open_spool(work) as spool:
            summary = yield from make_site(SiteBuild(prepared, announce, runner, spool))
    except (BuildError, OSError):
        target.clear()  # on a full disk every file that nobody needs is in the way
        raise
    yield from target.publish()
    if runner.cache is not None:
        runner.cache.prune()
    return summary
