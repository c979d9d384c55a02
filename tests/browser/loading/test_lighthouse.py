"""Lighthouse, which judges a page as a phone on a slow line sees it, gives full marks."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import pytest

from tests.browser.page_kinds import KINDS
from tests.conftest import QUIET, Serve
from tests.site.built_site import Site
from tests.support.page_checkers import checker

FULL_MARKS = ("accessibility", "best-practices", "seo")
FAST = 98
ATTEMPTS = 3
"""Speed is measured on this machine's clock, and another program's busy second is not the site's
fault: the best of so many runs counts. The other marks come out the same in every run."""


def marks(chromium: str, address: str) -> dict[str, Any]:
    """Lighthouse's report on a page, on a phone, with an empty cache."""
    command = [
        "node",
        str(checker("lighthouse/cli/index.js")),
        address,
        *("--quiet", "--output=json", "--no-enable-error-reporting"),
        "--disable-full-page-screenshot",
        f"--only-categories=performance,{','.join(FULL_MARKS)}",
        f"--chrome-flags=--headless=new {' '.join(QUIET)}",
    ]
    done = subprocess.run(
        command,
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert report.get("runtimeError") is None
    return report


def faults(report: dict[str, Any]) -> list[str]:
    """What a report finds short of full marks, leaving out how fast the page is."""
    wanted = {
        entry["id"]
        for category in FULL_MARKS
        for entry in report["categories"][category]["auditRefs"]
    }
    return [
        f"{name}: {audit['title']}"
        for name, audit in report["audits"].items()
        if name in wanted and audit["score"] is not None and audit["score"] < 1
    ]


@pytest.mark.parametrize("kind", ["home", "indicator with data", "task"])
def test_lighthouse_gives_full_marks(real: Site, server: Serve, chromium: str, kind: str) -> None:
    speeds = []
    for _ in range(ATTEMPTS):
        report = marks(chromium, f"{server(real.folder)}{KINDS[kind]}")
        scores = {name: part["score"] for name, part in report["categories"].items()}
        assert faults(report) == []
        assert {scores[name] for name in FULL_MARKS} == {1}
        speeds.append(round(scores["performance"] * 100))
        if speeds[-1] >= FAST:
            return
    assert max(speeds) >= FAST, speeds
