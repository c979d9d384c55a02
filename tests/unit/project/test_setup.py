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
