"""Pictures as PNG, lettered with the project's own fonts whatever fonts a machine has."""

from __future__ import annotations

import struct
import zlib

import vl_convert

from plansite.charts.outlines import outline_text
from plansite.model import Language

_SCALE = 2
"""Pixels for each unit of the picture: sharp on screens and in print at half a column."""
_SIGNATURE = 8


def render_png(svg: str, language: Language, scale: int = _SCALE) -> bytes:
    """A picture as PNG, ``scale`` pixels for each of its own."""
    return _squeeze(vl_convert.svg_to_png(outline_text(svg, language), scale=scale))


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
