"""Whether frictionless can work with the constraints that a descriptor adds to the contract's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frictionless import Field, FrictionlessException

from plansite.contract import CONTRACT
from plansite.package.descriptor import Descriptor, Json
from plansite.problems import Problem


def check_schema(name: str, descriptor: Descriptor, file: str) -> Iterator[Problem]:
    """Yield a problem for each field that a table describes twice or in no usable way."""
    kinds = {rule.name: {"type": rule.type} for rule in CONTRACT[name].fields}
    seen: set[str] = set()
    for field in descriptor.resources[name]["schema"]["fields"]:
        field_name = field["name"]
        fault = _fault({**field, **kinds.get(field_name, {})})
        if field_name in seen:
            fault = f'2 × "name": "{field_name}"'
        seen.add(field_name)
        if fault is not None:
            place = f"{name}.{field_name}"
            yield Problem("descriptor", file, value=place, details={"reason": fault})


def _fault(described: Json) -> str | None:
    constraints = described.get("constraints") or {}
    if not isinstance(constraints, dict):
        return f"constraints: {constraints!r}"
    if may_explode(str(constraints.get("pattern", ""))):
        return "pattern: (…+)+"
    try:
        field = Field.from_descriptor({**described, "constraints": constraints})
        re.compile(str(constraints.get("pattern", "")))
    except FrictionlessException as error:
        return "; ".join(reason.note for reason in error.reasons) or error.error.note
    except re.error as error:
        return f"pattern: {error}"
    read = field.create_value_reader()
    for limit in ("minimum", "maximum"):
        if limit in constraints and read(constraints[limit]) is None:
            return f"{limit}: {constraints[limit]!r}"
    return None


def may_explode(pattern: str) -> bool:
    """Whether a pattern repeats a group with a choice in it, which can take for ever to fail.

    ``(a+)+`` and ``(a|b)*`` may; ``[ab]*`` says the same and may not.
    """
    parts = re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "x", pattern, flags=re.DOTALL)
    choices = [False]
    for place, sign in enumerate(parts):
        if sign == "(":
            choices.append(False)
        elif sign == ")" and len(choices) > 1:
            has_choice = choices.pop()
            if has_choice and parts[place + 1 : place + 2] in ("+", "*", "{"):
                return True
            choices[-1] = choices[-1] or has_choice
        elif sign in "+*{|":
            choices[-1] = True
    return False
