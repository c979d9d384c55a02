"""How numbers look: Altair charts as static SVG for inside a page."""

from plansite.charts.bullet import bullet_chart
from plansite.charts.points import ChartWords, Point, PointKind, TargetMark
from plansite.charts.sparkline import sparkline
from plansite.charts.svg import render_svg
from plansite.charts.yearly import NARROW, WIDE, Frame, yearly_chart

__all__ = [
    "NARROW",
    "WIDE",
    "ChartWords",
    "Frame",
    "Point",
    "PointKind",
    "TargetMark",
    "bullet_chart",
    "render_svg",
    "sparkline",
    "yearly_chart",
]
