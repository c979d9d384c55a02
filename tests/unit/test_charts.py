"""What a reader finds in a chart: marks, numbers, gaps, and words for screen readers."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from decimal import Decimal

import pytest
from lxml import etree

from plansite.charts import Drawing, Imprint, draw_indicator
from plansite.charts.bullet import bullet_chart
from plansite.charts.points import ChartWords, Point, PointKind, TargetMark
from plansite.charts.svg import render_svg
from plansite.charts.yearly import NARROW, WIDE, Frame, yearly_chart
from plansite.model import Language
from plansite.publication import Publication, publish
from tests.support import AS_OF, library_plan

WORDS = ChartWords("Plan period", "No data found")
TARGET_COLOUR, ACTUAL_COLOUR = "--chart-target", "--chart-actual"


IMPRINT = Imprint("Reading plan", "")


@functools.cache
def library() -> Publication:
    return publish(library_plan(), AS_OF, [])


@functools.cache
def drawing(indicator_id: str, language: Language) -> Drawing:
    """Everything that is drawn of one of the library's indicators."""
    return draw_indicator(indicator_id, library(), language, IMPRINT)


def figures(language: Language) -> dict[str, str]:
    """Every figure of the library by its key."""
    ids = [row.indicator_id for row in library().plan.indicators]
    return {k: html for name in ids for k, html in drawing(name, language).figures.items()}


def drawn(svg: str) -> etree._Element:
    return etree.fromstring(svg)


def texts(root: etree._Element) -> list[str]:
    return ["".join(map(str, element.itertext())) for element in root.iter("{*}text")]


def marks(root: etree._Element, tag: str, colour: str) -> list[etree._Element]:
    return [e for e in root.iter(f"{{*}}{tag}") if colour in e.get("stroke", "")]


def target(year: int, value: float) -> TargetMark:
    return TargetMark(year, value, f"Target {value:g}", f"{value:g}")


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_a_missing_year_is_a_gap(frame: Frame) -> None:
    points = [Point(year, 10, PointKind.FINAL, "10") for year in (2015, 2016, 2021, 2022)]
    root = drawn(render_svg(yearly_chart(points, [], frame, WORDS), "k", "t", "d"))
    lines = [p.get("d", "") for p in marks(root, "path", ACTUAL_COLOUR) if p.get("fill") is None]
    assert len(lines) == 2
    assert all(line.count("L") == 1 for line in lines)


def test_a_target_without_a_value_still_stands_there_with_its_number() -> None:
    root = drawn(render_svg(yearly_chart([], [target(2022, 240)], WIDE, WORDS), "k", "t", "d"))
    assert len(marks(root, "line", TARGET_COLOUR)) == 1
    assert "Target 240" in texts(root)
    assert "No data found" in texts(root)


@pytest.mark.parametrize("goal", [0, 120, -5])
def test_a_promised_number_has_its_tick_even_where_it_is_nought(goal: float) -> None:
    root = drawn(render_svg(bullet_chart(None, target(2022, goal), 300, WORDS), "k", "t", "d"))
    assert len(marks(root, "line", TARGET_COLOUR)) == 1
    assert f"Target {goal:g}" in texts(root)
    assert "No data found" in texts(root)


def test_kinds_of_values_differ_in_shape_and_not_only_in_colour() -> None:
    points = [Point(2020 + place, 10, kind, "10") for place, kind in enumerate(PointKind)]
    root = drawn(render_svg(yearly_chart(points, [], WIDE, WORDS), "k", "t", "d"))
    dots = [p for p in marks(root, "path", ACTUAL_COLOUR) if p.get("transform")]
    assert len({(p.get("d"), p.get("fill")) for p in dots}) == len(PointKind)


def test_another_sources_value_is_not_hidden_behind_the_one_that_leads() -> None:
    points = [
        Point(2020, 249.12, PointKind.FINAL, "249.12"),
        Point(2020, 249.11, PointKind.COMPETING),
        Point(2020, 249.1, PointKind.COMPETING),
        Point(2021, 289.27, PointKind.FINAL, "289.27"),
    ]
    root = drawn(render_svg(yearly_chart(points, [], NARROW, WORDS), "k", "t", "d"))
    dots = [p.get("transform", "") for p in marks(root, "path", ACTUAL_COLOUR)]
    places = sorted(float(t.split("(")[1].split(",")[0]) for t in dots if "(" in t)
    assert len(places) == 4
    assert all(b - a > 8 for a, b in itertools.pairwise(places))


@pytest.mark.parametrize("language", list(Language))
def test_every_mark_says_what_it_is_for_the_pages_script(language: Language) -> None:
    main = drawn(f"<div>{drawing('L01', language).figures['main/L01']}</div>")
    [wide] = [e for e in main if e.get("class") == "chart chart-wide"]
    facts = [dict(e.attrib) for e in wide.iter() if e.get("data-year")]
    told = {(e["data-year"], e["data-kind"], e["data-value"]) for e in facts}
    unit = {Language.ZH: "册/人", Language.EN: " books per resident"}[language]
    assert ("2025", "provisional", f"7.9{unit}") in told
    assert ("2025", "competing", f"8.1{unit}") in told
    assert {year for year, kind, _ in told if kind == "target"} == {"2024", "2025", "2026"}
    assert all(e["data-source"] for e in facts)
    [unpublished] = [e for e in facts if e.get("data-gap")]
    assert unpublished["data-year"] == "2026"


def test_the_key_tells_provisional_estimated_and_competing_values_apart() -> None:
    found = figures(Language.ZH)
    keys = {
        name: ["".join(map(str, li.itertext())) for li in drawn(f"<div>{html}</div>").iter("li")]
        for name, html in found.items()
    }
    assert {"公布值", "初步值", "同年另一来源"} <= set(keys["main/L01"])
    assert {"公布值", "估计值"} <= set(keys["main/L03"])
    assert {"公布值", "口径不同"} <= set(keys["main/L04"])
    assert "初步值" not in keys["main/L03"]


@pytest.mark.parametrize("language", list(Language))
def test_every_chart_tells_screen_readers_what_it_shows_in_the_pages_language(
    language: Language,
) -> None:
    for key, figure in figures(language).items():
        for svg in drawn(f"<div>{figure}</div>").iter("{*}svg"):
            if key.startswith("spark/") or svg.get("class") == "key-mark":
                assert svg.get("aria-hidden") == "true"
                continue
            indicator = library().plan.indicator[key.partition("/")[2]]
            assert svg.get("role") == "img"
            title = svg.findtext("{*}title") or ""
            assert indicator.name[language] in title
            assert svg.findtext("{*}desc")
            assert not [e for e in svg.iter() if e.get("aria-label") or e.get("font-family")]


def test_the_same_plan_draws_the_same_bytes() -> None:
    again = draw_indicator("L01", publish(library_plan(), AS_OF, []), Language.ZH, IMPRINT)
    assert again == drawing("L01", Language.ZH)


def test_a_chart_writes_the_digits_that_were_published() -> None:
    plan = library_plan()
    rows = [
        dataclasses.replace(row, value=Decimal("171.10")) if row.year == 2024 else row
        for row in plan.observations
    ]
    changed = dataclasses.replace(plan, observations=tuple(rows))
    found = draw_indicator("L04", publish(changed, AS_OF, []), Language.ZH, IMPRINT)
    assert "171.10" in found.figures["main/L04"]
