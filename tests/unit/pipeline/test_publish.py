"""The published site's folder: the old site or the new one, at every moment."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from plansite.pipeline import publish
from plansite.pipeline.publish import PublishTarget
from plansite.util.checksums import digest, write_checksums
from plansite.util.file_lock import file_lock
from plansite.util.steps import run_to_end


def site(folder: Path, text: str) -> None:
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.html").write_text(text, "utf-8")


def texts(folder: Path) -> set[str]:
    return {path.read_text("utf-8") for path in folder.iterdir()}


@pytest.fixture(params=["exchange", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How folders change places: as this system does it, or as one does that cannot exchange."""
    if request.param == "two renames":
        monkeypatch.setattr(publish, "_exchange", lambda first, second: False)
    return str(request.param)


def test_the_new_site_takes_the_place_of_the_old_one_and_nothing_else_is_left(
    tmp_path: Path, way: str
) -> None:
    target = PublishTarget(tmp_path / "site")
    for text in ("first", "second"):
        site(target.new, text)
        run_to_end(target.publish())
        assert texts(tmp_path / "site") == {text}
        assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_files_that_hold_the_same_keep_their_time_and_others_have_their_own(
    tmp_path: Path, way: str
) -> None:
    target = PublishTarget(tmp_path / "site")
    site(target.new, "first")
    long_ago = 1_000_000_000
    for path in target.new.iterdir():
        os.utime(path, ns=(long_ago, long_ago))
    run_to_end(target.publish())
    site(target.new, "first")
    (target.new / "3.html").write_text("other", "utf-8")
    (target.new / "4.html").write_text("longer than before", "utf-8")
    (target.new / "new.html").write_text("first", "utf-8")
    run_to_end(target.publish())
    times = {path.name: path.stat().st_mtime_ns for path in target.published.iterdir()}
    fresh = {name for name, time_ns in times.items() if time_ns != long_ago}
    assert fresh == {"3.html", "4.html", "new.html"}
    assert min(times[name] for name in fresh) > time.time_ns() - 60 * 10**9


def test_checksums_tell_what_old_files_hold_but_for_those_that_were_edited_since(
    tmp_path: Path, way: str
) -> None:
    target = PublishTarget(tmp_path / "site")
    long_ago = 1_000_000_000
    for edited in ("", "typed"):
        site(target.new, "first")
        digests = {path.name: digest(path.read_bytes()) for path in target.new.iterdir()}
        (target.new / "SHA256SUMS").write_bytes(write_checksums(digests))
        if edited:
            (target.published / "3.html").write_text(edited, "utf-8")
        run_to_end(target.publish())
        if not edited:
            for path in target.published.iterdir():
                os.utime(path, ns=(long_ago, long_ago))
    times = {path.name: path.stat().st_mtime_ns for path in target.published.iterdir()}
    assert {name for name, time_ns in times.items() if time_ns != long_ago} == {"3.html"}


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path, way: str) -> None:
    site(tmp_path / "served", "first")
    (tmp_path / "site").symlink_to("served")
    for text in ("second", "third"):
        target = PublishTarget(tmp_path / "site")
        site(target.new, text)
        run_to_end(target.publish())
        assert (tmp_path / "site").is_symlink()
        assert texts(tmp_path / "served") == {text}


def test_only_a_site_or_an_empty_place_may_be_replaced(tmp_path: Path) -> None:
    target = PublishTarget(tmp_path / "site")
    assert target.may_be_replaced()
    target.published.mkdir()
    assert target.may_be_replaced()
    (target.published / "letter.txt").write_text("mine", "utf-8")
    assert not target.may_be_replaced()
    for name in ("manifest.json", "SHA256SUMS"):
        assert not target.may_be_replaced()
        (target.published / name).touch()
    assert target.may_be_replaced()
    assert not PublishTarget(target.published / "letter.txt").may_be_replaced()
    assert not PublishTarget(Path("/")).may_be_replaced()


def test_a_copy_that_somebody_keeps_beside_the_site_stays(tmp_path: Path, way: str) -> None:
    for name in ("site.old", "site.new", "site.bak"):
        site(tmp_path / name, name)
    target = PublishTarget(tmp_path / "site")
    for text in ("first", "second"):
        target.recover()
        target.clear()
        site(target.new, text)
        run_to_end(target.publish())
    assert texts(tmp_path / "site") == {"second"}
    for name in ("site.old", "site.new", "site.bak"):
        assert texts(tmp_path / name) == {name}


def test_whoever_looks_while_sites_change_places_finds_one(tmp_path: Path) -> None:
    target = PublishTarget(tmp_path / "site")
    site(target.published, "old")
    site(target.new, "new")
    if not publish._exchange(target.new, target.published):
        pytest.skip("This system cannot exchange two folders in one step.")
    stop, missing = threading.Event(), []

    def look() -> None:
        while not stop.is_set():
            if not (target.published / "0.html").exists():
                missing.append(time.perf_counter())

    looking = threading.Thread(target=look)
    looking.start()
    for _ in range(2000):
        assert publish._exchange(target.new, target.published)
    stop.set()
    looking.join()
    assert missing == []


def test_a_site_whose_build_was_killed_between_two_renames_comes_back(tmp_path: Path) -> None:
    target = PublishTarget(tmp_path / "site")
    site(tmp_path / ".site.old", "old")
    site(tmp_path / ".site.new", "new")
    target.recover()
    assert texts(tmp_path / "site") == {"old"}
    target.clear()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_killed_builds_left_beside_a_site_never_takes_its_place(tmp_path: Path) -> None:
    target = PublishTarget(tmp_path / "site")
    for name in ("site", ".site.old", ".site.new"):
        site(tmp_path / name, name)
    target.recover()
    target.clear()
    assert texts(tmp_path / "site") == {"site"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_swap_that_fails_halfway_puts_the_old_site_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "_exchange", lambda first, second: False)
    target = PublishTarget(tmp_path / "site")
    site(target.published, "old")
    site(target.new, "new")
    rename = Path.rename

    def failing(self: Path, other: Path) -> Path:
        if self == target.new:
            raise OSError(28, "No space left on device")
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="No space"):
        run_to_end(target.publish())
    target.clear()
    assert texts(tmp_path / "site") == {"old"}


def _hold_and_wait(path: Path, held: Event) -> None:
    with file_lock(path, contextlib.nullcontext):
        held.set()
        time.sleep(60)


def test_a_lock_is_waited_for_and_the_lock_of_a_killed_process_is_not(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    holder = context.Process(target=_hold_and_wait, args=(tmp_path / "lock", held))
    holder.start()
    assert held.wait(30)
    waits: list[str] = []

    @contextlib.contextmanager
    def waiting() -> Iterator[None]:
        waits.append("waited")
        holder.kill()
        yield

    with file_lock(tmp_path / "lock", waiting):
        assert waits == ["waited"]
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "lock").touch()
    with file_lock(tmp_path / "lock", waiting):
        assert waits == ["waited"]
    holder.join()


@pytest.mark.skipif(not Path("/proc/sys/kernel").is_dir(), reason="This system has no /proc.")
def test_a_lock_that_cannot_be_made_is_not_waited_for() -> None:
    """Below /proc there is no permission that lacks, there are only no files to make."""

    @contextlib.contextmanager
    def waiting() -> Iterator[None]:
        pytest.fail("waited for what nobody holds")
        yield

    target = Path("/proc/sys/kernel/.site.lock")
    with pytest.raises(OSError, match=r"\.site\.lock"), file_lock(target, waiting):
        pass


_SWAPPING = """
import itertools, sys
from pathlib import Path
from plansite.pipeline import publish
from plansite.util.steps import run_to_end
if sys.argv[2] == "two renames":
    publish._exchange = lambda first, second: False
target = publish.PublishTarget(Path(sys.argv[1]))
target.recover()
target.clear()
print("begun", flush=True)
for text in itertools.cycle("ab"):
    target.new.mkdir()
    for number in range(20):
        (target.new / f"{number}.html").write_text(text)
    run_to_end(target.publish())
"""


@pytest.mark.parametrize("way", ["exchange", "two renames"])
def test_a_process_killed_while_it_swaps_leaves_a_whole_site(tmp_path: Path, way: str) -> None:
    target = PublishTarget(tmp_path / "site")
    site(target.published, "a")
    chance = random.Random(way)  # noqa: S311
    for _ in range(10):
        command = [sys.executable, "-c", _SWAPPING, str(tmp_path / "site"), way]
        swapping = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert swapping.stdout is not None
        assert swapping.stdout.readline() == b"begun\n"
        time.sleep(chance.uniform(0, 0.1))
        swapping.kill()
        swapping.communicate()
        if way == "two renames":
            target.recover()
        assert texts(target.published) in ({"a"}, {"b"})
        assert len(list(target.published.iterdir())) == 20
