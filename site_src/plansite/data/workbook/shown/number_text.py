"""The digits that a number format shows of a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from plansite.data.workbook.shown.number_format import Section, Token

EXCEL_DIGITS = 15
"""As many significant digits as Excel keeps; what comes after them is noise of binary fractions."""
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)
"""More digits than any binary fraction that Excel can hold has on both sides of its point."""
_CORE = ("digit", "point", "comma")
_PLAIN = re.compile(r"(?P<sign>-?)0*(?P<whole>(?:[1-9][0-9]*)?)(?:\.(?P<decimals>[0-9]*))?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")


@dataclass(frozen=True)
class ShownNumber:
    """What a cell shows of its number."""

    text: str
    is_exact: bool
    """Whether nothing was rounded away; a sign may still be missing."""


def held_digits(value: float) -> Decimal:
    """The number that Excel keeps, to the digits that it keeps."""
    return Decimal(f"{value:.{EXCEL_DIGITS}g}")


def show_number(section: Section, value: float, sign: str) -> ShownNumber | None:
    """What a section shows of a number; ``None`` where that cannot be told.

    Args:
        section: one that holds no date.
        value: the number; what it shows is its magnitude.
        sign: what stands before it.
    """
    number = abs(held_digits(value))
    tokens = section.tokens
    if not number.is_finite() or section.has("exponent", "text", "date", "time"):
        return None
    if section.has("general"):
        return ShownNumber(_with_literals(tokens, "general", f"{number:f}", sign), True)
    places = [index for index, token in enumerate(tokens) if token.kind in _CORE]
    if not places:
        return ShownNumber(_with_literals(tokens, "", "", sign), False)
    core = tokens[places[0] : places[-1] + 1]
    if len(core) != len(places) or not any(token.kind == "digit" for token in core):
        return None
    if sum(token.kind == "point" for token in core) > 1:
        return None
    body, is_exact = _digits(core, number.scaleb(2 * _percents(tokens), _EXACT))
    before, after = tokens[: places[0]], tokens[places[-1] + 1 :]
    text = sign + _literals(before) + body + _literals(after)
    return ShownNumber(text, is_exact)


def _percents(tokens: Sequence[Token]) -> int:
    return sum(token.kind == "percent" for token in tokens)


def _literals(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)


def _with_literals(tokens: Sequence[Token], kind: str, body: str, sign: str) -> str:
    return sign + "".join(body if token.kind == kind else token.text for token in tokens)


def _digits(core: Sequence[Token], number: Decimal) -> tuple[str, bool]:
    """The digits between the literals, and whether they are all there is."""
    kinds = [token.kind for token in core]
    point = kinds.index("point") if "point" in kinds else len(core)
    whole, decimals = core[:point], [t.text for t in core[point + 1 :] if t.kind == "digit"]
    is_scaled = len(whole) - len(_stripped(whole)), len(core[point:]) - len(_stripped(core[point:]))
    number = number.scaleb(-3 * sum(is_scaled), _EXACT)
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), context=_EXACT)
    before, _, after = f"{rounded:f}".partition(".")
    marks = [token.text for token in whole if token.kind == "digit"]
    fewest = len(marks) - marks.index("0") if "0" in marks else 0
    before = before.lstrip("0").rjust(fewest, "0")
    if any(token.kind == "comma" for token in _stripped(whole)):
        before = _grouped(before)
    while after and after[-1] == "0" and decimals[len(after) - 1] != "0":
        after = after[:-1]
    shown = before + ("." if point < len(core) else "") + after
    return shown, rounded == number


def _stripped(core: Sequence[Token]) -> Sequence[Token]:
    """Placeholders without the commas at their end, each of which divides by a thousand."""
    end = len(core)
    while end and core[end - 1].kind == "comma":
        end -= 1
    return core[:end]


def _grouped(digits: str) -> str:
    head = len(digits) % 3
    parts = [digits[:head], *(digits[n : n + 3] for n in range(head, len(digits), 3))]
    return ",".join(filter(None, parts))


def plain_number(shown: str) -> str | None:
    """What a cell shows as a plain number, without padding, commas and idle zeros in front.

    ``None`` where it shows anything else. Zeros behind the point stay.
    """
    text = shown.strip()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    match = _PLAIN.fullmatch(text)
    if match is None or not (match["whole"] or match["decimals"] or "0" in text):
        return None
    decimals = f".{match['decimals']}" if match["decimals"] else ""
    return f"{match['sign']}{match['whole'] or '0'}{decimals}"
