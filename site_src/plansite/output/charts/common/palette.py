"""Colours and sizes that all charts share.

Colours are CSS variables with a fallback: one inline SVG serves light and dark pages, and a copy
outside the site still has colours of at least 3:1 on white.
"""

from __future__ import annotations

import re

ACTUAL = "var(--chart-actual, #14598f)"
TARGET = "var(--chart-target, #a8420f)"
INK = "var(--chart-ink, #3a424c)"
GRID = "var(--chart-grid, #d5d9de)"
BAND = "var(--chart-band, #eef1f4)"
PAPER = "var(--chart-paper, #ffffff)"
TITLE = "#1c232b"
"""Of headings in pictures, which are on light ground alone."""

FONT_SIZE = 12
"""Pixels; at this size on every screen, since a chart is drawn for each width."""

_VARIABLE = re.compile(r"var\(--[\w-]+, (#\w+)\)")


def plain_colours(text: str) -> str:
    """Colours by name replaced with those of a light page, for where no page gives them."""
    return _VARIABLE.sub(r"\1", text)
