"""Keeps the HTML that stands in a page's Markdown away from the engine.

Nearly all of a page is HTML blocks. The engine takes each apart, twice, and gives it back as it
was; for a table of a thousand rows that takes longer than everything else. So it gets a comment in
place of each block, and what it makes of the rest is the same whatever figures the blocks hold.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import chain, zip_longest
from typing import TypeAlias

BlockSpans: TypeAlias = "array[int]"
"""Where blocks begin and end in a text, in turn: as numbers side by side, since a build holds those
of all pages."""

_NAMES = "blockquote|details|div|dl|figure|form|nav|ol|p|pre|section|table|ul"
_START = re.compile(rf"\n<({_NAMES})(?=[\s>])")
_TAGS = {name: re.compile(rf"<(/?){name}(?=[\s>])[^<>]*>") for name in _NAMES.split("|")}
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")
_FENCES = ("\n```", "\n~~~")
_PLACE = re.compile(r"<!-- html (\d+) -->")


def find_html_blocks(text: str) -> BlockSpans:
    """Where each HTML block of a page's Markdown begins and ends, in turn.

    A block begins a line, not the first, which is the front matter's, and ends one. A text that
    holds code between fences has none: HTML that stands there is shown as text.
    """
    if any(fence in text for fence in _FENCES):
        return array("I")
    return array("I", chain.from_iterable(_blocks(text)))


def lift_html(text: str, blocks: BlockSpans) -> str:
    """A page's Markdown with a comment in place of each HTML block."""
    kept_from = [0, *blocks[1::2]]
    kept_to = [*blocks[::2], len(text)]
    pieces = [text[start:end] for start, end in zip(kept_from, kept_to, strict=True)]
    comments = [f"<!-- html {number} -->" for number in range(len(blocks) // 2)]
    return "".join(chain.from_iterable(zip_longest(pieces, comments, fillvalue="")))


def put_html_back(page: str, text: str, blocks: BlockSpans) -> str:
    """What the engine made of a page, with the blocks of its Markdown in their places.

    Args:
        page: the engine's HTML.
        text: the page's whole Markdown.
        blocks: where the blocks stand in it.

    Raises:
        ValueError: the places are not those of these blocks.
    """
    spans = list(zip(blocks[::2], blocks[1::2], strict=True))
    if [*map(int, _PLACE.findall(page))] != [*range(len(spans))]:
        raise ValueError("HTML blocks out of place")
    return _PLACE.sub(lambda comment: text[slice(*spans[int(comment[1])])], page)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where each block starts and ends."""
    opening = _START.search(text)
    while opening:
        end = _end(text, opening)
        if end is None:
            end = opening.end()
        else:
            yield opening.start() + 1, end
        opening = _START.search(text, end)


def _end(text: str, start: re.Match[str]) -> int | None:
    """Where a block ends; nothing where it does not, or where its line goes on behind it."""
    depth = 0
    for tag in _TAGS[start[1]].finditer(text, start.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end() if _LINE_END.match(text, tag.end()) else None
    return None
