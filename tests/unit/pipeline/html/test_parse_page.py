"""What is known of a built page is that page's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.pipeline.html.parse_page import PageFile, pack_page
from plansite.util.checksums import digest

PAGE = "<!doctype html><html lang=en><title>A</title><h1>A</h1><article>{value}</article></html>"


def test_a_page_that_a_later_build_replaced_is_not_read_for_the_earlier_ones(
    tmp_path: Path,
) -> None:
    """A build that was given up leaves helpers that are still reading its pages."""
    page = PAGE.format(value=300).encode()
    (tmp_path / "a.html").write_bytes(page)
    file = PageFile("a.html", digest(page), digest(page), tmp_path)
    assert b"300" in pack_page(file)
    (tmp_path / "a.html").write_bytes(PAGE.format(value=301).encode())
    with pytest.raises(OSError, match=r"a\.html"):
        pack_page(file)
