"""The numbers that a text in Chinese or English names, however it writes them.

``3.9267万`` is both 3.9267 and 39267, ``1,644`` is 1644, ``１２`` is 12, ``三百二十`` is 320. Signs
are left out: 下降3% is written without one. Finding too many numbers only means to warn less.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

_SCALES = {
    **{"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8},
    **{"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12},
}
_NUMBER = re.compile(
    r"(?P<grouped>[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?(?![0-9]))|(?P<plain>[0-9]+(?:\.[0-9]+)?)"
)
_SCALE = re.compile(r"\s*(hundred|thousand|million|billion|trillion|[十百千]?[万萬亿億]?[亿億]?)")
_WORD = re.compile("[〇零一二三四五六七八九两十百千万萬亿億]+")
_COMMAS = re.compile("[, ]")
LONGEST_WORD = 60
"""Signs of a number written in Chinese: with 15 digits it has half as many. What is longer is no
number, and would take the longer to work out the more signs it has."""
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def numbers_in(text: str) -> frozenset[Decimal]:
    """Every number that a text may be said to name."""
    plain = unicodedata.normalize("NFKC", text)
    return frozenset(_in_figures(plain)) | frozenset(_in_words(plain))


def scale_of(measure: str) -> int:
    """How many a Chinese unit of measure counts as one: ``亿元`` 100,000,000, ``人`` 1."""
    match = _SCALE.match(measure)
    return _product(match[1]) if match else 1


def _in_figures(text: str) -> Iterator[Decimal]:
    for match in _NUMBER.finditer(text):
        # A list of three-digit numbers looks like one with its thousands separated.
        parts = _COMMAS.split(match["grouped"]) if match["grouped"] else []
        value = Decimal(_COMMAS.sub("", match[0]))
        yield from (Decimal(part) for part in parts)
        yield value
        scale = _SCALE.match(text, match.end())
        if scale and scale[1]:
            yield value * _product(scale[1])


def _product(words: str) -> int:
    if words in _SCALES:
        return _SCALES[words]
    product = 1
    for sign in words:
        product *= _SCALES[sign]
    return product


def _in_words(text: str) -> Iterator[Decimal]:
    for match in _WORD.finditer(text):
        if len(match[0]) <= LONGEST_WORD:
            yield Decimal(_value_of(match[0]))


def _value_of(words: str) -> int:
    """三万二千 is 32,000; digits in a row, as in 二〇二五, are read as they stand."""
    if all(sign in _DIGITS for sign in words):
        return int("".join(str(_DIGITS[sign]) for sign in words))
    total = section = digit = 0
    for sign in words:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif (scale := _SCALES[sign]) < 10**4:
            section, digit = section + (digit or 1) * scale, 0
        else:
            total, section, digit = (total + section + digit or 1) * scale, 0, 0
    return total + section + digit


def written_numbers(text: str) -> frozenset[str]:
    """The numbers of a text as their digits are written, but for what separates thousands."""
    plain = unicodedata.normalize("NFKC", text)
    found = list(_NUMBER.finditer(plain))
    parts = (_COMMAS.split(match["grouped"]) for match in found if match["grouped"])
    return frozenset(_COMMAS.sub("", match[0]) for match in found).union(*parts)


def is_negative_in(text: str, value: Decimal) -> bool:
    """Whether a text writes a number with a minus sign, or as a fall or a loss."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-")
    number = re.escape(f"{abs(value):f}")
    return re.search(rf"[-负負减減降跌亏虧][^0-9]{{0,3}}{number}(?![0-9.])", plain) is not None
