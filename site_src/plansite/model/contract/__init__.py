"""The data contract: what every plan's tables must hold."""

from plansite.model.contract.protection import (
    PROTECTION,
    WITHDRAWN_BY,
    Protection,
    protection_of,
)
from plansite.model.contract.rules import DATE_PATTERN, ID_PATTERN, YEARS, FieldRule, ResourceRule
from plansite.model.contract.tables import CONTRACT

__all__ = [
    "CONTRACT",
    "DATE_PATTERN",
    "ID_PATTERN",
    "PROTECTION",
    "WITHDRAWN_BY",
    "YEARS",
    "FieldRule",
    "Protection",
    "ResourceRule",
    "protection_of",
]
