"""The window that most tests look through, and where each kind of page is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.page_kinds import KEPT
from tests.browser.page_view import Look, looking
from tests.conftest import Serve
from tests.site.released_site import Kept

SiteOf = Callable[[str], Path]


@pytest.fixture(scope="session")
def site_of(real_site: Path, kept: Kept) -> SiteOf:
    """Gives the site that has a kind of page."""
    return lambda kind: kept.site.folder if kind in KEPT else real_site


@pytest.fixture(scope="module")
def window(browser: Browser, server: Serve, real_site: Path, kept: Kept) -> Iterator[Look]:
    """One window for all pages of a module's tests."""
    with looking(browser, server(real_site), kept=server(kept.site.folder)) as look:
        yield look
