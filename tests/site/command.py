"""The command line as a user runs it, with nothing set but what a test sets."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from unittest import mock

from plansite.cli.main import main
from plansite.model.site_settings import EngineName
from plansite.output.charts import vega_bundle
from plansite.util.file_lock import file_lock
from tests.support.library_package import AS_OF
from tests.support.paths import ROOT

_LEFT_OUT = {"LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "TZ", "SITE_URL", "REPOSITORY_URL", "CI"}

ENGINE = EngineName(os.environ.get("PLANSITE_ENGINE", EngineName.MKDOCS))
"""What makes the sites that all tests look at."""
BY_ENGINE = [] if ENGINE is EngineName.MKDOCS else ["--engine", ENGINE]
"""Asks for it, where it is not what is used unasked."""

Finished = subprocess.CompletedProcess[str]


def clean_environment(**settings: str) -> dict[str, str]:
    """This process's environment without what would change a build, plus some settings."""
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return {**kept, **settings}


@functools.cache
def own_folder() -> Path:
    """A folder to run commands in that is this test process's own, so that none waits to build.

    It leads to the checkout's package and to what builds keep there; only the folder that a build
    works in is another.
    """
    shared = ROOT / "build"
    own = shared / "tests" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    for folder in (own / "build", shared / "cache"):
        folder.mkdir(parents=True, exist_ok=True)
    for name in ("datapackage", "build/cache"):
        if not (own / name).is_symlink():
            (own / name).symlink_to(ROOT / name)
    bring_bundle(own / "build")
    return own


def bring_bundle(work: Path) -> None:
    """Put into a work folder what takes seconds to make and is the same for every build."""
    shared = ROOT / "build"
    with file_lock(shared / "lock", contextlib.nullcontext):
        vega_bundle(shared)
    for bundle in shared.glob("vega-*.js"):
        shutil.copy2(bundle, work)


def command_line(*arguments: str | Path) -> list[str]:
    """A command of the program; one that makes a site makes it by ``ENGINE``."""
    said = [*map(str, arguments)]
    if said and said[0] in {"build", "serve"} and "--engine" not in said:
        said += BY_ENGINE
    return [sys.executable, str(ROOT / "build_site.py"), *said]


def run(*arguments: str | Path, **settings: str) -> Finished:
    """Run ``build_site.py`` in this test process's folder, as another process.

    The keywords are environment variables.
    """
    return subprocess.run(
        command_line(*arguments),
        cwd=own_folder(),
        env=clean_environment(**settings),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def run_here(*arguments: str | Path, **settings: str) -> Finished:
    """The same within this process: it does not wait for the program's imports each time."""
    said = [*map(str, arguments)]
    out, err = io.StringIO(), io.StringIO()
    here = mock.patch.dict(os.environ, clean_environment(**settings), clear=True)
    folder = contextlib.chdir(own_folder())
    with here, folder, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(said, "python build_site.py")
    return Finished(said, code, out.getvalue(), err.getvalue())


def build(out: Path, *arguments: str | Path, **settings: str) -> Path:
    """Build a site that must come out well."""
    finished = run("build", "--out", out, "--as-of", AS_OF.isoformat(), *arguments, **settings)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return out


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
