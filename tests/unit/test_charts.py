"""What a reader finds in a chart: marks, numbers, gaps, and words for screen readers."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from lxml import etree

from plansite.charts import draw_figures
from plansite.charts.bullet import bullet_chart
from plansite.charts.points import ChartWords, Point, PointKind, TargetMark
from plansite.charts.svg import render_svg
from plansite.charts.yearly import NARROW, WIDE, Frame, yearly_chart
from plansite.model import Language
from plansite.publication import publish
from tests.support import AS_OF, library_plan

WORDS = ChartWords("Plan period", "No data found")
TARGET_COLOUR, ACTUAL_COLOUR = "--chart-target", "--chart-actual"


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


@pytest.mark.parametrize("language", list(Language))
def test_every_chart_tells_screen_readers_what_it_shows_in_the_pages_language(
    language: Language,
) -> None:
    publication = publish(library_plan(), AS_OF, [])
    figures = dict(draw_figures(publication, language))
    for key, figure in figures.items():
        for svg in drawn(f"<div>{figure}</div>").iter("{*}svg"):
            if key.startswith("spark/"):
                assert svg.get("aria-hidden") == "true"
                continue
            indicator = publication.plan.indicator[key.partition("/")[2]]
            assert svg.get("role") == "img"
            title = svg.findtext("{*}title") or ""
            assert indicator.name[language] in title
            assert svg.findtext("{*}desc")
            assert not [e for e in svg.iter() if e.get("aria-label") or e.get("font-family")]


def test_the_same_plan_draws_the_same_bytes() -> None:
    publication = publish(library_plan(), AS_OF, [])
    first, second = (dict(draw_figures(publication, Language.ZH)) for _ in range(2))
    assert first == second


def test_a_chart_writes_the_digits_that_were_published() -> None:
    plan = library_plan()
    rows = [
        dataclasses.replace(row, value=Decimal("171.10")) if row.year == 2024 else row
        for row in plan.observations
    ]
    changed = dataclasses.replace(plan, observations=tuple(rows))
    figures = dict(draw_figures(publish(changed, AS_OF, []), Language.ZH))
    assert any("171.10" in figure for figure in figures.values())
