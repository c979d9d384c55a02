"""The catalogue of everything that can be wrong with a package, in people's words.

A problem is a value, never an exception: readers and checks *yield* problems, and whoever runs them
decides what to do. Each kind says what is expected and how to mend it in both languages; words in
braces are filled from the problem's details.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from unicodedata import category

from plansite.model import Bilingual, Language
from plansite.model.formatting import SHAPELESS

UNFINISHED = frozenset({"to-fill-in", "empty-plan"})
"""What a package that was only begun still lacks: nothing is published, and what somebody hands in
is taken all the same."""
MOST_PROBLEMS = 1000
"""Problems of one file that are reported; further ones show after those are mended."""
PASTE = "paste"
"""The detail that people copy as it stands, however long it is."""
_UNKNOWN_SHAPE = SHAPELESS | {"Cn", "Co"}
"""Also signs that Unicode gives no shape, so that each font has another or none."""


class Severity(StrEnum):
    """What a problem does to a build."""

    BLOCKER = "blocker"
    """Nothing is published until it is mended."""
    WARNING = "warning"
    """Published, and listed on the quality page."""


@dataclass(frozen=True)
class ProblemKind:
    """One sort of problem: what is expected, and how to mend it."""

    code: str
    severity: Severity
    expected: Bilingual
    remedy: Bilingual
    example: str
    """A broken cell, line or pair of cells, as people type it."""
    mended: str
    """The same put right."""


@dataclass(frozen=True)
class Marks:
    """How a sentence on a problem is written where signs mean something, such as in Markdown."""

    words: Callable[[str], str]
    """Writes our own words, gaps in braces included."""
    value: Callable[[str], str]
    """Writes what is put into a gap: most of it somebody else's."""


PLAIN = Marks(str, str)
"""As it stands."""


@dataclass(frozen=True)
class Problem:
    """One problem at one place. ``row`` is the number that a spreadsheet shows; the header is 1."""

    code: str
    file: str
    row: int | None = None
    field: str | None = None
    value: str | None = None
    details: Mapping[str, str] = dataclasses.field(default_factory=dict)
    line: int | None = None
    """The line of the file, where cells of several lines make it another than the row."""

    @property
    def kind(self) -> ProblemKind:
        """What the catalogue says of it."""
        return CATALOGUE[self.code]

    @property
    def is_blocker(self) -> bool:
        """Whether it stops a build."""
        return self.kind.severity is Severity.BLOCKER

    def place(self) -> str:
        """``datapackage/targets.csv:3 [foreign-key] indicator_id = "I9"``."""
        where = self.file if self.row is None else f"{self.file}:{self.row}"
        text = f"{where} [{self.code}]"
        if self.field is not None:
            text += f" {_shortened(self.field, 200)}"
            if self.value is not None:
                text += f' = "{_shortened(self.value)}"'
        elif self.value is not None:
            text += f' "{_shortened(self.value)}"'
        return text

    def expected(self, language: Language, marks: Marks = PLAIN) -> str:
        """What should stand there, as a sentence."""
        return self._filled(self.kind.expected[language], marks)

    def remedy(self, language: Language, marks: Marks = PLAIN) -> str:
        """How to mend it, as a sentence."""
        return self._filled(self.kind.remedy[language], marks)

    def render(self, language: Language) -> str:
        """Place, value, what is expected and how to mend it, in two lines."""
        label = "修改：" if language is Language.ZH else " To mend: "
        return f"{self.place()}\n  {self.expected(language)}{label}{self.remedy(language)}"

    def _filled(self, template: str, marks: Marks) -> str:
        values = {"field": self.field or "", "value": self.value or "", **self.details}
        shown = {name: marks.value(_shortened(text)) for name, text in values.items()}
        whole = {PASTE: marks.value(visible(values[PASTE]))} if PASTE in values else {}
        return marks.words(template).format_map({**shown, **whole})


def visible(text: str) -> str:
    """A text in which nothing is hidden: ``↵`` is a line break, ``‹U+200B›`` what has no shape.

    It also keeps what a table holds from moving the cursor of a terminal.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "↵"
        if sign == "\n"
        else f"‹U+{ord(sign):04X}›"
        if category(sign) in _UNKNOWN_SHAPE
        else sign
        for sign in text.replace("\r\n", "\n")
    )


def _shortened(text: str, limit: int = 80) -> str:
    shown = visible(text[: limit + 1])
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def as_many_as_help(problems: Iterable[Problem], file: str) -> Iterator[Problem]:
    """A file's problems up to the limit, then one that says that there are more."""
    remaining = iter(problems)
    yield from islice(remaining, MOST_PROBLEMS)
    if next(remaining, None) is not None:
        yield Problem("too-many-problems", file)


def blockers(problems: Iterable[Problem]) -> list[Problem]:
    """Only those that stop a build."""
    return [problem for problem in problems if problem.is_blocker]


def _read_catalogue() -> dict[str, ProblemKind]:
    words = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {
        code: ProblemKind(
            code,
            Severity(entry["severity"]),
            Bilingual(entry["expected_zh"], entry["expected_en"]),
            Bilingual(entry["remedy_zh"], entry["remedy_en"]),
            entry["example"],
            entry["mended"],
        )
        for code, entry in words.items()
    }


CATALOGUE: dict[str, ProblemKind] = _read_catalogue()
"""Every kind by code, from ``problems.toml``."""
