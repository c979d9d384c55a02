"""The fixed frame that all charts stand in.

Nothing in the layout depends on measured text: the same chart comes out on every machine, whatever
fonts it has.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from plansite.charts.points import Facts

Spec = dict[str, Any]
"""A chart as Vega-Lite's JSON."""

END, RUN, DESCRIPTION = alt.X2("end:Q"), alt.Detail("run:N"), alt.Description("description:N")
"""Columns that rows have; as objects, since Altair takes long to read them from strings."""


# Rows stand in their layer; named by their hash beside it, they would take longer.
alt.data_transformers.consolidate_datasets = False


def inline(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    """A chart of rows that stand inside its specification."""
    return alt.Chart(alt.InlineData(values=[dict(row) for row in rows]))


def framed(
    layers: Sequence[alt.Chart], width: int, height: int, padding: int | dict[str, int]
) -> Spec:
    """Layers over one another in a plot of ``width`` × ``height`` pixels, with fixed margins.

    Put together by hand: ``alt.layer`` copies each layer several times, which takes longer than all
    the rest.
    """
    return {
        "width": width,
        "height": height,
        "padding": padding,
        "autosize": {"type": "none"},
        "background": "transparent",
        "config": {"view": {"stroke": None}},
        "layer": [_layer(layer) for layer in layers],
    }


def _layer(layer: alt.Chart) -> Spec:
    spec: Spec = layer.to_dict(validate=False)
    return {name: part for name, part in spec.items() if name not in ("$schema", "config")}


def pixels(top: float, bottom: float | None = None) -> dict[str, Any]:
    """Where a mark stands or reaches to, in pixels from the plot's top, whatever its value."""
    places: dict[str, Any] = {"y": alt.YValue(top)}  # type: ignore[no-untyped-call]
    if bottom is not None:
        places["y2"] = alt.Y2Value(bottom)  # type: ignore[no-untyped-call]
    return places


def described(facts: Facts) -> dict[str, str]:
    """What a mark says of itself, as a cell of its row.

    The cell goes through Vega as the mark's description; :mod:`plansite.charts.svg` makes data
    attributes of it.
    """
    return {"description": json.dumps(facts, ensure_ascii=False) if facts else ""}
