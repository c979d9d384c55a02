"""The API's JSON Schemas and vocabularies, made from ``schemas.toml`` and the model's enums."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from plansite.analysis.changes.row_changes import ChangeKind
from plansite.model import (
    Access,
    Accumulation,
    CommitmentVerdict,
    Comparability,
    Comparator,
    Direction,
    ProgressStatus,
    ReleaseStatus,
    Role,
    SectionKind,
    Strength,
    Verdict,
)
from plansite.model.contract import DATE_PATTERN, ID_PATTERN
from plansite.util.json_format import Json

VOCABULARIES: Mapping[str, tuple[type[StrEnum], str]] = {
    "verdict": (Verdict, "verdict"),
    "commitment_verdict": (CommitmentVerdict, "commitment"),
    "comparator": (Comparator, "comparison"),
    "strength": (Strength, "strength"),
    "release_status": (ReleaseStatus, "status"),
    "comparability": (Comparability, "status"),
    "role": (Role, "role"),
    "direction": (Direction, "direction"),
    "accumulation": (Accumulation, "accumulation"),
    "access": (Access, "access"),
    "progress_status": (ProgressStatus, "progress"),
    "section": (SectionKind, "section"),
    "change": (ChangeKind, "changes"),
}
"""Each vocabulary's codes, and the table of ``words.toml`` that names them."""

_BASIC: Mapping[str, Json] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "id": {"type": "string", "pattern": f"^{ID_PATTERN}$"},
    "date": {"type": "string", "format": "date"},
    "partial_date": {"type": "string", "pattern": f"^{DATE_PATTERN}$"},
    "moment": {"type": "string", "format": "date-time"},
    "link": {"type": "string", "format": "uri"},
    "reference": {"type": "string", "format": "uri-reference"},
}
_NAMES = "Names"


def schemas() -> dict[str, Json]:
    """Every schema by its name."""
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    made: dict[str, Json] = {name: _object(table, tables) for name, table in tables.items()}
    made[_NAMES] = {"type": "object", "additionalProperties": _schema("Text")}
    return made


def _object(table: Mapping[str, Any], tables: Mapping[str, Any]) -> Json:
    fields = dict(_fields(table, tables))
    return {
        "type": "object",
        "description": _both(table["meaning"]),
        "required": list(fields),
        "properties": fields,
    }


def _fields(table: Mapping[str, Any], tables: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    for name, entry in table.items():
        if name == "like":
            yield from _fields(tables[entry], tables)
        elif name != "meaning":
            type_, *texts = entry
            yield name, {**_schema(type_), "description": _both(texts)}


def _both(texts: list[str]) -> str:
    return " ".join(texts)


def _schema(type_: str) -> dict[str, Json]:
    """A type's schema, such as that of ``[Value]?``."""
    if type_.endswith("?"):
        return {"anyOf": [_schema(type_[:-1]), {"type": "null"}]}
    inner = type_[1:-1]
    if type_.startswith("["):
        return {"type": "array", "items": _schema(inner)}
    if type_.startswith("{"):
        return {"type": "object", "additionalProperties": _schema(inner)}
    if type_ in VOCABULARIES:
        return {"type": "string", "enum": [code.value for code in VOCABULARIES[type_][0]]}
    basic = _BASIC.get(type_)
    if isinstance(basic, Mapping):
        return dict(basic)
    return {"$ref": f"#/components/schemas/{type_}"}
