"""Dates as precise as their source gives them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field

PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, order=True)
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
