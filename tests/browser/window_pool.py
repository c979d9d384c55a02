"""Windows of the browser that are lent again and again, each time as good as new.

To open one takes the processor longer than most looks at a page, and so does the first page in one;
hence a blank page stays in each.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Page

_spare: WeakKeyDictionary[Browser, dict[bool, list[BrowserContext]]] = WeakKeyDictionary()
"""What nobody uses now, without and with scripts."""


@contextlib.contextmanager
def lent_page(browser: Browser, *addresses: str, scripts: bool = True) -> Iterator[Page]:
    """A page whose window nobody else has, and which knows nothing of who had it before.

    What a test sets on the page (size, colours, scripts, routes) goes with it, and what the sites
    stored in the window is forgotten. A test that sets something on the window opens its own.
    """
    spare = _spare.setdefault(browser, {}).setdefault(scripts, [])
    context = spare.pop() if spare else _open(browser, scripts=scripts)
    try:
        page = context.new_page()
        yield page
        _forget(page, addresses)
    except BaseException:
        context.close()
        raise
    spare.append(context)


def _open(browser: Browser, *, scripts: bool) -> BrowserContext:
    context = browser.new_context(java_script_enabled=scripts)
    context.new_page()
    return context


def _forget(page: Page, addresses: Iterable[str]) -> None:
    """Close the window's pages but the blank one; nothing that they brought or stored stays."""
    session = page.context.new_cdp_session(page)
    session.send("Network.clearBrowserCache")
    for address in addresses:
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    page.context.clear_cookies()
    for each in page.context.pages[1:]:
        each.close()
