"""Texts that do nothing but stand there, whoever shows them: a terminal, or a runner of CI jobs.

A runner reads commands out of what a job prints: GitHub's takes ``::error::`` at the start of a
line, with blanks before it, and ``##[error]`` anywhere in one; those of Azure Pipelines and
TeamCity take ``##vso[…]`` and ``##teamcity[…]``. GitLab's begins a section at a carriage return.
"""

from __future__ import annotations

import re
from unicodedata import category

from plansite.model.formatting import SHAPELESS

_UNSEEN = "\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Marks without a shape, which a comparison by the rules of a language passes over."""
_IS_UNSEEN = re.compile(f"[{_UNSEEN}]")
_COMMAND = re.compile(
    rf"(?P<hash>#[{_UNSEEN}]*)#(?=[A-Za-z{_UNSEEN}]{{0,40}}\[)"
    rf"|^(?P<start>(?:[^\S\n]|[{_UNSEEN}])*):(?=[{_UNSEEN}]*:)",
    re.MULTILINE,
)
_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]")


def safe_text(text: str) -> str:
    """A text of several lines in which no sign is hidden and no runner finds a command.

    ``‹U+001B›`` stands for a sign without a shape, and for the second sign of a command's start.
    """
    shown = {ord(sign): _named(sign) for sign in _shapeless(text) if sign != "\t"}
    return _COMMAND.sub(_without_start, text.translate(shown))


def safe_json(text: str) -> str:
    """JSON that says the same, with escapes in place of such signs."""
    risky = {*_shapeless(text), *_IS_UNSEEN.findall(text)}
    escaped = text.translate({ord(sign): _json_escape(sign) for sign in risky})
    return escaped.replace("##", "#" + _json_escape("#"))


def ascii_json(text: str) -> str:
    """JSON that says the same in ASCII alone."""
    return _OUTSIDE_ASCII.sub(lambda found: _json_escape(found[0]), text)


def _shapeless(text: str) -> set[str]:
    """The signs of a text that nobody would see, line ends left out."""
    if text.replace("\n", "").isprintable():
        return set()
    return {sign for sign in set(text) if sign != "\n" and category(sign) in SHAPELESS}


def _named(sign: str) -> str:
    return f"‹U+{ord(sign):04X}›"


def _without_start(found: re.Match[str]) -> str:
    if found["hash"] is not None:
        return found["hash"] + _named("#")
    return found["start"] + _named(":")


def _json_escape(sign: str) -> str:
    code = ord(sign)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
