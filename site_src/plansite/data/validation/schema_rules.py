"""Whether frictionless can work with the constraints that a descriptor adds to the contract's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frictionless import Field, FrictionlessException

from plansite.data.package.descriptor import Descriptor, Json
from plansite.data.validation.patterns import pattern_fault
from plansite.model.contract import CONTRACT, FieldRule
from plansite.model.problems import Problem


def check_schema(name: str, descriptor: Descriptor, file: str) -> Iterator[Problem]:
    """Yield a problem for each field that a table describes twice or in no usable way."""
    rules = {rule.name: rule for rule in CONTRACT[name].fields}
    seen: set[str] = set()
    for field in descriptor.resources[name]["schema"]["fields"]:
        field_name = field["name"]
        rule = rules.get(field_name)
        code, fault = "descriptor", _fault({**field, **({"type": rule.type} if rule else {})})
        if field_name in seen:
            fault = f'2 × "name": "{field_name}"'
        elif fault is None:
            code, fault = "pattern", _pattern_fault(field, rule)
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


def _pattern_fault(described: Json, rule: FieldRule | None) -> str | None:
    """What is wrong with a field's pattern; the contract's is tried in place of some."""
    pattern = str((described.get("constraints") or {}).get("pattern", ""))
    if not pattern:
        return None
    if rule is None or rule.pattern is None:
        return pattern_fault(pattern)
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return None
