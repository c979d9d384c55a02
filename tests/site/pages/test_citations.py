"""How to cite stands on every indicator's page and on the data page, ready to copy."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

from plansite.data.validation.read_package import read_package
from plansite.model import Language
from tests.conftest import ADDRESS
from tests.site.built_site import Page, Site, find, table, text_of, tongue_of
from tests.site.hostile_package import MARKUP
from tests.support.library_package import LIBRARY
from tests.support.paths import PACKAGE, ROOT

both_languages = pytest.mark.parametrize("language", Language)


def citations(page: Page) -> tuple[str, str, str]:
    codes = page.find(".citation code[data-style]")
    assert [tongue_of(code) for code in codes] == ["zh-Hans", "en", page.language.html]
    gbt, apa, bibtex = map(text_of, codes)
    return gbt, apa, bibtex


@both_languages
def test_each_indicators_page_says_how_to_cite_it(real: Site, language: Language) -> None:
    info = read_package(PACKAGE).plan
    assert info is not None
    for row in table(PACKAGE, "indicators"):
        page = real.at(f"indicators/{row['indicator_id']}/", language)
        gbt, apa, bibtex = citations(page)
        assert gbt.startswith(f"{row['name_zh']}[DB/OL]//{info.info.title.zh}. ")
        assert gbt.endswith("(2026-11-23)[引用日期].")
        assert apa.startswith(f"{row['name_en']} [Data set]. (2026, November 23). In ")
        assert row[f"name_{language}"].replace("&", r"\&") in bibtex
        assert "http" not in gbt + apa + bibtex


@both_languages
def test_the_data_page_says_how_to_cite_all_of_it(hostile: Site, language: Language) -> None:
    gbt, apa, bibtex = citations(hostile.at("data/", language))
    assert gbt.endswith(f" {ADDRESS}/data/.")
    assert apa.endswith(f", from {ADDRESS}/en/data/")
    side = "en/" if language is Language.EN else ""
    assert f"url = {{{ADDRESS}/{side}data/}}" in bibtex


@both_languages
def test_the_original_source_is_to_be_cited_too(library: Site, language: Language) -> None:
    said = {Language.ZH: "原始来源", Language.EN: "original source"}[language]
    for address in ("data/", *(f"indicators/{name}/" for name in library.children("indicators"))):
        page = library.at(address, language)
        assert said in text_of(page.article)
        buttons = find(page.article, ".citation button")
        assert len(buttons) == 3
        assert all(button.get("data-copy") == "code" for button in buttons)


def test_a_name_full_of_signs_is_cited_as_it_stands(hostile: Site) -> None:
    gbt, apa, _ = citations(hostile.page("indicators/L02/index.html"))
    assert gbt.startswith(f"{MARKUP}[DB/OL]")
    assert apa.startswith(f"{MARKUP} [Data set]")


def test_the_repositorys_own_citation_is_valid_and_up_to_date() -> None:
    file = ROOT / "CITATION.cff"
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    finished = subprocess.run(
        [*checker, "vendor.citation-file-format", file], capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for line in (f"version: {project['version']}", f"license: {project['license']}"):
        assert line in file.read_text("utf-8").splitlines()


def test_a_package_that_names_nobody_is_cited_by_its_title(library: Site) -> None:
    plan = read_package(LIBRARY).plan
    assert plan is not None
    gbt, apa, bibtex = citations(library.page("data/index.html"))
    assert gbt.startswith(plan.info.title.zh)
    assert apa.startswith(plan.info.title.en)
    assert "author" not in bibtex
