"""The patterns that a package adds of its own, tried in a time that grows with the text.

Python's ``re`` tries one way of reading a text after the other: of ``x*x*x*y`` there are thousands
of millions in a cell of 3,000 letters, and no rule tells all such patterns from ordinary ones. RE2
(Arrow brings it) follows all ways at once, so whoever sends in a package cannot stop its checks.
What it therefore lacks, looking ahead or behind and recalling a group, Table Schema's patterns,
those of XML Schema, do not have either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_PIECE = re.compile(
    r"\\u(?P<sign>[0-9A-Fa-f]{4})|\{,(?P<most>[0-9]+)\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL
)
_LETTERS, _SPACES = r"\p{L}\p{N}_", r"\s\x0b\x1c-\x1f\x85\p{Z}"
_INSIDE = {r"\d": r"\p{Nd}", r"\D": r"\P{Nd}", r"\w": _LETTERS, r"\s": _SPACES}
"""What RE2 takes for ASCII alone, as Unicode has it, within brackets."""
_OUTSIDE = {
    **{r"\d": r"\p{Nd}", r"\D": r"\P{Nd}", r"\w": f"[{_LETTERS}]", r"\W": f"[^{_LETTERS}]"},
    **{r"\s": f"[{_SPACES}]", r"\S": f"[^{_SPACES}]", r"\Z": r"\z"},
}


def pattern_fault(pattern: str) -> str | None:
    """Why a pattern cannot be tried, in the words of RE2."""
    try:
        _matches(_for_re2(pattern), [""])
    except ValueError as error:
        return str(error).removeprefix("Invalid regular expression: ")
    return None


def find_unmatched(pattern: str, cells: Sequence[str | None]) -> Iterator[int]:
    """The indexes of cells that are not, from beginning to end, what a pattern describes."""
    for index, matches in enumerate(_matches(rf"\A(?:{_for_re2(pattern)})\z", cells)):
        if matches is False:
            yield index


def _matches(pattern: str, cells: Sequence[str | None]) -> list[bool | None]:
    # Slow to load, and few packages have patterns of their own.
    import pyarrow  # type: ignore[import-untyped]  # noqa: PLC0415
    from pyarrow import compute  # noqa: PLC0415

    matches = compute.match_substring_regex(pyarrow.array(cells, pyarrow.string()), pattern)
    return list(matches.to_pylist())


def _for_re2(pattern: str) -> str:
    r"""A pattern as RE2 writes it: ``[\u4e00-\u9fff]\d`` is ``[\x{4e00}-\x{9fff}]\p{Nd}``."""
    return _translated(pattern, _OUTSIDE)


def _translated(pattern: str, words: dict[str, str]) -> str:
    def word(match: re.Match[str]) -> str:
        piece = match[0]
        if match["sign"]:
            return f"\\x{{{match['sign']}}}"
        if match["most"]:
            return f"{{0,{match['most']}}}" if words is _OUTSIDE else piece
        if piece[0] == "[":
            return f"[{_translated(piece[1:-1], _INSIDE)}]"
        return words.get(piece, piece)

    return _PIECE.sub(word, pattern)
