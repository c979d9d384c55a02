"""A server for built sites that answers as a real one does: compressed, typed, cacheable."""

from __future__ import annotations

import functools
import gzip
import http.server
import posixpath
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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
_COMPRESSED_ALREADY = {".gz", ".png", ".webp", ".woff2", ".xlsx", ".zip"}


@functools.cache
def _compressed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


class CompressingHandler(http.server.SimpleHTTPRequestHandler):
    """Sends files with gzip where the browser takes it, and 404.html for what is missing."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        path, status = Path(self.translate_path(self.path)), HTTPStatus.OK
        if path.is_dir():
            address, _, query = self.path.partition("?")
            if not address.endswith("/"):
                self._redirect(f"{address}/{'?' if query else ''}{query}")
                return
            path /= "index.html"
        if not path.is_file():
            path, status = Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND
        self._send(path, status, with_body=with_body)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", posixpath.normpath(address) + "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, path: Path, status: HTTPStatus, *, with_body: bool) -> None:
        squeeze = path.suffix not in _COMPRESSED_ALREADY and "gzip" in self.headers.get(
            "Accept-Encoding", ""
        )
        changed = path.stat().st_mtime_ns
        body = _compressed(path, changed) if squeeze else path.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", _TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        if squeeze:
            self.send_header("Content-Encoding", "gzip")
        # What carries a hash in its name stays as it is; a page is asked for anew.
        kept = "max-age=31536000, immutable" if "/assets/" in self.path else "no-cache"
        self.send_header("Cache-Control", kept)
        self.end_headers()
        if with_body:
            self.wfile.write(body)


@contextmanager
def compressing_server(folder: Path) -> Iterator[str]:
    """Serves a folder on this machine; gives its address, with a closing slash."""
    handler = functools.partial(CompressingHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
