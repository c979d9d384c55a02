"""What the descriptor says to people: titles, descriptions, vocabularies, licence, version."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.data.package.descriptor import Descriptor, Json
from plansite.model import Bilingual, Contributor, FieldInfo, PackageInfo, ResourceInfo
from plansite.model.contract import CONTRACT, FieldRule


def package_info(descriptor: Descriptor, row_counts: Mapping[str, int]) -> PackageInfo:
    """The package as the site describes it; ``row_counts`` by table."""
    content = descriptor.content
    return PackageInfo(
        name=str(content.get("name", "")),
        title=_words(content, "title", str(content.get("name", ""))),
        description=_words(content, "description", ""),
        version=_text(content, "version"),
        licenses=tuple(
            (str(entry.get("title") or _text(entry, "name")), _text(entry, "path"))
            for entry in content.get("licenses", [])
        ),
        contributors=tuple(
            Contributor(
                name=_words(entry, "title", ""),
                roles=tuple(map(str, entry.get("roles", []))),
                address=_text(entry, "path"),
            )
            for entry in content.get("contributors", [])
        ),
        keywords=tuple(map(str, content.get("keywords", []))),
        resources=tuple(
            _resource(name, descriptor.resources[name], row_counts[name])
            for name in CONTRACT
            if name in row_counts
        ),
        time_zone=(content.get("site") or {}).get("time_zone", ""),
    )


def _text(entry: Json, name: str) -> str:
    """What stands under a name; null says nothing, like a name that is not there."""
    said = entry.get(name)
    return "" if said is None else str(said)


def _words(entry: Json, name: str, otherwise: str) -> Bilingual:
    zh = str(entry.get(name) or otherwise)
    return Bilingual(zh, str(entry.get(f"{name}_en") or zh))


def _resource(name: str, entry: Json, row_count: int) -> ResourceInfo:
    rule = CONTRACT[name]
    rules = {field.name: field for field in rule.fields}
    return ResourceInfo(
        name=name,
        path=entry["path"],
        title=_words(entry, "title", name),
        description=_words(entry, "description", ""),
        fields=tuple(
            _field(field, rules.get(field["name"])) for field in entry["schema"]["fields"]
        ),
        primary_key=rule.primary_key,
        foreign_keys=rule.foreign_keys,
        row_count=row_count,
    )


def _field(entry: Json, rule: FieldRule | None) -> FieldInfo:
    constraints = entry.get("constraints") or {}
    return FieldInfo(
        name=entry["name"],
        type=entry.get("type", "string"),
        required=rule.required if rule else bool(constraints.get("required")),
        title=_words(entry, "title", entry["name"]),
        description=_words(entry, "description", ""),
        enum=rule.enum if rule else tuple(str(word) for word in constraints.get("enum", [])),
    )
