"""A chart as Vega lays it out, the same in every language, into which the words are put.

Laying out takes most of the time that a chart takes, and knows nothing of languages: marks go
through it by their names. What each says, and the texts that some stand for, are written in here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from plansite.output.charts.common.marks import Facts
from plansite.output.charts.common.palette import PAPER
from plansite.output.charts.common.text_marks import Text
from plansite.output.charts.vector.svg_shapes import SVG, SvgShape, svg_shapes

HALO = 1.5
"""How far around a chart's text the ground is kept free in a picture."""
HALO_ATTRIBUTES = {
    "paint-order": "stroke",
    "stroke": PAPER,
    "stroke-width": str(2 * HALO),
    "stroke-linejoin": "round",
}
FACTS, WORDS = "data-facts", "data-words"
"""Attributes of an outline: a mark's name, in whose place comes what it says, or its text."""

MarkTexts = Mapping[str, Facts | Text]
"""What marks say in one language, by the names of the marks."""

_OPEN = re.compile(
    rf' {FACTS}="(?P<facts>[^"]*)"'
    rf'|<text {WORDS}="(?P<words>[^"]*)" x="(?P<x>[^"]*)" y="(?P<y>[^"]*)"/>'
)
_ESCAPES = {38: "&amp;", 60: "&lt;", 62: "&gt;", 34: "&quot;", 9: "&#9;", 10: "&#10;", 13: "&#13;"}
_TEXT_ESCAPES = {code: sign for code, sign in _ESCAPES.items() if code not in (9, 10, 34)}


class TextPosition(NamedTuple):
    """Where a text stands.

    Args:
        name: of the mark that stands for it.
        x: pixels to the right within its group.
        y: pixels down.
        left: where the group begins, from the chart's side.
        top: the same from the chart's top.
    """

    name: str
    x: float
    y: float
    left: float
    top: float


@dataclass(frozen=True)
class ChartTemplate:
    """A chart without words.

    Args:
        height: in pixels.
        head: the attributes of its ``svg`` tag.
        inside: what stands between its tags, with names for words.
        texts: where texts stand, in their order.
    """

    height: float
    head: str
    inside: str
    texts: tuple[TextPosition, ...]

    def page(self, mark_texts: MarkTexts, key: str, title: str, description: str) -> str:
        """The chart with its words as inline SVG.

        Args:
            mark_texts: the words at its marks.
            key: a prefix for the SVG's ids, unique on the page.
            title: what the chart shows; empty for a decorative picture, which screen readers skip.
            description: the same as sentences, with the numbers.
        """
        inside = self._written(mark_texts, has_facts=True)
        if not title:
            return f'<svg {self.head} aria-hidden="true" focusable="false">{inside}</svg>'
        headings = "".join(
            f'<{tag} id="{key}-{tag}">{text.translate(_TEXT_ESCAPES)}</{tag}>'
            for tag, text in (("title", title), ("desc", description))
        )
        return (
            f'<svg {self.head} role="img" aria-labelledby="{key}-title" '
            f'aria-describedby="{key}-desc" focusable="false">{headings}{inside}</svg>'
        )

    def elsewhere(self, mark_texts: MarkTexts) -> str:
        """What stands inside the chart in a picture: texts with a halo, and no facts."""
        return self._written(mark_texts, has_facts=False)

    @functools.cached_property
    def shapes(self) -> Sequence[SvgShape]:
        """What it has beside texts, one by one."""
        return tuple(svg_shapes(etree.fromstring(f'<svg xmlns="{SVG}">{self.inside}</svg>')))

    def lines(self, mark_texts: MarkTexts) -> Iterator[tuple[Text, float, float]]:
        """Each text with the place of its foot, from the chart's corner."""
        for position in self.texts:
            text = mark_texts[position.name]
            assert isinstance(text, Text)
            x, y = text.beside(position.x, position.y)
            yield text, position.left + x, position.top + y

    def _written(self, mark_texts: MarkTexts, *, has_facts: bool) -> str:
        halo = {} if has_facts else HALO_ATTRIBUTES

        def write(gap: re.Match[str]) -> str:
            """What stands in a gap: a text at its place, or the facts of a mark."""
            content = mark_texts.get(gap["facts"] or gap["words"], {})
            if not isinstance(content, Text):
                facts = {f"data-{name}": value for name, value in content.items()}
                return attributes_of(facts) if has_facts else ""
            x, y = content.beside(float(gap["x"]), float(gap["y"]))
            looks = {"transform": f"translate({x:.2f},{y:.2f})", **content.attributes, **halo}
            return f"<text{attributes_of(looks)}>{content.text.translate(_TEXT_ESCAPES)}</text>"

        return _OPEN.sub(write, self.inside)


def attributes_of(values: Mapping[str, str]) -> str:
    """Attributes as they stand in a tag, each with a space in front."""
    return "".join(f' {name}="{value.translate(_ESCAPES)}"' for name, value in values.items())
