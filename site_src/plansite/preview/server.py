"""The server of a preview: pages, what they are told, and every other file."""

from __future__ import annotations

import http.server
import sys
import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from plansite.preview.state import SCRIPT, PreviewState

_STATE = "/__preview"
_LONGEST_NUMBER = 20
_SCRIPT = Path(__file__).with_suffix(".js")


def start_server(preview: PreviewState, port: int) -> http.server.ThreadingHTTPServer:
    """Serve the preview on this machine only, in a thread of its own.

    Raises:
        OSError: the port is taken.
    """
    server = PreviewServer(("127.0.0.1", port), partial(PreviewHandler, preview))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class PreviewServer(http.server.ThreadingHTTPServer):
    """Answers each request in a thread of its own."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that leave before they have their answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class PreviewHandler(http.server.SimpleHTTPRequestHandler):
    """Answers with the latest of everything."""

    def __init__(self, preview: PreviewState, *args: object) -> None:
        self._preview = preview
        # Answers the request at once, as the library has it.
        super().__init__(*args, directory=str(preview.folder))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """A page, what pages are told, or another file."""
        self._answer(self._get)

    def do_HEAD(self) -> None:
        """What there is to say of a file."""
        self._answer(super().do_HEAD)

    def _answer(self, answer: Callable[[], None]) -> None:
        """Answer; there is nothing at an address that can name no file."""
        try:
            answer()
        except ConnectionError:
            raise
        except (OSError, ValueError):
            self.send_error(HTTPStatus.NOT_FOUND)

    def _get(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == _STATE:
            self._send(self._state(parse_qs(asked.query)), "application/json")
            return
        if asked.path == SCRIPT:
            self._send(_SCRIPT.read_bytes(), "text/javascript")
            return
        address = self._address(asked.path)
        if address.endswith(".html"):
            page, is_there = self._preview.page(address)
            status = HTTPStatus.OK if is_there else HTTPStatus.NOT_FOUND
            self._send(page, "text/html; charset=utf-8", status)
            return
        content = self._preview.file(address)
        if content is None:
            super().do_GET()
        else:
            self._send(content, self.guess_type(address))

    def _state(self, asked: dict[str, list[str]]) -> bytes:
        after, page, has = (asked.get(name, [""])[0] for name in ("after", "page", "has"))
        number = int(after) if after.isdecimal() and len(after) < _LONGEST_NUMBER else None
        return self._preview.state(number, self._address(page), has)

    def _address(self, path: str) -> str:
        """The file that a path asks for, from the site's root, and never outside it."""
        file = Path(self.translate_path(path)).relative_to(self._preview.folder)
        return (file / "index.html" if path.endswith("/") else file).as_posix()

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Keep the terminal for builds and problems."""
