"""What a rule for a table or a field says, and short ways to write one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_-]*"
DATE_PATTERN = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
YEARS = range(1900, 2101)
"""The years that a table may speak of."""


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


def id_field(name: str, *, required: bool = True) -> FieldRule:
    """An id, of this table or of another."""
    return FieldRule(name, required=required, pattern=ID_PATTERN)


def pair(name: str, *, required: bool = True) -> tuple[FieldRule, FieldRule]:
    """A text in Chinese and in English."""
    return (
        FieldRule(f"{name}_zh", required=required),
        FieldRule(f"{name}_en", required=required),
    )


def text(name: str, *, required: bool = True) -> FieldRule:
    """A text in whatever language."""
    return FieldRule(name, required=required)


def whole(name: str, minimum: int, maximum: int, *, required: bool = True) -> FieldRule:
    """A whole number within bounds."""
    return FieldRule(name, "integer", required=required, minimum=minimum, maximum=maximum)


def number(name: str, *, required: bool = True) -> FieldRule:
    """A number of any precision."""
    return FieldRule(name, "number", required=required)


def link(name: str) -> FieldRule:
    """An optional web address."""
    return FieldRule(name, required=False, is_link=True)


def date(name: str, *, required: bool = True) -> FieldRule:
    """A date as precise as it is known."""
    return FieldRule(name, required=required, pattern=DATE_PATTERN)


def one_of(name: str, words: type[StrEnum]) -> FieldRule:
    """One word of a vocabulary."""
    return FieldRule(name, enum=tuple(word.value for word in words))
