"""A page before the engine: its Markdown, and what it says of itself as data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from plansite.model import Language
from plansite.output.pages.html_blocks import BlockSpans, find_html_blocks, lift_html
from plansite.util.checksums import digest

Figure: TypeAlias = tuple[str, str, str]
"""The number that matters most on a page: digits, unit of measure, what it is."""


@dataclass(frozen=True)
class FrontMatter:
    """What a page says of itself, for the frame around it.

    Args:
        title: what the page is called.
        description: what the page says, as a sentence.
        section: the address of the part of the site that it belongs to; empty for none.
        as_of: the day whose knowledge it shows, in words.
        has_toc: whether the frame lists its headings.
        scripts: names of the scripts that it loads.
        policy: what its Content-Security-Policy admits beside the usual; empty for nothing.
        figure: the number that matters most.
        has_terms: whether it explains words, so that the frame loads what opens their meanings.
    """

    title: str
    description: str
    section: str
    as_of: str
    has_toc: bool = True
    scripts: tuple[str, ...] = ()
    policy: str = ""
    figure: Figure | None = None
    has_terms: bool = False

    @property
    def text(self) -> str:
        """It as YAML between two lines of dashes, as engines read it."""
        lines = [f"title: {_quoted(self.title)}", f"description: {_quoted(self.description)}"]
        if self.figure:
            lines.append(f"figure: [{', '.join(map(_quoted, self.figure))}]")
        lines += [f"section: {_quoted(self.section)}", f"as_of: {_quoted(self.as_of)}"]
        if not self.has_toc:
            lines.append("hide: [toc]")
        if self.scripts:
            lines.append(f"scripts: [{', '.join(self.scripts)}]")
        if self.policy:
            lines.append(f"policy: {self.policy}")
        if self.has_terms:
            lines.append("terms: true")
        return "\n".join(["---", *lines, "---", ""])


def _quoted(text: str) -> str:
    """A text as JSON, which is YAML too."""
    return json.dumps(text, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a build keeps in memory of a page whose Markdown stands in a file.

    Args:
        address: that of its Chinese side, without leading slash.
        language: the page's.
        digest: SHA-256 of what the engine reads of it.
        title: what the page is called.
        description: what the page says, as a sentence.
        section: the address of the part of the site that it belongs to; empty for none.
        figure: the number that matters most.
        blocks: where its blocks of HTML stand in the Markdown.
    """

    address: str
    language: Language
    digest: str
    title: str
    description: str
    section: str
    figure: Figure | None
    blocks: BlockSpans


@dataclass(frozen=True)
class Page:
    """A page as Markdown; ``address`` is that of its Chinese side, without leading slash."""

    address: str
    language: Language
    front: FrontMatter
    body: str
    """The Markdown without the front matter."""

    @cached_property
    def text(self) -> str:
        """The whole Markdown, as its file has it."""
        return self.front.text + self.body

    @cached_property
    def head(self) -> PageHead:
        """What is kept of it when its Markdown is written."""
        blocks = find_html_blocks(self.text)
        return PageHead(
            self.address,
            self.language,
            digest(lift_html(self.text, blocks).encode()),
            self.front.title,
            self.front.description,
            self.front.section,
            self.front.figure,
            blocks,
        )
