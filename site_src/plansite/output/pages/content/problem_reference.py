"""The error reference: every kind of problem from the catalogue, as a page lists it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plansite.model import Bilingual, Language
from plansite.model.problems import CATALOGUE, ProblemKind, Severity
from plansite.model.translations import Words

_FILLED_IN = re.compile(r"\{(\w+?)(?:_zh|_en)?\}")
_HINTS = ("closest", "hint")
"""What a message adds only where there is something to suggest."""


@dataclass(frozen=True)
class ProblemEntry:
    """One kind of problem in one language, with the words that a message fills in named."""

    code: str
    expected: str
    remedy: str
    example: str
    mended: str


def list_problems(severity: Severity, words: Words) -> list[ProblemEntry]:
    """The kinds of one severity, in the catalogue's order."""
    kinds = [kind for kind in CATALOGUE.values() if kind.severity is severity]
    return [_entry(kind, words) for kind in kinds]


def _entry(kind: ProblemKind, words: Words) -> ProblemEntry:
    def readable(text: Bilingual) -> str:
        """A message with what it fills in named."""
        return _FILLED_IN.sub(lambda match: _named(match[1], words), text[words.language])

    expected, remedy = readable(kind.expected), readable(kind.remedy)
    if words.language is Language.EN:
        remedy = remedy[:1].upper() + remedy[1:]
    return ProblemEntry(kind.code, expected, remedy, kind.example, kind.mended)


def _named(name: str, words: Words) -> str:
    """``{field}`` as 〈字段〉 or ‹field›."""
    if name in _HINTS:
        return ""
    word = words(f"placeholder.{name}")
    return f"〈{word}〉" if words.language is Language.ZH else f"‹{word}›"
