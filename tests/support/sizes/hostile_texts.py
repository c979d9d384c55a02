"""Texts that make a regular expression try as much as it can, made from the expression itself.

What takes long is what can be read in many ways, or begins again at every place: a repetition fed
with what it repeats, a beginning said over and over, and an end that lets all of it fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ALPHABET = "aA1一 .,-+<>&\"'/=()[]*_`!%:;#\\年\t\n"
ENDS = ("", "\0", "\n!")
_MANY = 50
"""A repetition that may be as long as this may be as long as the text."""
_REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}
Node = tuple[Any, Any]


def hostile_texts(pattern: re.Pattern[Any], length: int) -> Iterator[str]:
    """Texts about as long as ``length`` characters, each once."""
    text = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    items = list(parser.parse(text, pattern.flags & ~re.UNICODE))
    known: set[tuple[str, str]] = set()
    for begin, unit in [*_repetitions(items, ""), *(("", unit) for unit in _beginnings(items, ""))]:
        if unit and (begin, unit) not in known:
            known.add((begin, unit))
            for end in ENDS:
                yield begin + unit * (length // len(unit)) + end


def _repetitions(items: Sequence[Node], begin: str) -> Iterator[tuple[str, str]]:
    """What stands before each long repetition, and what it repeats."""
    for place, (code, value) in enumerate(items):
        before = begin + _shortest(items[:place])
        if code in _REPEATS:
            body = list(value[2])
            if value[1] >= _MANY:
                yield from ((before, unit) for unit in _units(body))
            yield from _repetitions(body, before)
        else:
            for part in _parts(code, value):
                yield from _repetitions(part, before)


def _units(body: Sequence[Node]) -> Iterator[str]:
    yield _shortest(body)
    if len(body) == 1:
        code, value = body[0]
        yield from (sign for sign in ALPHABET if _has(code, value, sign))
        for part in _parts(code, value):
            yield from _units(part)


def _beginnings(items: Sequence[Node], begin: str) -> Iterator[str]:
    """Everything that the expression may begin with, from one character on."""
    for code, value in items:
        for part in _parts(code, value):
            yield from _beginnings(part, begin)
        if code in _REPEATS:
            yield from _beginnings(list(value[2]), begin)
        begin += _shortest([(code, value)])
        yield begin
        yield begin + " "


def _parts(code: Any, value: Any) -> Iterable[Sequence[Node]]:
    """The sequences that a group or a choice is made of."""
    if code is codes.BRANCH:
        return [list(part) for part in value[1]]
    if code is codes.SUBPATTERN:
        return [list(value[-1])]
    if code is codes.ATOMIC_GROUP:
        return [list(value)]
    return [list(value[1])] if code in (codes.ASSERT, codes.ASSERT_NOT) else []


def _shortest(items: Sequence[Node]) -> str:
    return "".join(_shortest_of(code, value) for code, value in items)


def _shortest_of(code: Any, value: Any) -> str:
    if code in _REPEATS:
        return _shortest(list(value[2])) * min(int(value[0]), _MANY)
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return ""
    parts = [*_parts(code, value)]
    if parts:
        return _shortest(parts[0])
    if code is codes.LITERAL:
        return chr(int(value))
    return next((sign for sign in ALPHABET if _has(code, value, sign)), "")


def _has(code: Any, value: Any, sign: str) -> bool:
    """Whether a node that stands for one character stands for this one."""
    if code is codes.LITERAL:
        return chr(value) == sign
    if code is codes.NOT_LITERAL:
        return chr(value) != sign
    if code is codes.ANY:
        return True
    if code is not codes.IN:
        return False
    is_negated = value[0][0] is codes.NEGATE
    return is_negated is not any(_is_in(part[0], part[1], sign) for part in value[is_negated:])


def _is_in(code: Any, value: Any, sign: str) -> bool:
    if code is codes.LITERAL:
        return chr(value) == sign
    if code is codes.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    tests = {
        codes.CATEGORY_DIGIT: sign.isdigit(),
        codes.CATEGORY_SPACE: sign.isspace(),
        codes.CATEGORY_WORD: sign.isalnum() or sign == "_",
        codes.CATEGORY_NOT_DIGIT: not sign.isdigit(),
        codes.CATEGORY_NOT_SPACE: not sign.isspace(),
        codes.CATEGORY_NOT_WORD: not (sign.isalnum() or sign == "_"),
    }
    return tests[value]
