"""A window that another test had is as good as new."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.window_pool import lent_page
from tests.conftest import Serve

LEAVE = """async () => {
  localStorage.setItem("left", "1")
  sessionStorage.setItem("left", "1")
  document.cookie = "left=1"
  await (await caches.open("left")).put("/left", new Response("1"))
  await new Promise(done => { indexedDB.open("left").onsuccess = done })
}"""
FIND = """async () => [
  localStorage.length, sessionStorage.length, document.cookie, (await caches.keys()).length,
  (await indexedDB.databases()).length, "left" in window, innerWidth === 300,
  matchMedia("(prefers-color-scheme: dark)").matches,
  matchMedia("(forced-colors: active)").matches]"""
NOTHING = [0, 0, "", 0, 0, False, False, False, False]
SHEET = "assets/sheet.css"
PAGE = f"""<!doctype html><html lang="en"><title>Any page</title>
<link rel="stylesheet" href="/{SHEET}"><link rel="icon" href="data:,">"""
OVER_THE_LINE = """() => performance.getEntriesByType("resource")
  .filter(entry => entry.transferSize > 0).map(entry => new URL(entry.name).pathname)"""


def test_a_lent_window_knows_nothing_of_who_had_it_before(
    browser: Browser, server: Serve, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    (tmp_path / "assets").mkdir()
    (tmp_path / SHEET).write_text("p { color: red }", "utf-8")
    address = server(tmp_path)
    with lent_page(browser, address) as page:
        page.add_init_script("window.left = 1")
        page.set_viewport_size({"width": 300, "height": 300})
        page.emulate_media(color_scheme="dark", forced_colors="active")
        page.goto(address)
        assert page.evaluate(OVER_THE_LINE) == [f"/{SHEET}"]
        page.evaluate(LEAVE)
        page.goto(address)
        assert page.evaluate(OVER_THE_LINE) == []
        assert all(
            left != nothing for left, nothing in zip(page.evaluate(FIND), NOTHING, strict=True)
        )
        window = page.context
    with lent_page(browser, address) as page:
        assert page.context is window
        page.goto(address)
        assert page.evaluate(OVER_THE_LINE) == [f"/{SHEET}"]
        assert page.evaluate(FIND) == NOTHING
    with lent_page(browser, address) as one, lent_page(browser, address) as other:
        assert one.context is not other.context
