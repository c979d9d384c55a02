"""Text in pictures: how wide it is, where its lines break, and whether the font has it.

Nothing is measured with a font, so that a picture comes out the same on every machine; widths are
taken on the generous side.
"""

from __future__ import annotations

import functools
import re
import struct
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from plansite.model import Language

FONT = Path(__file__).resolve().parents[2] / "fonts" / "PlansiteSans-Regular.otf"
PNG_FAMILIES = {
    Language.ZH: "'Plansite Sans'",
    Language.EN: "'Liberation Sans', 'Plansite Sans'",
}
"""What pictures as PNG are lettered with: our own font, whose making CONTRIBUTING.md tells, and the
one that vl-convert carries, since Chinese fonts draw the apostrophe as wide as a character."""
SYSTEM_FAMILIES = (
    "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
)
"""The fonts that a picture as SVG asks for, the reader's own."""

_WIDE = 1.0
_NARROW = 0.55
_PIECE = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+")
_NEVER_FIRST = frozenset("，。、；：？！）》”’…,.;:?!)")


def text_width(text: str, size: float) -> float:
    """About how many pixels a text takes, rather more than less."""
    wide = sum(unicodedata.east_asian_width(mark) in "WFA" for mark in text)
    return size * (wide * _WIDE + (len(text) - wide) * _NARROW)


def wrap(text: str, size: float, width: float) -> list[str]:
    """A text as lines: Chinese breaks anywhere but before closing punctuation, Latin at spaces."""
    lines = [""]
    for piece in _PIECE.findall(text):
        fits = text_width(lines[-1] + piece, size) <= width
        if fits or not lines[-1] or piece[0] in _NEVER_FIRST:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.strip() for line in lines if line.strip()]


def undrawable(texts: Iterable[str]) -> frozenset[str]:
    """The characters that the pictures' font lacks."""
    wanted = {mark for text in texts for mark in text if not mark.isspace()}
    return frozenset(mark for mark in wanted if ord(mark) not in _covered())


@functools.cache
def _covered() -> frozenset[int]:
    """The code points that the font has a glyph for, from its ``cmap`` table (format 4)."""
    font = FONT.read_bytes()
    (count,) = struct.unpack_from(">H", font, 4)
    tables = (struct.unpack_from(">4sLLL", font, 12 + 16 * place) for place in range(count))
    [start] = [offset for tag, _, offset, _ in tables if tag == b"cmap"]
    (offset,) = struct.unpack_from(">L", font, start + 8)
    start += offset
    kind, _, _, doubled = struct.unpack_from(">4H", font, start)
    assert kind == 4, "the font was made with another kind of cmap"
    segments = doubled // 2
    ends = struct.unpack_from(f">{segments}H", font, start + 14)
    starts = struct.unpack_from(f">{segments}H", font, start + 16 + doubled)
    return frozenset(
        point for first, last in zip(starts, ends, strict=True) for point in range(first, last + 1)
    )
