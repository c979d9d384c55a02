"""``datapackage.json``: read, held against the data contract, and made ready for frictionless.

Takes the package's files. Gives the tables that it describes, and what is wrong with them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plansite.data.cells.cell_rules import HIDDEN, LINK_KIND, cell_fault
from plansite.data.package.id_rules import DEVICES
from plansite.data.package.stored_files import PackageFiles
from plansite.model.contract import CONTRACT, FieldRule, ResourceRule, planned
from plansite.model.problems import Problem, as_many_as_help
from plansite.util.json_format import json_faults, read_json

FILE_NAME = "datapackage.json"
SHOWN = ("title", "title_en", "description", "description_en", "homepage", "version", "keywords")
"""What the site shows of a descriptor."""
_NAMED = ("licenses", "fields")
"""Lists whose entries it shows by their names."""
NOT_PLAIN = re.compile(r'[\x00-\x1f\\:*?"<>|\[\]]')
"""What Windows has in no name, and what frictionless would take for a pattern of names."""
NOT_ON_WINDOWS = re.compile(
    rf"\.{{0,2}}|.*[. ]|({'|'.join(sorted(DEVICES))}) *(\..*)?", re.IGNORECASE | re.DOTALL
)
"""Names that lead elsewhere, are cut, or are devices."""
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
    text = _with_unix_lines(stored.content.decode("utf-8-sig"))
    try:
        found = (
            Problem("json-value", file, field=".".join(place) or None, value=value)
            for place, value in json_faults(read_json(text))
        )
        faults = list(as_many_as_help(found, file))
    except json.JSONDecodeError as error:
        details = {"reason": error.msg, "column": str(error.colno)}
        return None, [Problem("json-syntax", file, row=error.lineno, details=details)]
    except (ValueError, RecursionError) as error:  # such as a number of 5,000 digits
        return None, [Problem("descriptor", file, details={"reason": str(error)})]
    if faults:
        return None, faults
    content = json.loads(text)
    entries = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(_is_resource(entry) for entry in entries):
        reason = "resources: [{name, path, schema: {fields: [{name, type}]}}]"
        return None, [Problem("descriptor", file, field="resources", details={"reason": reason})]
    descriptor = Descriptor(content, {entry["name"]: entry for entry in entries})
    return descriptor, list(as_many_as_help(_check(descriptor, files), file))


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
    """Yield what is wrong with the names, texts, tables and files of a descriptor."""
    file = files.path(FILE_NAME).as_posix()
    for key in ("name", "path"):
        entries = descriptor.content["resources"]
        values = [str(entry[key]) for entry in entries if key in entry]
        folded = Counter(map(str.casefold, values))  # one file on Windows and macOS
        for value in sorted({value for value in values if folded[value.casefold()] > 1}):
            details = {"reason": f'2 × "{key}": "{value}"'}
            yield Problem("descriptor", file, field=key, value=value, details=details)
    yield from _check_texts(descriptor.content, file)
    for name, entry in descriptor.resources.items():
        if name not in CONTRACT:
            yield (
                Problem("unsupported-setting", file, field=name)
                if name in planned.TABLES
                else Problem("unknown-resource", file, value=name)
            )
            continue
        yield from _check_path(entry, files)
        yield from _check_fields(CONTRACT[name], entry, file)


def _check_texts(node: object, file: str, key: str = "") -> Iterator[Problem]:
    """Titles, descriptions and addresses are shown to people just as cells are."""
    if isinstance(node, dict):
        for name, value in node.items():
            is_path = name == "path" and "schema" not in node  # a table's path names a file
            is_title = name == "name" and (key in _NAMED or "resources" in node)
            is_shown = is_path or is_title or name in SHOWN
            yield from _check_texts(value, file, name if is_shown or name in _NAMED else "")
    elif isinstance(node, list):
        for value in node:
            yield from _check_texts(value, file, key)
    elif isinstance(node, str) and key and key not in _NAMED:
        fault = cell_fault(node, LINK_KIND if key in ("path", "homepage") else "string")
        if fault is not None:
            yield Problem(fault[0], file, field=key, value=node, details=fault[1])


def _check_path(entry: Json, files: PackageFiles) -> Iterator[Problem]:
    name = table_file(entry)
    absence = "unsafe-path" if name is None or _is_hidden(name) else files.absence(name)
    if name is None or absence == "unsafe-path":
        file, value = files.path(FILE_NAME).as_posix(), str(entry.get("path", ""))
        yield Problem("unsafe-path", file, field="path", value=value)
    elif absence is not None:
        yield Problem(absence, files.path(name).as_posix())


def table_file(entry: Json) -> str | None:
    """A table's file by its path within the package; ``None`` where that is no plain name."""
    name = entry.get("path")
    if not isinstance(name, str) or not name.endswith(".csv"):
        return None
    is_odd = NOT_PLAIN.search(name) or HIDDEN.search(name)
    return None if is_odd or any(map(NOT_ON_WINDOWS.fullmatch, name.split("/"))) else name


def _is_hidden(path: str) -> bool:
    """Whether a file's name, or that of a folder above it, begins with a dot.

    Paths may lead through no hidden folder (Data Package 2.0), and servers send nothing hidden.
    """
    return any(part.startswith(".") for part in path.split("/"))


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
