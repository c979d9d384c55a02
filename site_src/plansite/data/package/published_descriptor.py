"""The descriptor for others: generated from what was read, so that they read the same.

A reader that is not told how a table is written guesses: the separator, the encoding, even which
row is the header. So all of it is said. Keys and foreign keys are those that were held.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from plansite.data.package.descriptor import Descriptor, Json
from plansite.model.contract import CONTRACT

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DIALECT: Json = {
    **{"header": True, "headerRows": [1], "delimiter": ",", "quoteChar": '"'},
    **{"doubleQuote": True, "skipInitialSpace": False},
}
"""How every table is read."""
_STORAGE_PROPERTIES = frozenset(
    {"$schema", "profile", "type", "format", "mediatype", "encoding", "scheme", "dialect"}
    | {"extrapaths"}
)
"""What a package may say of how a table is stored, and is said anew."""
_SCHEMA_PROPERTIES = frozenset(
    {"$schema", "fields", "missingValues", "fieldsMatch", "primaryKey", "foreignKeys", "uniqueKeys"}
)
_FIELD_PROPERTIES = frozenset(
    {"decimalChar", "groupChar", "bareNumber", "floatNumber", "missingValues"}
)
FINGERPRINTS = ("bytes", "hash")
"""What a package may say of a table's own bytes."""


def generate_descriptor(descriptor: Descriptor, paths: Mapping[str, str] | None = None) -> Json:
    """The descriptor that is published: what the package's own says, and how tables were read.

    Args:
        descriptor: a descriptor in which nothing is wrong.
        paths: the files to which it is to lead, by table; ``None`` for the package's own, whose
            size and checksum it then keeps.
    """
    left_out = ("profile", "resources")
    content = {name: value for name, value in descriptor.content.items() if name not in left_out}
    resources = [
        _resource(name, descriptor, None if paths is None else paths[name])
        for name in descriptor.resources
    ]
    if content.get("version") is not None:
        content["version"] = str(content["version"])
    said: Json = _without_nulls(content)
    return {"$schema": PROFILE, **said, **{"$schema": PROFILE, "resources": resources}}


def _without_nulls(node: Any) -> Any:
    """The same without members that say nothing, which readers take for a wrong kind of value."""
    if isinstance(node, dict):
        return {name: _without_nulls(value) for name, value in node.items() if value is not None}
    return [_without_nulls(value) for value in node] if isinstance(node, list) else node


def _resource(name: str, descriptor: Descriptor, path: str | None) -> Json:
    entry = descriptor.resources[name]
    left_out = _STORAGE_PROPERTIES | (frozenset() if path is None else frozenset(FINGERPRINTS))
    said = {key: value for key, value in entry.items() if key not in left_out and key != "schema"}
    return {
        **_without_nulls(said),
        "path": entry["path"] if path is None else path,
        **{"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"},
        "dialect": DIALECT,
        "schema": _schema(name, descriptor),
    }


def _schema(name: str, descriptor: Descriptor) -> Json:
    schema = descriptor.resources[name]["schema"]
    said = {key: value for key, value in schema.items() if key not in _SCHEMA_PROPERTIES}
    keys = {key: values for key, values in _keys(name, descriptor).items() if values}
    fields = [_field(name, field) for field in schema["fields"]]
    return {**_without_nulls(said), "fields": fields, "missingValues": [""], **keys}


def _field(table: str, described: Json) -> Json:
    types = {field.name: field.type for field in CONTRACT[table].fields}
    default = types.get(described["name"], "string")
    said = _without_nulls({k: v for k, v in described.items() if k not in _FIELD_PROPERTIES})
    return said if "type" in said else {"name": said["name"], "type": default, **said}


def _keys(name: str, descriptor: Descriptor) -> Json:
    """The keys that were held: the primary one where each of its columns is always filled."""
    rule = CONTRACT[name]
    filled = {field.name for field in rule.fields if field.required}
    described = {field["name"] for field in descriptor.resources[name]["schema"]["fields"]}
    foreign = [
        _foreign_key(name, field, to, there)
        for field, to, there in rule.foreign_keys
        if field in described and to in descriptor.resources
    ]
    primary = list(rule.primary_key) if filled.issuperset(rule.primary_key) else []
    return {"primaryKey": primary, "foreignKeys": foreign}


def _foreign_key(table: str, field: str, to: str, there: str) -> Json:
    reference = {"resource": "" if to == table else to, "fields": [there]}
    return {"fields": [field], "reference": reference}


def contract_keys(name: str) -> dict[str, list[str]]:
    """The keys that a table may be described with, each as :func:`described_keys` writes it."""
    rule = CONTRACT[name]
    primary = _as_json(list(rule.primary_key))
    foreign = [_as_json(_foreign_key(name, *key)) for key in rule.foreign_keys]
    return {"primaryKey": [primary], "uniqueKeys": [primary], "foreignKeys": foreign}


def described_keys(name: str, schema: Json) -> Iterator[tuple[str, str]]:
    """Each key of a table's schema in one spelling: lists of fields, "" for the table itself."""
    if "primaryKey" in schema:
        yield "primaryKey", _as_json(_fields(schema["primaryKey"]))
    unique = schema.get("uniqueKeys", [])
    for key in unique if isinstance(unique, list) else [unique]:
        yield "uniqueKeys", _as_json(_fields(key))
    for key in schema.get("foreignKeys", []):
        reference = key.get("reference", {})
        target = reference.get("resource", "")
        there = {
            "resource": "" if target == name else target,
            "fields": _fields(reference.get("fields")),
        }
        yield "foreignKeys", _as_json({"fields": _fields(key.get("fields")), "reference": there})


def _fields(said: Any) -> Any:
    return [said] if isinstance(said, str) else said


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
