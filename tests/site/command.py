"""The command line as a user runs it: another process, with nothing set but what a test sets."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.support import AS_OF

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "datapackage"
_LEFT_OUT = {"LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "TZ", "SITE_URL", "REPOSITORY_URL", "CI"}

Finished = subprocess.CompletedProcess[str]


def clean_environment(**settings: str) -> dict[str, str]:
    """This process's environment without what would change a build, plus some settings."""
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return {**kept, **settings}


def command_line(*arguments: str | Path) -> list[str]:
    return [sys.executable, str(ROOT / "build_site.py"), *map(str, arguments)]


def run(*arguments: str | Path, **settings: str) -> Finished:
    """Run ``build_site.py`` in the project's folder; the keywords are environment variables."""
    return subprocess.run(
        command_line(*arguments),
        cwd=ROOT,
        env=clean_environment(**settings),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


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
