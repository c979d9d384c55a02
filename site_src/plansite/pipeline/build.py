"""The pipeline: read, check, assess, draw, write, run the engine, finish, check, swap.

Everything is made beside the published site. Only a site that passed its check takes its place.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plansite.analysis.publication import Publication
from plansite.model import Language, urls
from plansite.model.problems import Problem
from plansite.output.charts import vega_bundle
from plansite.output.pages import CompiledTemplates, generate_embeds
from plansite.output.published_file import ListedFile
from plansite.pipeline.artifacts import ArtifactBuilder, Artifacts
from plansite.pipeline.build_record import BuildSummary
from plansite.pipeline.check.faults import SiteFault
from plansite.pipeline.check.links import check_site
from plansite.pipeline.engine import EngineError, theme_style
from plansite.pipeline.html.assets import FOLDER as ASSETS
from plansite.pipeline.html.assets import (
    STYLE,
    VEGA,
    gather_assets,
    hashed_names,
)
from plansite.pipeline.html.parse_page import BuiltPage, read_pages
from plansite.pipeline.html.postprocess import PostProcessor, make_post_processor
from plansite.pipeline.markdown import MarkdownJob
from plansite.pipeline.options import (
    BuildContext,
    BuildOptions,
    Step,
)
from plansite.pipeline.prepare import PreparedBuild, prepare_build
from plansite.pipeline.render_pages import RenderJob
from plansite.pipeline.search.index import search_index
from plansite.pipeline.search.pagefind import IndexingError
from plansite.pipeline.staging import StagedSite
from plansite.util.files import write_bytes
from plansite.util.process_pool import ProcessPool, trim_memory
from plansite.util.task_runner import TaskRunner
from plansite.util.text_spool import TextSpool

_MANY_PAGES = 1000
"""Pages whose index takes so much memory that new processes are worth their start: those that made
the files hold as much."""


class SiteError(Exception):
    """The built site has faults; the published one was left alone."""

    def __init__(self, faults: list[SiteFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


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


def build_site(order: BuildOptions, step: Step) -> BuildResult:
    """Build the site and put it in place of the last one.

    Args:
        order: what to build.
        step: told of each step.

    Raises:
        UsageError, DataError: see :func:`prepare_build`.
        EngineError, IndexingError, OSError, SiteError: see :func:`finish_build`.
    """
    with prepare_build(order, step) as prepared, ProcessPool(order.jobs) as pool:
        return finish_build(prepared, step, pool)


def finish_build(prepared: PreparedBuild, step: Step, pool: ProcessPool) -> BuildResult:
    """Make the site, unless it stands already, and put it in place of the last one.

    Args:
        prepared: the build.
        step: told of each step.
        pool: who helps.

    Raises:
        EngineError: the engine failed; the last site still stands.
        IndexingError: so did the maker of the search index.
        OSError: a file could not be read or written; the last site still stands.
        SiteError: the built site is wrong; the last one still stands.
    """
    prepared.context.place.clear()
    summary, is_new = prepared.summary, False
    if summary is None:
        summary, is_new = _build(prepared, TaskRunner(prepared.cache, pool), step), True
        if prepared.record is not None:
            prepared.record.keep(summary)
    unreadable = prepared.inputs.releases.unreadable
    return BuildResult(
        summary.pages,
        prepared.inputs.problems,
        summary.undrawable,
        unreadable,
        is_new,
        summary.listed,
    )


def _build(prepared: PreparedBuild, runner: TaskRunner, step: Step) -> BuildSummary:
    """Build the site and publish it."""
    context = prepared.context
    try:
        with TextSpool(context.order.work) as spool:
            summary = _make(prepared, runner, spool, step)
    except (EngineError, IndexingError, OSError):
        context.place.clear()  # on a full disk every file that nobody needs is in the way
        raise
    context.place.swap(context.go_on)
    if runner.cache is not None:
        runner.cache.prune()
    return summary


def _make(
    prepared: PreparedBuild, runner: TaskRunner, spool: TextSpool, step: Step
) -> BuildSummary:
    """Make the site beside the published one, and check it.

    Files are written as they are made: all of a large site is more than fits into memory.
    """
    context, inputs, order = prepared.context, prepared.inputs, prepared.context.order
    own_content = order.own_content
    with step("assess"):
        publication = inputs.publication
        writing = MarkdownJob(publication, own_content, order.work / "docs", runner)
        maker = ArtifactBuilder(publication, inputs.package, runner, spool)
    with step("pages"):
        compiled = CompiledTemplates(runner.cache) if runner.cache else None
        pages = writing.finish(context.go_on)
        assets = gather_assets(theme_style())
        # For whoever runs the engine alone; the build publishes it under another name.
        write_bytes(order.work / "docs" / Language.ZH / ASSETS / STYLE, assets[STYLE])
    with (
        step("engine"),
        contextlib.closing(
            RenderJob(prepared.engine, pages, order.work, runner.cache)
        ) as rendering,
    ):
        site = StagedSite(context.place.new, context.go_on)
        contents = maker.finish(pages, site.add_file)
        processors = _processors(
            publication, contents, assets | {VEGA: vega_bundle(order.work)}, site
        )
        for processor in processors:
            for address, html in generate_embeds(
                publication, processor.language, own_content, compiled
            ):
                site.add_page(urls.html_file(address), processor.fill(html, address), processor)
        rendering.finish(context.go_on)
    if len(pages) > _MANY_PAGES:
        runner.pool.shutdown_idle()
    with step("finish"):
        for processor in processors:
            site.add_pages(rendering.pages(processor.language), processor)
        trim_memory()  # Pagefind needs much
        built = _index(site, context, publication, runner)
        site.write_manifest(publication, order.engine)
    _check(site, built, context, step)
    return BuildSummary(len(pages), contents.undrawable, contents.listed)


def _check(site: StagedSite, built: list[BuiltPage], context: BuildContext, step: Step) -> None:
    """Let no site pass that has faults; the other gets its compressed copies, if it is to."""
    with step("check"):
        faults = check_site(site.folder, built, context.go_on)
    if faults:
        raise SiteError(faults)
    if context.order.compress:
        with step("compress"):
            site.compress(context.order.jobs)


def _processors(
    publication: Publication, contents: Artifacts, assets: Mapping[str, bytes], site: StagedSite
) -> list[PostProcessor]:
    """Who finishes the pages of each language; adds the assets, by whose names pages know them."""
    names = hashed_names(assets)
    for name, asset in assets.items():
        site.add_file(f"{ASSETS}/{names[name]}", asset)
    return [
        dataclasses.replace(
            make_post_processor(publication, side, names),
            figures=contents.figures[side],
            sizes=contents.sizes,
            heads=contents.heads[side],
        )
        for side in Language
    ]


def _index(
    site: StagedSite, context: BuildContext, publication: Publication, runner: TaskRunner
) -> list[BuiltPage]:
    """Index the site for search; gives what its pages say, but for the words to search."""
    built = []

    def pages() -> Iterator[BuiltPage]:
        for page in read_pages(site.page_files(), runner):
            built.append(dataclasses.replace(page, searched=None))
            yield page

    for address, content in search_index(pages(), publication.plan, context.locks, context.go_on):
        site.add_file(address, content)
    return built
