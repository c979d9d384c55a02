"""What search reads of a page: its own words, cut so that any part of a Chinese name is found."""

import dataclasses

import pytest
from lxml import html

from plansite.model import Bilingual, Language
from plansite.model.urls.page_address import parse_address
from plansite.pipeline.html.search_text import SearchText, as_pairs, read_search_text, running_text
from plansite.pipeline.search.index import other_names, search_copy
from tests.support.library_package import library_plan

PAGE = """<!doctype html><html lang="{lang}"><head><title>t</title>
<meta name="description" content="每年的借阅">{head}</head><body><header>菜单</header>
<article><p class="crumb">指标</p><h1>借阅量<a class="headerlink" href="#x">¶</a></h1>
<p>外借<b>册数</b>。<sup class="ref">[1]</sup></p><p>R&amp;D</p><svg><text>图表</text></svg>
<ol class="sources"><li>统计公报</li></ol></article></body></html>"""


def searched(address: str, head: str = "") -> SearchText | None:
    page = html.document_fromstring(PAGE.format(lang="zh-Hans", head=head))
    return read_search_text(page, address)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("大数据局", "大数 数据 据局 局"),
        ("局", "局"),
        ("大数据、R&D经费", "大数 数据 据、 R&D 经费 费"),
        ("books lent", "books lent"),
        ("2021年", "2021 年"),
        ("", ""),
    ],
)
def test_every_han_character_stands_with_the_one_that_follows(text: str, pieces: str) -> None:
    assert as_pairs(text) == pieces


def test_any_part_of_a_name_begins_a_piece() -> None:
    name = "省大数据管理局"
    pieces = as_pairs(name).split()
    for start in range(len(name)):
        assert any(piece.startswith(name[start : start + 2]) for piece in pieces)


def test_a_copy_holds_the_running_text_alone() -> None:
    article = html.document_fromstring(PAGE.format(lang="zh-Hans", head="")).find(".//article")
    assert article is not None
    assert running_text(article) == "外借册数。 R&D"


def test_a_copy_names_title_kind_and_other_names() -> None:
    found = searched("indicators/L01/")
    assert found
    copy = search_copy(found, parse_address("indicators/L01/"), ["外借量"])
    root = html.document_fromstring(copy)
    assert root.get("lang") == "zh-Hans"
    assert root.findtext(".//h1") == "借阅 阅量 量"
    hidden = [element.text for element in root.findall(".//p[@data-pagefind-meta]")]
    assert [text[1:] if text and "外" not in text else text for text in hidden] == [
        "indicator",
        "外借 借量 量",
    ]


def test_a_list_is_found_by_its_title_and_not_by_what_it_lists() -> None:
    found = searched("indicators/")
    assert found
    assert "每年 年的 的借 借阅 阅" in found.text
    assert "册数" not in found.text


@pytest.mark.parametrize(
    ("address", "head"),
    [("search/", ""), ("embed/L01/", '<meta name="robots" content="noindex">')],
)
def test_some_pages_are_not_to_be_found(address: str, head: str) -> None:
    assert searched(address, head) is None


def test_keywords_and_the_name_in_the_other_language_find_an_agency() -> None:
    plan = library_plan()
    first, *rest = plan.agencies
    agency = dataclasses.replace(first, keywords=Bilingual("书屋", "reading room"))
    plan = dataclasses.replace(plan, agencies=(agency, *rest))
    address = f"agencies/{agency.agency_id}/"
    assert other_names(plan, Language.ZH)[address] == [agency.name.en, "书屋"]
    assert other_names(plan, Language.EN)[address] == [agency.name.zh, "reading room"]
