"""What a first visit costs: few bytes, few requests, one host, nothing that moves or is refused."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response

from plansite.model import Language
from tests.browser.conftest import SiteOf
from tests.browser.page_kinds import CHARTED, KINDS, both_languages, every_kind
from tests.browser.page_view import NARROW, WIDE, in_language
from tests.browser.window_pool import lent_page
from tests.conftest import Serve
from tests.site.built_site import Site
from tests.support.site_server import DrippingHandler, SiteServer

PAGE_BYTES, DOCUMENT_BYTES, REQUESTS = 90_000, 25_000, 15

WATCH = """
window.shifts = []
window.refused = []
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    window.shifts.push([entry.value, ...entry.sources.map(source => source.node?.nodeName)])
}).observe({ type: "layout-shift", buffered: true })
document.addEventListener("securitypolicyviolation", event =>
  window.refused.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`))
"""
"""Runs before anything of the page does."""

PAINTED = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"""


Dripping = Callable[[str, Language], str]


@dataclass(frozen=True)
class Fetched:
    """What came over the line for one address, compressed, with its headers."""

    url: str
    kind: str
    size: int


@contextlib.contextmanager
def first_visit(browser: Browser, width: int, address: str) -> Iterator[Page]:
    """A window of somebody who was never at an address."""
    with lent_page(browser, address) as page:
        page.set_viewport_size({"width": width, "height": 800})
        page.add_init_script(WATCH)
        yield page


def fetched(page: Page, address: str) -> list[Fetched]:
    """Open a page and wait until it asks for nothing more."""
    responses: list[Response] = []

    def answered(response: Response) -> None:
        responses.append(response)

    page.on("response", answered)
    page.goto(address, wait_until="networkidle")
    found = []
    for response in responses:
        response.finished()
        sizes = response.request.sizes()
        size = sizes["responseBodySize"] + sizes["responseHeadersSize"]
        found.append(Fetched(response.url, response.request.resource_type, size))
    return found


@both_languages
@pytest.mark.parametrize("kind", sorted(CHARTED))
def test_a_page_with_a_chart_is_light(
    browser: Browser, server: Serve, real_site: Path, kind: str, language: Language
) -> None:
    origin = server(real_site)
    address = origin + in_language(KINDS[kind], language)
    with first_visit(browser, NARROW, address) as page:
        found = fetched(page, address)
    assert [entry for entry in found if not entry.url.startswith(origin)] == []
    assert len(found) <= REQUESTS
    assert sum(entry.size for entry in found) <= PAGE_BYTES, found
    assert [e for e in found if e.kind == "document" and e.size > DOCUMENT_BYTES] == []
    assert [e for e in found if "vega" in e.url] == []


@both_languages
@every_kind
def test_nothing_moves_while_a_page_loads_and_nothing_is_refused(
    browser: Browser, server: Serve, site_of: SiteOf, kind: str, language: Language
) -> None:
    address = server(site_of(kind)) + in_language(KINDS[kind], language)
    for width in (NARROW, WIDE):
        with first_visit(browser, width, address) as page:
            page.goto(address)
            page.evaluate(PAINTED)
            assert page.evaluate("window.shifts") == []
            assert page.evaluate("window.refused") == []


@pytest.fixture(scope="module")
def dripping(site_of: SiteOf) -> Iterator[Dripping]:
    """Gives the address of a kind of page at a server that sends pages piece by piece."""
    sites = {site_of(kind) for kind in KINDS}
    servers = {site: SiteServer(site, DrippingHandler) for site in sites}
    yield lambda kind, language: servers[site_of(kind)].address + in_language(KINDS[kind], language)
    for server in servers.values():
        server.stop()


@every_kind
def test_nothing_moves_while_a_page_comes_in_piece_by_piece(
    browser: Browser, dripping: Dripping, kind: str
) -> None:
    assert shifts(browser, dripping(kind, Language.ZH), WIDE) == []


@both_languages
@pytest.mark.parametrize("width", [NARROW, 700])
def test_nothing_moves_while_the_header_comes_in_tool_by_tool(
    browser: Browser, dripping: Dripping, width: int, language: Language
) -> None:
    assert shifts(browser, dripping("about", language), width) == []


def shifts(browser: Browser, address: str, width: int) -> list[object]:
    """What moved while the page came in."""
    with first_visit(browser, width, address) as page:
        page.goto(address)
        page.evaluate(PAINTED)
        found: list[object] = page.evaluate("window.shifts")
        return found


def test_the_pages_own_policy_keeps_out_what_it_does_not_name(real: Site, library: Site) -> None:
    policies = set()
    for page in [*real, *library]:
        (meta,) = page.find("meta[http-equiv=Content-Security-Policy]")
        policies.add(meta.get("content", ""))
        first = page.one("head")[0 if page.one("head")[0] is meta else 1]
        assert first is meta, page.name  # what stands above it is not held to it
    for policy in policies:
        rules = {rule.split()[0]: set(rule.split()[1:]) for rule in policy.split(";") if rule}
        assert rules["default-src"] == {"'none'"}
        allowed = set().union(*rules.values())
        assert not {word for word in allowed if word.startswith("'unsafe")}
        hosts = {word for word in allowed if not word.startswith("'sha256-")}
        assert not {word for word in hosts if "." in word or "*" in word or "//" in word}
