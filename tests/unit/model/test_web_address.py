"""Addresses that an operator sets stand in HTML, XML, JSON and Turtle, or are refused."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.urls.web_address import parse_web_address
from tests.support.fuzzing import tries

SAFE = re.compile(
    r"https?://(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d+)?(?:/[\w.~%:@&=+,;-]+)*", re.ASCII
)


@pytest.mark.parametrize(
    ("typed", "parsed"),
    [
        ("https://plan.example", "https://plan.example"),
        ("https://plan.example/", "https://plan.example"),
        ("https://plan.example/a/b//", "https://plan.example/a/b"),
        ("HTTPS://Plan.Example/A", "https://plan.example/A"),
        ("https://plan.example:443/a", "https://plan.example/a"),
        ("http://plan.example:8000/", "http://plan.example:8000"),
        ("https://例.中国/方案/", "https://xn--fsq.xn--fiqs8s/%E6%96%B9%E6%A1%88"),
        ("https://plan.example/a b/", "https://plan.example/a%20b"),
        ("https://plan.example/%e4%b8%ad%20/", "https://plan.example/%E4%B8%AD%20"),
        ("https://plan.example/50%/", "https://plan.example/50%25"),
        ("https://plan.example/it's{x}\"/", "https://plan.example/it%27s%7Bx%7D%22"),
        ("https://[2001:DB8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("http://localhost/", "http://localhost"),
    ],
)
def test_addresses_come_out_in_one_form(typed: str, parsed: str) -> None:
    assert parse_web_address(typed) == parsed
    assert parse_web_address(parsed) == parsed


@pytest.mark.parametrize(
    "typed",
    ["plan.example", "//plan.example/", "ftp://plan.example/", "https:/plan.example", "https://",
     "https:///a", "https://plan.example/?a=1", "https://plan.example/?", "https://plan.example/#a",
     "https://plan.example/#", "https://me@plan.example/", "https://me:x@plan.example/",
     "https://@plan.example/", "https://plan.example/a/../b", "https://plan.example/%2e%2E/b",
     "https://plan.example/./b", "https://plan.example//b", "https://plan.example/a\nb",
     "https://plan.example/a\tb", "https://plan.example/\u202eb", "https://plan.example\\a",
     "https://plan example/", "https://plan..example/", "https://plan.example:port/",
     "https://plan.example:99999/", "https://256.1.1.1/", "https://[::1/", "https://[fe80::1%25e]/",
     "https://-/", "https://" + "a" * 64 + ".example/", "https://plan.example/\udce4",
     "javascript:1",     "https://a'b/", 'https://a"b/', "https://<a>/", "https://plan.example;/"],
)  # fmt: skip
def test_what_is_no_sites_address_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_web_address(typed)


@tries(300)
@given(st.text(max_size=12), st.text(max_size=20))
def test_whatever_is_set_is_refused_or_harmless(host: str, path: str) -> None:
    try:
        parsed = parse_web_address(f"https://{host}/{path}")
    except ValueError:
        return
    assert SAFE.fullmatch(parsed), parsed
    assert urlsplit(parsed).hostname
    assert parse_web_address(parsed) == parsed
