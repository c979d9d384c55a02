"""A chart's shapes one by one, each with the room that it takes.

Most of a chart is empty, and what draws it in pixels takes as long for empty ones as for others.
"""

from __future__ import annotations

import copy
import itertools
import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
_NUMBERS = re.compile(r"-?[\d.]+(?:e-?\d+)?")
_PLACE = re.compile(r"translate\(([^,()]+),([^()]+)\)")
_BOX = re.compile(r"M([^,]+),([^h]+)h([^v]+)v([^h]+)h[^Z]+Z")
_COURSE = re.compile(r"M[^A-Z]+(?:L[^A-Z]+){2,}")
_STEP = re.compile(r"[ML]([^A-Z]+)")


class SvgShape(NamedTuple):
    """A shape in its room, which begins and ends with a whole unit.

    Args:
        svg: the shape, placed within its room.
        left: where its room begins.
        top: the same.
        width: of its room.
        height: the same.
        colour: of all of it, where it is a plain box.
    """

    svg: str
    left: float
    top: float
    width: float
    height: float
    colour: str = ""


def svg_shapes(root: etree._Element) -> Iterator[SvgShape]:
    """The shapes of a chart from the ground up.

    A course of several years comes in steps from dot to dot; its corners lie under the dots.
    """
    for shape in root.iter(f"{{{SVG}}}path", f"{{{SVG}}}line"):
        course = shape.get("d", "")
        if not _COURSE.fullmatch(course):
            yield _piece(shape)
            continue
        points = _STEP.findall(course)
        for start, end in itertools.pairwise(points):
            step = copy.copy(shape)
            step.set("d", f"M{start}L{end}")
            yield _piece(step, shape)


def moved(element: etree._Element) -> tuple[float, float]:
    """How far an element and the groups around it move what is inside; they never turn it."""
    x = y = 0.0
    for each in (element, *element.iterancestors()):
        if transform := each.get("transform"):
            offset = _PLACE.fullmatch(transform)
            assert offset, "charts only move what they hold"
            x, y = x + float(offset[1]), y + float(offset[2])
    return x, y


def _piece(shape: etree._Element, within: etree._Element | None = None) -> SvgShape:
    x, y = moved(shape if within is None else within)
    left, top, right, bottom = _extent(shape)
    if shape.get("stroke") is None and _BOX.fullmatch(shape.get("d", "")):
        return SvgShape("", x + left, y + top, right - left, bottom - top, shape.get("fill", ""))
    around = float(shape.get("stroke-width", "1"))
    corner = math.floor(x + left - around), math.floor(y + top - around)
    end = math.ceil(x + right + around), math.ceil(y + bottom + around)
    alone = copy.copy(shape)
    alone.attrib.pop("transform", "")
    alone.tail = None
    etree.cleanup_namespaces(alone)
    transform = f"translate({x - corner[0]:.2f},{y - corner[1]:.2f})"
    svg = f'<g fill="none" transform="{transform}">{etree.tostring(alone, encoding="unicode")}</g>'
    return SvgShape(svg, *corner, end[0] - corner[0], end[1] - corner[1])


def _extent(shape: etree._Element) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a shape without the width of its line."""
    drawn = shape.get("d")
    if drawn is None:
        xs, ys = [0, float(shape.get("x2", "0"))], [0, float(shape.get("y2", "0"))]
    elif box := _BOX.fullmatch(drawn):
        left, top, width, height = map(float, box.groups())
        xs, ys = [left, left + width], [top, top + height]
    else:
        numbers = [float(number) for number in _NUMBERS.findall(drawn)]
        xs, ys = numbers[::2], numbers[1::2]
    return min(xs), min(ys), max(xs), max(ys)
