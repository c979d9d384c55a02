"""The data contract: which tables a plan has, their fields, keys and vocabularies.

The package's own ``datapackage.json`` describes the same tables for everybody else. It comes from
contributors, so it may describe more, but what stands here holds whatever it says.
"""

from __future__ import annotations

from plansite.model import (
    Access,
    Accumulation,
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
from plansite.model.contract.rules import (
    YEARS,
    ResourceRule,
    date,
    id_field,
    link,
    number,
    one_of,
    pair,
    text,
    whole,
)

_POSITION = whole("position", 1, 100_000)
_YEAR = whole("year", YEARS[0], YEARS[-1])
_INDICATOR = ("indicator_id", "indicators", "indicator_id")
_TASK = ("task_id", "tasks", "task_id")
_SOURCE = ("source_id", "sources", "source_id")

_RULES = (
    ResourceRule(
        "agencies",
        (
            id_field("agency_id"),
            *pair("name"),
            link("homepage"),
            *pair("note", required=False),
            *pair("keywords", required=False),
        ),
        ("agency_id",),
    ),
    ResourceRule(
        "themes",
        (
            id_field("theme_id"),
            _POSITION,
            *pair("title"),
            text("numbering", required=False),
        ),
        ("theme_id",),
    ),
    ResourceRule(
        "tasks",
        (
            id_field("task_id"),
            id_field("theme_id"),
            _POSITION,
            *pair("title"),
            *pair("text"),
        ),
        ("task_id",),
        (("theme_id", "themes", "theme_id"),),
    ),
    ResourceRule(
        "task_agencies",
        (
            id_field("task_id"),
            id_field("agency_id"),
            _POSITION,
            text("named_as", required=False),
        ),
        ("task_id", "agency_id"),
        (_TASK, ("agency_id", "agencies", "agency_id")),
    ),
    ResourceRule(
        "indicators",
        (
            id_field("indicator_id"),
            one_of("role", Role),
            id_field("task_id", required=False),
            _POSITION,
            *pair("name"),
            *pair("unit"),
            one_of("direction", Direction),
            one_of("accumulation", Accumulation),
            whole("decimals", 0, 6),
            whole("baseline_year", YEARS[0], YEARS[-1], required=False),
            whole("publication_lag_days", 0, 3650, required=False),
            *pair("definition", required=False),
            id_field("related_indicator_id", required=False),
            *pair("keywords", required=False),
        ),
        ("indicator_id",),
        (_TASK, ("related_indicator_id", "indicators", "indicator_id")),
    ),
    ResourceRule(
        "targets",
        (
            id_field("indicator_id"),
            _YEAR,
            one_of("comparator", Comparator),
            number("value"),
            number("upper_value", required=False),
            one_of("strength", Strength),
            text("wording_zh"),
            id_field("source_id"),
        ),
        ("indicator_id", "year"),
        (_INDICATOR, _SOURCE),
    ),
    ResourceRule(
        "observations",
        (
            id_field("indicator_id"),
            _YEAR,
            id_field("source_id"),
            date("published"),
            number("value"),
            one_of("release_status", ReleaseStatus),
            one_of("comparability", Comparability),
            *pair("note", required=False),
        ),
        ("indicator_id", "year", "source_id", "published"),
        (_INDICATOR, _SOURCE),
    ),
    ResourceRule(
        "commitments",
        (
            id_field("commitment_id"),
            id_field("task_id"),
            _POSITION,
            *pair("title"),
            text("wording_zh"),
            date("due", required=False),
        ),
        ("commitment_id",),
        (_TASK,),
    ),
    ResourceRule(
        "progress_reports",
        (
            id_field("report_id"),
            id_field("task_id"),
            id_field("commitment_id", required=False),
            date("date"),
            one_of("progress_status", ProgressStatus),
            *pair("text"),
            id_field("source_id"),
        ),
        ("report_id",),
        (_TASK, ("commitment_id", "commitments", "commitment_id"), _SOURCE),
    ),
    ResourceRule(
        "sources",
        (
            id_field("source_id"),
            text("title"),
            text("publisher"),
            date("published", required=False),
            one_of("access", Access),
            link("url"),
            text("quote", required=False),
            date("accessed", required=False),
            text("title_en", required=False),
            text("publisher_en", required=False),
            *pair("note", required=False),
        ),
        ("source_id",),
    ),
    ResourceRule(
        "corrections",
        (
            id_field("correction_id"),
            date("date"),
            text("resource"),
            text("row_key"),
            text("field"),
            text("old_value", required=False),
            text("new_value", required=False),
            *pair("reason"),
        ),
        ("correction_id",),
    ),
    ResourceRule(
        "plan_sections",
        (
            id_field("section_id"),
            _POSITION,
            one_of("kind", SectionKind),
            *pair("heading"),
            *pair("text", required=False),
            *pair("note", required=False),
        ),
        ("section_id",),
        added=True,
    ),
    ResourceRule(
        "retired",
        (
            one_of("resource", Retirable),
            id_field("retired_id"),
            date("date"),
            *pair("name"),
            *pair("reason"),
            id_field("successor_id", required=False),
        ),
        ("resource", "retired_id"),
        added=True,
    ),
)

CONTRACT: dict[str, ResourceRule] = {rule.name: rule for rule in _RULES}
"""Every table by name, in the order in which the site lists them."""
