"""A number format taken apart, as ECMA-376 part 1, 18.8.31 describes it.

A format has up to four sections, for positive numbers, negative ones, zero and text. What cannot be
read reliably (fractions, other calendars, Chinese numerals, conditions) is marked as unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

CHINESE_FORMATS = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    **dict.fromkeys((32, 33, 34, 35, 55, 56), 'h"时"mm"分"'),
}
"""Formats that only Chinese Excel has, by number; a file names them by that number alone."""
LONGEST_FORMAT = 255
"""As many characters as Excel allows."""
_CAPITALS = re.IGNORECASE | re.ASCII
"""Capitals of ASCII alone: otherwise "ſ" and the sign of kelvin would be taken for s and k."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|_(?P<pad>.)"
    r"|\*(?P<fill>.)"
    r"|\[(?P<bracket>[^\]]*)\]?"
    r"|(?P<general>general)"
    r"|(?P<half>am/pm|a/p|上午/下午)"
    r"|(?P<exponent>e[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|aaaa?)"
    r"|(?P<digit>[0#?])"
    r"|(?P<mark>[.,%@;/])"
    r"|(?P<plain>.)",
    _CAPITALS | re.DOTALL,
)
_MARKS = {".": "point", ",": "comma", "%": "percent", "@": "text", "/": "slash"}
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?[0-9]+", _CAPITALS)
_FRACTION = re.compile(r"\bs point(?: digit)+")
_ELAPSED = re.compile(r"h+|m+|s+", _CAPITALS)
_LOCALE = re.compile(r"[0-9a-f]{0,4}|[a-z]{2,3}(-[a-z0-9]+)*|x-sysdate|f800", _CAPITALS)
"""Locales without a calendar or digits of their own."""


MOST_TOKENS = 40
"""Parts of a section that are worked out, for every cell anew; thirty decimals are 32."""


class Token(NamedTuple):
    """One part of a section.

    ``kind`` is ``literal``, ``pad`` (a space as wide as a letter), ``digit``, ``point``, ``comma``,
    ``percent``, ``text`` (where a text goes), ``slash``, ``exponent``, ``general``, ``date``,
    ``time``, ``condition`` or ``unknown``.
    """

    kind: str
    text: str


@dataclass(frozen=True)
class Section:
    """One of a format's sections."""

    tokens: tuple[Token, ...]

    def has(self, *kinds: str) -> bool:
        """Whether any of its tokens is of one of these kinds."""
        return any(token.kind in kinds for token in self.tokens)

    @property
    def is_date(self) -> bool:
        """Whether it shows days or times."""
        return self.has("date", "time")

    @cached_property
    def is_mixed(self) -> bool:
        """Whether it shows a number in two ways, or a day as well, which programs do not agree on.

        Digits after the point of seconds are part of a time.
        """
        kinds = [token.text[:1] if token.kind == "time" else token.kind for token in self.tokens]
        rest = _FRACTION.sub("", " ".join(kinds)).split()
        ways = (self.is_date, rest.count("general") > 0, "digit" in rest or "percent" in rest)
        return sum(ways) > 1 or rest.count("general") > 1


@dataclass(frozen=True)
class NumberFormat:
    """A format's sections: those for numbers, and the one for texts, if it has any."""

    numbers: tuple[Section, ...]
    text: Section | None

    def section(self, value: float) -> tuple[Section, str] | None:
        """The section that shows a number, and the sign that Excel puts before it by itself.

        ``None`` where that cannot be told.
        """
        count = len(self.numbers)
        if any(section.has("condition", "unknown") for section in self.numbers):
            return None
        if count == 0 or count > 3:
            return None
        if count == 1:
            return self.numbers[0], "-" if value < 0 else ""
        if value < 0:
            return self.numbers[1], ""
        return self.numbers[2 if count == 3 and value == 0 else 0], ""

    def shows_text(self, text: str) -> str:
        """What it shows of a text."""
        if self.text is None:
            return text
        parts = {"text": text, "pad": " "}
        return "".join(parts.get(token.kind, token.text) for token in self.text.tokens)


GENERAL = Section((Token("general", "General"),))


@lru_cache(maxsize=4096)
def parse_format(code: str) -> NumberFormat:
    """A format by its code, as the workbook holds it."""
    sections: list[list[Token]] = [[]]
    for token in _tokens(code):
        if token.kind == "end":
            sections.append([])
        else:
            sections[-1].append(token)
    parts = [_section(tokens) for tokens in sections]
    text = None
    if len(parts) == 4 or parts[-1].has("text"):
        text = parts.pop()
    if not parts and text is not None and [token.kind for token in text.tokens] == ["text"]:
        parts = [GENERAL]
    if not code:
        parts = [GENERAL]
    return NumberFormat(tuple(parts), text)


def _section(tokens: list[Token]) -> Section:
    if len(tokens) > MOST_TOKENS:
        return Section((Token("unknown", "…"),))
    return Section(tuple(tokens))


def _tokens(code: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup, match[match.lastgroup or 0]
        if kind in ("quoted", "escaped"):
            yield Token("literal", text)
        elif kind == "pad":
            yield Token("pad", " ")
        elif kind == "mark":
            yield Token("end" if text == ";" else _MARKS[text], text)
        elif kind == "bracket":
            yield from _bracket(text)
        elif kind == "date":
            yield Token("time" if text[0] in "hHsS" else "date", text.lower())
        elif kind == "half":
            yield Token("time", text)
        elif kind == "plain":
            # Letters of the alphabet that stand for something have been taken out above.
            yield Token("unknown" if text.isascii() and text.isalpha() else "literal", text)
        elif kind != "fill":
            yield Token(str(kind), text)


def _bracket(text: str) -> Iterator[Token]:
    if _COLOUR.fullmatch(text):
        return
    if text.startswith("$"):
        symbol, _, locale = text[1:].partition("-")
        if symbol:
            yield Token("literal", symbol)
        if not _LOCALE.fullmatch(locale):
            yield Token("unknown", text)
    elif _ELAPSED.fullmatch(text):
        yield Token("time", text.lower())
    else:
        yield Token("condition" if text[:1] in ("<", ">", "=") else "unknown", text)
