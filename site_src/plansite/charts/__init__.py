"""How numbers look: Altair charts as static SVG for inside a page."""

from plansite.charts.figures import draw_figures

__all__ = ["draw_figures"]
