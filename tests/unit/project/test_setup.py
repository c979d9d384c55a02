"""What ``scripts/setup.sh`` says where something is missing, and what it may install."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.paths import ROOT

HELPERS = (
    *("sh", "dirname", "id", "uname", "touch", "fc-list", "git", "pdftotext", "soffice"),
    *("caddy", "nginx", "wrk"),
)


def bare_system(folder: Path, **programs: str) -> Path:
    """A folder for PATH with little more than a shell, and some programs that do as told."""
    folder.mkdir()
    for name in HELPERS:
        # Not those that are told what to do: writing through the link would change the system's.
        if name not in programs and (found := shutil.which(name)):
            (folder / name).symlink_to(found)
    for name, does in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{does}\n")
        (folder / name).chmod(0o755)
    return folder


def refused(path: Path, step: str) -> str:
    """What the script says when it gives up."""
    done = subprocess.run(
        ["sh", "scripts/setup.sh", step],
        cwd=ROOT,
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize(
    ("step", "packages"), [("tools", "nodejs npm"), ("browser", "default-jre-headless nodejs npm")]
)
def test_what_is_missing_is_told_in_one_sentence(tmp_path: Path, step: str, packages: str) -> None:
    said = refused(bare_system(tmp_path / "bin"), step)
    assert said.count("\n") == 1
    assert "install it with your system's package manager" in said
    assert f"(Debian's name: {packages})" in said


def test_where_only_the_right_to_install_is_missing_the_command_is_told(tmp_path: Path) -> None:
    """A Java that only says how to install Java, as macOS has it, counts as none."""
    path = bare_system(tmp_path / "bin", node="", npm="", java="exit 1", id="echo 1000")
    (path / "apt-get").symlink_to("sh")
    said = refused(path, "browser")
    assert said.strip().endswith("install it by: sudo apt-get install default-jre-headless")


def test_the_checkers_are_pinned_and_no_file_says_where_to_fetch_them() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]
    assert [v for v in wanted.values() if not re.fullmatch(r"\d+\.\d+\.\d+", v)] == []
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    packages = [entry for name, entry in locked.items() if name]
    assert len(packages) > 50
    assert [entry for entry in packages if "resolved" in entry or not entry["integrity"]] == []


@pytest.mark.parametrize("unit_tests", ["exit 0", "exit 1"])
def test_unit_tests_run_on_other_pythons_that_are_here(tmp_path: Path, unit_tests: str) -> None:
    """A folder laid out like the checkout, in which Pythons only write down what they are asked."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    log = tmp_path / "log"
    writes_down = (
        f'echo "$0 $*" >>{log}; case $* in *pytest*) {unit_tests} ;; *sys*) echo 3.12 ;; esac'
    )
    makes_one = (
        f'case $* in *--clear*) mkdir -p "$4/bin" && cp {tmp_path}/new "$4/bin/python" ;; esac'
    )
    path = bare_system(
        tmp_path / "bin", **{"python3.12": f"{makes_one}; {writes_down}", "python3.13": "echo 3.9"}
    )
    for name in ("mkdir", "cp", "find"):
        (path / name).symlink_to(shutil.which(name) or name)
    (tmp_path / "new").write_text(f"#!/bin/sh\n{writes_down}\n")
    (tmp_path / "new").chmod(0o755)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").write_text("#!/bin/sh\necho 3.11\n")
    (tmp_path / ".venv/bin/python").chmod(0o755)
    done = subprocess.run(
        ["sh", tmp_path / "scripts/pythons.sh"],
        env={"PATH": str(path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ".venv-python3.12/bin/python -m pytest" in log.read_text(), done.stderr
    assert done.returncode == (unit_tests == "exit 1"), done.stderr
    if done.returncode == 0:
        said = done.stdout.splitlines()[-1]
        assert "All tests run on Python 3.11." in said
        assert "passed on 3.12 too." in said
        assert "not tried: 3.13 3.14." in said
