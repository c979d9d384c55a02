"""Pages in a real browser, and what must hold for each of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    WebError,
    expect,
)

from plansite.model import Language, urls
from tests.browser.page_kinds import KEPT, KINDS
from tests.browser.window_pool import lent_page

WIDE, NARROW = 1280, 360
PATIENCE = 15_000
"""Milliseconds that a busy machine is given for what an idle one does at once."""
expect.set_options(timeout=PATIENCE)
Scheme = Literal["light", "dark"]


def in_language(address: str, language: Language) -> str:
    """A Chinese page's address in a language; embedded pages name the language further in."""
    if address.startswith(urls.EMBEDS):
        return address.replace(f"/{Language.ZH}/", f"/{language}/", 1)
    return urls.localized(address, language)


@dataclass
class Look:
    """A page in the browser, with what it asked other hosts for and what went wrong on it."""

    page: Page
    origin: str
    kept: str = ""
    """The address of the site with a past, for those who show every kind of page."""
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def at(self, address: str, language: Language = Language.ZH) -> Page:
        """Open a page by its address within its language."""
        self.page.goto(self.origin + in_language(address, language))
        return self.page

    def show(self, kind: str, language: Language = Language.ZH) -> Page:
        """Open the page that stands for a kind."""
        origin = self.kept if kind in KEPT else self.origin
        self.page.goto(origin + in_language(KINDS[kind], language))
        return self.page

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})

    def prefer(self, scheme: Scheme) -> None:
        """Let the system ask for other colours, and wait until the page has them."""
        self.page.emulate_media(color_scheme=scheme)
        expect(self.page.locator("html")).to_have_css("color-scheme", scheme)
        self.page.evaluate(SETTLED)

    def forget(self) -> None:
        """Start to take notes anew."""
        self.outside.clear()
        self.errors.clear()


@contextlib.contextmanager
def looking(
    browser: Browser,
    origin: str,
    width: int = WIDE,
    scheme: Scheme = "light",
    scripts: bool = True,
    *,
    kept: str = "",
) -> Iterator[Look]:
    """A browser window of its own: no cookies, no memory of other tests."""
    origins = [origin, kept] if kept else [origin]
    with lent_page(browser, *origins, scripts=scripts) as page:
        page.set_default_timeout(PATIENCE)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        look = Look(page, origin, kept)
        with _listening(page.context, look):
            yield look


@contextlib.contextmanager
def _listening(context: BrowserContext, look: Look) -> Iterator[None]:
    def asked(request: Request) -> None:
        if not request.url.startswith((look.origin, look.kept or look.origin, "data:", "blob:")):
            look.outside.append(request.url)

    def failed(error: WebError) -> None:
        look.errors.append(str(error.error))

    def logged(message: ConsoleMessage) -> None:
        if message.type == "error":
            look.errors.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= 400:
            look.errors.append(f"{response.status} {response.url}")

    listeners = {"request": asked, "weberror": failed, "console": logged, "response": answered}
    for event, listener in listeners.items():
        context.on(event, listener)  # type: ignore[call-overload]
    yield
    for event, listener in listeners.items():
        context.remove_listener(event, listener)


SETTLED = """() => Promise.all(document.getAnimations().map(a => a.finished.catch(() => 0)))"""
"""Waits until colours that fade have arrived."""

CUT_OFF = """() => {
  const width = document.documentElement.clientWidth
  const scrolls = e => ["auto", "scroll"].includes(getComputedStyle(e).overflowX)
  const found = []
  for (const element of document.querySelectorAll("main *, .site-header *, footer *")) {
    const box = element.getBoundingClientRect()
    if (!box.width || !box.height || (box.right <= width + 1 && box.left >= -1)) continue
    if (element.closest(".visually-hidden, .headerlink, svg svg, thead")) continue
    let step = element.parentElement, inside = false
    for (; step; step = step.parentElement)
      inside ||= scrolls(step) || getComputedStyle(step).position === "fixed"
    if (!inside) found.push(`${element.tagName}.${element.className} ${Math.round(box.right)}`)
  }
  return found
}"""
"""Elements that stick out of the window and of every box that scrolls."""

CONTRAST = """() => {
  const parse = text => {
    const srgb = text.match(/^color\\(srgb (.*)\\)$/)
    const parts = (srgb ? srgb[1] : text).match(/[\\d.e-]+/g).map(Number)
    const [r, g, b] = parts.slice(0, 3).map(v => srgb ? v * 255 : v)
    return [r, g, b, parts.length > 3 ? parts[3] : 1]
  }
  const over = (top, below) =>
    [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1)
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const ratio = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p)
    return (x + 0.05) / (y + 0.05)
  }
  const ground = element => {
    const layers = []
    for (let step = element; step; step = step.parentElement)
      layers.push(parse(getComputedStyle(step).backgroundColor))
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1])
  }
  const root = getComputedStyle(document.body)
  const probe = document.body.appendChild(document.createElement("i"))
  const named = name => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const quiet = new Set(["--chart-grid", "--chart-band", "--chart-paper"].map(named))
  probe.remove()
  const seen = element => {
    const box = element.getBoundingClientRect()
    const shown = { opacityProperty: true, visibilityProperty: true }
    return element.checkVisibility(shown) && box.width + box.height > 2
  }
  const texts = [], strokes = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!walker.currentNode.data.trim() || element.closest("script, style, svg, title"))
      continue
    if (!seen(element)) continue
    const style = getComputedStyle(element), back = ground(element)
    texts.push([ratio(over(parse(style.color), back), back), element.className || element.tagName,
      walker.currentNode.data.trim().slice(0, 30)])
  }
  for (const mark of document.querySelectorAll(".chart svg *")) {
    if (!seen(mark)) continue
    const style = getComputedStyle(mark), back = ground(mark.closest(".chart"))
    if (mark.tagName === "text") {
      texts.push([ratio(parse(style.fill), back), "chart", mark.textContent])
      continue
    }
    if (!["path", "line", "rect", "circle"].includes(mark.tagName)) continue
    for (const colour of [style.stroke, style.fill]) {
      if (colour === "none" || quiet.has(colour) || !parse(colour)[3]) continue
      strokes.push([ratio(over(parse(colour), back), back), mark.tagName, colour])
    }
  }
  return { texts, strokes }
}"""
"""Contrast of every visible text and of every chart mark that carries meaning."""


def contrast(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(CONTRAST)
    return found
