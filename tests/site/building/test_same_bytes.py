"""A plan large enough for several processes comes out the same, whoever makes it where and when."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.generator import make_plan

from tests.site.command import digests, run
from tests.site.program_folder import ADDRESS, make_program
from tests.support.library_package import AS_OF, LIBRARY

INDICATORS = 31
"""Sixty-two drawings and some two hundred pages to read: work for several processes."""
KNOWN_AS = ADDRESS if os.environ.get("PLANSITE_LONG") else ""
"""A site that knows its address has a card for each page, which takes as long as all the rest."""
ISLAND = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SITE_URL": KNOWN_AS}
CHINA = {
    "TZ": "Asia/Shanghai",
    "LC_ALL": "zh_CN.UTF-8",
    "PYTHONHASHSEED": "11",
    "SITE_URL": KNOWN_AS,
}


def test_processes_cache_directory_time_zone_and_locale_change_no_byte(tmp_path: Path) -> None:
    package = make_plan(LIBRARY, tmp_path, INDICATORS)
    here = tmp_path / "site"
    said = ("--package", package, "--as-of", AS_OF.isoformat())
    two = run("build", *said, "--out", here, "--jobs", "2", "--no-cache", SITE_URL=KNOWN_AS)
    assert two.returncode == 0, two.stderr
    # A copy of the program elsewhere, alone and with nothing kept; then together from what it kept.
    program = make_program(tmp_path / "copy of it" / "program")
    program.build(*said, "--jobs", "1", **ISLAND)
    again = program.root / "again"
    program.build(*said, "--jobs", "2", "--out", again, **CHINA)
    expected = digests(here)
    assert len(expected) > 800
    assert digests(program.site) == expected
    assert digests(again) == expected
