"""``serve``: an edit shows in the open page, and so does what is wrong with it."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.looking import looking
from tests.site.command import ROOT, clean_environment, command_line
from tests.support import AS_OF, copy_package, edit_cell

PATIENCE = 45_000
"""Milliseconds for a build; the wait ends as soon as it shows."""


@dataclass(frozen=True)
class Serving:
    """A preview that runs: where, and of which package."""

    address: str
    package: Path
    process: subprocess.Popen[str]


@contextlib.contextmanager
def serving(package: Path) -> Iterator[Serving]:
    """A preview of a package; it answers, and its first build may still be under way."""
    options = ("--port", "0", "--as-of", AS_OF.isoformat(), "--lang", "en")
    process = subprocess.Popen(
        command_line("serve", "--package", package, *options),
        cwd=ROOT,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found is not None
        yield Serving(found[0], package, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def test_an_edit_shows_without_a_restart_and_a_mistake_until_it_is_mended(
    tmp_path: Path, browser: Browser
) -> None:
    package = copy_package(tmp_path)
    with serving(package) as preview, looking(browser, preview.address) as look:
        page = look.at("indicators/L06/")
        value = page.locator("#y2024 .figure")
        verdict = page.locator("#y2024 .verdict")
        expect(value).to_have_text("300", timeout=PATIENCE)
        expect(verdict).to_have_class("verdict verdict-missed")

        edit_cell(package, "observations", 16, "value", "301")
        expect(value).to_have_text("301", timeout=PATIENCE)
        expect(verdict).to_have_class("verdict verdict-met")

        edit_cell(package, "targets", 3, "indicator_id", "L1")
        problem = page.get_by_text("targets.csv:3 [foreign-key]")
        expect(problem).to_be_visible(timeout=PATIENCE)
        expect(value).to_have_text("301")

        edit_cell(package, "targets", 3, "indicator_id", "L01")
        expect(problem).to_be_hidden(timeout=PATIENCE)
        expect(value).to_have_text("301")
        assert look.outside == []

        preview.process.send_signal(signal.SIGINT)
        assert preview.process.wait(timeout=30) == 0


def test_a_preview_started_on_wrong_data_says_so_and_recovers(
    tmp_path: Path, browser: Browser
) -> None:
    package = copy_package(tmp_path)
    edit_cell(package, "targets", 3, "indicator_id", "L1")
    with serving(package) as preview, looking(browser, preview.address) as look:
        page = look.at("indicators/L06/")
        problem = page.get_by_text("targets.csv:3 [foreign-key]")
        expect(problem).to_be_visible(timeout=PATIENCE)
        edit_cell(package, "targets", 3, "indicator_id", "L01")
        expect(page.locator("#y2024 .figure")).to_have_text("300", timeout=PATIENCE)
