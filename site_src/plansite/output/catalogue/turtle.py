"""Writes linked data as Turtle, from the same nodes that JSON-LD shows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from plansite.util.json_format import Json

Node = Mapping[str, Json]
"""A thing in JSON-LD with prefixed names: ``@id`` and ``@type``, values as ``{"@value": …}``,
links as ``{"@id": …}``, things without an address in place."""


def to_turtle(prefixes: Mapping[str, str], nodes: Iterable[Node]) -> bytes:
    """Nodes as UTF-8; addresses without a host stay relative to the file's own."""
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())
    body = "".join(f"\n{_subject(node)}{_facts(node)} .\n" for node in nodes)
    return (head + body).encode()


def _subject(node: Node) -> str:
    return f"<{node['@id']}> "


def _facts(node: Node) -> str:
    kind = node.get("@type")
    lines = [f"a {kind}"] if kind else []
    for name, value in node.items():
        if not name.startswith("@"):
            lines.append(f"{name} {', '.join(map(_term, _several(value)))}")
    return " ;\n  ".join(lines)


def _several(value: Json) -> Sequence[Json]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else [value]


def _term(value: Json) -> str:
    assert isinstance(value, Mapping), value
    if "@value" in value:
        text = json.dumps(value["@value"], ensure_ascii=False)
        if "@language" in value:
            return f"{text}@{value['@language']}"
        return f"{text}^^{value['@type']}" if "@type" in value else text
    return f"<{value['@id']}>" if "@id" in value else f"[ {_facts(value)} ]"
