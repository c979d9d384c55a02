"""The stages in which a site is made beside the published one, and checked.

Each takes what earlier ones made by name, and writes files as they are made: all of a large site is
more than fits into memory.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plansite.analysis.publication import Publication
from plansite.model import Language, urls
from plansite.output.charts import vega_bundle
from plansite.output.pages import CompiledTemplates, PageHead, generate_embeds
from plansite.pipeline.artifacts import ArtifactBuilder, Artifacts, PendingDrawings
from plansite.pipeline.build_record import BuildSummary
from plansite.pipeline.check.faults import SiteError
from plansite.pipeline.check.links import check_site
from plansite.pipeline.engine import Engine, EngineFolders, theme_style
from plansite.pipeline.html.assets import FOLDER as ASSETS
from plansite.pipeline.html.assets import STYLE, VEGA, gather_assets, hashed_names
from plansite.pipeline.html.parse_page import BuiltPage, read_pages
from plansite.pipeline.html.postprocess import PostProcessor, make_post_processor
from plansite.pipeline.markdown import finish_markdown, start_markdown
from plansite.pipeline.options import Announce, BuildOptions
from plansite.pipeline.prepare import PreparedBuild
from plansite.pipeline.render_pages import RenderJob, start_rendering
from plansite.pipeline.search.index import add_search_index
from plansite.pipeline.staging import StagedSite, create_staged_site
from plansite.util.files import write_bytes
from plansite.util.process_pool import trim_memory
from plansite.util.steps import Steps
from plansite.util.task_runner import TaskRunner
from plansite.util.text_spool import TextSpool

_MANY_PAGES = 1000
"""Pages whose index takes so much memory that new processes are worth their start: those that made
the files hold as much."""


@dataclass(frozen=True)
class SiteBuild:
    """A build, and what all of its stages use."""

    prepared: PreparedBuild
    announce: Announce
    runner: TaskRunner
    spool: TextSpool

    @property
    def publication(self) -> Publication:
        """The plan with its verdicts, on its site."""
        return self.prepared.inputs.publication

    @property
    def options(self) -> BuildOptions:
        """What is to be built."""
        return self.prepared.context.options

    @property
    def artifacts(self) -> ArtifactBuilder:
        """Who makes what the site holds beside its pages."""
        package = self.prepared.inputs.package
        return ArtifactBuilder(self.publication, package, self.runner, self.spool)


def make_site(build: SiteBuild) -> Steps[BuildSummary]:
    """Make a site in its folder beside the published one, and check it.

    Raises:
        EngineError: the engine failed.
        IndexingError: so did the maker of the search index.
        OSError: a file could not be read or written.
        SiteError: the built site is wrong.
    """
    options, runner = build.options, build.runner
    with build.announce("assess"):
        markdown = start_markdown(
            build.publication, options.own_content, options.work / "docs", runner
        )
        drawings = build.artifacts.start_drawings()
    with build.announce("pages"):
        pages = yield from finish_markdown(markdown)
        assets = gather_assets(theme_style())
        _serve_engine_alone(build.prepared.engine, options.work / "docs", assets[STYLE])
    site, processors, artifacts, rendering = yield from _add_files(build, pages, drawings, assets)
    if len(pages) > _MANY_PAGES:
        runner.pool.shutdown_idle()
    with build.announce("finish"):
        for processor in processors:
            yield from site.add_pages(rendering.pages(processor.language), processor)
        trim_memory()  # Pagefind needs much
        built = yield from _add_index(build, site)
        site.write_manifest(build.publication, options.engine)
    yield from _check(build, site, built)
    return BuildSummary(len(pages), artifacts.undrawable, artifacts.listed)


def _serve_engine_alone(engine: Engine, docs: Path, style: bytes) -> None:
    """Write what whoever runs the engine alone needs beside the Markdown; the build does not."""
    write_bytes(docs / Language.ZH / ASSETS / STYLE, style)
    for language in Language:
        html, configuration = docs / f"html-{language}", docs / f"mkdocs.{language}.yml"
        folders = EngineFolders(docs / language, html, configuration)
        engine.write_configuration(language, folders)


def _add_files(
    build: SiteBuild,
    pages: Sequence[PageHead],
    drawings: PendingDrawings,
    assets: Mapping[str, bytes],
) -> Steps[tuple[StagedSite, list[PostProcessor], Artifacts, RenderJob]]:
    """Have the engine make the pages, and meanwhile make all other files."""
    prepared, options, publication = build.prepared, build.options, build.publication
    rendering = start_rendering(prepared.engine, pages, options.work, build.runner.cache)
    with build.announce("engine"), contextlib.closing(rendering):
        site = create_staged_site(prepared.context.target.new)
        artifacts = yield from build.artifacts.add_to(site, pages, drawings)
        assets = {**assets, VEGA: vega_bundle(options.shared)}
        processors = _add_assets(site, publication, artifacts, assets)
        yield from _add_embeds(build, site, processors)
        yield from rendering.wait()
    return site, processors, artifacts, rendering


def _add_assets(
    site: StagedSite, publication: Publication, artifacts: Artifacts, assets: Mapping[str, bytes]
) -> list[PostProcessor]:
    """Add what pages load; gives who finishes the pages of each language, and knows its names."""
    names = hashed_names(assets)
    for name, asset in assets.items():
        site.add_file(f"{ASSETS}/{names[name]}", asset)
    return [
        dataclasses.replace(
            make_post_processor(publication, language, names),
            figures=artifacts.figures[language],
            sizes=artifacts.sizes,
            heads=artifacts.heads[language],
        )
        for language in Language
    ]


def _add_embeds(
    build: SiteBuild, site: StagedSite, processors: Sequence[PostProcessor]
) -> Steps[None]:
    """Add the small pages that stand in other sites' pages; no engine makes them."""
    cache, own_content = build.runner.cache, build.options.own_content
    compiled = CompiledTemplates(cache) if cache else None
    for processor in processors:
        embeds = generate_embeds(build.publication, processor.language, own_content, compiled)
        for address, html in embeds:
            yield
            site.add_page(urls.html_file(address), processor.fill(html, address), processor)


def _add_index(build: SiteBuild, site: StagedSite) -> Steps[list[BuiltPage]]:
    """Index the site for search; gives what its pages say, but for the words to search."""
    built = []

    def pages() -> Iterator[BuiltPage]:
        """Every page as it is read, noted without the words to search."""
        for page in read_pages(site.page_files(), build.runner):
            built.append(dataclasses.replace(page, searched=None))
            yield page

    plan, locks = build.publication.plan, build.prepared.context.locks
    yield from add_search_index(site.add_file, pages(), plan, locks)
    return built


def _check(build: SiteBuild, site: StagedSite, built: Sequence[BuiltPage]) -> Steps[None]:
    """Let no site pass that has faults; the other gets its compressed copies, if it is to."""
    with build.announce("check"):
        faults = yield from check_site(site.folder, built)
    if faults:
        raise SiteError(faults)
    if build.options.compress:
        with build.announce("compress"):
            site.compress(build.options.jobs)
