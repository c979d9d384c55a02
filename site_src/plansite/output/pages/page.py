"""A page before the engine."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from plansite.model import Language
from plansite.output.pages.html_blocks import lift_html
from plansite.util.checksums import digest

_TOLD = re.compile(r"^(title|description|section|figure): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class PageHead:
    """What a page says of itself; its text stands in a file.

    Args:
        address: that of its Chinese side, without leading slash.
        language: the page's.
        digest: SHA-256 of what the engine reads of it.
        title: what the page is called.
        description: what the page says, as a sentence.
        section: the address of the part of the site that it belongs to; empty for none.
        figure: the number that matters most: digits, unit of measure, what it is.
    """

    address: str
    language: Language
    digest: str
    title: str
    description: str
    section: str
    figure: tuple[str, str, str] | None


@dataclass(frozen=True)
class Page:
    """A page as Markdown; ``address`` is that of its Chinese side, without leading slash."""

    address: str
    language: Language
    text: str

    @property
    def head(self) -> PageHead:
        """What it says of itself, in its front matter."""
        front = self.text.split("\n---\n", 1)[0]
        # Each entry is JSON on one line.
        told = {name: json.loads(value) for name, value in _TOLD.findall(front)}
        figure = told.get("figure")
        return PageHead(
            self.address,
            self.language,
            digest(lift_html(self.text)[0].encode()),
            told["title"],
            told["description"],
            told["section"],
            None if figure is None else (figure[0], figure[1], figure[2]),
        )
