"""Text in pictures: how wide it is, and where its lines break.

Nothing is measured with a font: a picture as SVG is lettered with its reader's own. Widths are
taken on the generous side.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable

SYSTEM_FAMILIES = (
    "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
)
"""The fonts that a picture as SVG asks for, the reader's own."""

Measure = Callable[[str, float], float]
"""How long a text is in letters of a size: as long as its parts together."""

_WIDE = 1.0
_NARROW = 0.55
_PIECE = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+")
_NEVER_FIRST = frozenset("，。、；：？！）》”’…,.;:?!)")


def text_width(text: str, size: float) -> float:
    """About how many pixels a text takes, rather more than less."""
    wide = sum(map(_is_wide, text))
    return size * (wide * _WIDE + (len(text) - wide) * _NARROW)


@functools.cache
def _is_wide(mark: str) -> bool:
    return unicodedata.east_asian_width(mark) in "WFA"


def wrap(text: str, size: float, width: float, measure: Measure = text_width) -> list[str]:
    """A text as lines: Chinese breaks anywhere but before closing punctuation, Latin at spaces."""
    lines, length = [""], 0.0
    for piece in _PIECE.findall(text):
        fits = length + measure(piece.rstrip(), size) <= width
        if fits or not lines[-1] or piece[0] in _NEVER_FIRST:
            lines[-1] += piece
        else:
            lines.append(piece)
            length = 0
        length += measure(piece, size)
    return [line.strip() for line in lines if line.strip()]
