"""Charts for other sites' pages and as files: there for every indicator, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from plansite.model import Language
from tests.conftest import ADDRESS
from tests.site.built_site import HAN, Site, table
from tests.site.command import run_here
from tests.support.paths import PACKAGE

both_languages = pytest.mark.parametrize("language", list(Language))


@both_languages
def test_every_indicator_has_its_picture_and_its_page_to_embed(
    real_site: Path, language: Language
) -> None:
    sources = {row["source_id"]: row for row in table(PACKAGE, "sources")}
    for row in table(PACKAGE, "indicators"):
        name = row["indicator_id"]
        for kind in ("svg", "png"):
            assert (real_site / f"charts/{language}/{name}.{kind}").stat().st_size > 1000
        source = (real_site / f"embed/{language}/{name}/index.html").read_text("utf-8")
        page = html.document_fromstring(source)
        assert page.get("lang") == language.html
        assert page.findtext(".//h1/a") == row[f"name_{language}"]
        assert page.xpath("//script") == []
        told = "".join(map(str, page.itertext()))
        for value in table(PACKAGE, "observations"):
            if value["indicator_id"] == name:
                assert f"{float(value['value']):,}".removesuffix(".0") in told
                named = sources[value["source_id"]]
                publisher = named["publisher_en"] if language is Language.EN else ""
                assert (publisher or named["publisher"]) in told


def test_an_embedded_page_says_which_page_is_the_whole_one(hostile: Site) -> None:
    source = (hostile.folder / "embed/en/L01/index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{ADDRESS}/en/indicators/L01/">' in source
    assert '<meta name="robots" content="noindex">' in source
    assert "default-src 'none'" in source


@both_languages
def test_the_code_to_embed_names_the_sites_address(hostile: Site, language: Language) -> None:
    page = hostile.at("indicators/L01/", language)
    [code] = [element.text or "" for element in page.find("details.embed-code code")]
    assert f'src="{ADDRESS}/embed/{language}/L01/"' in code
    assert bool(HAN.search(code)) == (language is Language.ZH)
    picture = (hostile.folder / f"charts/{language}/L01.svg").read_text("utf-8")
    assert re.search(rf"{re.escape(ADDRESS)}/(en/)?indicators/L01/", picture)


def test_texts_that_try_to_do_harm_stay_text_in_pictures_and_embedded_pages(hostile: Site) -> None:
    for path in [*hostile.folder.glob("charts/*/*.svg"), *hostile.folder.glob("embed/*/*/*.html")]:
        root = html.document_fromstring(path.read_text("utf-8"))
        assert root.xpath("//script | //img | //*[@onerror or @onload]") == []


def test_a_missing_picture_is_found_by_the_check(real_site: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for path in real_site.rglob("*"):
        if path.is_file():
            copy = site / path.relative_to(real_site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.hardlink_to(path)
    (site / "charts/zh/employment.png").unlink()
    (site / "charts/en/employment.json").unlink()
    finished = run_here("check", site)
    assert finished.returncode == 12
    assert "charts/zh/employment.png" in finished.stdout + finished.stderr
    assert "charts/en/employment.json" in finished.stdout + finished.stderr
