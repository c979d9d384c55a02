"""A chart to explore: a Vega-Lite specification that the page's script loads when it is asked for.

The script sets the parameters: colours as the page has them at the moment, the years shown, whether
the axis starts at nought, whether other sources' values show.
"""

from __future__ import annotations

import json
from typing import Any

from plansite.output.charts.common.chart_input import ChartData
from plansite.output.charts.common.marks import Point, PointKind, leading, rows_with_runs
from plansite.output.charts.common.palette import (
    ACTUAL,
    FONT_SIZE,
    GRID,
    INK,
    PAPER,
    TARGET,
    plain_colours,
)
from plansite.output.charts.common.shapes import SHAPES
from plansite.output.charts.common.text_width import text_width
from plansite.output.charts.vector.scales import finest_step, values_of

_REACH = 0.3
_ASIDE = 0.12
"""Years between the value that leads and each other source's value for the same year."""
_GAP = 4
"""Pixels on either side of a target's words, below which its number stands alone."""
_COLOURS = {"actual": ACTUAL, "target": TARGET, "ink": INK, "grid": GRID, "paper": PAPER}
_X_DOMAIN = "[from - 0.5, to + 0.5]"
_IN_VIEW = {"filter": "datum.year >= from && datum.year <= to"}
_ZOOM = {
    "name": "zoom",
    "bind": "scales",
    "select": {"type": "interval", "zoom": "wheel![event.ctrlKey || event.metaKey]"},
}

Spec = dict[str, Any]


def explore_spec(data: ChartData) -> bytes:
    """The specification as JSON, its words in the data's language, its values as published."""
    colours = {name: plain_colours(colour) for name, colour in _COLOURS.items()}
    first, last = data.years[0], data.years[-1]
    settings = {**colours, "from": first, "to": last, "zero": True, "others": True}
    spec = {
        "description": data.title,
        "width": "container",
        "height": 340,
        "background": None,
        "autosize": {"type": "fit", "contains": "padding", "resize": True},
        "params": [{"name": key, "value": value} for key, value in settings.items()],
        "encoding": {"x": _x(), "y": _y(data)},
        "layer": [*_targets(data), *_values(data)],
    }
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":")).encode()


def _x() -> Spec:
    scale = {"domain": {"expr": _X_DOMAIN}, "nice": False, "zero": False}
    axis = {"format": "d", "tickMinStep": 1, "grid": False, "title": None, "labelSeparation": 6}
    return {"field": "year", "type": "quantitative", "scale": scale, "axis": axis}


def _y(data: ChartData) -> Spec:
    axis = {"title": data.measure, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end"}
    axis |= {"titleX": 0, "titleY": -12, "titlePadding": 0, "tickCount": 5}
    shown = values_of((point.dot for point in data.points), (mark.bar for mark in data.marks))
    axis |= {"tickMinStep": float(finest_step(shown))}
    scale = {"zero": {"expr": "zero"}, "nice": True}
    return {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}


def _tooltip(data: ChartData) -> list[Spec]:
    titles = {
        "shown": "chart.tip_value",
        "label": "chart.tip_kind",
        "year": "common.year_column",
        "source": "common.source",
    }
    return [{"field": field, "title": data.words(key)} for field, key in titles.items()]


def _targets(data: ChartData) -> list[Spec]:
    rows = [
        {
            "year": mark.year,
            "start": mark.year - _REACH,
            "end": mark.year + _REACH,
            "value": value,
            "shown": mark.facts["value"],
            "label": mark.facts["label"],
            "words": mark.label if value == mark.value else "",
            "number": mark.number if value == mark.value else "",
            "source": mark.facts["source"],
        }
        for mark in data.marks
        for value in (mark.value, mark.upper)
        if value is not None
    ]
    if not rows:
        return []
    bars = {
        "data": {"values": rows},
        "transform": [_IN_VIEW],
        "mark": {"type": "rule", "strokeWidth": 4, "stroke": {"expr": "target"}},
        "encoding": {"x": {"field": "start"}, "x2": {"field": "end"}, "tooltip": _tooltip(data)},
    }
    room = max(text_width(mark.label, FONT_SIZE) for mark in data.marks) + 2 * _GAP
    words = {
        "data": {"values": rows},
        "transform": [_IN_VIEW],
        "mark": {
            "type": "text",
            "dy": 14,
            "fontSize": FONT_SIZE,
            "color": {"expr": "target"},
            "text": {"expr": f"width / (to - from + 1) < {room:.0f} ? datum.number : datum.words"},
        },
    }
    return [bars, words]


def _values(data: ChartData) -> list[Spec]:
    if not data.points:
        return []
    line = {
        "data": {"values": rows_with_runs(leading(data.points))},
        "transform": [_IN_VIEW],
        "mark": {"type": "line", "strokeWidth": 2, "stroke": {"expr": "actual"}},
        "encoding": {"detail": {"field": "run"}},
    }
    dots = {
        "data": {"values": [_row(point, data) for point in data.points]},
        "transform": [_IN_VIEW, {"filter": f"others || datum.kind != '{PointKind.COMPETING}'"}],
        "params": [_ZOOM],
        "mark": {
            "type": "point",
            "size": 110,
            "opacity": 1,
            "strokeWidth": 2,
            "stroke": {"expr": "actual"},
            "fill": {"expr": f"datum.kind == '{PointKind.FINAL}' ? actual : paper"},
        },
        "encoding": {
            "x": {"field": "place"},
            "shape": _shape(data),
            "tooltip": _tooltip(data),
        },
    }
    return [line, dots]


def _row(point: Point, data: ChartData) -> Spec:
    return {
        "year": point.year,
        "place": point.year + _ASIDE * _rank(point, data),
        "value": point.value,
        "kind": point.kind.value,
        "name": data.kinds[point.kind],
        "leads": point.kind.leads,
        "shown": point.facts["value"],
        "label": point.facts["label"],
        "source": point.facts["source"],
    }


def _shape(data: ChartData) -> Spec:
    present = [kind for kind in PointKind if any(point.kind is kind for point in data.points)]
    return {
        "field": "name",
        "scale": {
            "domain": [data.kinds[kind] for kind in present],
            "range": [SHAPES[kind].path for kind in present],
        },
        "legend": None,  # the page has a key of its own
    }


def _rank(point: Point, data: ChartData) -> int:
    """How many marks of its year stand before another source's value; nought for other values."""
    if point.kind is not PointKind.COMPETING:
        return 0
    same_year = [other for other in data.points if other.year == point.year]
    return same_year.index(point)
