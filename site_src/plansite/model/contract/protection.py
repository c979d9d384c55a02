"""What becomes of an edit of something published, field by field: ``protection.toml`` beside this.

A figure says something only together with its unit of measure, its indicator's name, the document
that it is from. What decides a verdict or how a figure is read stays as published like the figure.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Protection(StrEnum):
    """How much a published cell may be edited."""

    KEY = "key"
    """Part of what its row is known by."""
    PUBLISHED = "published"
    """A figure, date or status as published: only with a correction."""
    MEANING = "meaning"
    """What decides a verdict, or how a figure is read: only with a correction."""
    LEADING = "leading"
    """Freely, and shown first to whoever reviews the edit."""
    FREE = "free"
    """Freely."""
    FIXED = "fixed"
    """Never."""

    @property
    def needs_correction(self) -> bool:
        """Whether an edit, of a cell that was not empty, needs a row in ``corrections``."""
        return self in (Protection.KEY, Protection.PUBLISHED, Protection.MEANING)


@dataclass(frozen=True)
class FieldProtection:
    """How a field is protected, and why."""

    protection: Protection
    reason: str


def protection_of(table: str, field: str) -> Protection:
    """How a field is protected; what a package has beyond the contract is free."""
    known = PROTECTION[table].get(field)
    return known.protection if known else Protection.FREE


def _read() -> tuple[dict[str, dict[str, FieldProtection]], dict[str, str]]:
    content = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    withdrawals = {name: fields.pop("_") for name, fields in content.items() if "_" in fields}
    protections = {
        name: {
            field: FieldProtection(Protection(protection), reason)
            for field, (protection, reason) in fields.items()
        }
        for name, fields in content.items()
    }
    return protections, withdrawals


PROTECTION, WITHDRAWN_BY = _read()
"""Every field's protection by table and field; and, for each table whose rows may be withdrawn one
by one, the field that a correction names for that, with an empty new value."""
