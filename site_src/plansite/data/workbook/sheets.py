"""Which sheet stands for which table, and what its columns hold, for writing and for reading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plansite.data.package.codebook import package_info
from plansite.data.package.snapshot import PackageSnapshot
from plansite.data.validation.schema_rules import check_descriptor
from plansite.model import FieldInfo, ResourceInfo
from plansite.model.contract import CONTRACT, DATE_PATTERN
from plansite.model.errors import DataError
from plansite.model.problems import blockers

GUIDE_TITLE = "说明 Instructions"
LISTS_TITLE = "_lists"
ISSUED_TITLE = "_issued"
OWN_SHEETS = (GUIDE_TITLE, LISTS_TITLE, ISSUED_TITLE)
"""Sheets of the template that hold no table."""
HEADING_ROW, NAME_ROW, FIRST_ROW = 1, 2, 3
DATE, INTEGER, NUMBER, TEXT = "date", "integer", "number", "text"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_TITLE = 31


@dataclass(frozen=True)
class Column:
    """One column: its field as the codebook shows it, and the kind of its cells."""

    field: FieldInfo
    kind: str
    is_key: bool
    is_coded: bool
    """Whether it holds ids or words of a vocabulary."""
    points_to: tuple[str, str] | None
    """(table, field) whose values are the only ones allowed."""
    is_free_text: bool = False
    """Whether it holds words for people: no number, date, id, link or word of a vocabulary."""

    @property
    def name(self) -> str:
        """The field's name."""
        return self.field.name

    @property
    def heading(self) -> str:
        """What stands over the column."""
        return self.field.title.zh


@dataclass(frozen=True)
class Sheet:
    """One table's sheet; ``path`` is the table's file."""

    resource: ResourceInfo
    title: str
    columns: tuple[Column, ...]
    path: Path

    @property
    def name(self) -> str:
        """The table's name."""
        return self.resource.name

    @property
    def key(self) -> tuple[str, ...]:
        """The fields of the primary key."""
        return self.resource.primary_key

    def column_of(self, field: str) -> int:
        """Where a field's column stands, counted from 1."""
        return 1 + [column.name for column in self.columns].index(field)


def sheets_of(package: PackageSnapshot) -> list[Sheet]:
    """The sheets for a package, in the order in which the site lists its tables.

    Raises:
        DataError: ``datapackage.json`` or a file that it names is wrong or missing.
    """
    descriptor, problems = package.descriptor, check_descriptor(package)
    if descriptor is None or blockers(problems):
        raise DataError(problems)
    info = package_info(descriptor, dict.fromkeys(descriptor.resources, 0))
    titles = _titles(info.resources)
    sheets = []
    for resource, title in zip(info.resources, titles, strict=True):
        path = package.files.path(resource.path)
        columns = tuple(_column(resource, field) for field in resource.fields)
        sheets.append(Sheet(resource, title, columns, path))
    return sheets


def _titles(resources: Iterable[ResourceInfo]) -> list[str]:
    """Titles that Excel allows: short, without marks of its own, no two alike."""
    titles: list[str] = []
    for resource in resources:
        title = _FORBIDDEN.sub(" ", resource.title.zh)[:_LONGEST_TITLE].strip() or resource.name
        taken = {other.casefold() for other in (*titles, *OWN_SHEETS)}
        titles.append(resource.name if title.casefold() in taken else title)
    return titles


def _column(resource: ResourceInfo, field: FieldInfo) -> Column:
    rules = {rule.name: rule for rule in CONTRACT[resource.name].fields}
    rule = rules.get(field.name)
    pattern = rule.pattern if rule else None
    if pattern == DATE_PATTERN:
        kind = DATE
    elif field.type in (INTEGER, NUMBER):
        kind = field.type
    else:
        kind = TEXT
    points_to = next(
        ((table, target) for name, table, target in resource.foreign_keys if name == field.name),
        None,
    )
    is_coded = bool(pattern or field.enum)
    is_free_text = kind == TEXT and not (is_coded or (rule is not None and rule.is_link))
    return Column(
        field, kind, field.name in resource.primary_key, is_coded, points_to, is_free_text
    )
