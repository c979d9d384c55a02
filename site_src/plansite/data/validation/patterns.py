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
from itertools import accumulate

_CLASS = r"\[\^?\]?(?:\\.|[^\]\\])*(?:\]|(?P<open>\Z))"
_PIECE = re.compile(
    rf"\\u(?P<sign>[0-9A-Fa-f]{{4}})|\{{,(?P<most>[0-9]+)\}}|\\.|{_CLASS}", re.DOTALL
)
_ITEM = re.compile(rf"\{{(?:[0-9]*,)?(?P<most>[0-9]+),?\}}|\\.|{_CLASS}|.", re.DOTALL)
LONGEST = 1_000
"""Characters of a pattern, and single characters that it describes with repetitions written out."""
QUICK = 200
"""Single characters that a pattern may describe however long the text is: RE2 follows as many ways
through it at each character."""
MOST_STEPS = 10_000_000
"""For other patterns, single characters times characters of the text."""
_DEPTH = {"(": 1, ")": -1}
_LETTERS, _SPACES = r"\p{L}\p{N}_", r"\s\x0b\x1c-\x1f\x85\p{Z}"
_INSIDE = {r"\d": r"\p{Nd}", r"\D": r"\P{Nd}", r"\w": _LETTERS, r"\s": _SPACES}
"""What RE2 takes for ASCII alone, as Unicode has it, within brackets."""
_OUTSIDE = {
    **{r"\d": r"\p{Nd}", r"\D": r"\P{Nd}", r"\w": f"[{_LETTERS}]", r"\W": f"[^{_LETTERS}]"},
    **{r"\s": f"[{_SPACES}]", r"\S": f"[^{_SPACES}]", r"\Z": r"\z"},
}


def pattern_fault(pattern: str) -> str | None:
    """Why a pattern cannot be tried: RE2 says so, or it would take too long to get ready."""
    for size in (len, size_of):
        if size(pattern) > LONGEST:
            return f"{size(pattern):,} > {LONGEST:,}"
    fault = None if _opens_first(pattern) else _fault(_for_re2(pattern))
    fault = fault or _fault(_for_whole_cells(pattern))
    # RE2 has better words for it as it stands.
    return fault and (_fault(_for_re2(pattern)) or fault)


def _opens_first(pattern: str) -> bool:
    """Whether no bracket closes a group that nothing opened, ``a)(b``: one put around would."""
    depths = accumulate(_DEPTH.get(piece[0], 0) for piece in _ITEM.finditer(pattern))
    return min(depths, default=0) >= 0


def _fault(pattern: str) -> str | None:
    try:
        _matches(pattern, [""])
    except ValueError as error:
        return str(error).removeprefix("Invalid regular expression: ")
    return None


def is_quick(pattern: str, cells: Sequence[str | None]) -> bool:
    """Whether a sound pattern can be held against so much text."""
    size = size_of(pattern)
    return size <= QUICK or size * sum(len(cell or "") for cell in cells) <= MOST_STEPS


def find_unmatched(pattern: str, cells: Sequence[str | None]) -> Iterator[int]:
    """The indexes of cells that are not, from beginning to end, what a pattern describes."""
    for index, matches in enumerate(_matches(_for_whole_cells(pattern), cells)):
        if matches is False:
            yield index


def size_of(pattern: str) -> int:
    """How many single characters a sound pattern describes, with every repetition written out."""
    groups: list[list[int]] = [[]]
    for piece in _ITEM.finditer(pattern):
        group = groups[-1]
        if piece["most"]:
            group[-1:] = [size * int(piece["most"]) for size in group[-1:]]
        elif piece[0] == "(":
            groups.append([])
        elif piece[0] == ")" and len(groups) > 1:
            groups[-2].append(sum(groups.pop()))
        else:
            group.append(1)
    return sum(map(sum, groups))


def _matches(pattern: str, cells: Sequence[str | None]) -> list[bool | None]:
    # Slow to load, and few packages have patterns of their own.
    import pyarrow  # type: ignore[import-untyped]  # noqa: PLC0415
    from pyarrow import compute  # noqa: PLC0415

    matches = compute.match_substring_regex(pyarrow.array(cells, pyarrow.string()), pattern)
    return list(matches.to_pylist())


def _for_whole_cells(pattern: str) -> str:
    return rf"\A(?:{_for_re2(pattern)})\z"


def _for_re2(pattern: str) -> str:
    r"""A pattern as RE2 writes it: ``[\u4e00-\u9fff]\d`` is ``[\x{4e00}-\x{9fff}]\p{Nd}``."""
    return _translated(pattern, _OUTSIDE)


def _translated(pattern: str, words: dict[str, str]) -> str:
    def word(match: re.Match[str]) -> str:
        """A piece of the pattern in the words of RE2."""
        piece = match[0]
        if match["sign"]:
            return f"\\x{{{match['sign']}}}"
        if match["most"]:
            return f"{{0,{match['most']}}}" if words is _OUTSIDE else piece
        if piece[0] == "[" and match["open"] is None:
            return f"[{_translated(piece[1:-1], _INSIDE)}]"
        return words.get(piece, piece)

    return _PIECE.sub(word, pattern)
