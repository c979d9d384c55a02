"""What a reader finds in a chart: marks, numbers, gaps, and words for screen readers."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
from decimal import Decimal
from unittest.mock import Mock

import altair as alt
import pytest
import vl_convert
from lxml import etree

from plansite.analysis.publication import Publication, publish
from plansite.model import Comparability, Language, Observation, PartialDate, ReleaseStatus, urls
from plansite.model.formatting import format_number
from plansite.output.charts import Drawing, chart_data, draw
from plansite.output.charts.common.marks import ChartWords, Point, PointKind, TargetMark
from plansite.output.charts.vector.bullet import bullet_chart
from plansite.output.charts.vector.render_svg import render_svg
from plansite.output.charts.vector.scales import ticks
from plansite.output.charts.vector.sparkline import sparkline
from plansite.output.charts.vector.yearly import NARROW, WIDE, ChartSize, yearly_chart
from tests.support.library_package import AS_OF, library_plan

WORDS = ChartWords("Target years", "No data found")
YEARS = {str(year) for year in range(1900, 2101)}
TARGET_COLOUR, ACTUAL_COLOUR = "--chart-target", "--chart-actual"


@functools.cache
def library() -> Publication:
    return publish(library_plan(), AS_OF, [])


@functools.cache
def drawing(indicator_id: str, language: Language) -> Drawing:
    """Everything that is drawn of one of the library's indicators."""
    return draw(chart_data(indicator_id, library(), language))


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
def test_a_missing_year_is_a_gap(frame: ChartSize) -> None:
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


def places(figure: str) -> list[tuple[str, str, str]]:
    """What stands where in a figure, its key apart."""
    return [
        (str(mark.tag), mark.get("d", ""), mark.get("transform", ""))
        for svg in drawn(f"<div>{figure}</div>").iter("{*}svg")
        if svg.get("class") != "key-mark"
        for mark in svg.iter("{*}path", "{*}line", "{*}text")
    ]


def test_both_languages_charts_are_laid_out_once_and_say_their_own_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lay_out = Mock(wraps=vl_convert.vega_to_svg)
    monkeypatch.setattr(vl_convert, "vega_to_svg", lay_out)
    values = (observation("L01", 2023, value=Decimal("5.37")), observation("L01", 2025))
    known = with_observations(*values)
    zh, en = (draw(chart_data("L01", known, side)).figures for side in Language)
    assert lay_out.call_count == 4, "wide, narrow, one target, in small"
    for key in ("main/L01", "bullet/L01", "spark/L01"):
        assert places(zh[key]) == places(en[key])
    assert "目标年度" in texts(drawn(f"<div>{zh['main/L01']}</div>"))
    assert "Target years" in texts(drawn(f"<div>{en['main/L01']}</div>"))


def test_charts_of_a_form_share_it_and_leave_nothing_of_theirs_in_it() -> None:
    for chart, other in (
        (bullet_chart(None, target(2022, goal), 300, WORDS) for goal in (5, 6)),
        (yearly_chart([], [target(year, 5)], WIDE, WORDS) for year in (2021, 2022)),
    ):
        form = chart.make(chart.drawn).form
        empty = json.dumps(form.vega)
        assert render_svg(chart, "k", "t", "d") != render_svg(other, "k", "t", "d")
        assert other.make(other.drawn).form is form
        assert json.dumps(form.vega) == empty


def test_what_a_mark_says_is_never_anothers() -> None:
    """Charts that look the same but for their words share what was laid out, and nothing else."""
    points = [Point(2020, 9, PointKind.FINAL, "9"), Point(2021, 12, PointKind.FINAL, "12")]
    renamed = [dataclasses.replace(p, label=f"about {p.label}", facts={"a": '<&"'}) for p in points]
    first, second = (
        render_svg(yearly_chart(each, [target(2021, 10)], WIDE, WORDS), "k", "t", "d")
        for each in (points, renamed)
    )
    assert {"9", "12"} <= set(texts(drawn(first)))
    assert {"about 9", "about 12"} <= set(texts(drawn(second)))
    assert [e.get("data-a") for e in drawn(second).iter() if e.get("data-a")] == ['<&"'] * 2
    assert "data-a" not in first


def test_the_same_plan_draws_the_same_bytes() -> None:
    again = draw(chart_data("L01", publish(library_plan(), AS_OF, []), Language.ZH))
    assert again == drawing("L01", Language.ZH)


def test_a_chart_writes_the_digits_that_were_published() -> None:
    plan = library_plan()
    rows = [
        dataclasses.replace(row, value=Decimal("171.10")) if row.year == 2024 else row
        for row in plan.observations
    ]
    changed = dataclasses.replace(plan, observations=tuple(rows))
    found = draw(chart_data("L04", publish(changed, AS_OF, []), Language.ZH))
    assert "171.10" in found.figures["main/L04"]


def with_observations(*rows: Observation) -> Publication:
    """The library with nothing published but these values."""
    return publish(dataclasses.replace(library_plan(), observations=rows), AS_OF, [])


def observation(indicator_id: str, year: int, like: int = 0, **changes: object) -> Observation:
    """One of the library's values with other content."""
    row = library_plan().observations[like]
    facts = {"indicator_id": indicator_id, "year": year, **changes}
    return dataclasses.replace(row, **facts)  # type: ignore[arg-type]


def test_a_sources_own_revision_is_not_called_another_source() -> None:
    first = observation("L01", 2025, release_status=ReleaseStatus.PROVISIONAL)
    second = observation("L01", 2025, value=Decimal("5.2"), published=PartialDate.parse("2026"))
    known = with_observations(observation("L01", 2024), first, second)
    found = draw(chart_data("L01", known, Language.ZH))
    assert "同年其他公布值" in found.figures["main/L01"]
    assert "同年另一来源" not in found.figures["main/L01"]
    explored = found.files[urls.chart_file("L01", Language.ZH, "json")].decode()
    assert "同年其他公布值" in explored


def test_a_source_that_measures_something_else_is_not_named_for_an_equal_value() -> None:
    same = observation("L01", 2025, value=Decimal("5.0"))
    other = observation(
        "L01",
        2025,
        source_id="survey-copy",
        value=Decimal("5.0"),
        comparability=Comparability.RELATED,
    )
    known = with_observations(observation("L01", 2024), same, other)
    points = [p for p in chart_data("L01", known, Language.ZH).points if p.year == 2025]
    assert [point.kind for point in points] == [PointKind.FINAL, PointKind.RELATED]
    assert "读者会" not in points[0].facts["source"]
    assert "读者会" in points[1].facts["source"]


def test_a_promise_with_figures_that_cannot_be_compared_is_not_called_empty() -> None:
    related = observation("L06", 2024, comparability=Comparability.RELATED)
    known = with_observations(related)
    found = draw(chart_data("L06", known, Language.ZH)).figures["bullet/L06"]
    assert "未见可比数据" in found
    assert "未见公开数据" not in texts(drawn(found))


def test_both_ends_of_a_range_stand_on_the_track() -> None:
    ends = TargetMark(2022, -8, "Target -8 to 5", "5", upper=5)
    root = drawn(render_svg(bullet_chart(None, ends, 300, WORDS), "k", "t", "d"))
    places = [
        float(line.get("transform", "").split("(")[1].split(",")[0])
        for line in marks(root, "line", TARGET_COLOUR)
    ]
    assert len(places) == 2
    assert all(0 <= place <= 300 for place in places)


@pytest.mark.parametrize(("low", "high"), [(-5.0, -5.0), (-9.0, -2.0), (0.0, 0.0), (3.0, 8.0)])
def test_a_small_picture_stands_in_its_frame_whatever_the_values(low: float, high: float) -> None:
    points = [Point(2020, low, PointKind.FINAL), Point(2021, high, PointKind.FINAL)]
    ranged = TargetMark(2021, low, "", "", upper=high)
    svg = render_svg(sparkline(points, [ranged]), "k")
    assert "NaN" not in svg
    bars = marks(drawn(svg), "line", TARGET_COLOUR)
    heights = [float(bar.get("transform", "").split(",")[1].rstrip(")")) for bar in bars]
    assert len(heights) == 2
    assert all(0 <= height <= 40 for height in heights)
    assert (heights[0] == heights[1]) == (low == high)


def test_years_that_crowd_the_foot_of_a_chart_do_not_overlap() -> None:
    points = [Point(year, 10, PointKind.FINAL) for year in range(1990, 2026)]
    root = drawn(render_svg(yearly_chart(points, [], NARROW, WORDS), "k", "t", "d"))
    years = [e for e in root.iter("{*}text") if "".join(map(str, e.itertext())) in YEARS]
    places = sorted(float(e.get("transform", "").split("(")[1].split(",")[0]) for e in years)
    assert len(places) > 5
    assert all(b - a > 28 for a, b in itertools.pairwise(places))


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0.0, 330.6, ["0", "100", "200", "300"]),
        (0.0, 3.4, ["0", "1", "2", "3"]),
        (0.0, 0.57, ["0.0", "0.2", "0.4"]),
        (-12.0, 31.0, ["−10", "0", "10", "20", "30"]),
        (0.0, 4.2e30, [f"{number * 10**30:,}" for number in range(5)]),
    ],
)
def test_the_lines_of_a_chart_stand_at_round_numbers(
    low: float, high: float, shown: list[str]
) -> None:
    assert [format_number(tick) for tick in ticks(low, high)] == shown


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([1, 2], ["0", "1", "2"]),
        ([0, 0], ["0"]),
        ([-1, 1], ["−1", "0", "1"]),
        ([0.2, 0.1], ["0.0", "0.1", "0.2"]),
        ([0.25, 0.1], ["0.0", "0.1", "0.2"]),
        ([1390, 1400], ["0", "500", "1,000", "1,500"]),
    ],
)
def test_no_line_stands_between_values_that_can_be_published(
    values: list[float], shown: list[str]
) -> None:
    points = [Point(2020 + number, value, PointKind.FINAL) for number, value in enumerate(values)]
    root = drawn(render_svg(yearly_chart(points, [], WIDE, WORDS), "k", "t", "d"))
    assert [text for text in texts(root) if text not in ("2020", "2021")] == shown


def test_every_chart_is_a_chart_to_altair_and_leaves_it_no_text_to_measure() -> None:
    points = [Point(2020, 9, PointKind.FINAL, "9"), Point(2021, 12, PointKind.ESTIMATED, "12")]
    goals = [target(2021, 10), target(2022, 14)]
    for chart in (
        yearly_chart(points, goals, WIDE, WORDS),
        bullet_chart(points[0], goals[0], 336, WORDS),
        sparkline(points, goals),
    ):
        form = chart.make(chart.drawn).form.spec
        alt.Chart.from_dict(form, validate=True)
        assert '"type": "text"' not in json.dumps(form)
    root = drawn(render_svg(yearly_chart(points, goals, WIDE, WORDS), "k", "t", "d"))
    assert {"2020", "2021", "2022", "0", "5", "10", "9", "12", "Target 10"} <= set(texts(root))


def test_only_years_with_a_target_are_shaded_as_such() -> None:
    points = [Point(year, 10, PointKind.FINAL) for year in range(2016, 2025)]
    goals = [target(2020, 10), target(2021, 10), target(2024, 10)]
    root = drawn(render_svg(yearly_chart(points, goals, WIDE, WORDS), "k", "t", "d"))
    bands = [e.get("d", "") for e in root.iter("{*}path") if "--chart-band" in e.get("fill", "")]
    widths = sorted(float(d.split("h")[1].split("v")[0]) for d in bands)
    assert len(widths) == 2
    assert widths[1] == pytest.approx(2 * widths[0])
    assert texts(root).count("Target years") == 1


def test_a_target_year_that_is_not_due_is_awaited_in_the_chart_too() -> None:
    main = drawn(f"<div>{drawing('L01', Language.ZH).figures['main/L01']}</div>")
    bullet = drawn(drawing("L05", Language.ZH).figures["bullet/L05"])
    for root in (main, bullet):
        assert "待公布" in texts(root)
        assert "未见公开数据" not in texts(root)
    overdue = drawn(f"<div>{drawing('L04', Language.ZH).figures['bullet/L04']}</div>")
    assert "未见可比数据" in texts(overdue)


def test_a_picture_tells_the_latest_value_where_the_targets_years_have_none() -> None:
    main = drawn(f"<div>{drawing('L05', Language.ZH).figures['main/L05']}</div>")
    assert main.findtext("figcaption") == "2025年9个；2026年待公布。"
