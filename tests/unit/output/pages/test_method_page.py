"""The page on method says by which rules this plan's site goes."""

from __future__ import annotations

import dataclasses

import pytest

from plansite.analysis.publication import publish
from plansite.model import Language, urls
from plansite.output.pages import generate_pages
from tests.support.library_package import AS_OF, library_plan


@pytest.mark.parametrize("zone", ["", "Asia/Shanghai"])
def test_the_method_page_says_whose_day_it_is(zone: str) -> None:
    info = dataclasses.replace(library_plan().info, time_zone=zone)
    plan = dataclasses.replace(library_plan(), info=info)
    pages = generate_pages(publish(plan, AS_OF, ()), Language.EN)
    text = next(page.text for page in pages if page.address == urls.METHODOLOGY)
    assert ("of the time zone" in text) == bool(zone)
    assert f"of the time zone {zone}." in text or not zone
