"""What a page has as HTML already stays out of the engine, which would only parse it.

Nearly all of a page is HTML blocks. The engine takes each apart, twice, and gives it back as it
was; for a table of a thousand rows that takes longer than everything else. So it gets a comment in
place of each block, and what it makes of the rest is the same whatever figures the blocks hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NAMES = "blockquote|details|div|dl|figure|form|nav|ol|p|pre|section|table|ul"
_START = re.compile(rf"\n<({_NAMES})(?=[\s>])")
_TAGS = {name: re.compile(rf"<(/?){name}(?=[\s>])[^>]*>") for name in _NAMES.split("|")}
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")
_FENCES = ("\n```", "\n~~~")
_PLACE = re.compile(r"<!-- html (\d+) -->")


def lift_html(text: str) -> tuple[str, list[str]]:
    """A page's Markdown with a comment in place of each HTML block, and the blocks.

    A block begins a line, not the first, which is the front matter's, and ends one. A text that
    holds code between fences is left as it is: HTML that stands there is shown as text.
    """
    if any(fence in text for fence in _FENCES):
        return text, []
    pieces: list[str] = []
    blocks: list[str] = []
    done = 0
    for start, end in _blocks(text):
        pieces += [text[done:start], f"<!-- html {len(blocks)} -->"]
        blocks.append(text[start:end])
        done = end
    return "".join([*pieces, text[done:]]), blocks


def put_html_back(page: str, blocks: Sequence[str]) -> str:
    """What the engine made of the rest, with the blocks in their places.

    Raises:
        ValueError: the places are not those of these blocks.
    """
    if [*map(int, _PLACE.findall(page))] != [*range(len(blocks))]:
        raise ValueError("HTML blocks out of place")
    return _PLACE.sub(lambda place: blocks[int(place[1])], page)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where each block starts and ends."""
    found = _START.search(text)
    while found:
        end = _end(text, found)
        if end is None:
            end = found.end()
        else:
            yield found.start() + 1, end
        found = _START.search(text, end)


def _end(text: str, start: re.Match[str]) -> int | None:
    """Where a block ends; nothing where it does not, or where its line goes on behind it."""
    depth = 0
    for tag in _TAGS[start[1]].finditer(text, start.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end() if _LINE_END.match(text, tag.end()) else None
    return None
