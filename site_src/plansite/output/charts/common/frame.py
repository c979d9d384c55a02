"""The fixed frame that all charts stand in.

Nothing in the layout depends on measured text: the same chart comes out on every machine, whatever
fonts it has. Nor does what a chart is made of depend on its numbers: Altair and Vega-Lite see each
form of chart once, and Vega is given the form with the numbers of an indicator filled in.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

import altair as alt
import vl_convert

from plansite.output.charts.common.vega import VEGA_LITE

S = TypeVar("S")
Spec = dict[str, Any]
"""A chart, or a part of one, as JSON of Vega-Lite or Vega."""

_NAME = re.compile(r"[a-z]+ \d+")
END, DESCRIPTION = alt.X2("end:Q"), alt.Description("description:N")
"""Columns that rows have."""


class LineRuns(Enum):
    """How many unbroken runs of years a line has."""

    NONE = 0
    ONE = 1
    SEVERAL = 2

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, float]]) -> LineRuns:
        """The number of runs in rows that name their ``run``."""
        return cls(min(2, len({row["run"] for row in rows})))

    @property
    def runs(self) -> dict[str, alt.Detail]:
        """The channel that keeps runs apart; for one alone it would take Vega a while."""
        return {"detail": alt.Detail("run:N")} if self is LineRuns.SEVERAL else {}


class SpecTemplate:
    """A kind of chart into which the numbers of one are put: tables, parameters and sizes."""

    def __init__(self, layers: Iterable[Spec], parameters: Iterable[str]) -> None:
        """Put it together.

        By hand: ``alt.layer`` copies each layer several times.

        Args:
            layers: over one another in one plot.
            parameters: names of the numbers that their scales, axes and colours rest on.
        """
        self.spec: Spec = {
            "autosize": {"type": "none"},
            "background": "transparent",
            "config": {"view": {"stroke": None}},
            "params": [{"name": name} for name in parameters],
            "resolve": {"axis": {"x": "independent", "y": "independent"}},
            "layer": [*layers],
        }

    @functools.cached_property
    def vega(self) -> Spec:
        """The compiled specification for Vega."""
        compiled: Spec = vl_convert.vegalite_to_vega(self.spec, vl_version=VEGA_LITE)
        return compiled


@dataclass(frozen=True)
class Layout:
    """A form and its numbers.

    Args:
        form: what they fill.
        width: of the plot in pixels.
        height: of the plot in pixels.
        padding: pixels around the plot, the same or by side.
        tables: rows of each layer, by its table's name.
        parameters: by their names.
    """

    form: SpecTemplate
    width: int
    height: int
    padding: int | Mapping[str, int]
    tables: Mapping[str, Iterable[Mapping[str, Any]]]
    parameters: Mapping[str, Any]

    @property
    def vega(self) -> Spec:
        """What Vega lays out."""
        form, values = self.form.vega, self.parameters
        tables = {name: {"values": [*rows]} for name, rows in self.tables.items()}
        return form | {
            "width": self.width,
            "height": self.height,
            "padding": self.padding,
            "data": [table | tables.get(table["name"], {}) for table in form["data"]],
            "signals": [signal | {"value": values[signal["name"]]} for signal in form["signals"]],
        }


def layer(table: str, marks: alt.Chart) -> Spec:
    """A layer of marks, one for each row of a table or for all of them together."""
    spec: Spec = marks.to_dict(validate=False)
    return {"data": {"name": table}, "mark": spec["mark"], "encoding": spec["encoding"]}


def pixels(top: float, bottom: float | None = None) -> dict[str, Any]:
    """Where a mark stands or reaches to, in pixels from the plot's top, whatever its value."""
    channels: dict[str, Any] = {"y": alt.YValue(top)}  # type: ignore[no-untyped-call]
    if bottom is not None:
        channels["y2"] = alt.Y2Value(bottom)  # type: ignore[no-untyped-call]
    return channels


def named(kind: str, number: int) -> dict[str, str]:
    """How a mark is named, as a cell of its row.

    The cell goes through Vega as the mark's description; what the mark says by this name is written
    in afterwards, in each language.
    """
    return {"description": mark_name(kind, number)}


def mark_name(kind: str, number: int) -> str:
    """The name of one of a kind of marks, counted from nought."""
    return f"{kind} {number}"


def is_mark_name(label: str) -> bool:
    """Whether a mark has its name from here, and not from Vega."""
    return _NAME.fullmatch(label) is not None


def by_name(kind: str, texts: Iterable[S]) -> dict[str, S]:
    """What marks of a kind say, by their names."""
    return {mark_name(kind, number): text for number, text in enumerate(texts)}
