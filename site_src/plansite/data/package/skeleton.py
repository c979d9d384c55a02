"""A new package, not filled in yet: every table of the contract with its header alone.

Gives files by name. Nothing is made up: what only the plan's maintainer knows is marked as to be
filled in, and validation asks for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from plansite.data.package.descriptor import FILE_NAME
from plansite.model import Bilingual, contract
from plansite.model.contract import CONTRACT, FieldRule, ResourceRule
from plansite.util.json_format import indented

TO_FILL_IN = Bilingual("【待填】", "[To fill in]")
"""Begins a text that stands for one which is not known yet."""
_TITLE = Bilingual("方案数据包的名称", "Title of the plan’s data package")
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
Json = dict[str, Any]
Meanings = Mapping[str, tuple[str, str, str, str]]
"""By field, ``_`` for the table: its title in both languages, and its description."""


def new_package_files(name: str, title: Bilingual) -> Iterator[tuple[str, bytes]]:
    """Each file of a new package by its name, the tables first.

    Args:
        name: what the package calls itself to programs.
        title: its title; what is empty is marked as to be filled in.
    """
    meanings = _read_meanings()
    for table, rule in CONTRACT.items():
        yield f"{table}.csv", f"{','.join(rule.field_names)}\n".encode()
    resources = [_resource(rule, meanings[table]) for table, rule in CONTRACT.items()]
    content = {
        "$schema": _PROFILE,
        "name": name,
        "title": title.zh or TO_FILL_IN.zh + _TITLE.zh,
        "title_en": title.en or f"{TO_FILL_IN.en} {_TITLE.en}",
        "version": "0.1.0",
        "resources": resources,
    }
    yield FILE_NAME, indented(content)


def describe_table(table: str, path: str, header: Sequence[str]) -> Json:
    """What ``datapackage.json`` says of a table of the contract.

    Args:
        table: its name.
        path: its file within the package.
        header: its columns; those that the contract does not know are text.
    """
    rule = CONTRACT[table]
    entry = _resource(rule, _read_meanings()[table])
    known = {field["name"]: field for field in entry["schema"]["fields"]}
    fields = [known.get(name, {"name": name, "type": "string"}) for name in header]
    return {**entry, "path": path, "schema": {**entry["schema"], "fields": fields}}


def _read_meanings() -> dict[str, Meanings]:
    path = Path(contract.__file__).with_name("meanings.toml")
    return tomllib.loads(path.read_text("utf-8"))


def _resource(rule: ResourceRule, meanings: Meanings) -> Json:
    schema: Json = {
        "fields": [_field(field, rule, meanings) for field in rule.fields],
        "primaryKey": list(rule.primary_key),
    }
    if rule.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": [field],
                "reference": {"resource": "" if to == rule.name else to, "fields": [there]},
            }
            for field, to, there in rule.foreign_keys
        ]
    return {
        "name": rule.name,
        "path": f"{rule.name}.csv",
        "type": "table",
        **_texts(meanings["_"]),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {**schema, "missingValues": [""]},
    }


def _field(field: FieldRule, rule: ResourceRule, meanings: Meanings) -> Json:
    limits = {
        "required": field.required or None,
        "pattern": field.pattern and f"^{field.pattern}$",
        "enum": list(field.enum) or None,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "unique": rule.primary_key == (field.name,) or None,
    }
    constraints = {name: limit for name, limit in limits.items() if limit is not None}
    return {
        "name": field.name,
        "type": field.type,
        **({"format": "uri"} if field.is_link else {}),
        **_texts(meanings[field.name]),
        **({"constraints": constraints} if constraints else {}),
    }


def _texts(meaning: tuple[str, str, str, str]) -> Json:
    names = ("title", "title_en", "description", "description_en")
    return dict(zip(names, meaning, strict=True))
