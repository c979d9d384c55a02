"""Builds that are killed: what is published stays whole, and the next build is none the worse."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from plansite.pipeline.check.permanence import check_checksums
from tests.site.command import ENGINE, digests
from tests.site.program_folder import Program, kill_group, make_program
from tests.support.library_package import edit_cell

LONG = bool(os.environ.get("PLANSITE_LONG"))
STEPS = ("read", "assess", "pages", "engine", "finish", "check", "swap")
"""What a build does, in its order; it says a line when each but the last is done."""
_SECONDS = re.compile(r" (\d+\.\d) s$", re.MULTILINE)
_SWAP_SECONDS = 0.15


@dataclass
class Twins:
    """A program that stands between two packages, and the site of each."""

    program: Program
    tables: tuple[str, str]
    sites: tuple[Mapping[str, str], Mapping[str, str]]
    seconds: Mapping[bool, list[float]]
    """How long each step takes, warm and cold."""
    now: int

    def turn(self) -> None:
        """Let the data be the other package's."""
        self.now = 1 - self.now
        (self.program.package / "indicators.csv").write_text(self.tables[self.now], "utf-8")

    def is_whole(self) -> bool:
        """Whether the published site is the one or the other, to the byte."""
        found = list(check_checksums(self.program.site))
        return found == [] and digests(self.program.site) in self.sites

    def heals(self) -> bool:
        """Whether the next build gives the right bytes, and leaves nothing beside the site."""
        self.program.build()
        beside = {path.name for path in self.program.root.glob("*site*")} - {"site"}
        half = list(self.program.cache.rglob("*.part"))
        right = digests(self.program.site) == self.sites[self.now]
        return right and not beside and half == []


def _durations(said: str) -> list[float]:
    return [*map(float, _SECONDS.findall(said)), _SWAP_SECONDS]


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    program = make_program(tmp_path_factory.mktemp("killed") / "program")
    table = program.package / "indicators.csv"
    first = table.read_text("utf-8")
    cold, one = _durations(program.build()), digests(program.site)
    edit_cell(program.package, "indicators", 3, "name_en", "Another name")
    second = table.read_text("utf-8")
    warm, other = _durations(program.build()), digests(program.site)
    assert one != other
    return Twins(program, (first, second), (one, other), {True: cold, False: warm}, now=1)


def _kill(twins: Twins, step: int, share: float, *, cold: bool) -> None:
    """Kill a build when a share of a step's usual time has passed."""
    if cold:
        shutil.rmtree(twins.program.cache)
    running = twins.program.start()
    assert running.stderr is not None
    for _ in range(step):
        assert " s\n" in running.stderr.readline()
    time.sleep(share * twins.seconds[cold][step])
    kill_group(running)


def test_a_build_killed_at_any_moment_leaves_a_whole_site_and_the_next_one_heals(
    twins: Twins,
) -> None:
    chance = random.Random(6)  # noqa: S311
    # Six moments for everyday; every step seven times and one more for the long run.
    steps = [*range(7)] * 7 + [6] if LONG else [0, 2, 3, 4, 5, 6]
    chance.shuffle(steps)
    for number, step in enumerate(steps):
        share = chance.random()
        cold = STEPS[step] == "engine" or (LONG and number % 2 == 0)
        moment = f"{share:.0%} of {STEPS[step]}, {'cold' if cold else 'warm'}"
        twins.turn()
        _kill(twins, step, share if LONG or not cold else share / 2, cold=cold)
        assert twins.is_whole(), moment
        assert twins.heals(), moment


def _wait_for_engine(group: int) -> None:
    """Wait until a build's engine runs."""
    ours = re.compile(rf"^\s*{group} .*{ENGINE} build", re.MULTILINE)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        everybody = subprocess.run(
            ["ps", "-A", "-o", "pgid=,args="], capture_output=True, text=True, check=True
        )
        if ours.search(everybody.stdout):
            return
        time.sleep(0.02)
    pytest.fail("the engine did not start")


def test_the_next_build_waits_for_an_engine_that_outlives_its_own(twins: Twins) -> None:
    edit_cell(twins.program.package, "indicators", 4, "name_en", "A name that no page has yet")
    killed = twins.program.start()
    _wait_for_engine(killed.pid)
    os.killpg(killed.pid, signal.SIGSTOP)
    os.kill(killed.pid, signal.SIGKILL)  # and nobody else
    killed.wait()
    twins.turn()
    waiting = twins.program.start()
    time.sleep(3)
    assert waiting.poll() is None
    os.killpg(killed.pid, signal.SIGCONT)
    _, said = waiting.communicate(timeout=120)
    assert waiting.returncode == 0
    assert "Waiting for another build to end" in said
    assert digests(twins.program.site) == twins.sites[twins.now]
    assert killed.stderr is not None
    killed.stderr.close()


def test_of_two_builds_of_one_site_by_two_copies_of_the_program_one_waits(
    twins: Twins, tmp_path: Path
) -> None:
    twins.turn()
    other = make_program(tmp_path / "other")
    shutil.copytree(twins.program.cache, other.cache)
    shutil.copytree(twins.program.package, other.package, dirs_exist_ok=True)
    running = twins.program.start()
    command = other.build_command("--out", twins.program.site)
    finished = other.run(command)
    _, said = running.communicate()
    assert (running.returncode, finished.returncode) == (0, 0), said + finished.stderr
    assert "Waiting for another build to end" in said + finished.stderr
    assert digests(twins.program.site) == twins.sites[twins.now]
    assert twins.heals()
