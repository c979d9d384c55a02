"""What a link to a page shows where it is shared."""

from __future__ import annotations

import struct

from tests.conftest import ADDRESS
from tests.site.built_site import Page, Site
from tests.site.hostile_package import MARKUP


def told(page: Page, name: str) -> str:
    return page.one(f"meta[property=og:{name}]").get("content", "")


def test_every_page_has_a_picture_that_can_be_had(hostile: Site) -> None:
    pages = list(hostile)
    assert len(pages) > 60
    for page in pages:
        picture = told(page, "image").removeprefix(f"{ADDRESS}/")
        content = (hostile.folder / picture).read_bytes()
        assert struct.unpack_from(">LL", content, 16) == (1200, 630)
        assert len(content) < 200_000
        assert told(page, "url").startswith(f"{ADDRESS}/")
        assert told(page, "title")
        assert told(page, "description") == page.one("meta[name=description]").get("content")
    assert len({told(page, "image") for page in pages}) == len(pages)


def test_a_picture_changes_with_what_the_page_says(hostile: Site) -> None:
    def picture(page: str) -> bytes:
        return (hostile.folder / "cards" / page).read_bytes()

    assert (
        len({picture(f"{side}/indicators/L0{n}.png") for n in (1, 2) for side in ("zh", "en")}) == 4
    )
    assert MARKUP in told(hostile.page("indicators/L02/index.html"), "title")


def test_a_site_without_an_address_makes_none_up(real: Site) -> None:
    page = real.page("index.html")
    assert told(page, "title")
    assert not page.find("meta[property=og:image]")
    assert not page.find("meta[property=og:url]")
    assert not (real.folder / "cards").exists()
