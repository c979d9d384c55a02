"""Everything that is drawn of one indicator in one language, as a pure function of its data."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass

from altair.utils.schemapi import debug_mode

from plansite.model import urls
from plansite.output.charts.common.chart_input import ChartData
from plansite.output.charts.figures import draw_figures, main_chart
from plansite.output.charts.raster.glyphs import undrawable
from plansite.output.charts.raster.picture import compose
from plansite.output.charts.vector.explore_spec import explore_spec
from plansite.output.charts.vector.legend import key_entries
from plansite.output.charts.vector.yearly import WIDE


@dataclass(frozen=True)
class Drawing:
    """What was drawn.

    Args:
        figures: HTML by the key that pages name it by.
        files: content by address, from the site's root.
        undrawable: characters that the pictures' fonts lack; a PNG shows boxes in their place.
    """

    figures: dict[str, str]
    files: dict[str, bytes]
    undrawable: frozenset[str]


def draw(data: ChartData) -> Drawing:
    """Draw an indicator: its figures for pages, its pictures, and what to explore it with."""
    # Tests hold every kind of chart to Altair's schema; here that would take a third of the time.
    with debug_mode(False):
        return _draw(data)


def _draw(data: ChartData) -> Drawing:
    key = key_entries(data, WIDE) if data.spans_years else []
    picture = compose(main_chart(data), key, data.caption)
    files = {"svg": picture.svg.encode(), "png": picture.png}
    if data.spans_years:
        files["json"] = explore_spec(data)
    return Drawing(
        figures=draw_figures(data),
        files={
            urls.chart_file(data.indicator_id, data.language, kind): content
            for kind, content in files.items()
        },
        undrawable=undrawable([*data.caption.texts, *(entry.word for entry in key)]),
    )


def draw_packed(data: ChartData) -> bytes:
    """A drawing in the form in which it is kept and comes from another process."""
    drawing = draw(data)
    pictures = {name: b64encode(file).decode() for name, file in drawing.files.items()}
    lacking = sorted(drawing.undrawable)
    packed = {"figures": drawing.figures, "files": pictures, "undrawable": lacking}
    return json.dumps(packed, ensure_ascii=False).encode()


def unpack(packed: bytes) -> Drawing:
    """The drawing that :func:`draw_packed` packed."""
    drawing = json.loads(packed)
    pictures = {name: b64decode(file) for name, file in drawing["files"].items()}
    return Drawing(drawing["figures"], pictures, frozenset(drawing["undrawable"]))
