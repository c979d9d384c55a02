"""Real web servers on this machine, with the configurations in ``deploy/``."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.paths import ROOT

DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
CADDY = shutil.which("caddy")
_BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
"""Where Debian puts the module."""
_KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass(frozen=True)
class Answer:
    """What a server sent."""

    status: int
    headers: dict[str, str]
    """By name in small letters."""
    body: bytes


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    address: str
    """Without a closing slash."""
    process: int

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for an address as it is; redirects are not followed."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(  # noqa: S310 - this machine's
            self.address + path, headers=named, method=method
        )
        opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=10) as answer:
                return Answer(answer.status, _lowered(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, _lowered(error.headers), error.read())


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _lowered(headers: object) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}  # type: ignore[attr-defined]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@contextmanager
def _running(command: list[str], address: str, log: Path, **settings: str) -> Iterator[Server]:
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, stdout=said, stderr=said, env={**os.environ, **settings}
        )
    try:
        port = int(address.rpartition(":")[2])
        for _ in range(100):
            assert process.poll() is None, log.read_text("utf-8")
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Server(address, process.pid)
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def nginx(site: Path, folder: Path, *, fixed: Path | None = None) -> Iterator[list[Server]]:
    """Run nginx with the configuration as it is, but for the lines that are an operator's own.

    Args:
        site: the folder to serve.
        folder: where nginx may keep its files.
        fixed: a folder for a second server of the same nginx, with nothing but this line.
    """
    ports = [_free_port(), _free_port()]
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    own = (
        ("listen       80;", f"listen 127.0.0.1:{ports[0]};"),
        ("root         /srv/plansite/site;", f"root {site};"),
    )
    for theirs, ours in own:
        assert text.count(theirs) == 1
        text = text.replace(theirs, ours)
    lines = [f'load_module "{_BROTLI}";'] if _BROTLI.exists() else []
    if not lines:
        text = text.replace("brotli_static      on;", "")
    if os.geteuid() == 0:
        lines.append("user root;")  # the test's folders are its user's alone
    temporary = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in _KINDS)
    second = f"server {{ listen 127.0.0.1:{ports[1]}; root {fixed}; }}" if fixed else ""
    lines += [
        *("daemon off;", "worker_processes 1;", f"pid {folder / 'pid'};"),
        *("events { worker_connections 256; }", "http {", "access_log off;", temporary),
        # As Debian's nginx.conf has it.
        *("sendfile on;", "tcp_nopush on;", text, second, "}"),
    ]
    (folder / "nginx.conf").write_text("\n".join(lines), "utf-8")
    log = folder / "log"
    command = [str(NGINX), "-c", str(folder / "nginx.conf"), "-e", str(log)]
    with _running(command, f"http://127.0.0.1:{ports[0]}", log) as first:
        yield [first, Server(f"http://127.0.0.1:{ports[1]}", first.process)][: 2 if fixed else 1]


@contextmanager
def caddy(site: Path, folder: Path) -> Iterator[Server]:
    """Run Caddy with the configuration as it is; only its door for administrators is shut."""
    address = f"http://127.0.0.1:{_free_port()}"
    config = folder / "Caddyfile"
    config.write_text(f"{{\n\tadmin off\n}}\nimport {DEPLOY / 'Caddyfile'}\n", "utf-8")
    command = [str(CADDY), "run", "--config", str(config), "--adapter", "caddyfile"]
    settings = {"SITE_ADDRESS": address, "SITE_ROOT": str(site), "HOME": str(folder)}
    with _running(command, address, folder / "log", **settings) as server:
        yield server
