"""Disks that are full and places that may not be written: said in a sentence, nothing lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.site.built_site import HAN
from tests.site.command import Finished, digests, own_folder
from tests.site.program_folder import Program, make_program

_SENTENCES = {"en": "The disk is full", "zh": "磁盘已满"}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A program that has built its site."""
    made = make_program(tmp_path_factory.mktemp("full") / "program")
    made.build(SITE_URL="")
    return made


@dataclass
class Disk:
    """A small disk, which only this test's programs see where it is mounted."""

    keeper: subprocess.Popen[bytes]
    folder: Path
    """The place where it is mounted."""

    @property
    def inside(self) -> list[str]:
        """What a program is run by that sees the disk."""
        of = ["--target", str(self.keeper.pid), "--user", "--mount", "--preserve-credentials"]
        return ["nsenter", *of, f"--wdns={self.folder.parent}"]

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [*self.inside, *command], check=True, capture_output=True, text=True, cwd="/"
        )
        return done.stdout

    def resize(self, kilobytes: int) -> None:
        self.run("mount", "-o", f"remount,size={kilobytes}k", str(self.folder))

    def look(self, folder: Path) -> dict[str, str]:
        """What stands in a folder on the disk."""
        return digests(Path(f"/proc/{self.keeper.pid}/root") / folder.relative_to("/"))


def _mount(folder: Path) -> Disk:
    folder.mkdir(exist_ok=True)
    script = f"mount -t tmpfs -o size=50m tmpfs '{folder}' && echo mounted && exec sleep 600"
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        pytest.skip("A small disk is needed, and this system has no unshare and nsenter.")
    keeper = subprocess.Popen(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert keeper.stdout is not None
    if keeper.stdout.readline() != b"mounted\n":
        pytest.skip("A small disk is needed, and this system lets nobody mount one here.")
    return Disk(keeper, folder)


@pytest.fixture
def disk(request: pytest.FixtureRequest, program: Program, tmp_path: Path) -> Iterator[Disk]:
    """A disk in the place of the program's work folder, or an empty one."""
    where = getattr(request, "param", "out")
    small = _mount(program.root / "build" if where == "work" else tmp_path / "disk")
    yield small
    small.keeper.kill()
    small.keeper.communicate()


def _build(program: Program, disk: Disk, out: Path, lang: str = "en") -> Finished:
    inside = replace(program, prefix=disk.inside)
    return inside.run(inside.build_command("--out", out, "--lang", lang), SITE_URL="")


def _is_told(finished: Finished, place: Path, lang: str) -> None:
    assert finished.returncode == 11, finished.stdout + finished.stderr
    (sentence,) = (line for line in finished.stderr.splitlines() if _SENTENCES[lang] in line)
    assert str(place) in sentence
    assert bool(HAN.search(sentence)) == (lang == "zh")
    assert "Traceback" not in finished.stdout + finished.stderr


def test_a_full_disk_under_the_site_leaves_it_whole(program: Program, disk: Disk) -> None:
    out = disk.folder / "site"
    disk.run("cp", "-r", str(program.site), str(out))
    before = digests(program.site)
    size = int(disk.run("du", "-sk", str(out)).split()[0])
    disk.resize(int(size * 1.6))
    for lang in ("en", "zh"):
        _is_told(_build(program, disk, out, lang), disk.folder / ".site.new", lang)
        assert disk.look(out) == before
        assert disk.run("ls", "-A", str(disk.folder)).split() == ["site"]
    disk.resize(size * 3)
    assert _build(program, disk, out).returncode == 0
    assert disk.look(out) == before


@pytest.mark.parametrize("disk", ["work"], indirect=True)
def test_a_full_disk_under_the_work_folder_leaves_the_site_whole_wherever_it_ends(
    program: Program, disk: Disk
) -> None:
    before = digests(program.site)
    bundle = next((own_folder() / "build").glob("vega-*.js"))
    disk.run("cp", str(bundle), str(disk.folder))
    held = bundle.stat().st_size // 1024
    # In the Markdown, and in what the engine makes of it.
    for more in (100, 2500):
        disk.resize(held + more)
        _is_told(_build(program, disk, program.site), disk.folder, "en")
        assert digests(program.site) == before
    disk.resize(60_000)
    assert _build(program, disk, program.site).returncode == 0
    assert digests(program.site) == before


def _without_privilege() -> list[str]:
    """What a program is run by whom permissions hold, which they do not for root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("Permissions do not hold for root, and this system has no setpriv.")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


@pytest.mark.parametrize("taken", ["out", "build", ".site.new"])
def test_a_place_that_may_not_be_written_is_named_and_the_site_stays(
    program: Program, tmp_path: Path, taken: str
) -> None:
    out = tmp_path / "out" / "site"
    shutil.copytree(program.site, out)
    before = digests(out)
    (out.parent / ".site.new").mkdir()
    (out.parent / ".site.new" / "left").touch()
    place = {"out": out.parent, "build": program.root / "build"}.get(taken, out.parent / taken)
    limited = replace(program, prefix=_without_privilege())
    command = limited.build_command("--out", out)
    place.chmod(0o555)
    try:
        finished = limited.run(command, SITE_URL="")
    finally:
        place.chmod(0o755)
    assert finished.returncode == 11, finished.stdout + finished.stderr
    assert str(place) in finished.stderr
    assert "Permission denied" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert digests(out) == before
    assert limited.run(command, SITE_URL="").returncode == 0
    assert digests(out) == before


def test_a_table_that_may_not_be_read_is_named_and_the_site_stays(program: Program) -> None:
    before = digests(program.site)
    limited = replace(program, prefix=_without_privilege())
    table = program.package / "targets.csv"
    table.chmod(0)
    try:
        finished = limited.run(limited.build_command(), SITE_URL="")
    finally:
        table.chmod(0o644)
    assert finished.returncode in (10, 11)
    assert "targets.csv" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert digests(program.site) == before


def test_kept_results_that_may_not_be_read_are_made_anew(program: Program) -> None:
    before = digests(program.site)
    limited = replace(program, prefix=_without_privilege())
    program.cache.chmod(0)
    try:
        limited.build(SITE_URL="")
    finally:
        program.cache.chmod(0o755)
    assert digests(program.site) == before
