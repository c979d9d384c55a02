"""JSON for people and programs: read strictly, written with short lists on one line.

A :class:`~decimal.Decimal` becomes a JSON number with exactly its digits: 6.0 stays ``6.0``, and
-0.0 is ``0.0``. Readers that take numbers as decimals see the published precision; others see the
same value.

What other programs would read differently is found, with its place: Python's reader takes the last
of two equal names, and numbers that JSON does not have; others stop there, or take the first.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | bool | Decimal | None
"""What can be written; keys stay in their order."""

DEEPEST = 40
"""Levels of lists and objects; a data package has nine. Beyond a thousand, Python gives up."""
Place = tuple[str, ...]
"""Names and positions that lead to a value, the outermost first."""

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
        # Nought has no sign, here as everywhere.
        return f"{value or abs(value):f}" if isinstance(value, Decimal) else json.dumps(value)
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


class _Members(dict[str, Any]):
    """An object, with the names that stand in it more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counted = Counter(name for name, _ in pairs) if len(self) < len(pairs) else {}
        self.twice = [name for name, count in counted.items() if count > 1]


class _NoNumber(float):
    """What stands for a number and is none that JSON or a program can hold."""

    text = ""


def _no_number(text: str) -> float:
    made = _NoNumber(text)
    made.text = text
    return made


def _number(text: str) -> float:
    value = float(text)
    return _no_number(text) if abs(value) == float("inf") else value


def read_json(text: str) -> object:
    """A JSON text as Python's own types; :func:`json_faults` tells whether all others agree.

    Raises:
        ValueError: it is no JSON, or holds a number of thousands of digits.
        RecursionError: it is nested too deeply for Python.
    """
    return json.loads(
        text, object_pairs_hook=_Members, parse_float=_number, parse_constant=_no_number
    )


def json_faults(value: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """What programs read differently, or not at all, in what :func:`read_json` gave.

    Yields:
        The place, and what stands there: ``2 × "path"``, ``NaN``, ``1e999``, ``U+D800`` for half a
        character, and ``40 × [`` for what is nested too deeply.
    """
    if isinstance(value, _NoNumber):
        yield place, value.text[:20]
    elif isinstance(value, str):
        yield from _half_characters(value, place)
    elif isinstance(value, dict | list) and len(place) >= DEEPEST:
        yield place, f"{DEEPEST} × {'{' if isinstance(value, dict) else '['}"
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from json_faults(part, (*place, part_name(part, number)))
    elif isinstance(value, _Members):
        for name in value.twice:
            yield place, f'2 × "{name}"'
        for name, part in value.items():
            yield from _half_characters(name, place)
            yield from json_faults(part, (*place, name))


def part_name(part: object, number: int) -> str:
    """How a part of a list is called: by its name where it has one, otherwise counted from 0."""
    name = part.get("name") if isinstance(part, dict) else None
    return name if isinstance(name, str) and name.isprintable() and name else str(number)


def _half_characters(text: str, place: Place) -> Iterator[tuple[Place, str]]:
    """Halves of a character, which no file can hold; JSON can name them one by one."""
    if not text.isascii():
        half = next((sign for sign in text if "\ud800" <= sign <= "\udfff"), None)
        if half is not None:
            yield place, f"U+{ord(half):04X}"
