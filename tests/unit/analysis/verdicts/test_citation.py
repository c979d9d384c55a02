"""Citations say what is known, in the order that their style asks for, and nothing else."""

from __future__ import annotations

import dataclasses
import re

import pytest

from plansite.analysis.verdicts.citation import Citation, cite
from plansite.model import Bilingual, Contributor, Indicator, Language
from plansite.model.site_settings import Site
from tests.site.hostile_package import MARKUP
from tests.support.library_package import AS_OF, library_plan

SITE = Site(name=Bilingual("柳湖阅读", "Willowmere Reads"), address="https://plan.example/reading/")
BODY = Bilingual("柳湖镇图书馆", "Willowmere Library")
both_languages = pytest.mark.parametrize("language", Language)


def cited(
    indicator: Indicator | None = None,
    site: Site = SITE,
    language: Language = Language.ZH,
    *contributors: Contributor,
) -> Citation:
    info = dataclasses.replace(library_plan().info, contributors=contributors)
    return cite(site, info, AS_OF, language, indicator)


def fields(bibtex: str) -> dict[str, str]:
    """An entry's fields; every text closes the braces that it opens, as BibTeX counts them."""
    first, *lines, last = bibtex.splitlines()
    assert re.fullmatch(r"@misc\{[A-Za-z0-9_-]+,", first)
    assert last == "}"
    found = {}
    for line in lines:
        entry = re.fullmatch(r"  (\w+) = (?:\{(.*)\}|\"(.*)\"),?", line)
        assert entry is not None, line
        found[entry[1]] = text = entry[2] or entry[3]
        depth = 0
        for sign in text:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth >= 0, text
        assert depth == 0, text
    return found


def test_the_dataset_in_each_style() -> None:
    told = cited(site=dataclasses.replace(SITE, organisation=BODY))
    assert told.gbt == (
        "柳湖镇图书馆. 柳湖镇阅读计划（2024—2026年）：目标与进展数据[DB/OL]. 0.1.0版. "
        "柳湖阅读, 2026(2026-11-23)[引用日期]. https://plan.example/reading/data/."
    )
    assert told.apa == (
        "Willowmere Library. (2026, November 23). Willowmere reading plan 2024–2026: targets and "
        "progress data (Version 0.1.0) [Data set]. Willowmere Reads. "
        "Retrieved [date of access], from https://plan.example/reading/en/data/"
    )
    assert fields(told.bibtex) == {
        "author": "{柳湖镇图书馆}",
        "title": "{柳湖镇阅读计划（2024—2026年）：目标与进展数据}",
        "version": "0.1.0",
        "publisher": "柳湖阅读",
        "year": "2026",
        "note": "结论依据截至2026年11月23日收录的公开数据",
        "url": "https://plan.example/reading/data/",
        "urldate": "[引用日期]",
    }


def test_an_indicator_is_cited_as_a_part_of_the_dataset() -> None:
    indicator = library_plan().indicator["L01"]
    told = cited(indicator, language=Language.EN)
    assert told.gbt.startswith(f"{indicator.name.zh}[DB/OL]//柳湖镇阅读计划")
    assert told.gbt.endswith("https://plan.example/reading/indicators/L01/.")
    assert told.apa.startswith(f"{indicator.name.en} [Data set]. (2026, November 23). In Willow")
    entry = fields(told.bibtex)
    assert entry["title"] == f"{{{indicator.name.en}}}"
    assert entry["howpublished"] == library_plan().info.title.en
    assert entry["url"] == "https://plan.example/reading/en/indicators/L01/"
    assert entry["urldate"] == "[date of access]"


def test_without_an_author_the_title_comes_first() -> None:
    maintainer = Contributor(Bilingual("甲", "A"), ("maintainer",))
    for told in (cited(), cited(None, SITE, Language.ZH, maintainer)):
        assert told.gbt.startswith("柳湖镇阅读计划")
        assert told.apa.startswith("Willowmere reading plan")
        assert "author" not in fields(told.bibtex)


def test_authors_that_the_package_names_are_named() -> None:
    pair = [
        Contributor(Bilingual(zh, en), ("author",))
        for zh, en in (("甲所", "Alpha"), ("乙所", "Beta"))
    ]
    told = cited(None, SITE, Language.EN, *pair)
    assert told.gbt.startswith("甲所, 乙所. 柳湖镇")
    assert told.apa.startswith("Alpha & Beta. (2026, November 23). Willowmere")
    assert fields(told.bibtex)["author"] == "{Alpha} and {Beta}"


@both_languages
def test_without_an_address_none_is_made_up(language: Language) -> None:
    told = cited(None, dataclasses.replace(SITE, address=""), language)
    for text in dataclasses.astuple(told):
        assert "http" not in text
        assert "/data/" not in text
    assert told.gbt.endswith("(2026-11-23)[引用日期].")
    assert told.apa.endswith("Retrieved [date of access].")
    assert "url" not in fields(told.bibtex)


def test_signs_that_mean_something_to_bibtex_do_no_harm() -> None:
    name = Bilingual(f"{MARKUP} }} 100% #1", f"{MARKUP} }} 100% #1")
    indicator = dataclasses.replace(library_plan().indicator["L01"], name=name)
    title = fields(cited(indicator).bibtex)["title"]
    assert r"\{\{" not in title
    assert r"\& " in title
    assert r"100\% \#1" in title
    assert r"{\textbraceright}" in title
