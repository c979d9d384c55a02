"""A folder of its own to run the program in, for tests that interrupt or starve it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.site.command import Finished, bring_bundle, clean_environment, command_line
from tests.support.library_package import AS_OF, LIBRARY

ADDRESS = "https://plan.example/library"
"""A site that knows its address has a card for each page: work for several processes."""


@dataclass(frozen=True)
class Program:
    """The program, run in a folder with a package."""

    root: Path
    prefix: list[str] = field(default_factory=list)
    """What its commands are run by."""

    @property
    def package(self) -> Path:
        return self.root / "library"

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def cache(self) -> Path:
        return self.root / "build" / "cache"

    def command(self, *arguments: str | Path) -> list[str]:
        return [*self.prefix, *command_line(*arguments)]

    def build_command(self, *arguments: str | Path) -> list[str]:
        said = ("--package", self.package, "--as-of", AS_OF.isoformat())
        return self.command("build", "--out", self.site, *said, *arguments)

    def run(self, command: list[str], **settings: str) -> Finished:
        return subprocess.run(
            command,
            cwd=self.root,
            env=clean_environment(**{"SITE_URL": ADDRESS, "LANG": "en", **settings}),
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    def build(self, *arguments: str | Path, **settings: str) -> str:
        """A build that must go well; gives what it said."""
        finished = self.run(self.build_command(*arguments), **settings)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stderr

    def start(self) -> subprocess.Popen[str]:
        """Begin a build in a process group of its own."""
        return subprocess.Popen(
            self.build_command(),
            cwd=self.root,
            env=clean_environment(SITE_URL=ADDRESS, LANG="en"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )


def kill_group(running: subprocess.Popen[str]) -> None:
    """End a build and all that it started, without a chance to tidy up."""
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()


def make_program(root: Path) -> Program:
    """The program in a new folder, with the library package."""
    root.mkdir(parents=True)
    shutil.copytree(LIBRARY, root / "library")
    (root / "build").mkdir()
    bring_bundle(root / "build")
    return Program(root)
