"""The configurations in ``deploy/``, tried with the servers that they are for."""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from lxml import html

from plansite.pipeline.publish import PublishTarget
from plansite.util.steps import run_to_end
from tests.site.command import run_here
from tests.support.web_servers import CADDY, DEPLOY, NGINX, Answer, Server, caddy, nginx

BROWSER = {"Accept_Encoding": "gzip, deflate, br"}
INDICATOR = "/indicators/L01/"


@pytest.fixture(scope="module")
def site(compressed_site: Path) -> Path:
    return compressed_site


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def server(
    request: pytest.FixtureRequest, compressed_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "nginx":
        if NGINX is None:
            pytest.skip("nginx is not installed")
        with nginx(compressed_site, folder) as (running,):
            yield running
    else:
        if CADDY is None:
            pytest.skip("Caddy is not installed")
        with caddy(compressed_site, folder) as running:
            yield running


def first(site: Path, pattern: str) -> str:
    """The address of a file of the site."""
    return f"/{min(site.glob(pattern)).relative_to(site).as_posix()}"


def policy(text: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in text.split(";"))
    return {name: values for name, _, values in parts}


def test_the_check_finds_copies_that_hold_something_else(site: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    assert run_here("check", copy).returncode == 0
    listed = (copy / "SHA256SUMS").read_text("utf-8")
    assert ".gz\n" not in listed
    assert ".br\n" not in listed
    (copy / "index.html.br").write_bytes((copy / "en/index.html.br").read_bytes())
    (copy / "index.html.gz").write_bytes(b"no gzip")
    (copy / "gone.csv.gz").write_bytes(gzip.compress(b"left behind"))
    found = run_here("check", copy, "--lang", "en")
    assert found.returncode == 12
    assert re.findall(r"(?m)^(\S+) \[(\S+)\]", found.stderr) == [
        ("gone.csv.gz", "checksum"),
        ("index.html.br", "compressed-copy"),
        ("index.html.gz", "compressed-copy"),
    ]


def test_copies_save_bytes_and_stand_only_beside_text(site: Path) -> None:
    copies = [path for path in site.rglob("*") if path.suffix in (".gz", ".br")]
    kinds = {Path(path.stem).suffix for path in copies}
    assert kinds >= {".html", ".css", ".js", ".csv", ".json", ".svg", ".ttl", ".xml"}
    assert not kinds & {".png", ".xlsx", ".zip", ".parquet", ".sqlite", ".pf_fragment"}
    for path in copies:
        assert 1024 <= path.with_suffix("").stat().st_size > path.stat().st_size
    pages = [path for path in site.rglob("*.html") if path.stat().st_size >= 1024]
    assert all(path.with_name(f"{path.name}.br").is_file() for path in pages)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/en/indicators/", "text/html; charset=utf-8"),
        ("/assets/site.*.css", "text/css; charset=utf-8"),
        ("/assets/js/frame.*.js", "text/javascript; charset=utf-8"),
        ("/assets/favicon.svg", "image/svg+xml"),
        ("/charts/zh/*.svg", "image/svg+xml"),
        ("/charts/zh/*.png", "image/png"),
        ("/downloads/observations.csv", "text/csv; charset=utf-8"),
        ("/downloads/plan.sqlite", "application/vnd.sqlite3"),
        ("/downloads/plan.parquet", "application/vnd.apache.parquet"),
        (
            "/downloads/plan.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("/downloads/datapackage.zip", "application/zip"),
        ("/downloads/datapackage.json", "application/json"),
        ("/api/v1/index.json", "application/json"),
        ("/catalog.jsonld", "application/ld+json"),
        ("/catalog.ttl", "text/turtle; charset=utf-8"),
        ("/feed.xml", "application/atom+xml"),
        ("/en/feed.xml", "application/atom+xml"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/SHA256SUMS", "text/plain; charset=utf-8"),
    ],
)
def test_every_kind_of_file_says_what_it_is_and_comes_whole(
    server: Server, site: Path, address: str, kind: str
) -> None:
    path = first(site, address[1:]) if "*" in address else address
    file = site / (f"{path}index.html" if path.endswith("/") else path)[1:]
    plain = server.ask(path)
    assert (plain.status, plain.headers["content-type"]) == (200, kind)
    assert plain.body == file.read_bytes()
    assert "content-encoding" not in plain.headers
    head = server.ask(path, "HEAD")
    assert (head.status, head.headers["content-type"], head.body) == (200, kind, b"")
    for coding, opened in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        copy = file.with_name(f"{file.name}.{coding[:2]}")  # .br, .gz
        if copy.is_file():
            sent = server.ask(path, Accept_Encoding=coding)
            assert (sent.headers["content-encoding"], sent.headers["vary"]) == (
                coding,
                "Accept-Encoding",
            )
            assert (sent.body, sent.headers["content-type"]) == (copy.read_bytes(), kind)
            assert opened(sent.body) == plain.body


def test_a_browser_gets_brotli(server: Server) -> None:
    assert server.ask("/", **BROWSER).headers["content-encoding"] == "br"


def test_names_with_a_digest_are_kept_for_ever_and_all_else_for_a_minute(
    server: Server, site: Path
) -> None:
    for pattern in ("assets/site.*.css", "assets/js/frame.*.js", "search/index/**/*.pf_fragment"):
        kept = server.ask(first(site, pattern)).headers["cache-control"]
        assert kept == "public, max-age=31536000, immutable"
    others = ("/", "/downloads/observations.csv", "/api/v1/index.json", "/assets/favicon.svg")
    for path in (*others, first(site, "search/index/*.js"), "/assets/site.0123456789ab.css"):
        assert server.ask(path).headers["cache-control"] == "public, max-age=60, must-revalidate"


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    sent = server.ask(INDICATOR, **BROWSER)
    for name, value in (
        ("If_None_Match", sent.headers["etag"]),
        ("If_Modified_Since", sent.headers["last-modified"]),
    ):
        again = server.ask(INDICATOR, **{name: value}, **BROWSER)
        assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("kind", ["nginx", "caddy"])
def test_after_the_next_build_only_what_changed_is_sent_again(
    compressed_site: Path, tmp_path: Path, kind: str
) -> None:
    if (NGINX if kind == "nginx" else CADDY) is None:
        pytest.skip(f"{kind} is not installed")
    place = PublishTarget(tmp_path / "site")
    shutil.copytree(compressed_site, place.published, copy_function=_written_yesterday)
    (tmp_path / "server").mkdir()
    with contextlib.ExitStack() as running:
        if kind == "nginx":
            (server,) = running.enter_context(nginx(place.published, tmp_path / "server"))
        else:
            server = running.enter_context(caddy(place.published, tmp_path / "server"))
        kept, changed = (server.ask(path, **BROWSER) for path in ("/", INDICATOR))
        shutil.copytree(compressed_site, place.new, copy_function=shutil.copyfile)
        for page in (place.new / INDICATOR[1:]).glob("index.html*"):  # with its copies
            page.write_bytes(page.read_bytes()[::-1])  # as many bytes as before
        run_to_end(place.publish())
        for name, header in (("If_None_Match", "etag"), ("If_Modified_Since", "last-modified")):
            again = server.ask("/", **{name: kept.headers[header]}, **BROWSER)
            assert (again.status, again.body) == (304, b"")
            anew = server.ask(INDICATOR, **{name: changed.headers[header]}, **BROWSER)
            assert (anew.status, anew.body) == (200, changed.body[::-1])


def _written_yesterday(source: str, target: str) -> None:
    shutil.copyfile(source, target)
    yesterday = time.time() - 24 * 3600
    os.utime(target, (yesterday, yesterday))


def test_parts_of_a_file_can_be_had(server: Server, site: Path) -> None:
    whole = (site / "downloads/plan.sqlite").read_bytes()
    part = server.ask("/downloads/plan.sqlite", Range="bytes=0-15")
    assert (part.status, part.body) == (206, b"SQLite format 3\0")
    assert part.headers["content-range"] == f"bytes 0-15/{len(whole)}"


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/nothing", "zh-Hans"),
        ("/indicators/nothing/", "zh-Hans"),
        ("/downloads/nothing.csv", "zh-Hans"),
        ("/assets/", "zh-Hans"),
        ("/downloads/", "zh-Hans"),
        ("/404.html", "zh-Hans"),
        ("/index.html.gz", "zh-Hans"),
        ("/en/index.html.br", "en"),
        ("/embed/en/L01/index.html.gz", "en"),
        ("/en/nothing", "en"),
        ("/en/indicators/nothing/", "en"),
        ("/en/404.html", "en"),
        ("/embed/en/nothing/", "en"),
    ],
)
def test_what_is_missing_is_said_in_the_readers_language(
    server: Server, address: str, language: str
) -> None:
    for asked in ({}, BROWSER):
        answer = server.ask(address, **asked)
        assert answer.status == 404
        body = brotli.decompress(answer.body) if asked else answer.body
        assert html.document_fromstring(body.decode()).get("lang") == language
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "frame-ancestors" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "address",
    [
        *("/../secret", "/%2e%2e/secret", "/..%2fsecret", "/assets/..%2f..%2fsecret"),
        *("/..\\secret", "//secret", "/%00/../secret", "/en/..%2f..%2fsecret"),
    ],
)
def test_nothing_beside_the_site_can_be_had(server: Server, site: Path, address: str) -> None:
    secret = site.parent / "secret"
    secret.write_text("of nobody's concern", "utf-8")
    answer = server.ask(address)
    secret.unlink()
    assert answer.status in (400, 404)
    assert b"concern" not in answer.body


def test_what_is_hidden_is_not_sent_and_what_is_well_known_is(server: Server, site: Path) -> None:
    """rsync keeps half of a file under such a name."""
    hidden = (".index.html.Xy12", "en/.git/config", "charts/zh/.L01.svg", "assets/.a/b.css")
    known = ".well-known/security.txt"
    try:
        for name in (*hidden, known):
            (site / name).parent.mkdir(exist_ok=True)
            (site / name).write_text("half", "utf-8")
        for name in hidden:
            answer = server.ask(f"/{name}")
            assert answer.status == 404, name
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert server.ask(f"/{known}").body == b"half"
    finally:
        for name in (*hidden, known):
            (site / name).unlink()
        for folder in (".well-known", "en/.git", "assets/.a"):
            (site / folder).rmdir()


def test_a_folder_without_its_slash_leads_to_the_one_with_it(server: Server) -> None:
    for path in ("/indicators", "/en", "/en/indicators"):
        answer = server.ask(path)
        assert (answer.status, answer.headers["location"]) in ((301, f"{path}/"), (308, f"{path}/"))


def test_data_and_charts_may_be_fetched_by_other_sites_and_pages_not(
    server: Server, site: Path
) -> None:
    open_to_all = (
        *("/downloads/observations.csv", "/downloads/plan.sqlite", "/api/v1/index.json"),
        *("/catalog.jsonld", "/catalog.ttl", "/feed.xml", "/en/feed.xml", "/manifest.json"),
        *("/SHA256SUMS", first(site, "charts/en/*.svg"), first(site, "charts/en/*.png")),
    )
    for path in open_to_all:
        assert server.ask(path).headers.get("access-control-allow-origin") == "*", path
    for path in ("/", "/en/", INDICATOR, "/data/", "/nothing", "/sitemap.xml"):
        assert "access-control-allow-origin" not in server.ask(path).headers, path


def test_headers_agree_with_what_each_page_says_of_itself(server: Server, site: Path) -> None:
    def stated(answer: Answer) -> dict[str, str]:
        page = html.document_fromstring(answer.body.decode())
        (meta,) = page.iterfind(".//meta[@http-equiv]")
        return policy(meta.get("content", ""))

    embed = first(site, "embed/zh/*/index.html").removesuffix("index.html")
    for path, framed in (("/", "'self'"), ("/en/search/", "'self'"), (embed, "*")):
        answer = server.ask(path)
        sent = policy(answer.headers["content-security-policy"])
        assert sent.pop("frame-ancestors") == framed
        own = stated(answer)
        assert sent.items() - own.items() == {("object-src", "'none'")}  # own default: none
        assert own["default-src"] == "'none'"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "strict-transport-security" not in answer.headers


@pytest.mark.skipif(CADDY is None, reason="Caddy is not installed")
def test_the_caddyfile_is_written_as_caddy_writes_it() -> None:
    written = DEPLOY / "Caddyfile"
    formatted = subprocess.run([str(CADDY), "fmt", written], capture_output=True, check=False)
    assert formatted.stdout == written.read_bytes()
