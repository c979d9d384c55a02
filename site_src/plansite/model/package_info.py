"""What the package says of itself: its tables, their fields, its licence and version."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model.vocabulary import Bilingual


@dataclass(frozen=True)
class FieldInfo:
    """A column of a resource as the codebook shows it."""

    name: str
    type: str
    required: bool
    title: Bilingual
    description: Bilingual
    enum: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResourceInfo:
    """A table of the package as the codebook shows it; ``path`` is relative to the package."""

    name: str
    path: str
    title: Bilingual
    description: Bilingual
    fields: tuple[FieldInfo, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[tuple[str, str, str], ...]
    """(field, resource, field there)"""
    row_count: int


@dataclass(frozen=True)
class Contributor:
    """Somebody whom ``datapackage.json`` names, with what they did."""

    name: Bilingual
    roles: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class PackageInfo:
    """What ``datapackage.json`` says of the whole package."""

    name: str
    title: Bilingual
    description: Bilingual
    version: str
    licenses: tuple[tuple[str, str], ...]
    """(title, address)"""
    contributors: tuple[Contributor, ...]
    keywords: tuple[str, ...]
    """In whichever language they are written."""
    resources: tuple[ResourceInfo, ...]
    time_zone: str = ""
    """Whose day is today, as IANA names it; empty for UTC's."""
