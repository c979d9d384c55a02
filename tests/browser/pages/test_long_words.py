"""Long units of measure, names without a space and large numbers fit a narrow window."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from plansite.model import Language
from tests.browser.layout_faults import cut_texts
from tests.conftest import Once, Serve
from tests.site.command import build
from tests.support.library_package import copy_package, edit_cell

LONG = {
    "indicators": {
        "unit_zh": "千瓦时每平方米每年按常住人口折算后的加权平均值二〇二〇年不变价格口径计",
        "unit_en": "MegawattHoursPerSquareMetrePerYear12",
        "name_zh": "每万名常住人口中从事研究与试验发展活动的全时人员当量与高新技术企业数之比",
        "name_en": "Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz",
    },
    "agencies": {
        "name_zh": "推进图书馆建设与全民阅读工作跨部门联席会议办公室（设在镇文化服务中心）",
        "name_en": "Interdepartmentalcoordinationcommitteeforlibrariesandreadingpromotion",
    },
}
PAGES = ("", "indicators/", "indicators/L01/", "indicators/L06/", "agencies/", "years/2024/")


@pytest.fixture(scope="module")
def site(once: Once) -> Path:
    return once("long-words", build_with_long_words) / "site"


def build_with_long_words(folder: Path) -> None:
    package = copy_package(folder)
    for table, texts in LONG.items():
        for field, text in texts.items():
            for row in (2, 3):
                edit_cell(package, table, row, field, text)
    edit_cell(package, "observations", 3, "value", "123456789.5")
    build(folder / "site", "--package", package)


@pytest.mark.parametrize("language", Language)
def test_nothing_is_wider_than_a_narrow_window(
    browser: Browser, server: Serve, site: Path, language: Language
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    prefix = "en/" if language is Language.EN else ""
    found = {}
    for address in PAGES:
        page.goto(f"{server(site)}{prefix}{address}")
        width = page.evaluate("document.documentElement.scrollWidth")
        found[address] = (width, cut_texts(page))
    page.close()
    assert found == dict.fromkeys(PAGES, (360, []))
