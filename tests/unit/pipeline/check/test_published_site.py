"""An earlier site is compared with whole or not at all: half of one is no first publication."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.cli.messages import error_text
from plansite.model import Language
from plansite.model.errors import UsageError
from plansite.model.translations import Words
from plansite.pipeline.check.published_site import find_published
from plansite.util.checksums import digest, write_checksums
from tests.conftest import Serve

PACKAGE = "downloads/datapackage.zip"
FILES = {"index.html": b"home", PACKAGE: b"data", "years/2025/index.html": b"year"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """What an earlier site is known by, and its data."""
    files = {**FILES, "manifest.json": json.dumps({"files": {"count": len(FILES)}}).encode()}
    files["SHA256SUMS"] = write_checksums({name: digest(file) for name, file in files.items()})
    for name, content in {**files, "404.html": b"none"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def remove(*names: str) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        for name in names:
            (site / name).unlink()

    return edit


def cut(lines: int) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        listing = site / "SHA256SUMS"
        listing.write_bytes(b"".join(listing.read_bytes().splitlines(keepends=True)[:lines]))

    return edit


def say(name: str, content: bytes) -> Callable[[Path], None]:
    def edit(site: Path) -> None:
        (site / name).write_bytes(content)

    return edit


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (remove(PACKAGE), f"{PACKAGE} of"),
        (remove("manifest.json"), "manifest.json of"),
        (remove("SHA256SUMS"), "SHA256SUMS of"),
        (cut(1), "SHA256SUMS of"),
        (cut(2), "SHA256SUMS of"),
        (cut(3), "SHA256SUMS of"),
        (say("manifest.json", b"{"), "is not what that site"),
        (say(PACKAGE, b"dat"), "is not what that site"),
        (say("SHA256SUMS", b"<title>Log in</title>"), "it may ask for a login"),
        (say("SHA256SUMS", b""), "leave out --previous this once"),
    ],
)
def test_half_of_a_published_site_stops_the_comparison(
    site: Path, server: Serve, edit: Callable[[Path], None], said: str
) -> None:
    edit(site)
    address = server(site).rstrip("/")
    for named in ("", "SHA256SUMS", "manifest.json"):
        with pytest.raises(UsageError) as stopped:
            found = find_published(f"{address}/{named}")
            assert found is not None
            found.content(PACKAGE)
        assert said in error_text(stopped.value, Words(Language.EN))


def test_a_site_is_found_however_its_address_is_typed(site: Path, server: Serve) -> None:
    address = server(site).rstrip("/")
    for typed in (
        *(address, f"{address}/", address.replace("http", "HTTP", 1), f" {address} "),
        *(f"{address}/{name}" for name in ("SHA256SUMS", "manifest.json", "index.html")),
    ):
        found = find_published(typed)
        assert found is not None, typed
        assert found.content(PACKAGE) == FILES[PACKAGE]
    home = site / "计划 a"
    home.mkdir()
    for name in ("SHA256SUMS", "manifest.json"):
        (site / name).rename(home / name)
    assert find_published(f"{address}/计划 a/") is not None
    assert find_published(address) is None


@pytest.mark.parametrize("rest", ["?v=1", "#top", "/../", "//a"])
def test_what_can_be_no_address_is_refused(site: Path, server: Serve, rest: str) -> None:
    with pytest.raises(UsageError, match="bad_web_address"):
        find_published(f"{server(site)}{rest}")


def test_a_list_of_checksums_may_be_all_that_is_left(site: Path) -> None:
    for name in (PACKAGE, "manifest.json"):
        (site / name).unlink()
    found = find_published(str(site / "SHA256SUMS"))
    assert found is not None
    assert found.content(PACKAGE) is None
    with pytest.raises(UsageError, match="previous_incomplete"):
        find_published(str(site))
