"""Pictures of every kind of page, to look at: ``make screenshots``.

``python -m tests.browser.screenshots SITE OUT`` writes whole pages, named
``OUT/<kind>/<language>-<width>-<scheme>.png``, and ``OUT/<kind>.png`` with all of a kind's pages on
one sheet.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from plansite.model import Language
from tests.browser.page_kinds import KINDS
from tests.browser.page_view import NARROW, WIDE, Scheme, looking
from tests.conftest import QUIET
from tests.site.released_site import Kept, build_kept
from tests.support.site_server import SiteServer

SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SHEET_WIDTH, SHEET_HEIGHT = 2400, 1500

SHEET = """<!doctype html><title>{kind}</title>
<body style="margin:16px;font:20px sans-serif;background:#888">
<h1 style="margin:0 0 12px">{kind}</h1>
<div style="display:flex;gap:12px">{pictures}</div>"""
PICTURE = """<figure style="margin:0;flex:{width};height:1390px;overflow:hidden">
<figcaption>{name}</figcaption><img src="{kind}/{name}.png" style="width:100%"></figure>"""


def take(browser: Browser, address: str, kept: str, out: Path) -> None:
    """Every kind of page in both languages, on a phone and on a desk, by day and by night."""
    for width, scheme in itertools.product((NARROW, WIDE), SCHEMES):
        with looking(browser, address, width, scheme, kept=kept) as look:
            for kind, language in itertools.product(KINDS, Language):
                file = out / kind / f"{language}-{width}-{scheme}.png"
                look.show(kind, language).screenshot(path=file, full_page=True)


def lay_out(browser: Browser, out: Path) -> None:
    """One sheet for each kind, so that its pages can be compared at a glance."""
    page = browser.new_page(viewport={"width": SHEET_WIDTH, "height": SHEET_HEIGHT})
    for kind in KINDS:
        shots = [
            PICTURE.format(kind=kind, name=f"{language}-{width}-{scheme}", width=width)
            for language, width, scheme in itertools.product(Language, (NARROW, WIDE), SCHEMES)
        ]
        file = out / "sheet.html"
        file.write_text(SHEET.format(kind=kind, pictures="".join(shots)), "utf-8")
        page.goto(file.resolve().as_uri())
        page.screenshot(path=out / f"{kind}.png")
        file.unlink()


def main(site: str, out: str) -> None:
    """Take all pictures of a built site, and of a small one with releases and retired ids."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        build_kept(Path(folder))
        server, kept = SiteServer(Path(site)), SiteServer(Kept(Path(folder)).site.folder)
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=[*QUIET])
        take(browser, server.address, kept.address, Path(out))
        lay_out(browser, Path(out))
        browser.close()
        server.stop()
        kept.stop()
    print(f"{len(KINDS)} × 8 pictures and {len(KINDS)} sheets: {out}/")


if __name__ == "__main__":
    main(*sys.argv[1:])
