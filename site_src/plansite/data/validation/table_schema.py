"""A table's schema for frictionless: as described, with the contract's constraints put in.

A descriptor that lost the contract's constraints validates no less strictly, and what it adds of
its own holds too.
"""

from __future__ import annotations

from typing import Any

from frictionless import Field

from plansite.data.package.descriptor import Json
from plansite.model.contract import CONTRACT, FieldRule

VERSION = "v2"
"""Of the Data Package standard, by which fields are read; the first has no exclusive limits."""


def strict_schema(name: str, schema: Json) -> Json:
    """A table's schema as described, with the contract's constraints put in.

    It has no keys: :mod:`plansite.data.validation.keys` holds them, across tables that frictionless
    would have to read again for it. Nor has it the package's own patterns, on which ``re`` may
    never end: see :mod:`plansite.data.validation.patterns`.
    """
    rules = {field.name: field for field in CONTRACT[name].fields}
    key = CONTRACT[name].primary_key
    fields = [
        _strict_field(rules[field["name"]], field, is_key=(field["name"],) == key)
        if field["name"] in rules
        else {**field, "constraints": _constraints(field)}
        for field in schema["fields"]
    ]
    return {"fields": fields, "missingValues": [""]}


def own_patterns(name: str, entry: Json) -> dict[str, str]:
    """The patterns of a table that are the package's own, by field."""
    ruled = {field.name: field for field in CONTRACT[name].fields}
    fields = entry["schema"]["fields"]
    patterns = {field["name"]: own_pattern(field, ruled.get(field["name"])) for field in fields}
    return {field: pattern for field, pattern in patterns.items() if pattern}


def own_pattern(described: Json, rule: FieldRule | None) -> str:
    """A field's pattern; empty where it has none but the contract's, which frictionless tries."""
    pattern = str(described.get("constraints", {}).get("pattern", ""))
    # Other scripts' digits, which \d takes too, are refused by the contract's pattern.
    said = pattern.replace(r"\d", "[0-9]")
    is_contracts = rule and rule.pattern and said in (rule.pattern, f"^{rule.pattern}$")
    return "" if is_contracts else pattern


def categories_of(described: Json) -> list[Any] | None:
    """The values that a field's ``categories`` allow; ``None`` where it has none."""
    entries = described.get("categories")
    if entries is None:
        return None
    return [entry["value"] if isinstance(entry, dict) else entry for entry in entries]


def _constraints(described: Json) -> Json:
    """What a package says of a field but for its pattern: none of its own is for frictionless."""
    constraints = dict(described.get("constraints", {}))
    constraints.pop("pattern", None)
    categories = categories_of(described)
    if categories is not None:  # which frictionless does not hold
        constraints["enum"] = _common(categories, constraints.get("enum"))
    return constraints


def _common(choices: list[Any], others: list[Any] | None) -> list[Any]:
    """The choices that another list, where there is one, has as well."""
    known = None if others is None else set(map(str, others))
    return [choice for choice in choices if known is None or str(choice) in known]


def _strict_field(rule: FieldRule, described: Json, *, is_key: bool) -> Json:
    """A field that holds what the contract and the package's own constraints ask for."""
    constraints = _constraints(described)
    if is_key:
        constraints.pop("unique", None)  # the primary key says it in better words
    if rule.required:
        constraints["required"] = True
    if rule.enum:
        constraints["enum"] = _common(list(rule.enum), constraints.get("enum"))
    if rule.pattern:
        constraints["pattern"] = rule.pattern
    for limit, stricter in (("minimum", max), ("maximum", min)):
        bound = getattr(rule, limit)
        if bound is not None:
            field = Field.from_descriptor({"name": rule.name, "type": rule.type})
            own = field.create_value_reader()(constraints.get(limit, bound))
            constraints[limit] = stricter(bound, own)
    strict: Json = {"name": rule.name, "type": rule.type, "constraints": constraints}
    # What a link is, is said by the contract.
    return strict if rule.is_link else {**strict, "format": described.get("format", "default")}
