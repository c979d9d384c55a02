"""A live preview: what the browser is shown and told while a site is made anew after each edit.

What is published is not touched. Pages that are open are made first and stand over the last
complete site until the next one is there. A page that is older than the last edit says so, and
while the data is wrong the last good pages stay, with the problems shown over them.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from plansite.model import urls
from plansite.model.translations import Words
from plansite.model.urls.page_address import parse_address
from plansite.util.checksums import digest

SCRIPT = "/__preview.js"
"""Where pages find the script that asks for news."""
_NOTHING = "<!doctype html><meta charset=utf-8><body>…</body>".encode()
"""What is shown until the first build is there; the script reloads it."""
_MISSING = "404.html"
"""What is shown where a site has no such page."""
_ASSETS = "assets/"
"""Files whose names change with their content, so that none is ever old."""
_PATIENCE = 20.0
"""Seconds that a question for news waits for an answer."""
_OPEN = _PATIENCE + 5.0
"""Seconds since its last question for which a page counts as open."""
_PATIENCE_FOR_PAGE = 5.0
"""Seconds that a page is waited for before the old one is shown."""


class PreviewState:
    """The pages as they are now, and what the browser is told of them."""

    def __init__(self, folder: Path, t: Words) -> None:
        """Nothing is built yet; what stands in the folder may be of another package."""
        self.folder = folder
        self._t = t
        self._has_site = False
        self._is_making = False
        self._early: dict[str, bytes] = {}
        """Files that are newer than the folder's, by their address from the site's root."""
        self._fresh: set[str] = set()
        """Those of them that were made since the last edit."""
        self._settled: set[str] = set()
        """Files of pages that were asked for since the last edit: made, or they have to wait."""
        self._wanted: set[str] = set()
        """Files of pages that a browser waits for."""
        self._seen: dict[str, float] = {}
        """When the files of pages were last asked about."""
        self._problems = ""
        self._news = 0
        self._changed = threading.Condition()

    def on_edit(self) -> None:
        """Something was edited: what is shown now is old."""
        with self._changed:
            self._is_making = True
            self._fresh.clear()
            self._settled.clear()
            self._tell()

    def on_valid(self) -> None:
        """The data was read and is in order: problems that an earlier state had are over."""
        with self._changed:
            self._problems = ""
            self._tell()

    def wanted(self) -> set[str]:
        """The files of pages that somebody looks at and that were not yet made since the edit."""
        with self._changed:
            now = time.monotonic()
            seen = {file for file, moment in self._seen.items() if now - moment < _OPEN}
            return (seen | self._wanted) - self._settled

    def on_pages(self, made: Mapping[str, bytes], asked: Iterable[str]) -> None:
        """Show pages that were made before the others; those asked for and not made wait."""
        with self._changed:
            self._early.update(made)
            self._fresh.update(made)
            self._settled.update(asked)
            self._tell()

    def on_built(self) -> None:
        """A complete site is in the folder."""
        with self._changed:
            self._has_site = True
            self._is_making = False
            self._early.clear()
            self._problems = ""
            self._tell()

    def on_failed(self, problems: str) -> None:
        """The build failed for these reasons; what is shown stays."""
        with self._changed:
            self._is_making = False
            self._problems = problems
            self._tell()

    def page(self, file: str) -> tuple[bytes, bool]:
        """A page, with the script that reloads it, and whether there is one.

        Waits a little where it is just being made anew. What a site has not may still come: its own
        page for missing ones stands there meanwhile.
        """
        with self._changed:
            if self._has_site and self._is_making and file not in self._settled:
                self._wanted.add(file)
                self._changed.wait_for(
                    lambda: file in self._settled or not self._is_making, _PATIENCE_FOR_PAGE
                )
                self._wanted.discard(file)
            found = self._page(file)
            is_there = not self._has_site or self._found(file) is not None
        script = f"{SCRIPT}?page=/{quote(file)}&amp;has={digest(found)}"
        # A file of its own, since a page's policy lets no inline script run.
        tag = f'<script src="{script}"></script></body>'.encode()
        return found.replace(b"</body>", tag), is_there

    def file(self, address: str) -> bytes | None:
        """Any other file, if it is not the folder's; waits until none can be old."""
        with self._changed:
            if not address.startswith(_ASSETS):
                self._changed.wait_for(lambda: address in self._fresh or not self._is_making)
            return self._early.get(address)

    def state(self, after: int | None, file: str, has: str) -> bytes:
        """What there is to tell a page, as JSON.

        Args:
            after: the number of the news that it has; the answer waits for other ones.
            file: the page's.
            has: the digest of the page as the browser has it.
        """
        with self._changed:
            self._seen[file] = time.monotonic()
            self._changed.wait_for(lambda: self._news != after, _PATIENCE)
            state = {
                "news": self._news,
                "reload": digest(self._page(file)) != has,
                "problems": self._problems,
                "note": self._note(file),
            }
        return json.dumps(state).encode()

    def _page(self, file: str) -> bytes:
        missing = urls.localized(_MISSING, parse_address(file).language)
        return self._found(file) or self._found(missing) or _NOTHING

    def _found(self, file: str) -> bytes | None:
        path = self.folder / file
        if file in self._early:
            return self._early[file]
        return path.read_bytes() if self._has_site and path.is_file() else None

    def _note(self, file: str) -> str:
        """What the page lacks; nothing where it is complete, or where problems say it."""
        if not self._is_making:
            return ""
        return self._t("preview.rest" if file in self._fresh else "preview.old")

    def _tell(self) -> None:
        self._news += 1
        self._changed.notify_all()
