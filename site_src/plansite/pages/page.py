"""A page before the engine."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from plansite.model import Language

_TOLD = re.compile(r"^(title|description|section|figure): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A page as Markdown; ``address`` is that of its Chinese side, without leading slash."""

    address: str
    language: Language
    text: str

    @property
    def title(self) -> str:
        """What the page is called."""
        return str(self._front["title"])

    @property
    def description(self) -> str:
        """What the page says, as a sentence."""
        return str(self._front["description"])

    @property
    def section(self) -> str:
        """The address of the part of the site that it belongs to; empty for none."""
        return str(self._front["section"])

    @property
    def figure(self) -> tuple[str, str, str] | None:
        """The number that matters most: digits, unit of measure, what it is."""
        found = self._front.get("figure")
        return None if found is None else (found[0], found[1], found[2])

    @cached_property
    def _front(self) -> dict[str, Any]:
        """What the front matter tells; each entry is JSON on one line."""
        front = self.text.split("\n---\n", 1)[0]
        return {name: json.loads(value) for name, value in _TOLD.findall(front)}
