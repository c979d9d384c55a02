"""Dates as precise as their source gives them.

Two dates have an order only where every day that the one may mean lies before every day that the
other may mean. Otherwise it is open, and whoever needs one says by which rule: dates cannot be
sorted as they are.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class PartialDate:
    """A date as precise as it is known: a year, a month or a day."""

    first_day: dt.date
    last_day: dt.date
    text: str = field(compare=False)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Raises:
            ValueError: the text is none of these, or no day of the calendar.
        """
        match = PARTIAL_DATE.fullmatch(text)
        if match is None:
            raise ValueError(f"not YYYY, YYYY-MM or YYYY-MM-DD: {text!r}")
        year, month, day = (None if part is None else int(part) for part in match.groups())
        assert year is not None
        if month is None:
            return cls(dt.date(year, 1, 1), dt.date(year, 12, 31), text)
        first = dt.date(year, month, 1 if day is None else day)
        last_day = calendar.monthrange(year, month)[1] if day is None else day
        return cls(first, dt.date(year, month, last_day), text)

    def __str__(self) -> str:
        return self.text

    def is_before(self, other: PartialDate) -> bool:
        """Whether it lies before another in any case."""
        return self.last_day < other.first_day

    def is_open_to(self, other: PartialDate) -> bool:
        """Whether a more precise date could tell which of two comes first; not of one same day."""
        is_one_day = self == other and self.first_day == self.last_day
        return not (is_one_day or self.is_before(other) or other.is_before(self))

    @property
    def newest_first(self) -> tuple[int, int]:
        """A sort key by which the latest comes first, each at the earliest day that it may mean.

        Nobody knows that 2026 is later than 2026-03-18, so it comes after it; and of two that
        begin on the same day the more precise one comes first.
        """
        return -self.first_day.toordinal(), self.last_day.toordinal()


def latest(dates: Iterable[PartialDate]) -> PartialDate | None:
    """When the last of several things happened, as precisely as that is known.

    Of 2026-03-18 and 2026 it is 2026: the last of the two may have been on any day of it.
    """
    return max(dates, key=lambda date: (date.last_day, date.first_day), default=None)
