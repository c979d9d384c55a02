"""What builds keep: given back whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plansite.util.result_cache import ResultCache, program_fingerprint

RESULT = "一张图".encode() * 500


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_result_comes_back_under_its_key_and_no_other(tmp_path: Path) -> None:
    cache = ResultCache(tmp_path / "cache", "1")
    assert cache.get("a") is None
    cache.put("a", RESULT)
    cache.put("b", b"")
    assert cache.get("a") == RESULT
    assert cache.get("b") == b""
    assert cache.get("c") is None
    assert ResultCache(tmp_path / "cache", "1").get("a") == RESULT
    assert ResultCache(tmp_path / "cache", "2").get("a") is None


@pytest.mark.parametrize("length", [0, 5, 31, 32, 200])
def test_a_result_that_was_cut_short_is_not_there_and_can_be_made_again(
    tmp_path: Path, length: int
) -> None:
    cache = ResultCache(tmp_path, "1")
    cache.put("a", RESULT)
    (path,) = kept(tmp_path)
    path.write_bytes(path.read_bytes()[:length])
    assert cache.get("a") is None
    cache.put("a", RESULT)
    assert cache.get("a") == RESULT


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    cache = ResultCache(tmp_path, "1")
    cache.put("a", RESULT)
    (path,) = kept(tmp_path)
    content = bytearray(path.read_bytes())
    content[700] ^= 1
    path.write_bytes(content)
    assert cache.get("a") is None


def test_what_cannot_be_kept_is_not_and_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way", "utf-8")
    cache = ResultCache(tmp_path / "cache", "1")
    cache.put("a", RESULT)
    assert cache.get("a") is None
    cache.prune()
    assert kept(tmp_path) == [tmp_path / "cache"]


def test_what_was_not_used_for_long_goes_and_what_is_used_stays(tmp_path: Path) -> None:
    cache = ResultCache(tmp_path, "1")
    for key in "ab":
        cache.put(key, RESULT)
    month_ago = time.time() - 30 * 24 * 3600
    for path in kept(tmp_path):
        os.utime(path, (month_ago, month_ago))
    assert cache.get("a") == RESULT
    cache.prune()
    assert cache.get("a") == RESULT
    assert cache.get("b") is None


def test_what_a_killed_build_left_half_written_goes(tmp_path: Path) -> None:
    cache = ResultCache(tmp_path, "1")
    cache.put("a", RESULT)
    (whole,) = kept(tmp_path)
    whole.with_name(f"{whole.name}.4711.part").write_bytes(b"half")
    cache.prune()
    assert kept(tmp_path) == [whole]


def test_any_change_to_the_program_gives_it_another_name(tmp_path: Path) -> None:
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "a.py").write_text("1", "utf-8")
    names = [program_fingerprint([folder])]
    (folder / "a.py").write_text("2", "utf-8")
    names.append(program_fingerprint([folder]))
    (folder / "a.py").rename(folder / "b.py")
    names.append(program_fingerprint([folder]))
    (folder / "c.toml").write_text("", "utf-8")
    names.append(program_fingerprint([folder]))
    assert len(set(names)) == 4
    (folder / "b.pyc").write_bytes(b"compiled")
    assert program_fingerprint([folder]) == names[-1]


def test_what_old_code_made_beside_new_files_is_not_taken_for_the_new_codes(tmp_path: Path) -> None:
    def name_in_a_new_process() -> str:
        ask = (
            "from plansite.util.result_cache import program_fingerprint as p; "
            "from pathlib import Path as P; "
            f"print(p([P({str(tmp_path)!r})]))"
        )
        done = subprocess.run(
            [sys.executable, "-c", ask], check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        return done.stdout.strip()

    (tmp_path / "a.py").write_text("1", "utf-8")
    here = program_fingerprint([tmp_path])
    assert here == name_in_a_new_process()
    (tmp_path / "a.py").write_text("2", "utf-8")
    assert program_fingerprint([tmp_path]) not in (here, name_in_a_new_process())
    (tmp_path / "a.py").write_text("1", "utf-8")
    assert program_fingerprint([tmp_path]) == here
