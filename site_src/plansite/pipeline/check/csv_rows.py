"""Finds the rows of a built site's CSV files that links lead to."""

from __future__ import annotations

import csv
import re
from pathlib import Path

_ROW = re.compile(r"row=([0-9]{1,9})")
"""A row of a CSV file, as RFC 7111 names it in an address."""


class SiteTables:
    """The rows of a site's CSV files, counted where a link names one."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._counts: dict[str, int] = {}

    def has(self, name: str, fragment: str) -> bool:
        """Whether a file has the row of a fragment such as ``row=17``, the header being row 1."""
        row = _ROW.fullmatch(fragment)
        if name not in self._counts:
            self._counts[name] = self._count(name)
        return row is not None and 1 <= int(row[1]) <= self._counts[name]

    def _count(self, name: str) -> int:
        """How many rows a file has; none where it is no CSV file."""
        try:
            with (self._site / name).open(encoding="utf-8-sig", newline="") as file:
                return sum(1 for _ in csv.reader(file))
        except (csv.Error, ValueError):
            return 0
