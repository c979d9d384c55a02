"""The colours of letters and of cells, as far as it takes to tell that nobody sees the letters."""

from __future__ import annotations

from typing import Any

BLACK, WHITE = "000000", "FFFFFF"
UNKNOWN = ""
"""A colour that is not worked out; it is like no other."""
_INDEXED = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE, "64": BLACK, "65": WHITE}
"""Colours by their number in Excel's old palette (ECMA-376 part 1, 18.8.27); 64 and 65 are those
of the system's text and windows."""
_THEME = {"0": WHITE, "1": BLACK}
"""What every theme but a dark one has for background and text, in this order (18.8.3)."""


def colour_of(element: Any, default: str) -> str:
    """A colour (``color``, ``fgColor``) as six digits, or a name that is the same for the same.

    Args:
        element: the XML element; ``None`` where there is none.
        default: the colour where none is said.
    """
    if element is None or element.get("auto") in ("1", "true"):
        return default
    rgb = element.get("rgb", "")
    if rgb:
        return str(rgb)[-6:].upper()
    tint = float(element.get("tint", 0))
    for kind, known in (("theme", _THEME), ("indexed", _INDEXED)):
        number = element.get(kind)
        if number is not None:
            name = known.get(number, f"{kind} {number}")
            return name if tint == 0 else f"{name} {tint}"
    return default
