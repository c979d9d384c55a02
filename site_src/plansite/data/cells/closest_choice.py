"""What was probably meant by a word that is none of those allowed.

To compare two texts takes longer the more alike they are, so that a table of ids that hardly differ
could keep a computer busy for minutes. A reading of a package has so much effort for all of its
guesses; after that it makes none, since so many mistakes have one cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

EFFORT = 5_000_000
"""Pairs of characters that are compared: a quarter of a second."""
_BEGINNING = 500
"""What it costs to begin a guess, in such pairs."""
LIKENESS = 0.5
"""From this ratio on (:meth:`difflib.SequenceMatcher.ratio`) a choice may be what was meant."""
LONGEST = 80
"""Characters of what was typed that count: no more of it is shown."""
Hint = Mapping[str, str]
NO_HINT: Hint = {"closest_zh": "", "closest_en": ""}


class Choices:
    """Words that are allowed, folded once for many guesses."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = dict.fromkeys(words)
        self.by_folded = {word.lower(): word for word in self._words}

    def __contains__(self, word: object) -> bool:
        return word in self._words


class Guesses:
    """Finds what was meant, each typed text once, until its effort is spent."""

    def __init__(self, effort: int = EFFORT) -> None:
        self._effort = effort
        self._known: dict[tuple[Choices, str], Hint] = {}

    def hint(self, value: str, choices: Choices) -> Hint:
        """Words that point to the choice nearest to what was typed; empty where none is near."""
        typed = value.strip()[:LONGEST].lower()
        if (choices, typed) not in self._known:
            best = self.nearest(typed, choices.by_folded)
            self._known[choices, typed] = (
                NO_HINT if best is None else hint_at(choices.by_folded[best])
            )
        return self._known[choices, typed]

    def nearest(self, typed: str, words: Iterable[str], likeness: float = LIKENESS) -> str | None:
        """The word most like what was typed; ``None`` where none is, or the effort is spent."""
        if self._effort <= 0:
            return None
        self._effort -= _BEGINNING
        matcher = SequenceMatcher(b=typed[:LONGEST])
        best = (likeness, "")
        for word in words:
            if self._effort <= 0:
                return None
            matcher.set_seq1(word)
            self._effort -= 10
            # Both are quickly had, and no less than the ratio itself.
            if matcher.real_quick_ratio() < best[0]:
                continue
            self._effort -= 3 * len(word)
            if matcher.quick_ratio() >= best[0]:
                self._effort -= len(word) * len(typed)
                best = max(best, (matcher.ratio(), word))
        return best[1] or None


def closest(value: str, words: Iterable[str]) -> Hint:
    """One guess among few words, in the words of :meth:`Guesses.hint`."""
    return Guesses().hint(value, Choices(words))


def hint_at(word: str) -> Hint:
    """Words that point to a choice."""
    return {"closest_zh": f"（相近：{word}）", "closest_en": f" (closest: {word})"}
