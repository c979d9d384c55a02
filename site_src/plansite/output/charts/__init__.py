"""How numbers look: static SVG for inside a page, pictures to take away, charts to explore."""

from plansite.output.charts.chart_data import chart_data
from plansite.output.charts.common.chart_input import ChartData
from plansite.output.charts.common.vega import vega_bundle
from plansite.output.charts.drawing import Drawing, draw, draw_packed, unpack
from plansite.output.charts.raster.share_card import HEIGHT as CARD_HEIGHT
from plansite.output.charts.raster.share_card import WIDTH as CARD_WIDTH
from plansite.output.charts.raster.share_card import Card, draw_card

__all__ = [
    "CARD_HEIGHT",
    "CARD_WIDTH",
    "Card",
    "ChartData",
    "Drawing",
    "chart_data",
    "draw",
    "draw_card",
    "draw_packed",
    "unpack",
    "vega_bundle",
]
