"""The fixed frame that all charts stand in.

Nothing in the layout depends on measured text: the same chart comes out on every machine, whatever
fonts it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import altair as alt

S = TypeVar("S")
Spec = dict[str, Any]
"""A chart as Vega-Lite's JSON."""

_NAME = re.compile(r"[a-z]+ \d+")
END, RUN, DESCRIPTION = alt.X2("end:Q"), alt.Detail("run:N"), alt.Description("description:N")
"""Columns that rows have; as objects, since Altair takes long to read them from strings."""


def layer(rows: Iterable[Mapping[str, Any]], marks: alt.Chart) -> Spec:
    """A layer of marks, one for each row or for all of them together.

    The rows are put in by hand: Altair would look at them for everything that a table can be.
    """
    spec: Spec = marks.to_dict(validate=False)
    return {
        "data": {"values": [dict(row) for row in rows]},
        "mark": spec["mark"],
        "encoding": spec["encoding"],
    }


def framed(layers: Iterable[Spec], width: int, height: int, padding: int | dict[str, int]) -> Spec:
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
        "resolve": {"axis": {"x": "independent", "y": "independent"}},
        "layer": [*layers],
    }


def pixels(top: float, bottom: float | None = None) -> dict[str, Any]:
    """Where a mark stands or reaches to, in pixels from the plot's top, whatever its value."""
    places: dict[str, Any] = {"y": alt.YValue(top)}  # type: ignore[no-untyped-call]
    if bottom is not None:
        places["y2"] = alt.Y2Value(bottom)  # type: ignore[no-untyped-call]
    return places


def named(kind: str, place: int) -> dict[str, str]:
    """How a mark is named, as a cell of its row.

    The cell goes through Vega as the mark's description; what the mark says by this name is written
    in afterwards, in each language.
    """
    return {"description": mark_name(kind, place)}


def mark_name(kind: str, place: int) -> str:
    """The name of one of a kind of marks, counted from nought."""
    return f"{kind} {place}"


def is_mark_name(label: str) -> bool:
    """Whether a mark has its name from here, and not from Vega."""
    return _NAME.fullmatch(label) is not None


def by_name(kind: str, said: Iterable[S]) -> dict[str, S]:
    """What marks of a kind say, by their names."""
    return {mark_name(kind, place): one for place, one in enumerate(said)}
