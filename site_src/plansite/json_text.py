"""JSON for people and programs: short lists and objects on one line, published digits kept.

A :class:`~decimal.Decimal` becomes a JSON number with exactly its digits: 6.0 stays ``6.0``.
Readers that take numbers as decimals see the published precision; others see the same value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | bool | Decimal | None
"""What can be written; keys stay in their order."""

_WIDTH = 200
"""What fits on a line of so many characters stands on one."""
_STEP = " "
_text = json.JSONEncoder(ensure_ascii=False).encode


def json_bytes(value: Json) -> bytes:
    """A value as a UTF-8 file that ends with a line end."""
    return f"{_broken(value, '')}\n".encode()


def indented(value: object) -> bytes:
    """A value of Python's own types with each part on a line of its own."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _broken(value: Json, indent: str) -> str:
    """A value on one line where it fits, otherwise its parts on lines of their own."""
    if value is None or isinstance(value, str | int | Decimal):
        return _plain(value)
    inner = indent + _STEP
    if isinstance(value, Mapping):
        parts = [f"{_text(key)}: {_broken(part, inner)}" for key, part in value.items()]
        return _joined("{", parts, "}", indent)
    return _joined("[", [_broken(part, inner) for part in value], "]", indent)


def _joined(start: str, parts: Sequence[str], end: str, indent: str) -> str:
    room = _WIDTH - len(indent) - 2 * len(parts)
    if sum(map(len, parts)) <= room and not any("\n" in part for part in parts):
        return f"{start}{', '.join(parts)}{end}"
    gap = f",\n{indent}{_STEP}"
    return f"{start}\n{indent}{_STEP}{gap.join(parts)}\n{indent}{end}"


def _plain(value: str | int | bool | Decimal | None) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else _text(value)
