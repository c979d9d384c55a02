"""A live preview: serves a build of its own and makes it anew when a file changes.

What is published is not touched. While the data is wrong the last good pages stay, with the
problems shown over them.
"""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from watchfiles import watch

STATE = "/__preview"
_NOTHING = "<!doctype html><meta charset=utf-8><body>…</body>".encode()
"""What is shown until the first build is there; the script reloads it."""
SCRIPT = "/__preview.js"
_LINK = f'<script src="{SCRIPT}"></script></body>'.encode()
"""A file of its own, since a page's policy lets no inline script run."""
_SCRIPT = b"""(async () => {
  const box = document.createElement("pre")
  box.style.cssText = "position:fixed;inset:auto 1rem 1rem;max-height:60vh;z-index:99;"
    + "overflow:auto;padding:1rem;background:#fff;color:#a3332b;border:2px solid;"
    + "white-space:pre-wrap"
  let seen = null
  for (;;) {
    try {
      const state = await (await fetch("/__preview" + (seen ? "?after=" + seen.news : ""))).json()
      if (seen && state.version !== seen.version) return location.reload()
      seen = state
      box.textContent = state.problems
      state.problems ? document.body.append(box) : box.remove()
    } catch { // the preview was stopped
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
  }
})()"""
_PATIENCE = 20.0
"""Seconds that a question for news waits for an answer."""
_WAKE = 1.0
"""Seconds between two looks at whether somebody wants to end the preview."""


class Preview:
    """What the browser is told: the build's number, and problems if the last one failed."""

    def __init__(self, folder: Path) -> None:
        """Nothing is built yet; what stands in the folder may be of another package."""
        self.folder = folder
        self._version = 0
        self._problems = ""
        self._news = 0
        self._changed = threading.Condition()

    def built(self) -> None:
        """A new build is in the folder."""
        self._tell(self._version + 1, "")

    def failed(self, problems: str) -> None:
        """The last build failed for these reasons; the folder is as it was."""
        self._tell(self._version, problems)

    def page(self, path: Path) -> bytes:
        """A page with the script that reloads it; a stand-in until the first build is there."""
        found = path.read_bytes() if self._version and path.is_file() else _NOTHING
        return found.replace(b"</body>", _LINK)

    def state(self, after: int | None) -> bytes:
        """The state as JSON.

        Args:
            after: the number of the news that the browser has; the answer waits for other ones.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._news != after, _PATIENCE)
            told = {"news": self._news, "version": self._version, "problems": self._problems}
            return json.dumps(told).encode()

    def _tell(self, version: int, problems: str) -> None:
        with self._changed:
            self._version, self._problems = version, problems
            self._news += 1
            self._changed.notify_all()


def start_server(preview: Preview, port: int) -> http.server.ThreadingHTTPServer:
    """Serve the preview on this machine only, in a thread of its own.

    Raises:
        OSError: the port is taken.
    """
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), _handler(preview))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _handler(preview: Preview) -> type[http.server.SimpleHTTPRequestHandler]:
    class Handler(http.server.SimpleHTTPRequestHandler):
        """Answers with the latest build."""

        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(preview.folder))  # type: ignore[arg-type]

        def do_GET(self) -> None:
            """A page, what the browser is told, or another file."""
            asked = urlsplit(self.path)
            if asked.path == STATE:
                after = asked.query.removeprefix("after=")
                state = preview.state(int(after) if after.isdecimal() else None)
                self._send(state, "application/json")
                return
            if asked.path == SCRIPT:
                self._send(_SCRIPT, "text/javascript")
                return
            path = Path(self.translate_path(self.path))
            page = path / "index.html" if asked.path.endswith("/") else path
            if page.suffix == ".html":
                self._send(preview.page(page), "text/html; charset=utf-8")
            else:
                super().do_GET()

        def _send(self, content: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            """Keep the terminal for builds and problems."""

    return Handler


def begin_watching(paths: Sequence[Path]) -> Iterator[None]:
    """Watch files from now on.

    Returns:
        One item for each time that files below the paths changed since the last one was taken.
    """
    changed = threading.Event()

    def watch_on() -> None:
        for _ in watch(*paths, debounce=200):
            changed.set()

    threading.Thread(target=watch_on, daemon=True).start()
    return _each_time(changed)


def _each_time(changed: threading.Event) -> Iterator[None]:
    while True:
        if changed.wait(_WAKE):  # a wait without end would not hear Ctrl-C on Windows
            changed.clear()
            yield None
