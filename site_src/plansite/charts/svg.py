"""From a chart to an SVG that stands inside a page.

vl-convert lays the chart out; what it writes for screen readers is in English and about marks, so
that is taken away and the page's own title and description are put in. What a mark says of itself
becomes data attributes, for the page's script; a mark that stands for a text becomes the text.
"""

from __future__ import annotations

import json
import re

import vl_convert
from lxml import etree

from plansite.charts.frame import Spec
from plansite.charts.palette import BAND
from plansite.charts.texts import Text, written_text
from plansite.charts.vega import VEGA_LITE

SVG = "http://www.w3.org/2000/svg"
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
_PLACE = re.compile(r"translate\(([^,]+),([^)]+)\)")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")


def render_svg(chart: Spec, key: str, title: str = "", description: str = "") -> str:
    """A chart as inline SVG.

    Args:
        chart: a chart with a fixed layout (``autosize`` none).
        key: a prefix for the SVG's ids, unique on the page.
        title: what the chart shows, in the page's language; empty for a decorative picture, which
            screen readers then skip.
        description: the same as sentences, with the numbers.
    """
    raw = vl_convert.vegalite_to_svg(chart, vl_version=VEGA_LITE)
    root = etree.fromstring(raw.encode())
    for element in list(root.iter()):
        _strip(element)
    _unwrap(root)
    _put_band_behind(root)
    for name in ("version", "stroke-miterlimit"):
        root.attrib.pop(name, "")
    if title:
        _describe(root, key, title, description)
    else:
        root.set("aria-hidden", "true")
    root.set("focusable", "false")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _strip(element: etree._Element) -> None:
    """Take away what the page does not need, and digits that no screen shows."""
    facts = element.get("aria-label", "")
    if text := written_text(facts):
        _write(element, text)
    elif facts.startswith("{"):
        for name, value in json.loads(facts).items():
            element.set(f"data-{name}", value)
    for name in _DROPPED:
        element.attrib.pop(name, "")
    for name in ("transform", "d", "x2", "y2"):
        if name in element.attrib:
            element.set(
                name,
                _LONG_NUMBER.sub(lambda match: f"{float(match[0]):.2f}", element.get(name, "")),
            )
    if element.get("transform") == "translate(0,0)":
        del element.attrib["transform"]
    parent = element.getparent()
    if parent is not None and element.tag == _PATH and _is_invisible(element):
        parent.remove(element)


def _write(mark: etree._Element, text: Text) -> None:
    """Make of a mark the text that it stands for, at the same place."""
    place = _PLACE.fullmatch(mark.get("transform", ""))
    assert place, "Vega gives each mark a place"
    mark.attrib.clear()
    mark.tag, mark.text = _TEXT, text.text
    mark.set("transform", text.transform(float(place[1]), float(place[2])))
    for name, value in text.attributes.items():
        mark.set(name, value)


def _is_invisible(path: etree._Element) -> bool:
    # Groups pass on no fill and no stroke, so a path without either of its own draws nothing.
    return not path.get("d") or (path.get("fill") is None and path.get("stroke") is None)


def _unwrap(root: etree._Element) -> None:
    """Drop groups that hold nothing, and those that only wrap."""
    for group in reversed(list(root.iter(_GROUP))):
        parent = group.getparent()
        if parent is None or (len(group) and group.attrib):
            continue
        place = parent.index(group)
        for child in reversed(group):
            parent.insert(place, child)
        parent.remove(group)


def _put_band_behind(root: etree._Element) -> None:
    """The plan's period is a ground for the grid; the renderer lays every mark over it."""
    for path in list(root.iter(_PATH)):
        parent = path.getparent()
        if path.get("fill") == BAND and parent is not None:
            parent.insert(0, path)


def _describe(root: etree._Element, key: str, title: str, description: str) -> None:
    root.set("role", "img")
    root.set("aria-labelledby", f"{key}-title")
    root.set("aria-describedby", f"{key}-desc")
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = etree.Element(f"{{{SVG}}}{tag}", id=f"{key}-{tag}")
        element.text = text
        root.insert(position, element)
