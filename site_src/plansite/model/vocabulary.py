"""The field's words as enums, and a text in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language of the site; Chinese is the first and the default."""

    ZH = "zh"
    EN = "en"

    @property
    def other(self) -> Language:
        """The language that the page's switch leads to."""
        return Language.EN if self is Language.ZH else Language.ZH

    @property
    def html(self) -> str:
        """The BCP 47 tag for ``lang`` attributes."""
        return "zh-Hans" if self is Language.ZH else "en"


class Role(StrEnum):
    """What an indicator is in the plan."""

    HEADLINE = "headline"
    """A yearly target that the plan sets for itself as a whole."""
    DELIVERABLE = "deliverable"
    """A number that a task promises by a given year."""
    CONTEXT = "context"
    """A published figure that throws light on another; never judged."""


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    RANGE = "range"


class Accumulation(StrEnum):
    """How the yearly values relate to one another."""

    LEVEL = "level"
    """Each year's value stands for itself (a stock, or one year's flow)."""
    CUMULATIVE = "cumulative"
    """Each value counts everything since the plan began."""


class Comparator(StrEnum):
    """How a value must stand to its target to meet it."""

    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    EQ = "eq"
    BETWEEN = "between"


class Strength(StrEnum):
    """How firmly the plan promises a target."""

    FIRM = "firm"
    ASPIRATIONAL = "aspirational"
    """The plan says 力争, "strive for"."""


class ReleaseStatus(StrEnum):
    """How settled the publisher calls a value."""

    PROVISIONAL = "provisional"
    FINAL = "final"
    ESTIMATED = "estimated"


class Comparability(StrEnum):
    """Whether a value measures what the target measures."""

    SAME = "same"
    RELATED = "related"
    """Shown, but never compared with the target."""


class ProgressStatus(StrEnum):
    """What a report says of its task or commitment."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


class Access(StrEnum):
    """How a source was seen; only ``direct`` sources are linked. In order of trust."""

    DIRECT = "direct"
    REPOSITORY_COPY = "repository_copy"
    MIRROR = "mirror"


class SectionKind(StrEnum):
    """What a section of the plan's text holds."""

    TEXT = "text"
    TASKS = "tasks"
    """The place of the tasks; their text is in their own table."""
    GAP = "gap"
    """Something that the text available lacks; the section's note says what."""


class Retirable(StrEnum):
    """The tables whose ids stand in addresses and in others' data."""

    AGENCIES = "agencies"
    THEMES = "themes"
    TASKS = "tasks"
    INDICATORS = "indicators"
    COMMITMENTS = "commitments"
    SOURCES = "sources"
    PLAN_SECTIONS = "plan_sections"


class Verdict(StrEnum):
    """What can be said of an indicator in a year."""

    NO_TARGET = "no_target"
    AWAITING = "awaiting"
    OVERDUE = "overdue"
    MET = "met"
    NEARLY = "nearly"
    PARTLY = "partly"
    LIMITED = "limited"
    REGRESSED = "regressed"
    MISSED = "missed"

    @property
    def is_unpublished(self) -> bool:
        """Whether there was no comparable value to judge."""
        return self in (Verdict.AWAITING, Verdict.OVERDUE)

    @property
    def is_unmet(self) -> bool:
        """Whether a published value fell short of its target."""
        return self in (
            Verdict.NEARLY,
            Verdict.PARTLY,
            Verdict.LIMITED,
            Verdict.REGRESSED,
            Verdict.MISSED,
        )


class CommitmentVerdict(StrEnum):
    """What can be said of a commitment."""

    COMPLETED = "completed"
    COMPLETED_LATE = "completed_late"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    UNREPORTED = "unreported"
    OVERDUE = "overdue"
    OVERDUE_UNREPORTED = "overdue_unreported"


@dataclass(frozen=True)
class Bilingual:
    """One text in both languages; ``text[language]`` gives the one."""

    zh: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.zh if language is Language.ZH else self.en

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)
