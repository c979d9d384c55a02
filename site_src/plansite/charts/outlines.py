"""Text in a picture as the outlines of its letters, from the project's own fonts.

A picture then comes out the same on every machine, whatever fonts it has, and sooner: a renderer
reads a font of thousands of characters anew for each text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from lxml import etree

from plansite.charts.letters import UNITS, Letter, letter
from plansite.charts.svg import SVG
from plansite.model import Language

_TEXT, _PATH = f"{{{SVG}}}text", f"{{{SVG}}}path"
_BOLD = 30
"""How much thicker a bold letter is, in the letters' units."""
_ANCHOR = {"start": 0.0, "middle": 0.5, "end": 1.0}


def outline_text(svg: str, language: Language) -> str:
    """A picture with a path in place of each text.

    Args:
        svg: its texts have no children and are placed by ``x`` and ``y`` or by ``transform``.
        language: whose punctuation the letters have.
    """
    root = etree.fromstring(svg.encode())
    for text in list(root.iter(_TEXT)):
        parent = text.getparent()
        assert parent is not None, "a picture is more than one text"
        place = parent.index(text)
        parent[place : place + 1] = _paths(text, language)
    return etree.tostring(root, encoding="unicode")


def _paths(text: etree._Element, language: Language) -> Iterator[etree._Element]:
    """The text's outline; before it, where the text has a halo, the halo's."""
    letters = [letter(mark, language) for mark in text.text or ""]
    scale = float(text.get("font-size", "0").removesuffix("px")) / UNITS
    width = scale * sum(one.advance for one in letters)
    x = float(text.get("x", "0")) - _ANCHOR[text.get("text-anchor", "start")] * width
    moves = (text.get("transform", ""), f"translate({x:.2f},{text.get('y', '0')})")
    outline: dict[str, str] = {
        "d": _draw(letters),
        "transform": " ".join(moves).strip() + f" scale({scale:g})",
    }
    ink = {"fill": text.get("fill", "")}
    if text.get("stroke"):
        halo = {name: text.get(name, "") for name in ("stroke", "stroke-linejoin")}
        thick = float(text.get("stroke-width", "1")) / scale
        yield _path(outline, halo, {"fill": "none", "stroke-width": f"{thick:g}"})
    if text.get("font-weight") == "bold":
        ink |= {"stroke": ink["fill"], "stroke-width": str(_BOLD)}
    yield _path(outline, ink)


def _path(*attributes: dict[str, str]) -> etree._Element:
    path = etree.Element(_PATH)
    for name, value in itertools.chain.from_iterable(some.items() for some in attributes):
        path.set(name, value)
    return path


def _draw(letters: Sequence[Letter]) -> str:
    """Letters one after another as the data of one path; SVG counts downwards."""
    parts: list[str] = []
    pen = 0
    for one in letters:
        for command, points in one.outline:
            parts.append(command + " ".join(f"{pen + x} {-y}" for x, y in points))
        pen += one.advance
    return "".join(parts)
