"""Finds what changed in ``datapackage.json``: what the package and its columns are called, and how.

A column's description can turn round what its numbers mean, so this is shown with the data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_DEEPEST = 8
"""Levels told apart: a constraint of a table's field is on the sixth."""
_ABSENT = object()


@dataclass(frozen=True)
class DescriptorChange:
    """A part of the descriptor that is new, gone or another."""

    path: str
    """Its place, entries of a list by their names: ``resources.targets.schema.fields.value``."""
    old: str
    """A text as it stands, anything else as JSON; empty where it was not there."""
    new: str


def descriptor_changes(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> tuple[DescriptorChange, ...]:
    """Every part that changed; none where one of the two cannot be read."""
    if old is None or new is None:
        return ()
    return tuple(_compare(old, new, ()))


def _compare(old: Any, new: Any, path: tuple[str, ...]) -> Iterator[DescriptorChange]:
    before, after = _parts(old), _parts(new)
    if before is None or after is None or len(path) == _DEEPEST:
        if _text(old) != _text(new):
            yield DescriptorChange(".".join(path), _text(old), _text(new))
        return
    for name in dict.fromkeys([*before, *after]):
        yield from _compare(before.get(name, _ABSENT), after.get(name, _ABSENT), (*path, name))


def _parts(node: Any) -> Mapping[str, Any] | None:
    """An object's entries, or those of a list whose entries have names; else ``None``."""
    if isinstance(node, Mapping):
        return node
    if not isinstance(node, list) or not node:
        return None
    named = {
        entry["name"]: entry
        for entry in node
        if isinstance(entry, dict) and isinstance(entry.get("name"), str)
    }
    return named if len(named) == len(node) else None


def _text(node: Any) -> str:
    if node is _ABSENT:
        return ""
    if isinstance(node, str):
        return node
    try:
        return json.dumps(node, ensure_ascii=False)
    except RecursionError:
        return "…"
