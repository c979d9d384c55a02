"""The data contract: which tables a plan has, their fields, keys and vocabularies.

The package's own ``datapackage.json`` describes the same tables for everybody else. It comes from
contributors, so it may describe more, but what stands here holds whatever it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from plansite.model import (
    Access,
    Accumulation,
    Comparability,
    Comparator,
    Direction,
    ProgressStatus,
    ReleaseStatus,
    Role,
    SectionKind,
    Strength,
)

ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_-]*"
DATE_PATTERN = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"


@dataclass(frozen=True)
class FieldRule:
    """What a field must hold; a table may go without the column of one that is not required."""

    name: str
    type: str = "string"
    required: bool = True
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    is_link: bool = False


@dataclass(frozen=True)
class ResourceRule:
    """What a table must hold; foreign keys are (field, resource, field there).

    A package may go without an ``added`` table, one beyond the contract's first version.
    """

    name: str
    fields: tuple[FieldRule, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[tuple[str, str, str], ...] = ()
    added: bool = False

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields' names in their order."""
        return tuple(field.name for field in self.fields)


def _id(name: str, *, required: bool = True) -> FieldRule:
    return FieldRule(name, required=required, pattern=ID_PATTERN)


def _pair(name: str, *, required: bool = True) -> tuple[FieldRule, FieldRule]:
    return (
        FieldRule(f"{name}_zh", required=required),
        FieldRule(f"{name}_en", required=required),
    )


def _text(name: str, *, required: bool = True) -> FieldRule:
    return FieldRule(name, required=required)


def _whole(name: str, minimum: int, maximum: int, *, required: bool = True) -> FieldRule:
    return FieldRule(name, "integer", required=required, minimum=minimum, maximum=maximum)


def _number(name: str, *, required: bool = True) -> FieldRule:
    return FieldRule(name, "number", required=required)


def _link(name: str) -> FieldRule:
    return FieldRule(name, required=False, is_link=True)


def _date(name: str, *, required: bool = True) -> FieldRule:
    return FieldRule(name, required=required, pattern=DATE_PATTERN)


def _one_of(name: str, words: type[StrEnum]) -> FieldRule:
    return FieldRule(name, enum=tuple(word.value for word in words))


_POSITION = _whole("position", 1, 100_000)
_YEAR = _whole("year", 1900, 2100)
_INDICATOR = ("indicator_id", "indicators", "indicator_id")
_TASK = ("task_id", "tasks", "task_id")
_SOURCE = ("source_id", "sources", "source_id")

_RULES = (
    ResourceRule(
        "agencies",
        (
            _id("agency_id"),
            *_pair("name"),
            _link("homepage"),
            *_pair("note", required=False),
            *_pair("keywords", required=False),
        ),
        ("agency_id",),
    ),
    ResourceRule(
        "themes",
        (_id("theme_id"), _POSITION, *_pair("title"), _text("numbering", required=False)),
        ("theme_id",),
    ),
    ResourceRule(
        "tasks",
        (_id("task_id"), _id("theme_id"), _POSITION, *_pair("title"), *_pair("text")),
        ("task_id",),
        (("theme_id", "themes", "theme_id"),),
    ),
    ResourceRule(
        "task_agencies",
        (_id("task_id"), _id("agency_id"), _POSITION, _text("named_as", required=False)),
        ("task_id", "agency_id"),
        (_TASK, ("agency_id", "agencies", "agency_id")),
    ),
    ResourceRule(
        "indicators",
        (
            _id("indicator_id"),
            _one_of("role", Role),
            _id("task_id", required=False),
            _POSITION,
            *_pair("name"),
            *_pair("unit"),
            _one_of("direction", Direction),
            _one_of("accumulation", Accumulation),
            _whole("decimals", 0, 6),
            _whole("baseline_year", 1900, 2100, required=False),
            _whole("publication_lag_days", 0, 3650, required=False),
            *_pair("definition", required=False),
            _id("related_indicator_id", required=False),
            *_pair("keywords", required=False),
        ),
        ("indicator_id",),
        (_TASK, ("related_indicator_id", "indicators", "indicator_id")),
    ),
    ResourceRule(
        "targets",
        (
            _id("indicator_id"),
            _YEAR,
            _one_of("comparator", Comparator),
            _number("value"),
            _number("upper_value", required=False),
            _one_of("strength", Strength),
            _text("wording_zh"),
            _id("source_id"),
        ),
        ("indicator_id", "year"),
        (_INDICATOR, _SOURCE),
    ),
    ResourceRule(
        "observations",
        (
            _id("indicator_id"),
            _YEAR,
            _id("source_id"),
            _date("published"),
            _number("value"),
            _one_of("release_status", ReleaseStatus),
            _one_of("comparability", Comparability),
            *_pair("note", required=False),
        ),
        ("indicator_id", "year", "source_id", "published"),
        (_INDICATOR, _SOURCE),
    ),
    ResourceRule(
        "commitments",
        (
            _id("commitment_id"),
            _id("task_id"),
            _POSITION,
            *_pair("title"),
            _text("wording_zh"),
            _date("due", required=False),
        ),
        ("commitment_id",),
        (_TASK,),
    ),
    ResourceRule(
        "progress_reports",
        (
            _id("report_id"),
            _id("task_id"),
            _id("commitment_id", required=False),
            _date("date"),
            _one_of("progress_status", ProgressStatus),
            *_pair("text"),
            _id("source_id"),
        ),
        ("report_id",),
        (_TASK, ("commitment_id", "commitments", "commitment_id"), _SOURCE),
    ),
    ResourceRule(
        "sources",
        (
            _id("source_id"),
            _text("title"),
            _text("publisher"),
            _date("published", required=False),
            _one_of("access", Access),
            _link("url"),
            _text("quote", required=False),
            _date("accessed", required=False),
            _text("title_en", required=False),
            _text("publisher_en", required=False),
            *_pair("note", required=False),
        ),
        ("source_id",),
    ),
    ResourceRule(
        "corrections",
        (
            _id("correction_id"),
            _date("date"),
            _text("resource"),
            _text("row_key"),
            _text("field"),
            _text("old_value", required=False),
            _text("new_value", required=False),
            *_pair("reason"),
        ),
        ("correction_id",),
    ),
    ResourceRule(
        "plan_sections",
        (
            _id("section_id"),
            _POSITION,
            _one_of("kind", SectionKind),
            *_pair("heading"),
            *_pair("text", required=False),
            *_pair("note", required=False),
        ),
        ("section_id",),
        added=True,
    ),
)

CONTRACT: dict[str, ResourceRule] = {rule.name: rule for rule in _RULES}
"""Every table by name, in the order in which the site lists them."""
