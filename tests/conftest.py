"""Sites built once for the whole session, a server for them, and a browser to look at them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.serving import SiteServer
from tests.site.command import build
from tests.site.hostile import MARKUP
from tests.site.pages import Site
from tests.support import LIBRARY, copy_package, edit_cell

Serve = Callable[[Path], str]

ADDRESS = "https://plan.example/library"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
)
"""Chromium asks nobody for anything that a page did not ask for."""


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the plan in ``datapackage/``."""
    return build(tmp_path_factory.mktemp("real") / "site")


@pytest.fixture(scope="session")
def library_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the library package."""
    return build(tmp_path_factory.mktemp("library") / "site", "--package", LIBRARY)


@pytest.fixture(scope="session")
def real(real_site: Path) -> Site:
    return Site(real_site)


@pytest.fixture(scope="session")
def library(library_site: Path) -> Site:
    return Site(library_site)


@pytest.fixture(scope="session")
def server() -> Iterator[Serve]:
    """Serves a folder on this machine and gives its address, with a closing slash."""
    running: dict[Path, SiteServer] = {}

    def serve(folder: Path) -> str:
        if folder not in running:
            running[folder] = SiteServer(folder)
        return running[folder].address

    yield serve
    for one in running.values():
        one.stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), "")
    if not shutil.which(program):
        pytest.fail(
            "These tests look at the site in a browser: install Chromium, or set CHROMIUM to the "
            "program's path.",
            pytrace=False,
        )
    return program


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium, started once."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=[*QUIET])
        yield running
        running.close()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The library's site at an address of its own, from tables with texts that try to do harm."""
    package = copy_package(tmp_path_factory.mktemp("hostile"))
    for field in ("name_zh", "name_en"):
        edit_cell(package, "indicators", 3, field, MARKUP)
    edit_cell(package, "observations", 19, "value", "-3")
    out = package.with_name("site")
    return Site(build(out, "--package", package, SITE_URL=ADDRESS))
