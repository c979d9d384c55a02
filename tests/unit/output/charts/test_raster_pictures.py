"""Charts as files: complete without a page around them, and lettered on any machine."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import io
import json
import re
import struct
from collections import Counter

import pytest
import vl_convert
from lxml import etree
from PIL import Image, ImageChops

from plansite.analysis.publication import publish
from plansite.model import Bilingual, Language, urls
from plansite.model.site_settings import Site
from plansite.output.charts import Drawing, chart_data, draw
from plansite.output.charts.common.palette import (
    ACTUAL,
    BAND,
    GRID,
    INK,
    PAPER,
    TARGET,
    TITLE,
    plain_colours,
)
from plansite.output.charts.common.text_marks import Anchor
from plansite.output.charts.common.text_width import text_width, wrap
from plansite.output.charts.figures import main_chart
from plansite.output.charts.raster.canvas import Canvas
from plansite.output.charts.raster.glyphs import text_length, undrawable
from plansite.output.charts.raster.palette_index import number_of, numbers_by_cover, palette, parts
from plansite.output.charts.raster.rasterize import rasterize
from plansite.output.charts.raster.text_lines import Line
from tests.support.library_package import AS_OF, library_plan

NAME = Bilingual("柳湖镇阅读计划", "Willowmere reading plan")
SITE = Site(name=NAME, address="https://plan.example/")
LONE, BULLET, YEARS = "L08", "L07", "L01"


@functools.cache
def drawing(indicator_id: str, language: Language = Language.ZH, site: Site = SITE) -> Drawing:
    return draw(chart_data(indicator_id, publish(library_plan(), AS_OF, [], site=site), language))


def picture(indicator_id: str, kind: str, language: Language = Language.ZH) -> bytes:
    return drawing(indicator_id, language).files[urls.chart_file(indicator_id, language, kind)]


def words(svg: bytes) -> str:
    return " ".join("".join(map(str, t.itertext())) for t in etree.fromstring(svg).iter("{*}text"))


@pytest.mark.parametrize("language", list(Language))
def test_a_picture_says_what_it_shows_and_where_it_is_from(language: Language) -> None:
    said = words(picture(YEARS, "svg", language))
    indicator = library_plan().indicator[YEARS]
    assert indicator.name[language] in said
    assert indicator.measure[language] in said
    expected = {
        Language.ZH: ("公布值", "初步值", "同年另一来源", "柳堤周报，转载副本", "2026年11月23日"),
        Language.EN: ("Published value", "Provisional value", "mirrored copy", "23 November 2026"),
    }
    assert [part for part in expected[language] if part not in said] == []
    assert "7.9" in said
    side = "" if language is Language.ZH else "en/"
    assert f"https://plan.example/{side}indicators/L01/" in said


def test_no_address_is_made_up() -> None:
    site = Site(name=NAME)
    svg = drawing(YEARS, Language.ZH, site).files[urls.chart_file(YEARS, Language.ZH, "svg")]
    assert NAME.zh in words(svg)
    assert "indicators/" not in words(svg)


def test_a_picture_needs_nothing_of_the_page() -> None:
    for indicator_id in (YEARS, BULLET, LONE):
        svg = picture(indicator_id, "svg").decode()
        assert "var(" not in svg
        assert "data-" not in svg
        root = etree.fromstring(svg)
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert ids == ["title", "desc"]
        assert root.get("lang") == "zh-Hans"
        right = float(root.get("width", "0"))
        for text in root.iter("{*}text"):
            if text.getparent() is root and text.get("text-anchor") != "end":
                said = "".join(map(str, text.itertext()))
                size = float(text.get("font-size", "0"))
                assert float(text.get("x", "0")) + text_width(said, size) <= right


def test_png_and_svg_are_the_same_picture() -> None:
    for indicator_id in (YEARS, BULLET, LONE):
        png = picture(indicator_id, "png")
        width, height = struct.unpack_from(">LL", png, 16)
        root = etree.fromstring(picture(indicator_id, "svg"))
        assert (width, height) == (2 * int(root.get("width", "")), 2 * int(root.get("height", "")))
        assert len(png) < 60_000


def test_an_indicator_of_which_nothing_is_known_has_a_picture_that_says_so() -> None:
    early = publish(library_plan().known_on(dt.date(2020, 1, 1)), dt.date(2020, 1, 1), [])
    found = draw(chart_data("L08", early, Language.ZH))
    assert "未见公开数据" in words(found.files[urls.chart_file("L08", Language.ZH, "svg")])


def pixels(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def lettered(text: str, language: Language = Language.ZH, *, bold: bool = False) -> bytes:
    canvas = Canvas((60, 30), language)
    canvas.text(Line(text, 4, 20, 16, INK, bold))
    return canvas.png()


def test_pictures_are_lettered_with_the_projects_own_fonts() -> None:
    unknown = lettered("\U0002a6d6")
    assert len({lettered("测"), lettered("试"), lettered("一"), unknown, lettered(" ")}) == 5
    assert lettered("A", bold=True) != lettered("A")
    assert lettered("\U0002a6d7") == unknown


def test_a_line_leaves_what_it_does_not_cover() -> None:
    """Also of a line that it comes near to, and however often the same stood elsewhere."""
    canvas = Canvas((60, 60), Language.ZH)
    upper, lower = Line("g", 4, 20, 16, INK), Line("试", 4, 27, 16, ACTUAL)
    for line in (upper, lower, dataclasses.replace(upper, x=30), dataclasses.replace(upper, y=55)):
        canvas.text(line)
    both = pixels(canvas.png())
    alone = pixels(lettered("g"))
    assert both.crop((30, 0, 50, 15)) == alone.crop((4, 0, 24, 15))
    assert both.crop((0, 35, 60, 59)) == alone.crop((0, 0, 60, 24))
    between = set(both.crop((4, 20, 14, 26)).get_flattened_data())
    assert {parts(INK), parts(ACTUAL)} <= between


@pytest.mark.parametrize("colour", [INK, TITLE, ACTUAL, TARGET])
def test_shades_run_from_paper_to_ink(colour: str) -> None:
    shades = palette()
    numbers = numbers_by_cover(colour)
    light = [sum(shades[3 * number : 3 * number + 3]) for number in numbers]
    assert (numbers[0], numbers[255]) == (number_of(PAPER), number_of(colour))
    assert light == sorted(light, reverse=True)
    assert len(set(light)) > 8


def test_quotation_marks_are_as_wide_as_the_language_has_them() -> None:
    assert text_length("“目标”", 10, Language.ZH) == pytest.approx(40)
    assert text_length("“”", 10, Language.EN) < 10
    assert text_length("目标", 10, Language.EN) == pytest.approx(20)


@pytest.mark.parametrize(("anchor", "sides"), [("start", "right"), ("end", "left")])
def test_a_line_stands_where_it_is_to_stand(anchor: Anchor, sides: str) -> None:
    canvas = Canvas((200, 40), Language.EN, scale=2)
    canvas.text(Line("Willowmere", 100, 30, 12, INK, anchor=anchor))
    box = ImageChops.invert(pixels(canvas.png())).getbbox()
    assert box
    left, top, right, bottom = box
    length = 2 * text_length("Willowmere", 12, Language.EN)
    start = 200 if sides == "right" else 200 - length
    assert (left, right) == pytest.approx((start, start + length), abs=3)
    assert (top, bottom) == pytest.approx((60 - 18, 60), abs=2)


def test_few_colours_are_the_right_ones() -> None:
    found = Counter(pixels(picture("L01", "png")).get_flattened_data())
    hues = {plain_colours(one): bytes.fromhex(plain_colours(one)[1:]) for one in (PAPER, BAND)}
    areas = [found[tuple(hue)] for hue in hues.values()]
    assert sum(areas) > 0.9 * found.total(), "the ground is as plain as it is on the page"
    assert min(areas) > 0.02 * found.total()
    for colour in (ACTUAL, INK, GRID):
        assert found[tuple(bytes.fromhex(plain_colours(colour)[1:]))] > 300


@pytest.mark.parametrize("indicator_id", [YEARS, BULLET])
def test_shapes_drawn_one_by_one_look_as_if_drawn_together(indicator_id: str) -> None:
    subject = chart_data(indicator_id, publish(library_plan(), AS_OF, []), Language.ZH)
    chart = main_chart(subject)
    canvas = Canvas((720, 320), Language.ZH, scale=2)
    canvas.put(rasterize(chart.shapes, (720, 320), 2), 0, 0)
    drawing = re.sub(r"<text.*?</text>", "", plain_colours(chart.svg))
    whole = vl_convert.svg_to_png(
        '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="320">'
        f'<rect width="720" height="320" fill="#ffffff"/>{drawing}</svg>',
        scale=2,
    )
    apart = ImageChops.difference(pixels(canvas.png()), pixels(whole)).convert("L").histogram()
    assert sum(apart[32:]) < 40, "but for corners of the course, which lie under its dots"


def test_characters_that_the_font_lacks_are_named() -> None:
    assert undrawable(["科技研发 R&D ≥ 3.1–3.3 “引号” · ¥", "Café−"]) == frozenset()
    assert undrawable(["镕喆堃", "䶮\U00020000"]) == {"\U00020000"}


def test_lines_break_where_a_reader_expects_it() -> None:
    assert wrap("公布值来源：国家统计局。", 10, 60) == ["公布值来源：", "国家统计局。"]
    assert wrap("一二三四五六，七", 10, 60) == ["一二三四五六，", "七"]
    assert wrap("published values here", 10, 70) == ["published", "values here"]


@pytest.mark.parametrize("language", list(Language))
def test_what_is_explored_is_what_was_published(language: Language) -> None:
    text = picture(YEARS, "json", language).decode()
    assert "http" not in text
    rows = [
        row
        for layer in json.loads(text)["layer"]
        for row in layer["data"]["values"]
        if "kind" in row
    ]
    unit = {Language.ZH: "册/人", Language.EN: " books per resident"}[language]
    assert [(row["year"], row["shown"]) for row in rows] == [
        (2023, f"5.0{unit}"),
        (2024, f"6.0{unit}"),
        (2025, f"7.9{unit}"),
        (2025, f"8.1{unit}"),
    ]
    assert all(row["source"] for row in rows)
    assert urls.chart_file(LONE, language, "json") in drawing(LONE, language).files
    assert urls.chart_file(BULLET, language, "json") not in drawing(BULLET, language).files
