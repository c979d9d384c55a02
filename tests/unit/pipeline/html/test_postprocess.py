"""The last hand on a page: figures, asset names, the policy, the other language's address."""

from __future__ import annotations

import base64
import hashlib

import pytest

from plansite.model import Language
from plansite.pipeline.html.postprocess import MissingFigureError, PostProcessor

PAGE = (
    "<html><head><!-- policy --><script>start()</script>"
    '<script src="../assets/js/a.js"></script></head><body>{}</body></html>'
)


def processor(site: str = "") -> PostProcessor:
    return PostProcessor(Language.EN, {"spark/i1": "<svg/>"}, {"js/a.js": "js/a.1.js"}, site)


def test_a_figure_takes_its_place_and_a_missing_one_is_an_error() -> None:
    html = processor().finish(PAGE.format("<!-- figure spark/i1 -->"), "")
    assert "<body><svg/></body>" in html
    with pytest.raises(MissingFigureError, match="tasks/t1/: spark/i2"):
        processor().finish(PAGE.format("<!-- figure spark/i2 -->"), "tasks/t1/")


def test_only_the_pages_own_inline_script_may_run() -> None:
    html = processor().finish(PAGE.format(""), "")
    digest = base64.b64encode(hashlib.sha256(b"start()").digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in html
    for never in ("unsafe", "http:", "https:", "*"):
        assert never not in html


def test_only_the_page_that_searches_may_run_webassembly() -> None:
    page = PAGE.replace("<!-- policy -->", "<!-- policy wasm -->").format("")
    assert "'wasm-unsafe-eval'; style-src" in processor().finish(page, "search/")
    assert "wasm" not in processor().finish(PAGE.format(""), "")


def test_a_script_gets_its_published_name() -> None:
    assert 'src="../assets/js/a.1.js"' in processor().finish(PAGE.format(""), "")


def test_alternatives_are_named_only_where_the_sites_address_is_known() -> None:
    assert "hreflang" not in processor().finish(PAGE.format(""), "tasks/t1/")
    html = processor("https://plan.example/x/").finish(PAGE.format(""), "tasks/t1/")
    for code, address in {
        "zh-Hans": "https://plan.example/x/tasks/t1/",
        "en": "https://plan.example/x/en/tasks/t1/",
        "x-default": "https://plan.example/x/tasks/t1/",
    }.items():
        assert f'<link rel="alternate" hreflang="{code}" href="{address}">' in html
