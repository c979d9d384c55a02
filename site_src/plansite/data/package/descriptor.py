"""``datapackage.json``: read, held against the data contract, and made ready for frictionless.

Takes the package's files. Gives the tables' schemas with the contract's own constraints put in,
so that a descriptor which lost them validates no less strictly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plansite.data.cells.cell_rules import LINK_KIND, cell_fault
from plansite.data.package.stored_files import PackageFiles
from plansite.model.contract import CONTRACT, FieldRule, ResourceRule
from plansite.model.problems import Problem

FILE_NAME = "datapackage.json"
SHOWN = ("title", "title_en", "description", "description_en", "homepage", "version", "keywords")
"""What the site shows of a descriptor."""
NOT_PLAIN = re.compile(r'[\x00-\x1f\\:*?"<>|\[\]]')
"""What Windows has in no name, and what frictionless would take for a pattern of names."""
Json = dict[str, Any]


@dataclass(frozen=True)
class Descriptor:
    """The descriptor as written, and its tables by name."""

    content: Json
    resources: dict[str, Json]


def read_descriptor(files: PackageFiles) -> tuple[Descriptor | None, list[Problem]]:
    """Read and check the descriptor; ``None`` where there is nothing to go on."""
    stored = files.read(FILE_NAME)
    file = stored.path
    if stored.problem is not None:
        return None, [stored.problem]
    try:
        content = json.loads(_with_unix_lines(stored.content.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is no JSONDecodeError
        row = getattr(error, "lineno", None)
        return None, [Problem("descriptor", file, row=row, details={"reason": str(error)})]
    entries = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(_is_resource(entry) for entry in entries):
        reason = "resources: [{name, path, schema: {fields: [{name, type}]}}]"
        return None, [Problem("descriptor", file, field="resources", details={"reason": reason})]
    descriptor = Descriptor(content, {entry["name"]: entry for entry in entries})
    return descriptor, list(_check(descriptor, files))


def _with_unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_resource(entry: object) -> bool:
    if not isinstance(entry, dict):
        return False
    schema = entry.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    return (
        isinstance(entry.get("name"), str)
        and isinstance(fields, list)
        and all(isinstance(field, dict) and isinstance(field.get("name"), str) for field in fields)
    )


def _check(descriptor: Descriptor, files: PackageFiles) -> Iterator[Problem]:
    file = files.path(FILE_NAME).as_posix()
    for key in ("name", "path"):
        entries = descriptor.content["resources"]
        values = [str(entry[key]) for entry in entries if key in entry]
        folded = [value.casefold() for value in values]  # one file on Windows and macOS
        for value in sorted({value for value in values if folded.count(value.casefold()) > 1}):
            details = {"reason": f'2 × "{key}": "{value}"'}
            yield Problem("descriptor", file, field=key, value=value, details=details)
    yield from _check_lists(descriptor.content, file)
    yield from _check_texts(descriptor.content, file)
    for rule in CONTRACT.values():
        if rule.name not in descriptor.resources and not rule.added:
            yield Problem("missing-resource", file, value=rule.name)
    for name, entry in descriptor.resources.items():
        if name not in CONTRACT:
            yield Problem("unknown-resource", file, value=name)
            continue
        yield from _check_path(entry, files)
        yield from _check_fields(CONTRACT[name], entry, file)


def _check_lists(content: Json, file: str) -> Iterator[Problem]:
    """Lists that the site shows: each entry is what it should be."""
    for key, shape, holds in (
        ("licenses", "{name, title, path}", _is_entry),
        ("contributors", "{title, path, roles: [word]}", _is_entry),
        ("keywords", "word", lambda entry: isinstance(entry, str)),
    ):
        entries = content.get(key, [])
        if not isinstance(entries, list) or not all(map(holds, entries)):
            details = {"reason": f"{key}: [{shape}]"}
            yield Problem("descriptor", file, field=key, details=details)


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("roles", []), list)


def _check_texts(node: object, file: str, key: str = "") -> Iterator[Problem]:
    """Titles, descriptions and addresses are shown to people just as cells are."""
    if isinstance(node, dict):
        for name, value in node.items():
            is_path = name == "path" and "schema" not in node  # a table's path names a file
            is_title = name == "name" and (key == "licenses" or "resources" in node)
            is_shown = is_path or is_title or name in SHOWN
            if is_shown and not _is_text(name, value):
                yield Problem("descriptor", file, field=name, details={"reason": f'"{name}": "…"'})
                continue
            yield from _check_texts(value, file, name if is_shown or name == "licenses" else "")
    elif isinstance(node, list):
        for value in node:
            yield from _check_texts(value, file, key)
    elif isinstance(node, str) and key and key != "licenses":
        fault = cell_fault(node, LINK_KIND if key in ("path", "homepage") else "string")
        if fault is not None:
            yield Problem(fault[0], file, field=key, value=node, details=fault[1])


def _is_text(key: str, value: object) -> bool:
    """Whether a value can be shown: a text, a list of them for keywords, or nothing."""
    if key == "version" and isinstance(value, int | float):
        return True
    return value is None or isinstance(value, list if key == "keywords" else str)


def _check_path(entry: Json, files: PackageFiles) -> Iterator[Problem]:
    name = table_file(entry)
    absence = "unsafe-path" if name is None else files.absence(name)
    if name is None or absence == "unsafe-path":
        file, value = files.path(FILE_NAME).as_posix(), str(entry.get("path", ""))
        yield Problem("unsafe-path", file, field="path", value=value)
    elif absence is not None:
        yield Problem(absence, files.path(name).as_posix())


def table_file(entry: Json) -> str | None:
    """A table's file by its path within the package; ``None`` where that is no plain name."""
    name = entry.get("path")
    if not isinstance(name, str) or not name.endswith(".csv") or NOT_PLAIN.search(name):
        return None
    return None if any(part in ("", ".", "..") for part in name.split("/")) else name


def _check_fields(rule: ResourceRule, entry: Json, file: str) -> Iterator[Problem]:
    described = {field["name"]: field for field in entry["schema"]["fields"]}
    for field in rule.fields:
        if not _is_described(field, described.get(field.name)):
            details = {"table": rule.name, "expected": f'"type": "{field.type}"'}
            yield Problem("schema-field", file, value=field.name, details=details)


def _is_described(rule: FieldRule, described: Json | None) -> bool:
    if described is None:
        return not rule.required
    return bool(described.get("type", "string") == rule.type)


def strict_schema(name: str, entry: Json) -> Json:
    """A table's schema as described, with the contract's constraints put in.

    It has no keys: :mod:`plansite.data.validation.keys` holds them, across tables that frictionless
    would have to read again for it. Nor has it the package's own patterns, on which ``re`` may
    never end: see :mod:`plansite.data.validation.patterns`.
    """
    rule = CONTRACT[name]
    rules = {field.name: field for field in rule.fields}
    fields = [
        _strict_field(rules[field["name"]], field)
        if field["name"] in rules
        else {**field, "constraints": _constraints(field)}
        for field in entry["schema"]["fields"]
    ]
    return {"fields": fields, "missingValues": [""]}


def own_patterns(name: str, entry: Json) -> dict[str, str]:
    """The patterns of a table that are the package's own, by field; the contract's go before."""
    ruled = {field.name for field in CONTRACT[name].fields if field.pattern}
    patterns = {
        field["name"]: (field.get("constraints") or {}).get("pattern")
        for field in entry["schema"]["fields"]
        if field["name"] not in ruled
    }
    return {field: pattern for field, pattern in patterns.items() if pattern}


def _constraints(described: Json) -> Json:
    """What a package says of a field but for its pattern: none of its own is for frictionless."""
    constraints = dict(described.get("constraints") or {})
    constraints.pop("pattern", None)
    return constraints


def _strict_field(rule: FieldRule, described: Json) -> Json:
    constraints = _constraints(described)
    constraints.pop("unique", None)  # the primary key says it in better words
    if rule.required:
        constraints["required"] = True
    if rule.enum:
        constraints["enum"] = list(rule.enum)
    if rule.pattern:
        constraints["pattern"] = rule.pattern
    if rule.minimum is not None:
        constraints["minimum"] = max(rule.minimum, int(constraints.get("minimum", rule.minimum)))
    if rule.maximum is not None:
        constraints["maximum"] = min(rule.maximum, int(constraints.get("maximum", rule.maximum)))
    return {"name": rule.name, "type": rule.type, "constraints": constraints}
