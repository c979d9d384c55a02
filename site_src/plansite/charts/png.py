"""Pictures as PNG, lettered with the project's own font whatever fonts a machine has."""

from __future__ import annotations

import functools
import struct
import zlib

import vl_convert

from plansite.charts.lettering import FONT

_SCALE = 2
"""Pixels for each unit of the picture: sharp on screens and in print at half a column."""
_SIGNATURE = 8


@functools.cache
def _register_font() -> None:
    vl_convert.register_font_directory(str(FONT.parent))


def render_png(svg: str) -> bytes:
    """A picture as PNG at twice its size."""
    _register_font()
    return _squeeze(vl_convert.svg_to_png(svg, scale=_SCALE))


def _squeeze(png: bytes) -> bytes:
    """The same picture in a quarter of the bytes: the renderer packs for speed alone."""
    head, packed, place = [], [], _SIGNATURE
    while place < len(png):
        length, kind = struct.unpack_from(">L4s", png, place)
        end = place + 12 + length
        if kind == b"IDAT":
            packed.append(png[place + 8 : end - 4])
        elif kind != b"IEND":
            head.append(png[place:end])
        place = end
    pixels = zlib.compress(zlib.decompress(b"".join(packed)), 6)
    return png[:_SIGNATURE] + b"".join([*head, _chunk(b"IDAT", pixels), _chunk(b"IEND", b"")])


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))
