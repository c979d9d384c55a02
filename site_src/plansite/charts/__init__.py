"""How numbers look: static SVG for inside a page, pictures to take away, charts to explore."""

from plansite.charts.card import HEIGHT as CARD_HEIGHT
from plansite.charts.card import WIDTH as CARD_WIDTH
from plansite.charts.card import Card, draw_card
from plansite.charts.drawing import Drawing, draw, draw_packed, unpack
from plansite.charts.reading import read_subject
from plansite.charts.subject import Subject
from plansite.charts.vega import vega_bundle

__all__ = [
    "CARD_HEIGHT",
    "CARD_WIDTH",
    "Card",
    "Drawing",
    "Subject",
    "draw",
    "draw_card",
    "draw_packed",
    "read_subject",
    "unpack",
    "vega_bundle",
]
