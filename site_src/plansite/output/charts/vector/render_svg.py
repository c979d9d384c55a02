"""Renders a chart as SVG.

vl-convert lays the chart out; what it writes for screen readers is in English and about marks, so
that is taken away, and with it all that the page does not need.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import vl_convert
from lxml import etree

from plansite.output.charts.common.frame import Layout, is_mark_name
from plansite.output.charts.common.palette import BAND
from plansite.output.charts.common.text_marks import is_text_name
from plansite.output.charts.vector.outline import (
    FACTS,
    WORDS,
    ChartTemplate,
    MarkTexts,
    TextPosition,
)
from plansite.output.charts.vector.svg_shapes import SVG, moved

_GROUP, _PATH, _TEXT = f"{{{SVG}}}g", f"{{{SVG}}}path", f"{{{SVG}}}text"
_DROPPED = (
    "role",
    "aria-roledescription",
    "aria-label",
    "aria-hidden",
    "class",
    "font-family",
    "pointer-events",
)
_PLACE = re.compile(r"translate\(([^,()]+),([^()]+)\)")
_LONG_NUMBER = re.compile(r"-?(?<!\d)\d+\.\d{3,}")
_OUTLINES = 16
"""Outlines that are held: those of an indicator, until it was drawn in every language."""


@dataclass(frozen=True)
class Chart:
    """A chart in one language.

    Args:
        make: how what is drawn is to be laid out.
        drawn: what is drawn, without a word, so that other languages' charts have the same.
        mark_texts: what its marks say and the texts that they stand for, by their names.
    """

    make: Callable[[Any], Layout]
    drawn: Hashable
    mark_texts: MarkTexts

    @property
    def outline(self) -> ChartTemplate:
        """It without its words."""
        return _outline(self.make, self.drawn)


def render_svg(chart: Chart, key: str, title: str = "", description: str = "") -> str:
    """A chart as inline SVG.

    Args:
        chart: a chart with a fixed layout (``autosize`` none).
        key: a prefix for the SVG's ids, unique on the page.
        title: what the chart shows, in the page's language; empty for a decorative picture, which
            screen readers then skip.
        description: the same as sentences, with the numbers.
    """
    return chart.outline.page(chart.mark_texts, key, title, description)


@functools.lru_cache(maxsize=_OUTLINES)
def _outline(make: Callable[[Any], Layout], drawn: Hashable) -> ChartTemplate:
    raw = vl_convert.vega_to_svg(json.dumps(make(drawn).vega))
    root = etree.fromstring(raw.encode())
    for element in list(root.iter()):
        _strip(element)
    _unwrap(root)
    _put_band_behind(root)
    for name in ("version", "stroke-miterlimit"):
        root.attrib.pop(name, "")
    etree.cleanup_namespaces(root)
    head, inside = _taken_apart(root)
    texts = tuple(map(_text_position, root.iter(_TEXT)))
    return ChartTemplate(float(root.get("height", "0")), head, inside, texts)


def _taken_apart(root: etree._Element) -> tuple[str, str]:
    """The attributes of the root's tag, and what stands inside."""
    head, _, inside = etree.tostring(root, encoding="unicode").partition(">")
    return head.removeprefix("<svg "), inside.removesuffix("</svg>")


def _text_position(text: etree._Element) -> TextPosition:
    x, y = float(text.get("x", "")), float(text.get("y", ""))
    return TextPosition(text.get(WORDS, ""), x, y, *moved(text))


def _strip(element: etree._Element) -> None:
    """Take away what the page does not need, and digits that no screen shows."""
    label = element.get("aria-label", "")
    name = label if is_mark_name(label) else ""
    if is_text_name(name):
        _leave_open(element, name)
        return
    for dropped in _DROPPED:
        element.attrib.pop(dropped, "")
    for rounded in ("transform", "d", "x2", "y2"):
        if rounded in element.attrib:
            element.set(
                rounded,
                _LONG_NUMBER.sub(lambda match: f"{float(match[0]):.2f}", element.get(rounded, "")),
            )
    if element.get("transform") == "translate(0,0)":
        del element.attrib["transform"]
    if name:
        element.set(FACTS, name)
    parent = element.getparent()
    if parent is not None and element.tag == _PATH and _is_invisible(element):
        parent.remove(element)


def _leave_open(mark: etree._Element, name: str) -> None:
    """Make of a mark the place of the text that it stands for."""
    position = _PLACE.fullmatch(mark.get("transform", ""))
    assert position, "Vega gives each mark a place"
    mark.attrib.clear()
    mark.tag = _TEXT
    for attribute, value in ((WORDS, name), ("x", position[1]), ("y", position[2])):
        mark.set(attribute, value)


def _is_invisible(path: etree._Element) -> bool:
    # Groups pass on no fill and no stroke, so a path without either of its own draws nothing.
    return not path.get("d") or (path.get("fill") is None and path.get("stroke") is None)


def _unwrap(root: etree._Element) -> None:
    """Drop groups that hold nothing, and those that only wrap."""
    for group in reversed(list(root.iter(_GROUP))):
        parent = group.getparent()
        if parent is None or (len(group) and group.attrib):
            continue
        position = parent.index(group)
        for child in reversed(group):
            parent.insert(position, child)
        parent.remove(group)


def _put_band_behind(root: etree._Element) -> None:
    """The plan's period is a ground for the grid; the renderer lays every mark over it."""
    for path in list(root.iter(_PATH)):
        parent = path.getparent()
        if path.get("fill") == BAND and parent is not None:
            parent.insert(0, path)
