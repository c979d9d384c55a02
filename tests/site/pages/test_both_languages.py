"""Every page exists in Chinese and in English, and each is wholly in its language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plansite.model import Language
from tests.site.built_site import HAN, Page, Site, find, pieces_of, table, text_of, tongue_of
from tests.site.engines import site_of
from tests.support.library_package import LIBRARY
from tests.support.paths import PACKAGE

both_languages = pytest.mark.parametrize("language", Language)
LEFTOVERS = re.compile(
    r"\{\{|\}\}|\{%|<!--|\bNone\b(?! (of|has|have)\b)|\bundefined\b|\bNaN\b|\bnan\b|\bTODO\b"
)


def of(site: Site, language: Language) -> list[Page]:
    pages = [page for page in site if page.language is language]
    assert len(pages) > 60
    return pages


def test_both_languages_have_the_same_pages(real: Site) -> None:
    english = {name.removeprefix("en/") for name in real.names if name.startswith("en/")}
    assert english == {name for name in real.names if not name.startswith("en/")}
    for language in ("", "en/"):
        assert (real.folder / language / "404.html").is_file()


@both_languages
def test_every_page_says_which_language_it_is_in(real: Site, language: Language) -> None:
    expected = {Language.ZH: "zh-Hans", Language.EN: "en"}[language]
    for page in of(real, language):
        assert page.root.get("lang") == expected
        assert HAN.search(text_of(page.one("h1"))) is not None or language is Language.EN


def test_the_switch_leads_to_the_same_page_in_the_other_language(real: Site) -> None:
    for page in real:
        switch = page.one("a.language-switch")
        chinese = page.name.removeprefix("en/")
        other = f"en/{chinese}" if page.language is Language.ZH else chinese
        assert page.target(switch.get("href", "")) == (other, "")
        assert switch.get("hreflang") == real.page(other).root.get("lang")
        assert text_of(switch) == {"zh": "English", "en": "中文"}[page.language]
        assert tongue_of(switch) == switch.get("hreflang")


@both_languages
def test_every_page_says_whose_words_these_are_and_under_which_licences(
    real: Site, language: Language
) -> None:
    disclaimer = site_of(PACKAGE).disclaimer[language]
    assert disclaimer
    for page in of(real, language):
        footer = text_of(page.one("footer"))
        assert disclaimer in footer, page.name
        assert "CC BY 4.0" in footer
        assert "MIT" in footer
        assert len(find(page.one("footer"), "a[rel]")) >= 1


def test_no_page_shows_what_the_program_left_behind(real: Site, library: Site) -> None:
    for site in (real, library):
        for page in site:
            shown = [page.text, text_of(page.one("head title"))]
            shown += [meta.get("content", "") for meta in page.find("meta[name=description]")]
            assert not LEFTOVERS.search("\n".join(shown)), page.name


def english_texts(package: Path) -> str:
    """Every English text of a data package, run together."""
    texts = [
        text
        for file in package.glob("*.csv")
        for row in table(package, file.stem)
        for field, text in row.items()
        if field.endswith("_en")
    ]
    return "\n".join([*texts, (package / "datapackage.json").read_text("utf-8")])


@pytest.mark.parametrize("package", [PACKAGE, LIBRARY], ids=["real", "library"])
def test_english_pages_mark_chinese_as_chinese(real: Site, library: Site, package: Path) -> None:
    """Only the package's own English sentences may quote a Chinese word as they please."""
    quoting = english_texts(package)
    unmarked = {
        (page.name, text.strip())
        for page in (real if package is PACKAGE else library)
        if page.language is Language.EN
        for element, text in pieces_of(page.root)
        if HAN.search(text) and not tongue_of(element).startswith("zh")
        if text.strip().strip("()") not in quoting
    }
    assert unmarked == set()


@both_languages
def test_screen_readers_hear_the_pages_own_language(real: Site, language: Language) -> None:
    for page in of(real, language):
        for element in page.root.iter():
            for name in ("aria-label", "title", "alt", "placeholder", "aria-roledescription"):
                said = element.get(name, "")
                if said.strip() and tongue_of(element) == page.root.get("lang"):
                    assert bool(HAN.search(said)) == (language is Language.ZH), (page.name, said)


@both_languages
def test_every_chart_tells_screen_readers_what_it_shows(real: Site, language: Language) -> None:
    told = 0
    for page in of(real, language):
        ids = [element.get("id") for element in page.root.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), page.name
        for svg in find(page.article, ".chart svg"):
            if svg.get("aria-hidden") == "true":
                continue
            told += 1
            assert svg.get("role") == "img"
            texts = {}
            for part, attribute in (("title", "aria-labelledby"), ("desc", "aria-describedby")):
                (element,) = find(svg, part)
                assert element.get("id") == svg.get(attribute)
                texts[part] = element.text or ""
                assert bool(HAN.search(texts[part])) == (language is Language.ZH), page.name
            assert texts["title"] != texts["desc"]
            said = {str(name) for e in svg.iter() for name in e.attrib if "aria" in str(name)}
            assert said == {"aria-labelledby", "aria-describedby"}
    assert told > 30


@both_languages
def test_the_chart_of_an_indicator_tells_its_values_as_text(real: Site, language: Language) -> None:
    page = real.at("indicators/technology-contracts/", language)
    for svg in find(page.article, ".chart svg[role=img]"):
        description = find(svg, "desc")[0].text or ""
        assert all(value in description for value in ("249.12", "289.27", "390.72"))
    silent = real.at("indicators/employment/", language)
    for svg in find(silent.article, ".chart svg[role=img]"):
        description = find(svg, "desc")[0].text or ""
        assert {Language.ZH: "未见公开数据", Language.EN: "no published data"}[
            language
        ] in description.lower()


@both_languages
def test_every_page_has_a_title_and_a_summary(real: Site, language: Language) -> None:
    name = site_of(PACKAGE).name[language]
    for page in of(real, language):
        title = text_of(page.one("head title")).strip()
        assert title.endswith(name)
        assert (title == name) == (page.name in ("index.html", "en/index.html"))
        assert page.one("meta[name=description]").get("content"), page.name
