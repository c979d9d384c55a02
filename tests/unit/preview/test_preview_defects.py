"""A preview outlives whatever happens in it: a defect of the program, or odd requests."""

from __future__ import annotations

import json
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plansite.cli import serve as serving
from plansite.model import Language
from plansite.model.errors import UsageError
from plansite.model.translations import Words
from plansite.pipeline.options import BuildOptions
from plansite.pipeline.prepare import prepare_build
from plansite.preview.server import start_server
from plansite.preview.state import PreviewState

Capture = pytest.CaptureFixture[str]
T = Words(Language.EN)


class Edits:
    """Stands for the watcher: edits come at once, and then Ctrl-C."""

    is_pending = False

    def __init__(self, *checks: Callable[[], None]) -> None:
        self._checks = checks

    def changes(self, _: object) -> Iterator[None]:
        for check in self._checks:
            check()
            yield
        raise KeyboardInterrupt


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own
        text: str = answer.read().decode()
    return text


def options_for(folder: Path) -> BuildOptions:
    return BuildOptions(folder, folder / "datapackage", folder / "site", None, 1, caches=False)


def test_a_defect_shows_in_the_browser_until_the_next_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    said: list[str] = []

    def problems() -> str:
        said.extend(capsys.readouterr())
        found = re.search(r"http://\S+/", "".join(said))
        assert found is not None
        text: str = json.loads(fetch(f"{found[0]}__preview?page=/"))["problems"]
        return text

    real = prepare_build
    faults = [RuntimeError("<b>boom</b>"), UsageError("cli.no_site", site="gone"), OSError("disk")]
    left = [*faults]

    def failing(*arguments: object) -> object:
        if left:
            raise left.pop(0)
        return real(*arguments)  # type: ignore[arg-type]

    def check(words: str) -> Callable[[], None]:
        def look() -> None:
            assert words in problems()

        return look

    checks = [check("boom"), check("There is no folder gone"), check("disk")]
    monkeypatch.setattr(serving, "prepare_build", failing)
    monkeypatch.setattr(
        serving, "watch_files", lambda _: Edits(*checks, check("datapackage.json [missing-file]"))
    )
    serving.serve(options_for(tmp_path), 0, T)
    assert left == []
    assert "This is a defect of the project" in "".join(said)


REQUESTS = [
    "GET /%00 HTTP/1.1", "GET /%ff%00.html HTTP/1.1", "GET /" + "a" * 300 + " HTTP/1.1",
    "GET /" + "a" * 300 + "/ HTTP/1.1", "GET //[ HTTP/1.1", "GET /../../etc/passwd HTTP/1.1",
    "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", "GET /%ed%b3%a4/ HTTP/1.1", "HEAD /%00 HTTP/1.1",
    "HEAD / HTTP/1.1", "POST / HTTP/1.1", "GET", "", "\x00\xff", "GET http://[/ HTTP/1.1",
    "GET /__preview?page=/%00&after=1 HTTP/1.1", "GET /__preview?page=//[&after=1 HTTP/1.1",
    "GET /__preview?page=/&after=" + "9" * 5000 + " HTTP/1.1", "GET /?%00 HTTP/1.1",
]  # fmt: skip


def test_no_request_prints_a_traceback(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    server = start_server(PreviewState(site, T), 0)
    try:
        for request in [*REQUESTS, "GET /%2e%2e/secret.txt HTTP/1.1"]:
            with socket.create_connection(("127.0.0.1", server.server_port), 5) as browser:
                browser.sendall(
                    f"{request}\r\nHost: x\r\nConnection: close\r\n\r\n".encode("latin-1")
                )
                browser.shutdown(socket.SHUT_WR)
                answer = b""
                while piece := browser.recv(65_536):
                    answer += piece
            assert b"secret" not in answer
            assert b"Traceback" not in answer
        for _ in range(3):  # browsers that leave at once
            with socket.create_connection(("127.0.0.1", server.server_port), 5) as browser:
                browser.sendall(b"GET / HTTP/1.1\r\n\r\n")
                browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        time.sleep(0.1)
        address = f"http://127.0.0.1:{server.server_port}"
        assert "<!doctype html>" in fetch(f"{address}/")
        with pytest.raises(urllib.error.HTTPError):
            fetch(f"{address}/none.txt")
    finally:
        server.shutdown()
        server.server_close()
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["", "en/"])
def test_an_address_without_a_page_shows_the_sites_own_page_for_that(
    tmp_path: Path, folder: str
) -> None:
    preview = PreviewState(tmp_path, T)
    server = start_server(preview, 0)
    missing = f"http://127.0.0.1:{server.server_port}/{folder}none/"
    try:
        assert "…" in fetch(missing), "it may be in the first build, which is not done"
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "404.html").write_text("<body>No such page</body>", "utf-8")
        preview.on_built()
        with pytest.raises(urllib.error.HTTPError) as refused:
            fetch(missing)
        assert refused.value.code == 404
        shown = refused.value.read().decode()
        assert "No such page" in shown
        assert "__preview.js" in shown, "the next edit may bring it"
    finally:
        server.shutdown()
        server.server_close()
