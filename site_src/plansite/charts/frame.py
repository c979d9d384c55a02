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

END, RUN, DESCRIPTION = alt.X2("end:Q"), alt.Detail("run:N"), alt.Description("description:N")
"""Columns that rows have; as objects, since Altair takes long to read them from strings."""


def inline(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    """A chart of rows that stand inside its specification."""
    return alt.Chart(alt.InlineData(values=[dict(row) for row in rows]))


def framed(
    layers: Sequence[alt.Chart], width: int, height: int, padding: int | dict[str, int]
) -> alt.LayerChart:
    """Layers over one another in a plot of ``width`` × ``height`` pixels, with fixed margins."""
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(
            width=width,
            height=height,
            padding=padding,
            autosize=alt.AutoSizeParams(type="none"),
            background="transparent",
        )
        .configure_view(stroke=None)
    )
    return chart


def described(facts: Facts) -> dict[str, str]:
    """What a mark says of itself, as a cell of its row.

    The cell goes through Vega as the mark's description; :mod:`plansite.charts.svg` makes data
    attributes of it.
    """
    return {"description": json.dumps(facts, ensure_ascii=False) if facts else ""}
