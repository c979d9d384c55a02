"""The site as nginx serves it, in a browser: nothing is refused but what should be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Serve
from tests.support.web_servers import NGINX, Server, nginx

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


@pytest.fixture(scope="module")
def served(compressed_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with nginx(compressed_site, tmp_path_factory.mktemp("nginx")) as (server,):
        yield server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_pages_search_and_pictures_work_under_the_servers_policy(
    served: Server, compressed_site: Path, page: Page
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.location['url']} {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    chart = min((compressed_site / "charts/zh").glob("*.svg")).name
    for path in ("/", "/en/indicators/L01/", f"/charts/zh/{chart}", "/assets/favicon.svg"):
        answer = page.goto(served.address + path, wait_until="networkidle")
        assert answer is not None
        assert answer.ok
    page.goto(f"{served.address}/en/search/?q=library")
    page.locator("main mark").first.wait_for()
    # Of a picture opened by itself Chromium asks for an icon that no page names.
    assert [each for each in said if "/favicon.ico " not in each] == []


def test_only_embedded_pages_may_stand_in_other_sites(
    served: Server, server: Serve, tmp_path: Path, page: Page
) -> None:
    for framed, is_shown in (("/embed/en/L01/", True), ("/en/indicators/L01/", False)):
        address = served.address + framed
        text = f'<!doctype html><title>Other site</title><iframe src="{address}"></iframe>'
        for name in ("index.html", "404.html"):
            (tmp_path / name).write_text(text, "utf-8")
        page.goto(server(tmp_path), wait_until="networkidle")
        assert (page.frames[1].url == address) is is_shown
