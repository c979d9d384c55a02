"""Pages that are made before all the others, since somebody looks at them.

They stand over the last complete site until the next one is there, and are what it will have, but
for the sizes of files that are not made yet: those are the last site's.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from plansite.model import Language, urls
from plansite.model.urls.page_address import parse_address
from plansite.output.catalogue import describe_page
from plansite.output.charts import Drawing, chart_data, draw_packed, unpack, vega_bundle
from plansite.output.downloads import tidy_tables
from plansite.output.pages import CompiledTemplates, Page, PageMaker
from plansite.output.published_file import ListedFile
from plansite.pipeline.engine import theme_style
from plansite.pipeline.html.assets import FOLDER as ASSETS
from plansite.pipeline.html.assets import VEGA, gather_assets, hashed_names
from plansite.pipeline.html.postprocess import (
    MissingFigureError,
    figures_on,
    files_sized,
    make_post_processor,
)
from plansite.pipeline.prepare import PreparedBuild
from plansite.pipeline.render_pages import start_rendering
from plansite.util.files import write_bytes
from plansite.util.process_pool import ProcessPool
from plansite.util.result_cache import ResultCache
from plansite.util.steps import Steps
from plansite.util.task_runner import TaskRunner

Made = dict[str, bytes]
"""Files by address from the site's root."""


class OpenPagesRenderer:
    """Makes pages of a build that has begun; nothing is gathered before a page wants it."""

    def __init__(
        self,
        prepared: PreparedBuild,
        cache: ResultCache,
        pool: ProcessPool,
        listed: Sequence[ListedFile],
    ) -> None:
        """Plan the pages.

        Args:
            prepared: the build.
            cache: where what is made is kept; the build finds it there.
            pool: who helps.
            listed: every file to take away of the last complete site.
        """
        options = prepared.context.options
        self._engine = prepared.engine
        self._publication = prepared.inputs.publication
        self._published = prepared.context.target.published
        self._listed = listed
        self._cache = cache
        self._runner = TaskRunner(cache, pool)
        self._work = options.work / "open-pages"
        tidy = functools.cache(lambda: list(tidy_tables(self._publication)))
        compiled = CompiledTemplates(cache)
        self._makers = {
            language: PageMaker(self._publication, language, options.own_content, tidy, compiled)
            for language in Language
        }
        self._shared = options.shared

    @cached_property
    def _assets(self) -> dict[str, bytes]:
        """What pages load, by its plain name."""
        return gather_assets(theme_style()) | {VEGA: vega_bundle(self._shared)}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The published names of what pages load, by the plain ones."""
        return hashed_names(self._assets)

    def make(self, files: Iterable[str]) -> Steps[Made]:
        """Make pages, with the charts that belong to them and what else they load.

        Args:
            files: their files' addresses from the site's root. What is no page is left out, and so
                is a page that tells the size of a file that the last complete site has not.

        Raises:
            EngineError: the engine failed or warned.
        """
        pages = list(self._pages(files))
        if not pages:
            return {}
        shutil.rmtree(self._work, ignore_errors=True)
        for page in pages:
            tree = self._work / "docs" / page.language
            write_bytes(tree / urls.page_file(page.address), page.text.encode())
        heads = [page.head for page in pages]
        rendering = start_rendering(self._engine, heads, self._work, self._cache)
        with contextlib.closing(rendering):
            drawings = {language: self._draw(language, pages) for language in Language}
            yield from rendering.wait()
        made = dict(self._new_assets())
        for language in Language:
            wanted = {urls.html_file(page.address) for page in pages if page.language is language}
            for drawing in drawings[language]:
                made |= drawing.files
            for file, html in rendering.pages(language):
                if file in wanted:
                    made |= self._finished(language, file, html, drawings[language])
        return made

    def _pages(self, files: Iterable[str]) -> Iterator[Page]:
        for file in files:
            address = parse_address(file)
            maker = self._makers[address.language]
            if address.page in maker.addresses:
                yield maker.page(address.page)

    def _draw(self, language: Language, pages: Iterable[Page]) -> list[Drawing]:
        """Everything that is drawn of the indicators whose figures pages of a language show."""
        named = chain.from_iterable(
            figures_on(page.text) for page in pages if page.language is language
        )
        ids = sorted({key.partition("/")[2] for key in named})
        charts = (chart_data(name, self._publication, language) for name in ids)
        return [unpack(packed) for packed in self._runner.submit_all(draw_packed, charts).results()]

    def _new_assets(self) -> Iterator[tuple[str, bytes]]:
        """What pages load and the last complete site lacks."""
        for name, content in self._assets.items():
            address = f"{ASSETS}/{self._names[name]}"
            if not (self._published / address).is_file():
                yield address, content

    def _finished(
        self, language: Language, file: str, html: str, drawings: Sequence[Drawing]
    ) -> Made:
        address = file.removesuffix("index.html")
        figures = {key: figure for drawing in drawings for key, figure in drawing.figures.items()}
        processor = dataclasses.replace(
            make_post_processor(self._publication, language, self._names),
            figures=figures,
            sizes=dict(self._sizes(files_sized(html), drawings)),
            heads={address: describe_page(self._publication, language, address, self._listed)},
        )
        try:
            page = processor.stamp_commit(processor.finish(html, address))
        except MissingFigureError:  # that of a file that is new
            return {}
        return {urls.localized(file, language): page.encode()}

    def _sizes(
        self, files: Iterable[str], drawings: Iterable[Drawing]
    ) -> Iterator[tuple[str, int]]:
        """The sizes of what was just drawn, otherwise those of the last complete site."""
        drawn = {
            address: content for drawing in drawings for address, content in drawing.files.items()
        }
        for address in files:
            path = self._published / address
            if address in drawn:
                yield address, len(drawn[address])
            elif path.is_file():
                yield address, path.stat().st_size
