"""Words cells as typed: earlier states of the data hold whatever somebody once typed."""

from __future__ import annotations

import re
from decimal import Decimal

from plansite.model import Plan
from plansite.model.formatting import format_number
from plansite.model.translations import Words

_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_NUMBERS = ("value", "upper_value", "old_value", "new_value")
_VOCABULARIES = {
    "release_status": "status",
    "comparability": "status",
    "access": "access",
    "progress_status": "progress",
    "comparator": "comparison",
    "strength": "strength",
    "role": "role",
    "direction": "direction",
    "accumulation": "accumulation",
    "kind": "section",
    "resource": "retirable",
}


class CellLabels:
    """Names of tables and fields, and what stands in a cell, in one language."""

    def __init__(self, plan: Plan, words: Words) -> None:
        self._words = words
        self._tables = {table.name: table for table in plan.info.resources}

    def table(self, name: str) -> str:
        """A table's title; its name where the package has it no more."""
        table = self._tables.get(name)
        return table.title[self._words.language] if table else name

    def field(self, table: str, name: str) -> str:
        """A field's title; its name where the table has it no more."""
        fields = self._tables[table].fields if table in self._tables else ()
        titles = (field.title[self._words.language] for field in fields if field.name == name)
        return next(titles, name)

    def cell(self, field: str, text: str) -> str:
        """A cell's content: numbers and words of a vocabulary as the site writes them."""
        if not text:
            return self._words("changes.empty")
        if field in _NUMBERS and _NUMBER.fullmatch(text):
            return format_number(Decimal(text))
        try:
            return self._words(f"{_VOCABULARIES.get(field)}.{text}")
        except (KeyError, ValueError, IndexError):  # no word of ours; str.format dislikes braces
            return text

    def figure(self, value: str, comparator: str = "", upper: str = "") -> str:
        """A number as the site writes it; a target's with how values compare to it."""
        shown = self.cell("value", value)
        if not comparator:
            return shown
        try:
            words = f"comparator.{comparator}"
            return self._words(words, value=shown, upper=self.cell("upper_value", upper))
        except (KeyError, ValueError, IndexError):  # no comparator of ours
            return shown
