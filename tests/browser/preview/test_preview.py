"""``serve``: an edit shows in the open page at once, and so does what is wrong with it.

Some builds are held up where the pages are indexed for search, so that what shows before a build is
over can be looked at however fast or slow the machine is.
"""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pagefind_bin  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.page_view import looking
from tests.site.command import clean_environment, command_line, own_folder
from tests.support.library_package import AS_OF, copy_package, edit_cell

PATIENCE = 45_000
"""Milliseconds for a build; the wait ends as soon as it shows."""


@dataclass(frozen=True)
class Serving:
    """A preview that runs: where, and of which package."""

    address: str
    package: Path
    process: subprocess.Popen[str]


@dataclass(frozen=True)
class Gate:
    """What holds up the end of every build while it is closed."""

    folder: Path

    @property
    def _bar(self) -> Path:
        return self.folder / "closed"

    def close(self) -> None:
        self._bar.touch()

    def open(self) -> None:
        self._bar.unlink()

    def environment(self) -> dict[str, str]:
        """Variables under which the real Pagefind starts only when the gate is open."""
        script = self.folder / "pagefind"
        wait = f"while [ -e {self._bar} ]; do sleep 0.05; done"
        script.write_text(f'#!/bin/sh\n{wait}\nexec {pagefind_bin.get_executable()} "$@"\n')
        script.chmod(0o755)
        replaced = f"import pagefind_bin\npagefind_bin.get_executable = lambda: {str(script)!r}\n"
        (self.folder / "sitecustomize.py").write_text(replaced, "utf-8")
        return {"PYTHONPATH": str(self.folder)}


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    folder = tmp_path / "gate"
    folder.mkdir()
    return Gate(folder)


@contextlib.contextmanager
def heeding_interrupts() -> Iterator[None]:
    """A program begun meanwhile ends at Ctrl-C, though this one ignores it, as behind a shell's &.

    It would inherit that; a handler of our own it does not.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def serving(package: Path, gate: Gate | None = None) -> Iterator[Serving]:
    """A preview of a package; it answers, and its first build may still be under way."""
    options = ("--port", "0", "--as-of", AS_OF.isoformat(), "--lang", "en")
    with heeding_interrupts():
        process = subprocess.Popen(
            command_line("serve", "--package", package, *options),
            cwd=own_folder(),
            env=clean_environment(**gate.environment() if gate else {}),
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


VALUE = "#y2024 .figure"
"""Where an indicator's page shows what the tests edit: row 16 of the published values."""


def note(page: Page, text: str = "are still being made") -> Locator:
    """What a page says of itself while the rest is being made."""
    return page.get_by_text(text)


def fetch(address: str, patience: float = PATIENCE / 1000) -> str:
    with urllib.request.urlopen(address, timeout=patience) as answer:  # noqa: S310 - our own
        text: str = answer.read().decode()
    return text


def wait_for_all(page: Page, value: str) -> None:
    """Wait until a page shows a value and all is built."""
    expect(page.locator(VALUE)).to_have_text(value, timeout=PATIENCE)
    expect(note(page)).to_be_hidden(timeout=PATIENCE)


def edit_while_no_build_can_end(package: Path, gate: Gate, page: Page) -> None:
    """Edit the value, and see it on the page that is open."""
    gate.close()
    edit_cell(package, "observations", 16, "value", "301")
    expect(page.locator(VALUE)).to_have_text("301", timeout=PATIENCE)


def test_the_open_page_shows_an_edit_before_the_build_is_over_and_the_latest_edit_wins(
    tmp_path: Path, browser: Browser, gate: Gate
) -> None:
    package = copy_package(tmp_path)
    with serving(package, gate) as preview, looking(browser, preview.address) as look:
        page = look.at("indicators/L06/")
        wait_for_all(page, "300")
        edit_while_no_build_can_end(package, gate, page)
        expect(note(page)).to_be_visible(timeout=PATIENCE)

        # A page that is opened now is made on the spot; that of the other language is another.
        other = page.context.new_page()
        other.goto(f"{preview.address}en/indicators/L06/")
        expect(other.locator(VALUE)).to_have_text("301", timeout=PATIENCE)

        edit_cell(package, "observations", 16, "value", "302")
        for one in (page, other):
            expect(one.locator(VALUE)).to_have_text("302", timeout=PATIENCE)
            expect(note(one)).to_be_visible(timeout=PATIENCE)

        gate.open()
        for one in (page, other):
            wait_for_all(one, "302")
        assert ",302," in fetch(f"{preview.address}downloads/observations.csv")
        assert look.outside == []


def test_an_old_page_and_an_old_file_never_pass_for_new_ones(
    tmp_path: Path, browser: Browser, gate: Gate
) -> None:
    package = copy_package(tmp_path)
    with serving(package, gate) as preview, looking(browser, preview.address) as look:
        page = look.at("indicators/L06/")
        wait_for_all(page, "300")
        # What stands in other sites' pages is no page of ours, and made with the rest.
        embed = look.page.context.new_page()
        embed.goto(f"{preview.address}embed/zh/L06/")
        edit_while_no_build_can_end(package, gate, page)
        expect(note(embed, "is being made from the latest data")).to_be_visible(timeout=PATIENCE)
        with pytest.raises(TimeoutError):
            fetch(f"{preview.address}downloads/observations.csv", patience=2)
        gate.open()
        expect(embed.get_by_text("301").first).to_be_attached(timeout=PATIENCE)
        expect(note(embed, "is being made")).to_be_hidden(timeout=PATIENCE)


def test_a_mistake_shows_while_a_build_is_under_way_and_until_it_is_mended(
    tmp_path: Path, browser: Browser, gate: Gate
) -> None:
    package = copy_package(tmp_path)
    with serving(package, gate) as preview, looking(browser, preview.address) as look:
        page = look.at("indicators/L06/")
        wait_for_all(page, "300")
        edit_while_no_build_can_end(package, gate, page)
        edit_cell(package, "targets", 3, "indicator_id", "L1")
        problem = page.get_by_text("targets.csv:3 [foreign-key]")
        expect(problem).to_be_visible(timeout=PATIENCE)
        expect(page.locator(VALUE)).to_have_text("301")
        edit_cell(package, "targets", 3, "indicator_id", "L01")
        expect(problem).to_be_hidden(timeout=PATIENCE)
        expect(page.locator(VALUE)).to_have_text("301")
        gate.open()
        wait_for_all(page, "301")


def test_an_early_page_is_the_one_that_comes_but_for_sizes_and_others_are_not_reloaded(
    tmp_path: Path, browser: Browser, gate: Gate
) -> None:
    package = copy_package(tmp_path)
    with serving(package, gate) as preview, looking(browser, preview.address) as look:
        page = look.at("about/")
        expect(page.locator("h1")).to_be_visible(timeout=PATIENCE)
        expect(note(page)).to_be_hidden(timeout=PATIENCE)
        page.evaluate("window.stayed = true")
        gate.close()
        edit_cell(package, "observations", 16, "value", "301")
        expect(note(page)).to_be_visible(timeout=PATIENCE)
        addresses = ("", "en/", "indicators/", "en/indicators/L06/", "data/", "en/data/values/")
        early = {one: _without_sizes(preview.address + one) for one in addresses}
        assert "301" in early["en/indicators/L06/"]
        gate.open()
        expect(note(page)).to_be_hidden(timeout=PATIENCE)
        assert early == {one: _without_sizes(preview.address + one) for one in addresses}
        assert page.evaluate("window.stayed")


def _without_sizes(address: str) -> str:
    """A page without the sizes of files, the digests that they are part of, and the script."""
    html = re.sub(r"[\d.,]+ (?:B|KB|MB)\b", "SIZE", fetch(address))
    html = re.sub(r"'sha256-[^']+'", "DIGEST", html)
    return re.sub(r'<script src="/__preview[^>]*></script>', "", html)
