"""Rows as JSON: typed, one row a line, every number with its published digits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from json.encoder import encode_basestring

from plansite.output.downloads.formats.columns import Cell, Column, Row, plain


def to_json(rows: Iterable[Row], columns: Sequence[Column]) -> bytes:
    """Rows as a list of objects, in UTF-8.

    A number stands as it was published, ``249.10`` as ``249.10``; what reads it may drop the zero.
    """
    names = [encode_basestring(column.name) for column in columns]
    lines = (
        ", ".join(f"{name}: {_token(cell)}" for name, cell in zip(names, row.values(), strict=True))
        for row in rows
    )
    listed = ",\n".join(f"{{{line}}}" for line in lines)
    return f"[\n{listed}\n]\n".encode()


def _token(cell: Cell) -> str:
    if cell is None:
        return "null"
    if isinstance(cell, bool | int | Decimal):
        return plain(cell)
    return encode_basestring(plain(cell))
