"""One frozen class for each table of the data contract, its attributes the table's fields.

Pairs of ``_zh`` and ``_en`` fields become one :class:`Bilingual`, empty optional cells ``None``.
Records are made by these annotations; metadata ``column`` says where a field has another name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from plansite.model.partial_date import PartialDate
from plansite.model.vocabulary import (
    Access,
    Accumulation,
    Bilingual,
    Comparability,
    Comparator,
    Direction,
    ProgressStatus,
    ReleaseStatus,
    Retirable,
    Role,
    SectionKind,
    Strength,
)


@dataclass(frozen=True)
class Agency:
    """A responsible agency (责任单位)."""

    agency_id: str
    name: Bilingual
    homepage: str | None = None
    note: Bilingual | None = None
    keywords: Bilingual | None = None
    """What people also call it, for search alone."""


@dataclass(frozen=True)
class Theme:
    """A group of tasks under one heading of the plan."""

    theme_id: str
    position: int
    title: Bilingual
    numbering: str | None = None
    """What the plan writes before the title, such as ``(一)``."""


@dataclass(frozen=True)
class Task:
    """One of the plan's tasks with its full text."""

    task_id: str
    theme_id: str
    position: int
    title: Bilingual
    text: Bilingual


@dataclass(frozen=True)
class TaskAgency:
    """That an agency answers for a task; the order names no lead."""

    task_id: str
    agency_id: str
    position: int
    named_as: str | None = None
    """The plan's wording for the agency in this task, where it differs from its name."""


@dataclass(frozen=True)
class Indicator:
    """Something that is measured, with its unit of measure."""

    indicator_id: str
    role: Role
    task_id: str | None
    position: int
    name: Bilingual
    measure: Bilingual = field(metadata={"column": "unit"})
    """The unit of measure (fields ``unit_zh`` and ``unit_en``)."""
    direction: Direction
    accumulation: Accumulation
    decimals: int
    baseline_year: int | None = None
    publication_lag_days: int | None = None
    definition: Bilingual | None = None
    related_indicator_id: str | None = None
    """The indicator that a context indicator throws light on."""
    keywords: Bilingual | None = None
    """What people also call it, for search alone."""


@dataclass(frozen=True)
class Target:
    """What the plan wants of an indicator in a year; ``value`` is in its unit of measure."""

    indicator_id: str
    year: int
    comparator: Comparator
    value: Decimal
    upper_value: Decimal | None
    strength: Strength
    wording_zh: str
    source_id: str


@dataclass(frozen=True)
class Observation:
    """One published value from one source, at published precision."""

    indicator_id: str
    year: int
    source_id: str
    published: PartialDate
    value: Decimal
    release_status: ReleaseStatus
    comparability: Comparability
    note: Bilingual | None = None


@dataclass(frozen=True)
class Commitment:
    """A concrete promise of a task that is no number."""

    commitment_id: str
    task_id: str
    position: int
    title: Bilingual
    wording_zh: str
    due: PartialDate | None = None


@dataclass(frozen=True)
class ProgressReport:
    """What a source reports of a task or of one of its commitments."""

    report_id: str
    task_id: str
    commitment_id: str | None
    date: PartialDate
    progress_status: ProgressStatus
    text: Bilingual
    source_id: str


@dataclass(frozen=True)
class Source:
    """A document that values rest on, and how it was seen."""

    source_id: str
    title: str
    publisher: str
    published: PartialDate | None
    access: Access
    url: str | None = None
    quote: str | None = None
    accessed: PartialDate | None = None
    title_en: str | None = None
    publisher_en: str | None = None
    note: Bilingual | None = None

    @property
    def link(self) -> str | None:
        """The address to link to: only a source that was seen directly has one."""
        return self.url if self.access is Access.DIRECT else None


@dataclass(frozen=True)
class Correction:
    """A published cell that was changed, with its old value and the reason."""

    correction_id: str
    date: PartialDate
    resource: str
    row_key: str
    field: str
    old_value: str
    new_value: str
    reason: Bilingual


@dataclass(frozen=True)
class PlanSection:
    """A part of the plan's text other than its tasks."""

    section_id: str
    position: int
    kind: SectionKind
    heading: Bilingual
    text: Bilingual | None = None
    note: Bilingual | None = None


@dataclass(frozen=True)
class Retired:
    """An id that was published and is no more in use."""

    resource: Retirable
    retired_id: str
    date: PartialDate
    name: Bilingual
    """What it was called."""
    reason: Bilingual
    successor_id: str | None = None
    """The id, of the same table, under which it goes on."""
