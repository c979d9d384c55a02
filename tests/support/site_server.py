"""Answers for a built site as a real server does: compressed, typed, cacheable."""

from __future__ import annotations

import functools
import gzip
import http.server
import itertools
import re
import sys
import threading
import time
from http import HTTPStatus
from pathlib import Path

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
HEADER_BYTES = 8_000
_TOOL = re.compile(
    rb"<header|</(?:a|form|summary|details|button)>(?=.*<nav class=.site-menu)", re.DOTALL
)
_COMPRESSED_ALREADY = {".gz", ".png", ".webp", ".woff2", ".xlsx", ".zip"}


@functools.cache
def _compressed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Sends files with gzip where the browser takes it, and 404.html for what is missing."""

    protocol_version = "HTTP/1.1"
    # Header and body go out together: a body that waits until its header is acknowledged takes
    # 40 ms more, a page with all its files half a second.
    wbufsize = -1
    disable_nagle_algorithm = True
    compresses = True

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        address, _, query = self.path.partition("?")
        path, status = Path(self.translate_path(address)), HTTPStatus.OK
        if path.is_dir():
            if not address.endswith("/"):
                self._redirect(f"{address}/{'?' if query else ''}{query}")
                return
            path /= "index.html"
        if not path.is_file():
            path, status = Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND
        self._send(path, status)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, path: Path, status: HTTPStatus) -> None:
        taken = self.headers.get("Accept-Encoding", "")
        squeezable = self.compresses and path.suffix not in _COMPRESSED_ALREADY
        squeeze = squeezable and "gzip" in taken
        body = _compressed(path, path.stat().st_mtime_ns) if squeeze else path.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", _TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        if squeeze:
            self.send_header("Content-Encoding", "gzip")
        # An asset carries a hash in its name; a page is asked for anew each time.
        kept = "max-age=31536000, immutable" if "/assets/" in self.path else "no-cache"
        self.send_header("Cache-Control", kept)
        self.end_headers()
        if self.command != "HEAD":
            self._write(path, body)

    def _write(self, path: Path, body: bytes) -> None:
        self.wfile.write(body)


class DrippingHandler(SiteHandler):
    """Sends a page in pieces, with time between them in which a browser paints what has come.

    The header comes tool by tool, what follows it in five pieces.
    """

    compresses = False

    def _write(self, path: Path, body: bytes) -> None:
        starts = [0, len(body)]
        if path.suffix == ".html":
            tools = [0, *(match.end() for match in _TOOL.finditer(body))]
            first = max(HEADER_BYTES, tools[-1] + 1)
            starts = [*tools, *range(first, len(body), -(-len(body) // 5)), len(body)]
        for start, end in itertools.pairwise(starts):
            self.wfile.write(body[start:end])
            self.wfile.flush()
            time.sleep(0.1 if end < len(body) else 0)


class SiteServer(http.server.ThreadingHTTPServer):
    """Serves a folder on this machine, and takes it calmly when a browser hangs up."""

    def __init__(self, folder: Path, handler: type[SiteHandler] = SiteHandler) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """With a closing slash."""
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
