"""JSON for people and programs: short lists and objects on one line, published digits kept.

A :class:`~decimal.Decimal` becomes a JSON number with exactly its digits: 6.0 stays ``6.0``.
Readers that take numbers as decimals see the published precision; others see the same value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | bool | Decimal | None
"""What can be written; keys stay in their order."""

_WIDTH = 200
"""What fits on a line of so many characters stands on one."""
_STEP = " "


def json_bytes(value: Json) -> bytes:
    """A value as a UTF-8 file that ends with a line end."""
    return f"{_broken(value, '')}\n".encode()


def indented(value: object) -> bytes:
    """A value of Python's own types with each part on a line of its own."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _broken(value: Json, indent: str) -> str:
    """A value on one line where it fits, otherwise its parts on lines of their own.

    What there is most of comes first, since a catalogue holds a million values.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value)
    inner = indent + _STEP
    if isinstance(value, dict | Mapping):
        parts = [f"{encode_basestring(key)}: {_broken(part, inner)}" for key, part in value.items()]
        return _joined("{", parts, "}", indent)
    return _joined("[", [_broken(part, inner) for part in value], "]", indent)


def _joined(start: str, parts: Sequence[str], end: str, indent: str) -> str:
    line = ", ".join(parts)
    if len(indent) + len(line) + 2 <= _WIDTH and "\n" not in line:
        return f"{start}{line}{end}"
    gap = f",\n{indent}{_STEP}"
    return f"{start}\n{indent}{_STEP}{gap.join(parts)}\n{indent}{end}"
