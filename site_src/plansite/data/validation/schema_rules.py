"""Whether frictionless can work with the constraints that a descriptor adds to the contract's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from frictionless import Field, FrictionlessException

from plansite.data.package.descriptor import Descriptor, Json
from plansite.data.package.encoding import MAX_COLUMNS
from plansite.data.validation.patterns import LONGEST, pattern_fault
from plansite.model.contract import CONTRACT
from plansite.model.problems import Problem

MOST_PATTERNS = 20
"""Patterns of a package's own; to get one ready takes up to a twentieth of a second."""


def check_schemas(descriptor: Descriptor, file: str) -> Iterator[Problem]:
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
    rules = {rule.name: rule for rule in CONTRACT[name].fields}
    seen: set[str] = set()
    for field in fields:
        field_name = field["name"]
        rule = rules.get(field_name)
        code, fault = "descriptor", _fault({**field, **({"type": rule.type} if rule else {})})
        if field_name in seen:
            fault = f'2 × "name": "{field_name}"'
        elif fault is None and (pattern := (field.get("constraints") or {}).get("pattern")):
            is_ruled = rule is not None and rule.pattern is not None
            code, fault = "pattern", _pattern_fault(str(pattern), patterns, is_ruled=is_ruled)
        seen.add(field_name)
        if fault is not None:
            value = f"{name}.{field_name}"
            yield Problem(code, file, value=value, details={"reason": fault})


def _fault(described: Json) -> str | None:
    constraints = described.get("constraints") or {}
    if not isinstance(constraints, dict):
        return f"constraints: {constraints!r}"
    try:
        field = Field.from_descriptor({**described, "constraints": constraints})
    except FrictionlessException as error:
        return "; ".join(reason.note for reason in error.reasons) or error.error.note
    read = field.create_value_reader()
    for limit in ("minimum", "maximum"):
        if limit in constraints and read(constraints[limit]) is None:
            return f"{limit}: {constraints[limit]!r}"
    return None


def _pattern_fault(pattern: str, patterns: Iterator[int], *, is_ruled: bool) -> str | None:
    """What is wrong with a field's pattern; in place of some, the contract's is tried."""
    if not is_ruled:
        number = next(patterns)
        return f"{number} > {MOST_PATTERNS}" if number > MOST_PATTERNS else pattern_fault(pattern)
    if len(pattern) > LONGEST:
        return f"{len(pattern):,} > {LONGEST:,}"
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return str(error)
    return None
