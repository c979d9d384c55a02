"""Pages through the engine: those that it has not made before.

A page's HTML rests on its Markdown, the program, the configuration and the day, and on no other
page. So what an earlier build kept under all of these is the page.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from plansite import urls
from plansite.engine import Engine, EngineError, EngineRun, Place
from plansite.model import Language
from plansite.pages import Page
from plansite.store import Store
from plansite.writing import write_bytes

_MISSING_PAGE = "404.html"
"""What the engine makes of no Markdown."""


class Rendering:
    """Both languages' pages on their way through the engine; other work can be done meanwhile."""

    def __init__(self, engine: Engine, pages: Sequence[Page], work: Path, store: Store | None):
        """Begin.

        Args:
            engine: knows the configuration and the day.
            pages: of both languages; their Markdown stands in ``docs`` below ``work`` already.
            work: where a build keeps what it makes on the way.
            store: where pages are kept; none to make all anew.
        """
        self._store = store
        self._keys: dict[Language, dict[str, str]] = {}
        self._found: dict[Language, dict[str, str]] = {}
        self._engine = engine
        self._places: dict[Language, Place] = {}
        for side in Language:
            own = [page for page in pages if page.language is side]
            self._keys[side] = {urls.html_file(page.address): _key(page, engine) for page in own}
            self._keys[side][_MISSING_PAGE] = f"{side} {_MISSING_PAGE} {engine.settings}"
            self._found[side] = self._kept(side)
            missing = self._keys[side].keys() - self._found[side].keys()
            if missing:
                self._places[side] = _place(side, own, missing, engine, work)
        self._run = EngineRun(engine, self._places)

    def finish(self) -> dict[Language, dict[str, str]]:
        """Wait for the engine; HTML by file, such as ``tasks/t1/index.html``, in each language.

        Raises:
            EngineError: the engine failed or warned, for instance of a broken link.
        """
        self._run.finish()
        for side, place in self._places.items():
            found = self._found[side]
            for name in self._keys[side].keys() - found.keys():
                found[name] = self._made(place.html / name)
                if self._store is not None:
                    self._store.put(self._keys[side][name], found[name].encode())
        return self._found

    def close(self) -> None:
        """End the engine if it still runs."""
        self._run.close()

    def _made(self, path: Path) -> str:
        """A page that the engine made."""
        try:
            return self._engine.page(path.read_text("utf-8"))
        except FileNotFoundError:
            raise EngineError(f"{self._engine.name}: {path} was not made") from None

    def _kept(self, side: Language) -> dict[str, str]:
        if self._store is None:
            return {}
        kept = {name: self._store.get(key) for name, key in self._keys[side].items()}
        return {name: html.decode() for name, html in kept.items() if html is not None}


def _key(page: Page, engine: Engine) -> str:
    text = hashlib.sha256(page.text.encode()).hexdigest()
    return f"{page.language} {page.address} {text} {engine.settings}"


def _place(
    side: Language, pages: Sequence[Page], missing: set[str], engine: Engine, work: Path
) -> Place:
    """Where the engine is to work on a language, with the Markdown that it is to read.

    That is all, or what is missing and what the menu names, without which the engine does not run.
    """
    folder = work.resolve() / "engine" / side
    shutil.rmtree(folder, ignore_errors=True)
    if engine.reads_anywhere and len(missing) == len(pages) + 1:
        return Place(work.resolve() / "docs" / side, folder / "html")
    place = Place(folder / "docs", folder / "html")
    for page in pages:
        file = urls.page_file(page.address)
        if urls.html_file(page.address) in missing or file in engine.menu[side]:
            write_bytes(place.docs / file, page.text.encode())
    return place
