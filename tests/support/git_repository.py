"""A scratch git repository with the library package, for tests that look back in time."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from plansite.cli.main import main
from tests.support.library_package import copy_package

NO_CONFIG = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
AUTHOR = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org")


@dataclass(frozen=True)
class Ran:
    """What a command gave."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Repository:
    """A repository whose default branch is ``main``."""

    root: Path
    folder: str = "library"
    """Where the package is in it."""

    @property
    def package(self) -> Path:
        """The package in the working tree."""
        return self.root / self.folder

    def git(self, *arguments: str, **settings: str) -> str:
        """Run git in it; the keywords are environment variables."""
        done = subprocess.run(
            ["git", "-C", self.root, *AUTHOR, *arguments],
            check=True, capture_output=True, text=True, env={**NO_CONFIG, **settings},
        )  # fmt: skip
        return done.stdout.strip()

    def commit(self, message: str = "Change the data", when: str = "") -> str:
        """Commit everything, on request at another time; gives the commit's id."""
        self.git("add", "--all")
        clock = {"GIT_COMMITTER_DATE": when} if when else {}
        self.git("commit", "--quiet", "--allow-empty", "--message", message, **clock)
        return self.git("rev-parse", "HEAD")

    def clone(self, *options: str, name: str = "clone") -> Repository:
        """A clone of it beside it, as from a server."""
        clone = Repository(self.root.with_name(name), self.folder)
        self.git("clone", "--quiet", *options, f"file://{self.root}", str(clone.root))
        return clone

    def move(self, folder: str) -> Repository:
        """The same with its package moved to another folder, nothing committed."""
        (self.root / folder).parent.mkdir(parents=True, exist_ok=True)
        if folder == ".":
            for file in self.package.iterdir():
                self.git("mv", str(file), file.name)
        else:
            self.git("mv", self.folder, folder)
        return Repository(self.root, folder)

    def run(self, verb: str, *arguments: str, lang: str = "en") -> Ran:
        """Run a command on the package, as the command line does."""
        out, err = io.StringIO(), io.StringIO()
        shared = ["--package", str(self.package), "--lang", lang]
        if verb in ("validate", "diff"):
            shared += ["--as-of", "2026-11-23"]
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([verb, *arguments, *shared])
        return Ran(code, out.getvalue(), err.getvalue())


def make_repository(folder: Path, when: str = "") -> Repository:
    """A repository with one commit that holds the library package."""
    folder.mkdir(parents=True, exist_ok=True)
    repository = Repository(folder)
    repository.git("init", "--quiet", "--initial-branch=main")
    copy_package(folder)
    repository.commit("Publish the data", when)
    return repository
