"""Pages through the engine: those that it has not made before.

A page's frame is all of it but the blocks that are HTML before the engine ran. It rests on the rest
of the page's Markdown, the program, the configuration and the day, and on no other page. So what an
earlier build kept under all of these is the frame, and another figure needs no engine.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plansite.model import Language, urls
from plansite.output.pages import PageHead, lift_html, put_html_back
from plansite.pipeline.engine import Engine, EngineError, EngineFolders, EngineRun, start_engine
from plansite.util.files import write_bytes
from plansite.util.result_cache import ResultCache
from plansite.util.steps import Steps, run_to_end

_MISSING_PAGE = "404.html"
"""What the engine makes of no Markdown."""
_STUB = b"---\ntitle: Menu\n---\n"
"""The Markdown of a page that is in the menu and need not be made."""


def start_rendering(
    engine: Engine, pages: Sequence[PageHead], work: Path, cache: ResultCache | None
) -> RenderJob:
    """Start the engine for the pages that are not kept; other work can be done meanwhile.

    Args:
        engine: knows the configuration and the day.
        pages: of both languages; their Markdown stands in ``docs`` below ``work`` already.
        work: where a build keeps what it makes on the way.
        cache: where pages are kept; none to make all anew.

    Raises:
        OSError: what the engine is to read could not be written.
    """
    parts = {}
    runs: dict[Language, EngineFolders] = {}
    for language in Language:
        own = [page for page in pages if page.language is language]
        part = _LanguagePart(language, own, engine, work, cache)
        part.workspace.clear()
        missing = [name for name, key in part.keys.items() if part.kept(key) is None]
        if missing:
            runs[language] = part.plan_run(missing)
        parts[language] = part
    return RenderJob(parts, start_engine(engine, runs))


@dataclass(frozen=True)
class RenderJob:
    """Both languages' pages on their way through the engine."""

    parts: Mapping[Language, _LanguagePart]
    run: EngineRun

    def wait(self) -> Steps[None]:
        """Wait for the engine.

        Raises:
            EngineError: the engine failed or warned, for instance of a broken link.
        """
        yield from self.run.wait()

    def pages(self, language: Language) -> Iterator[tuple[str, str]]:
        """HTML of a language by file, such as ``tasks/t1/index.html``; none is held.

        Raises:
            EngineError: the engine made no such page.
        """
        yield from self.parts[language].pages()

    def close(self) -> None:
        """End the engine if it still runs."""
        self.run.close()


class _LanguagePart:
    """The pages of one language, and where the engine makes them."""

    def __init__(
        self,
        language: Language,
        pages: Sequence[PageHead],
        engine: Engine,
        work: Path,
        cache: ResultCache | None,
    ) -> None:
        self.workspace = _EngineWorkspace(language, pages, engine, work)
        self.keys = {urls.html_file(page.address): _key(page, engine) for page in pages}
        self.keys[_MISSING_PAGE] = f"{language} {_MISSING_PAGE} {engine.settings}"
        self._language = language
        self._engine = engine
        self._cache = cache
        self._made_in: dict[str, Path] = {}
        """The files of pages that a run makes."""

    def kept(self, key: str) -> bytes | None:
        """What an earlier build kept."""
        return None if self._cache is None else self._cache.get(key)

    def plan_run(self, names: Sequence[str]) -> EngineFolders:
        """Folders for a run that makes some pages, and a note of where each will lie."""
        folders = self.workspace.folders_for(names)
        self._made_in |= {name: folders.html / name for name in names}
        return folders

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page by its file."""
        for name, key in self.keys.items():
            kept = None
            if name not in self._made_in:
                kept = self.kept(key)
                if kept is None:
                    self._make_what_is_gone()
            if kept is None:
                frame = self._made(self._made_in[name])
                if self._cache is not None:
                    self._cache.put(key, frame.encode())
            else:
                frame = kept.decode()
            yield name, self.workspace.whole(name, frame)

    def _made(self, path: Path) -> str:
        """A page that the engine made, but for its blocks of HTML."""
        try:
            return self._engine.page(path.read_text("utf-8"))
        except FileNotFoundError:
            raise EngineError(f"{self._engine.name}: {path} was not made") from None

    def _make_what_is_gone(self) -> None:
        """Make what was kept when the build began and has gone: somebody emptied the cache."""
        gone = [
            name
            for name, key in self.keys.items()
            if name not in self._made_in and self.kept(key) is None
        ]
        folders = {self._language: self.plan_run(gone)}
        with contextlib.closing(start_engine(self._engine, folders)) as run:
            run_to_end(run.wait())


def _key(page: PageHead, engine: Engine) -> str:
    return f"{page.language} {page.address} {page.digest} {engine.settings}"


@dataclass
class _EngineWorkspace:
    """Where the engine is to work on one language, with the Markdown that it is to read.

    That is what is wanted of a run. Without a file for each entry of the menu the engine does not
    run, so where a page of the menu is not wanted a stub stands for it: no page rests on another.
    """

    language: Language
    heads: Sequence[PageHead]
    engine: Engine
    work: Path
    _runs: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._pages = {urls.html_file(page.address): page for page in self.heads}
        self._docs = self.work.resolve() / "docs" / self.language
        self._folder = self.work.resolve() / "engine" / self.language

    def clear(self) -> None:
        """Remove what earlier builds left."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def folders_for(self, wanted: Sequence[str]) -> EngineFolders:
        """Folders of its own for a run that makes these pages, with what it is to read."""
        self._runs += 1
        folder = self._folder / str(self._runs)
        folders = EngineFolders(folder / "docs", folder / "html", folder / "mkdocs.yml")
        pages = [self._pages[name] for name in wanted if name != _MISSING_PAGE]
        for page in pages:
            lifted = lift_html(self._markdown(page), page.blocks)
            write_bytes(folders.docs / urls.page_file(page.address), lifted.encode())
        menu = self.engine.menu[self.language]
        for file in menu - {urls.page_file(page.address) for page in pages}:
            write_bytes(folders.docs / file, _STUB)
        return folders

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
