"""Sites built once for the whole session, a server for them, and a browser to look at them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright

from tests.site.built_site import Site
from tests.site.command import build
from tests.site.hostile_package import make_hostile_package
from tests.site.released_site import Kept, build_kept
from tests.support.library_package import LIBRARY, copy_package
from tests.support.site_server import SiteServer

# The tests start the program some hundred times: what Python compiled once is kept, even where the
# environment says otherwise.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

Serve = Callable[[Path], str]

ADDRESS = "https://plan.example/library"
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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


Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Gives a folder by name, filled by whichever of the test processes first asks for it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def folder(name: str, fill: Callable[[Path], object]) -> Path:
        made, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(made, ignore_errors=True)
                made.mkdir()
                fill(made)
                done.touch()
        return made

    return folder


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the library package, to be edited."""
    return copy_package(tmp_path)


@pytest.fixture(scope="session")
def real_site(once: Once) -> Path:
    """The site of the plan in ``datapackage/``."""
    return once("real", lambda folder: build(folder / "site")) / "site"


@pytest.fixture(scope="session")
def library_site(once: Once) -> Path:
    """The site of the library package."""
    return once("library", lambda folder: build(folder / "site", "--package", LIBRARY)) / "site"


@pytest.fixture
def library_copy(library_site: Path, tmp_path: Path) -> Path:
    """A copy that costs nothing: its files share their bytes with the site's until replaced."""
    return Path(shutil.copytree(library_site, tmp_path / "site", copy_function=os.link))


@pytest.fixture(scope="session")
def compressed_site(once: Once) -> Path:
    """The library's site at an address of its own, with compressed copies."""
    options = ("--package", LIBRARY, "--compress")
    return once("compressed", lambda it: build(it / "site", *options, SITE_URL=ADDRESS)) / "site"


@pytest.fixture(scope="session")
def real(real_site: Path) -> Site:
    return Site(real_site)


@pytest.fixture(scope="session")
def library(library_site: Path) -> Site:
    return Site(library_site)


@pytest.fixture(scope="session")
def kept(once: Once) -> Kept:
    """The library's site with releases and retired ids, and the repository it was made from."""
    return Kept(once("kept", build_kept))


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
def hostile(once: Once) -> Site:
    """The library's site at an address of its own, from tables with texts that try to do harm."""
    return Site(once("hostile", _build_hostile) / "site")


def _build_hostile(folder: Path) -> None:
    package = make_hostile_package(folder)
    build(folder / "site", "--package", package, SITE_URL=ADDRESS)
