"""Pages through the engine: those that it has not made before.

A page's frame is all of it but the blocks that are HTML before the engine ran. It rests on the rest
of the page's Markdown, the program, the configuration and the day, and on no other page. So what an
earlier build kept under all of these is the frame, and another figure needs no engine.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from plansite.model import Language, urls
from plansite.output.pages import (
    PageHead,
    lift_html,
    put_html_back,
)
from plansite.pipeline.engine import (
    Engine,
    EngineError,
    EngineFolders,
    EngineRun,
)
from plansite.util.files import write_bytes
from plansite.util.result_cache import ResultCache

_MISSING_PAGE = "404.html"
"""What the engine makes of no Markdown."""
_STUB = b"---\ntitle: Menu\n---\n"
"""The Markdown of a page that is in the menu and need not be made."""


class RenderJob:
    """Both languages' pages on their way through the engine; other work can be done meanwhile."""

    def __init__(
        self, engine: Engine, pages: Sequence[PageHead], work: Path, cache: ResultCache | None
    ):
        """Begin.

        Args:
            engine: knows the configuration and the day.
            pages: of both languages; their Markdown stands in ``docs`` below ``work`` already.
            work: where a build keeps what it makes on the way.
            cache: where pages are kept; none to make all anew.
        """
        self._cache = cache
        self._keys: dict[Language, dict[str, str]] = {}
        self._engine = engine
        self._made_in: dict[Language, dict[str, Path]] = {side: {} for side in Language}
        self._places: dict[Language, _EngineWorkspace] = {}
        runs: dict[Language, EngineFolders] = {}
        for side in Language:
            own = [page for page in pages if page.language is side]
            self._keys[side] = {urls.html_file(page.address): _key(page, engine) for page in own}
            self._keys[side][_MISSING_PAGE] = f"{side} {_MISSING_PAGE} {engine.settings}"
            missing = [name for name, key in self._keys[side].items() if self._kept(key) is None]
            self._places[side] = _EngineWorkspace(side, own, engine, work)
            if missing:
                runs[side] = self._plan_run(side, missing)
        self._run = EngineRun(engine, runs)

    def finish(self, waiting: Callable[[], None] = lambda: None) -> None:
        """Wait for the engine.

        Args:
            waiting: called now and then meanwhile; what it raises ends the wait.

        Raises:
            EngineError: the engine failed or warned, for instance of a broken link.
        """
        self._run.finish(waiting)

    def pages(self, side: Language) -> Iterator[tuple[str, str]]:
        """HTML of a language by file, such as ``tasks/t1/index.html``; none is held.

        Raises:
            EngineError: the engine made no such page.
        """
        for name, key in self._keys[side].items():
            kept = None
            if name not in self._made_in[side]:
                kept = self._kept(key)
                if kept is None:
                    self._make_gone(side)
            if kept is None:
                frame = self._made(self._made_in[side][name])
                if self._cache is not None:
                    self._cache.put(key, frame.encode())
            else:
                frame = kept.decode()
            yield name, self._places[side].whole(name, frame)

    def close(self) -> None:
        """End the engine if it still runs."""
        self._run.close()

    def _made(self, path: Path) -> str:
        """A page that the engine made, but for its blocks of HTML."""
        try:
            return self._engine.page(path.read_text("utf-8"))
        except FileNotFoundError:
            raise EngineError(f"{self._engine.name}: {path} was not made") from None

    def _plan_run(self, side: Language, names: Sequence[str]) -> EngineFolders:
        """A place for a run that makes some pages, and a note of where each will lie."""
        place = self._places[side].of(names)
        self._made_in[side] |= {name: place.html / name for name in names}
        return place

    def _make_gone(self, side: Language) -> None:
        """Make what was kept when the build began and has gone: somebody emptied the cache."""
        gone = [
            name
            for name, key in self._keys[side].items()
            if name not in self._made_in[side] and self._kept(key) is None
        ]
        with contextlib.closing(EngineRun(self._engine, {side: self._plan_run(side, gone)})) as run:
            run.finish()

    def _kept(self, key: str) -> bytes | None:
        return None if self._cache is None else self._cache.get(key)


def _key(page: PageHead, engine: Engine) -> str:
    return f"{page.language} {page.address} {page.digest} {engine.settings}"


class _EngineWorkspace:
    """Where the engine is to work on one language, with the Markdown that it is to read.

    That is what is wanted of a run. Without a file for each entry of the menu the engine does not
    run, so where a page of the menu is not wanted a stub stands for it: no page rests on another.
    """

    def __init__(
        self, side: Language, pages: Sequence[PageHead], engine: Engine, work: Path
    ) -> None:
        self._pages = {urls.html_file(page.address): page for page in pages}
        self._menu = engine.menu[side]
        self._docs = work.resolve() / "docs" / side
        self._folder = work.resolve() / "engine" / side
        self._count = 0
        shutil.rmtree(self._folder, ignore_errors=True)

    def of(self, wanted: Sequence[str]) -> EngineFolders:
        """A place of its own for a run that makes these pages."""
        self._count += 1
        folder = self._folder / str(self._count)
        place = EngineFolders(folder / "docs", folder / "html")
        pages = [self._pages[name] for name in wanted if name != _MISSING_PAGE]
        for page in pages:
            lifted = lift_html(self._markdown(page), page.blocks)
            write_bytes(place.docs / urls.page_file(page.address), lifted.encode())
        for file in self._menu - {urls.page_file(page.address) for page in pages}:
            write_bytes(place.docs / file, _STUB)
        return place

    def whole(self, name: str, frame: str) -> str:
        """A page with the blocks that the engine did not see.

        Raises:
            EngineError: it did not leave their places as they were.
        """
        if name == _MISSING_PAGE:
            return frame
        page = self._pages[name]
        try:
            return put_html_back(frame, self._markdown(page), page.blocks)
        except ValueError as error:
            raise EngineError(f"{self._file(page)}: {error}") from None

    def _markdown(self, page: PageHead) -> str:
        return self._file(page).read_bytes().decode()

    def _file(self, page: PageHead) -> Path:
        return self._docs / urls.page_file(page.address)
