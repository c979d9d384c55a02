"""A live preview: serves a build of its own and makes it anew when a file changes.

What is published is not touched. While the data is wrong the last good pages stay, with the
problems shown over them.
"""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from watchfiles import watch

STATE = "/__preview"
_NOTHING = "<!doctype html><meta charset=utf-8><body>…</body>".encode()
"""What is shown until the first build is there; the script reloads it."""
SCRIPT = "/__preview.js"
_LINK = f'<script src="{SCRIPT}"></script></body>'.encode()
"""A file of its own, since a page's policy lets no inline script run."""
_SCRIPT = b"""(() => {
  let seen = null
  const box = document.createElement("pre")
  box.style.cssText = "position:fixed;inset:auto 1rem 1rem;max-height:60vh;z-index:99;"
    + "overflow:auto;padding:1rem;background:#fff;color:#a3332b;border:2px solid;"
    + "white-space:pre-wrap"
  setInterval(async () => {
    try {
      const state = await (await fetch("/__preview")).json()
      if (seen !== null && state.version !== seen) return location.reload()
      seen = state.version
      box.textContent = state.problems
      state.problems ? document.body.append(box) : box.remove()
    } catch { /* the preview was stopped */ }
  }, 500)
})()"""


@dataclass
class Preview:
    """What the browser is told: the build's number, and problems if the last one failed."""

    folder: Path
    version: int = 0
    problems: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def built(self) -> None:
        """A new build is in the folder."""
        with self._lock:
            self.version += 1
            self.problems = ""

    def failed(self, problems: str) -> None:
        """The last build failed for these reasons; the folder is as it was."""
        with self._lock:
            self.problems = problems

    def state(self) -> bytes:
        """The state as JSON."""
        with self._lock:
            return json.dumps({"version": self.version, "problems": self.problems}).encode()


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
            """A page with the script that reloads it, or another file."""
            if self.path == STATE:
                self._send(preview.state(), "application/json")
                return
            if self.path == SCRIPT:
                self._send(_SCRIPT, "text/javascript")
                return
            path = Path(self.translate_path(self.path))
            page = path / "index.html" if self.path.endswith("/") else path
            if page.suffix == ".html":
                content = page.read_bytes() if page.is_file() else _NOTHING
                self._send(content.replace(b"</body>", _LINK), "text/html; charset=utf-8")
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


def changes(paths: list[Path]) -> Iterator[None]:
    """One item for each burst of changes to files below the paths; ends when interrupted."""
    for _ in watch(*paths, debounce=200, raise_interrupt=False):
        yield None
