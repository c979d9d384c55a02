"""A chart as a picture that can stand alone: title, key, chart, sources, where it is from.

The picture is SVG in the colours of a light page. Pages elsewhere know nothing of our variables, so
their fallbacks are put in.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lxml import etree

from plansite.charts.key import KeyEntry
from plansite.charts.lettering import SYSTEM_FAMILIES, text_width, wrap
from plansite.charts.palette import GRID, INK, PAPER, plain_colours
from plansite.charts.subject import Caption
from plansite.charts.svg import SVG

_MARGIN = 24
_INNER = 720
_WIDTH = _INNER + 2 * _MARGIN
_TITLE, _TEXT, _SMALL = 20, 13, 11
_KEY_BOX = 20
_TITLE_INK = "#1c232b"


class _Sheet:
    """A page that fills from the top."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.bottom = float(_MARGIN)

    def text(self, text: str, size: int, colour: str = INK, heavy: bool = False) -> None:
        """A text over the whole width, in as many lines as it needs."""
        weight = ' font-weight="bold"' if heavy else ""
        for line in wrap(text, size, _INNER):
            self.bottom += size * 1.5
            self.parts.append(
                f'<text x="{_MARGIN}" y="{self.bottom - size * 0.35:.1f}" font-size="{size}" '
                f'fill="{colour}"{weight}>{escape(line)}</text>'
            )

    def gap(self, height: float) -> None:
        """Pixels left free."""
        self.bottom += height

    def key(self, entries: Sequence[KeyEntry], measure: str) -> None:
        """The key in one line, the unit of measure at its end."""
        if not entries and not measure:
            return
        left = float(_MARGIN)
        middle = self.bottom + _TEXT * 0.75
        for entry in entries:
            self.parts.append(
                f'<g transform="translate({left + _KEY_BOX / 2:.1f},{middle:.1f})" fill="none">'
                f"{entry.drawing}</g>{_line(left + _KEY_BOX + 5, middle, entry.word)}"
            )
            left += _KEY_BOX + 5 + text_width(entry.word, _TEXT) + 16
        right = _WIDTH - _MARGIN
        self.parts.append(_line(right, middle, measure, ' text-anchor="end"'))
        self.bottom += _TEXT * 1.8

    def chart(self, svg: str) -> None:
        """A chart in its own size; as a group, since a picture in a picture is slow to clip."""
        root = etree.fromstring(svg)
        for element in list(root.iter()):
            _only_looks(element)
        group = etree.Element(f"{{{SVG}}}g")
        group.set("transform", f"translate({_MARGIN},{self.bottom:.1f})")
        group.extend(root)
        self.parts.append(etree.tostring(group, encoding="unicode"))
        self.bottom += float(root.get("height", "0"))

    def rule(self) -> None:
        """A thin line from side to side."""
        self.parts.append(
            f'<path d="M{_MARGIN},{self.bottom:.1f}H{_WIDTH - _MARGIN}" stroke="{GRID}"/>'
        )


def _line(x: float, middle: float, text: str, more: str = "") -> str:
    place = f'x="{x:.1f}" y="{middle + _TEXT * 0.36:.1f}"'
    return f'<text {place} font-size="{_TEXT}" fill="{INK}"{more}>{escape(text)}</text>'


def _only_looks(element: etree._Element) -> None:
    """Take away what is for the page: descriptions, facts for its script; give text its halo."""
    for name in list(element.attrib):
        if name in ("id", "role", "focusable") or str(name).startswith(("aria-", "data-")):
            del element.attrib[name]
    parent = element.getparent()
    if element.tag in (f"{{{SVG}}}title", f"{{{SVG}}}desc") and parent is not None:
        parent.remove(element)
    if element.tag == f"{{{SVG}}}text":
        for name, value in (
            ("paint-order", "stroke"),
            ("stroke", PAPER),
            ("stroke-width", "3"),
            ("stroke-linejoin", "round"),
        ):
            element.set(name, value)


def compose(chart: str, key: Sequence[KeyEntry], caption: Caption) -> str:
    """A whole picture as SVG.

    Args:
        chart: the chart as a page shows it.
        key: what the chart's marks mean.
        caption: the words around it.
    """
    sheet = _Sheet()
    sheet.text(caption.title, _TITLE, _TITLE_INK, heavy=True)
    sheet.gap(2)
    sheet.text(caption.summary, _TEXT)
    sheet.gap(12)
    sheet.key(key, caption.measure)
    sheet.chart(chart)
    sheet.gap(10)
    sheet.rule()
    sheet.gap(4)
    for source in caption.sources:
        sheet.text(source, _SMALL)
    sheet.gap(4)
    sheet.text(caption.origin, _SMALL)
    height = round(sheet.bottom + _MARGIN)
    svg = (
        f'<svg xmlns="{SVG}" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}" '
        f'role="img" aria-labelledby="title desc" lang="{caption.language}" '
        f'font-family="{escape(SYSTEM_FAMILIES)}">'
        f'<title id="title">{escape(caption.title)}</title>'
        f'<desc id="desc">{escape(caption.summary)}</desc>'
        f'<rect width="{_WIDTH}" height="{height}" fill="{PAPER}"/>{"".join(sheet.parts)}</svg>\n'
    )
    return plain_colours(svg)
