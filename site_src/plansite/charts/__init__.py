"""How numbers look: static SVG for inside a page, pictures to take away, charts to explore."""

from plansite.charts.drawing import Drawing, draw_all, draw_indicator
from plansite.charts.vega import vega_bundle

__all__ = ["Drawing", "draw_all", "draw_indicator", "vega_bundle"]
