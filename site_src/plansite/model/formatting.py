"""Numbers, dates and years as each language writes them, and cells as anybody may type them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from plansite.model import Language, PartialDate

CELL_LENGTH = 100
SHAPELESS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of signs that nobody sees: they move a cursor, or turn a line around."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def format_number(value: Decimal) -> str:
    """A value with exactly its published digits: ``249.12``, ``14,115``, ``−3.0``.

    Nought has no sign: ``−0.0`` is 0.0.
    """
    return f"{value or abs(value):,f}".replace("-", "\N{MINUS SIGN}")


def format_difference(value: Decimal) -> str:
    """A difference with its sign: ``+0.15``, ``−0.01``, ``0.00``."""
    return f"+{format_number(value)}" if value > 0 else format_number(value)


def plain_number(value: Decimal) -> str:
    """A value for machines and spreadsheets: published digits and no separators."""
    return f"{value or abs(value):f}"


def decimal_places(value: Decimal) -> int:
    """How many digits stand behind the decimal point."""
    return max(0, -int(value.as_tuple().exponent))


def format_percent(share: Decimal) -> str:
    """A share of one as a percentage with one digit, rounded down: 0.9496 is ``94.9%``.

    Rounded to the nearest, it would seem to have reached a threshold that it missed.
    """
    percent = (share * 100).quantize(Decimal("0.1"), rounding=ROUND_FLOOR)
    return f"{format_number(percent)}%"


def round_change(percent: Decimal) -> Decimal:
    """By how much something changed, in percent, with one digit: 12.34 is 12.3.

    What would come to nought keeps the first digit that is none: 0.0041 is 0.004.

    Raises:
        ArithmeticError: it has more digits than can be told.
    """
    nearest = percent.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if nearest or not percent:
        return nearest or abs(nearest)
    return percent.quantize(Decimal(1).scaleb(percent.adjusted()), rounding=ROUND_HALF_UP)


def format_share(share: Decimal) -> str:
    """A share of one for machines, with four digits and rounded down for the same reason."""
    return plain_number(share.quantize(Decimal("0.0001"), rounding=ROUND_FLOOR))


def format_size(count: int) -> str:
    """A number of bytes as ``0.4 KB``, ``12 KB`` or ``1.3 MB``, rounded up."""
    unit, scale = ("KB", 10**3) if count <= 999_000 else ("MB", 10**6)
    size = Decimal(count) / scale
    step = Decimal("0.1") if size <= Decimal("9.9") else Decimal(1)
    return f"{size.quantize(step, rounding=ROUND_CEILING)} {unit}"


def written_in(text: str) -> Language:
    """The language of a text: Chinese where any of it is."""
    return Language.ZH if _HAN.search(text) else Language.EN


def format_day(day: dt.date, language: Language) -> str:
    """``2022年5月26日`` or ``26 May 2022``."""
    if language is Language.ZH:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def format_month_day(day: dt.date) -> str:
    """``May 26``, as American styles of citing have it after the year."""
    return f"{_MONTHS[day.month - 1]} {day.day}"


def format_date(date: PartialDate, language: Language) -> str:
    """A date no more precise than its source."""
    parts = date.text.count("-")
    if parts == 2:
        return format_day(date.first_day, language)
    year, month = date.first_day.year, date.first_day.month
    if parts == 1:
        return f"{year}年{month}月" if language is Language.ZH else f"{_MONTHS[month - 1]} {year}"
    return f"{year}年" if language is Language.ZH else str(year)


def has_unseen(text: str) -> bool:
    """Whether a text has signs that nobody sees, other than tabs and line ends."""
    return any(_is_unseen(sign) and sign not in "\t\n\r" for sign in text)


def clean(text: str) -> str:
    """A cell on one line, shortened, with every sign that nobody sees made visible.

    Control signs could move a terminal's cursor, and those of direction turn a line around.
    """
    cut = text[: CELL_LENGTH + 1].replace("\r\n", "\n").replace("\n", "↵")
    whole = "".join(f"\\u{ord(sign):04x}" if _is_unseen(sign) else sign for sign in cut)
    return whole if len(whole) <= CELL_LENGTH else f"{whole[: CELL_LENGTH - 1]}…"


def _is_unseen(sign: str) -> bool:
    """Whether a sign has no shape, or is one that stands in no XML."""
    return unicodedata.category(sign) in SHAPELESS or sign in "\ufffe\uffff"
