"""Whether a descriptor can be worked with, and says no more than what is held and published.

Each table's fields and constraints can be tried, its keys are the contract's, and what will be
published of it is read by others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import count
from typing import Any

from frictionless import Field, FrictionlessException, Package

from plansite.data.package.descriptor import FILE_NAME, Descriptor, Json
from plansite.data.package.encoding import MAX_COLUMNS
from plansite.data.package.published_descriptor import (
    contract_keys,
    described_keys,
    generate_descriptor,
)
from plansite.data.package.snapshot import PackageSnapshot
from plansite.data.validation.descriptor_settings import check_properties
from plansite.data.validation.package_files import check_files
from plansite.data.validation.patterns import pattern_fault
from plansite.data.validation.table_schema import VERSION, categories_of, own_pattern
from plansite.model.contract import CONTRACT, planned
from plansite.model.problems import Problem, as_many_as_help, blockers

_COMPOSED = ("array", "object", "geojson", "geopoint", "list")
"""Types whose values frictionless does not compare."""
LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")

MOST_PATTERNS = 20
"""Patterns of a package's own; to get one ready takes up to a twentieth of a second."""


def check_descriptor(snapshot: PackageSnapshot) -> tuple[Problem, ...]:
    """Everything that is wrong with a package's descriptor, and with how it names files."""
    descriptor, problems = snapshot.descriptor, list(snapshot.descriptor_problems)
    if descriptor is None:
        return tuple(problems)
    file = snapshot.files.path(FILE_NAME).as_posix()
    problems += as_many_as_help(check_properties(descriptor.content, file), file)
    problems += _check_planned(descriptor, file)
    if not any(problem.code == "descriptor-kind" for problem in problems):
        problems += _check_schemas(descriptor, file)
        problems += _check_keys(descriptor, file)
    if not blockers(problems):
        problems += _check_profile(descriptor, file)
    return (*as_many_as_help(problems, file), *check_files(snapshot))


def _check_planned(descriptor: Descriptor, file: str) -> Iterator[Problem]:
    """What a later edition of the contract has: to be taken for nothing else."""
    said = [name for name in descriptor.content if name in planned.PROPERTIES]
    for name, entry in descriptor.resources.items():
        fields = planned.FIELDS.get(name, frozenset())
        described = (field["name"] for field in entry["schema"]["fields"])
        said += [f"{name}.{field}" for field in described if field in fields]
    for place in said:
        yield Problem("unsupported-setting", file, field=place)


def _check_schemas(descriptor: Descriptor, file: str) -> Iterator[Problem]:
    """Yield a problem for each field that is described twice or in no usable way."""
    tables = {
        name: descriptor.resources[name]["schema"]["fields"]
        for name in CONTRACT
        if name in descriptor.resources
    }
    for name, fields in tables.items():
        if len(fields) > MAX_COLUMNS:
            details = {"reason": f"schema.fields: {len(fields):,} > {MAX_COLUMNS:,}"}
            yield Problem("descriptor", file, value=name, details=details)
            return
    patterns = count(1)
    for name, fields in tables.items():
        yield from _check_schema(name, fields, file, patterns)


def _check_schema(
    name: str, fields: list[Json], file: str, patterns: Iterator[int]
) -> Iterator[Problem]:
    """Yield the fields of a table that are described twice or in no usable way."""
    rules = {rule.name: rule for rule in CONTRACT[name].fields}
    seen: set[str] = set()
    for field in fields:
        field_name = field["name"]
        rule = rules.get(field_name)
        described = {**field, **({"type": rule.type} if rule else {})}
        code, fault = "descriptor", _fault(json.dumps(described))
        if field_name in seen:
            fault = f'2 × "name": "{field_name}"'
        elif fault is None and (pattern := own_pattern(field, rule)):
            code, fault = "pattern", _pattern_fault(pattern, patterns)
        seen.add(field_name)
        if fault is not None:
            value = f"{name}.{field_name}"
            yield Problem(code, file, value=value, details={"reason": fault})


# Of one package most fields are as they were when a process reads it again, after an edit.
@lru_cache(maxsize=1024)
def _fault(text: str) -> str | None:
    """Why frictionless cannot try a field's constraints, or readers could not agree on them.

    Args:
        text: the field as described, in JSON.
    """
    described = json.loads(text)
    choices = described.get("categories")
    if choices is not None and not _are_choices(choices):
        return f"categories: {choices!r}"
    try:
        field = Field.from_descriptor(described, datapackage_version=VERSION)
    except FrictionlessException as error:
        return "; ".join(reason.note for reason in error.reasons) or error.error.note
    read, constraints = field.create_value_reader(), described.get("constraints", {})
    if constraints.get("unique") and field.type in _COMPOSED:
        return f"unique: type {field.type}"
    for limit in LIMITS:
        if limit in constraints and not _is_definite(read(constraints[limit])):
            return f"{limit}: {constraints[limit]!r}"
    for name, words in (
        ("enum", constraints.get("enum")),
        ("categories", categories_of(described)),
    ):
        if words is not None and (not words or any(_value(read, word) is None for word in words)):
            return f"{name}: {words!r}"
    return None


def _are_choices(choices: object) -> bool:
    """Whether ``categories`` are values, each with a label or none with one."""
    if not isinstance(choices, list):
        return False
    values = [part.get("value") if isinstance(part, dict) else part for part in choices]
    return all(isinstance(value, str | int | float) for value in values)


def _value(read: Any, word: object) -> object:
    return None if isinstance(word, dict | list) else read(word)


def _is_definite(limit: object) -> bool:
    return limit is not None and (not isinstance(limit, Decimal) or limit.is_finite())


def _pattern_fault(pattern: str, patterns: Iterator[int]) -> str | None:
    """What is wrong with a pattern of a package's own."""
    number = next(patterns)
    return f"{number} > {MOST_PATTERNS}" if number > MOST_PATTERNS else pattern_fault(pattern)


def _check_keys(descriptor: Descriptor, file: str) -> Iterator[Problem]:
    """Keys that are not held: others would refuse, or look up, what this package never promised."""
    for name in (name for name in CONTRACT if name in descriptor.resources):
        expected = contract_keys(name)
        for key, values in described_keys(name, descriptor.resources[name]["schema"]):
            if values not in expected[key]:
                details = {"expected": " / ".join(expected[key]) or "–"}
                place = f"resources.{name}.schema.{key}"
                yield Problem("key", file, field=place, value=values, details=details)


def _check_profile(descriptor: Descriptor, file: str) -> Iterator[Problem]:
    """What plain frictionless finds wrong with the descriptor as it will be published."""
    for note in _profile_faults(json.dumps(generate_descriptor(descriptor))):
        yield Problem("descriptor", file, details={"reason": note})


@lru_cache(maxsize=8)
def _profile_faults(text: str) -> tuple[str, ...]:
    return tuple(error.note for error in Package.metadata_validate(json.loads(text)))
