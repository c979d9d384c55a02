"""A browser reads the site of a package full of harm, and does nothing that a text wants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from plansite.model import Language
from tests.conftest import Serve
from tests.site.built_site import Site
from tests.site.hostile_package import FORMULA, HARM, IDS, formulas_in

LISTENER = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
ALARMS = """() => [
  ...Object.keys(window).filter((key) => key.startsWith("__pwned")),
  ...[...document.querySelectorAll("x, [onfocus], [onclick], [onpointerenter], [autofocus]")]
    .map((element) => element.outerHTML.slice(0, 80)),
]"""
PAGES = (
    "",
    "indicators/",
    f"indicators/?q={quote(HARM[:60])}",
    "indicators/L01/",
    "indicators/L02/",
    *(f"indicators/{name}/" for name in IDS["indicators"].values()),
    f"compare/?show=L01,{IDS['indicators']['L05']},L02",
    "tasks/",
    "tasks/t1/",
    "tasks/t90/",
    f"tasks/{IDS['tasks']['t3']}/",
    "agencies/",
    f"agencies/{IDS['agencies']['school-board']}/",
    "years/",
    "years/2024/",
    "plan/",
    "data/",
    "data/observations/",
    "data/corrections/",
    "methodology/",
    "quality/",
    "updates/",
    "releases/",
    "releases/2026-06-20/",
    "submit/",
    "about/",
    "glossary/",
    f"search/?q={quote(HARM)}",
)


@dataclass
class Watch:
    """A page of the browser, and everything suspicious that it did."""

    page: Page
    address: str
    alarms: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.add_init_script(LISTENER)
        self.page.on("dialog", lambda dialog: self.alarms.append(f"dialog {dialog.message}"))
        self.page.on("pageerror", lambda error: self.alarms.append(f"error {error}"))
        self.page.on("popup", lambda other: self.alarms.append(f"popup {other.url}"))
        self.page.on("console", self._hear)
        self.page.on("request", self._see)

    def _see(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.alarms.append(f"asks {request.url}")

    def _hear(self, told: ConsoleMessage) -> None:
        # The browser also looks for an icon that a test's server lacks.
        if told.type == "error" and not told.text.startswith("Failed to load resource"):
            self.alarms.append(told.text)

    def visit(self, address: str) -> list[str]:
        self.alarms.clear()
        self.page.goto(f"{self.address}{address}")
        self.page.keyboard.press("Tab")
        self.page.mouse.move(400, 300)
        return [*self.alarms, *self.page.evaluate(ALARMS)]


@pytest.fixture(scope="module")
def watch(browser: Browser, server: Serve, hostile: Site) -> Iterator[Watch]:
    context = browser.new_context()
    watching = Watch(context.new_page(), server(hostile.folder))
    watching.listen()
    yield watching
    context.close()


@pytest.mark.parametrize("language", Language)
def test_nothing_runs_and_nobody_is_asked(watch: Watch, language: Language) -> None:
    prefix = "en/" if language is Language.EN else ""
    found = {address: watch.visit(f"{prefix}{address}") for address in PAGES}
    assert {address: alarms for address, alarms in found.items() if alarms} == {}


@pytest.mark.parametrize("language", Language)
def test_an_embedded_chart_and_a_picture_run_nothing(watch: Watch, language: Language) -> None:
    for address in (f"embed/{language}/L01/", f"charts/{language}/L01.svg"):
        assert watch.visit(address) == []


def test_found_words_are_marked_and_stay_text(watch: Watch) -> None:
    watch.visit("search/?q=onfocus")
    watch.page.locator("mark").first.wait_for()
    assert watch.page.evaluate(ALARMS) == []
    assert watch.alarms == []


def test_the_list_as_a_file_holds_no_formula(watch: Watch) -> None:
    watch.visit("indicators/")
    with watch.page.expect_download() as downloading:
        watch.page.locator(".list-csv").click()
    text = Path(downloading.value.path()).read_text("utf-8-sig")
    assert f",'{FORMULA}," in text
    assert formulas_in(text) == []


def test_the_listener_hears_what_the_policy_forbids(watch: Watch) -> None:
    watch.visit("about/")
    watch.page.evaluate(
        """() => new Promise((done) => {
          addEventListener("securitypolicyviolation", () => setTimeout(done, 50));
          document.body.insertAdjacentHTML("beforeend", "<img src=/x onerror=__pwned=7>");
        })"""
    )
    assert any("policy: script-src" in alarm for alarm in watch.alarms)
    assert watch.page.evaluate("() => window.__pwned") is None
