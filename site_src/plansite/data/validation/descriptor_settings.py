"""What a descriptor may say: standard properties of their kind, and nothing that reading overrides.

Tables are read in one way, whatever a package says of it: CSV in UTF-8 with commas, the header in
row 1, numbers with a point. Where ``datapackage.json`` says otherwise, every other reader would see
other values than the site publishes, so that is refused. Standard properties are those of Data
Package 1 and 2 and of frictionless; the package's own are left alone.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from plansite.data.package.descriptor import Json
from plansite.model.problems import Problem
from plansite.util.json_format import Place, part_name

_PARTS = {
    "package": {
        **{"resources": "resource", "licenses": "entry", "sources": "entry"},
        "contributors": "entry",
    },
    "resource": {"schema": "schema", "dialect": "dialect", "licenses": "entry", "sources": "entry"},
    "dialect": {"csv": "dialect"},
    "schema": {"fields": "field", "foreignKeys": "key"},
    "field": {"constraints": "constraints"},
    "key": {"reference": "reference"},
}
"""What standard objects hold, by level."""
_LISTS = ("resources", "licenses", "sources", "contributors", "fields", "foreignKeys")
_TEXTS = frozenset(
    {"$schema", "profile", "name", "title", "title_en", "description", "description_en", "homepage"}
    | {"version", "id", "created", "image", "path", "email", "role", "organization", "givenName"}
    | {"familyName", "rdfType", "type", "format", "resource", "hash", "pattern"}
)
_TEXT_LISTS = frozenset({"keywords", "roles"})
_JUDGED_ELSEWHERE = (("resource", "path"), ("field", "type"))
"""Properties that have a problem of their own where they are wrong."""
_FLAGS = frozenset({"required", "unique", "categoriesOrdered"})
_WHOLE = frozenset({"bytes", "minLength", "maxLength"})
_KIND_WORDS = {
    "text": ("文字", "text"),
    "texts": ("文字的列表", "a list of texts"),
    "flag": ("true 或 false", "true or false"),
    "whole": ("不小于 0 的整数", "a whole number from 0"),
    "object": ("对象 {…}", "an object {…}"),
    "objects": ("对象的列表 [{…}]", "a list of objects [{…}]"),
}
_PROFILE = re.compile(
    r"https?://(datapackage\.org/profiles/[12]\.[0-9]+|specs\.frictionlessdata\.io/schemas)"
    r"/(datapackage|dataresource|tableschema|tabledialect|data-package|data-resource|table-schema"
    r"|tabular-data-package|tabular-data-resource|csv-dialect)\.json"
)
_PROFILE_NAMES = ("data-package", "tabular-data-package", "data-resource", "tabular-data-resource")


def _is_utf8(value: object) -> bool:
    try:
        return codecs.lookup(str(value)).name in ("utf-8", "utf-8-sig")
    except (LookupError, ValueError):
        return False


def _is_profile(value: object) -> bool:
    return value in _PROFILE_NAMES or bool(_PROFILE.fullmatch(str(value)))


def _is_csv_type(value: object) -> bool:
    plain = str(value).lower().replace(" ", "")
    return plain in ("text/csv", "text/csv;charset=utf-8")


Accepts = tuple[object, ...] | Callable[[object], bool]
"""The values that a setting may have, or what tells whether it may have one."""
_NO_VALUE: tuple[object, ...] = ()
_DIALECT: dict[str, Accepts] = {
    **{"delimiter": (",",), "quoteChar": ('"',), "doubleQuote": (True,)},
    **{"skipInitialSpace": (False,), "lineTerminator": ("\r\n", "\n"), "header": (True,)},
    **{"headerRows": ([1],), "headerJoin": (" ",), "headerCase": (True,), "commentRows": ([],)},
    **{"caseSensitiveHeader": (True, False), "csvddfVersion": (1, 1.0, 1.2, "1.0", "1.2")},
    **{"skipBlankRows": (False,), "$schema": _is_profile},
    **dict.fromkeys(("name", "title", "description", "csv"), lambda value: True),
}
_RESOURCE: dict[str, Accepts] = {
    **{"type": ("table",), "format": ("csv", "CSV"), "mediatype": _is_csv_type},
    **{"encoding": _is_utf8, "scheme": ("file",), "extrapaths": ([],)},
    **dict.fromkeys(
        {"data", "url", "compression", "innerpath", "control", "layout", "query", "profiles"}
        | {"stats", "hashing", "rows", "detector", "checklist", "pipeline", "jsonSchema"},
        _NO_VALUE,
    ),
}
_SCHEMA: dict[str, Accepts] = {
    "missingValues": ([""], [{"value": ""}]),
    "fieldsMatch": ("exact", ["exact"]),
    **dict.fromkeys(("type", "schemaSync", "schema_sync"), _NO_VALUE),
}
_FIELD: dict[str, Accepts] = {
    **{"decimalChar": (".",), "groupChar": ("",), "bareNumber": (True,), "floatNumber": (False,)},
    **{"missingValues": ([""], [{"value": ""}])},
    **dict.fromkeys(("trueValues", "falseValues", "arrayItem", "delimiter", "itemType"), _NO_VALUE),
}
_SETTINGS: Mapping[str, Mapping[str, Accepts]] = {
    "package": {"type": _NO_VALUE},
    "resource": _RESOURCE,
    "schema": _SCHEMA,
    "field": _FIELD,
    "dialect": _DIALECT,
}
"""By level, what each setting may say: what is done in any case."""
_TEXT_FORMATS = ("default", "email", "uri", "uuid", "binary")
"""Formats of a text that leave it as it is."""
_CONSTRAINTS = frozenset(
    {"required", "unique", "pattern", "enum", "minimum", "maximum", "exclusiveMinimum"}
    | {"exclusiveMaximum", "minLength", "maxLength", "jsonSchema"}
)
_PROPER_LEVEL = {
    **dict.fromkeys(("schema", "dialect", "encoding", "compression"), "resource"),
    **dict.fromkeys(set(_DIALECT) - {"name", "title", "description", "csv", "$schema"}, "dialect"),
    **dict.fromkeys(("fields", "primaryKey", "foreignKeys", "uniqueKeys", "fieldsMatch"), "schema"),
    **dict.fromkeys(set(_FIELD), "field"),
    **dict.fromkeys(_CONSTRAINTS, "constraints"),
}
"""The level at which a setting belongs; at another some readers hear it and others do not."""
_NOTHING_HERE = ("空（不写）", "nothing here")
MISLEADING = "reading-setting"
"""The code of the problem with a setting that others would hear and this program does not."""


def check_properties(content: Json, file: str) -> Iterator[Problem]:
    """Yield a problem for each property that is of another kind, or says what reading overrides.

    Args:
        content: the descriptor.
        file: its file, as shown to people.
    """
    yield from _check_object(content, "package", (), file)


def _check_object(
    node: Mapping[str, Any], level: str, place: Place, file: str
) -> Iterator[Problem]:
    """Yield the problems of an object at its level, and of the standard objects in it."""
    parts = _PARTS.get(level, {})
    for name, value in node.items():
        there = (*place, name)
        wanted = _kind_of(name, level)
        if wanted == "text" and (value is None or (name == "version" and type(value) is int)):
            continue  # left out, or written as a text, where it is published
        if wanted and not _is_of_kind(value, wanted):
            yield _problem("descriptor-kind", file, there, value, _KIND_WORDS[wanted])
        elif name in parts and isinstance(value, list):
            for number, part in enumerate(value):
                yield from _check_object(part, parts[name], (*there, part_name(part, number)), file)
        elif name in parts:
            yield from _check_object(value, parts[name], there, file)
        else:
            yield from _check_setting(node, name, level, there, file)


def _kind_of(name: str, level: str) -> str:
    """The kind that a standard property has at a level; empty for all others."""
    if name in _PARTS.get(level, {}):
        return "objects" if name in _LISTS else "object"
    if level == "dialect" or (level, name) in _JUDGED_ELSEWHERE:
        return ""
    kinds = {"text": _TEXTS, "texts": _TEXT_LISTS, "flag": _FLAGS, "whole": _WHOLE}
    return next((kind for kind, names in kinds.items() if name in names), "")


def _is_of_kind(value: object, kind: str) -> bool:
    """Whether a value is of a kind that ``_KIND_WORDS`` names."""
    if kind in ("texts", "objects"):
        one = str if kind == "texts" else dict
        return isinstance(value, list) and all(isinstance(part, one) for part in value)
    if kind == "whole":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, {"text": str, "flag": bool, "object": dict}[kind])


def _check_setting(
    node: Mapping[str, Any], name: str, level: str, place: Place, file: str
) -> Iterator[Problem]:
    """Yield a problem where a property would have others read other values than are read here."""
    value, settings = node[name], _SETTINGS.get(level, {})
    if name in ("$schema", "profile"):
        accepts: Accepts = _is_profile
    elif level == "field" and name == "format":
        accepts = _TEXT_FORMATS if node.get("type", "string") == "string" else ("default",)
    elif name in settings:
        accepts = settings[name]
    elif level == "dialect":
        accepts = _NO_VALUE
    elif level in _SETTINGS and _PROPER_LEVEL.get(name, level) != level:
        yield _problem(MISLEADING, file, place, value, _NOTHING_HERE)
        return
    else:
        return
    if not (accepts(value) if callable(accepts) else _as_json(value) in map(_as_json, accepts)):
        yield _problem(MISLEADING, file, place, value, _accepted(name, accepts))


def _accepted(name: str, accepts: Accepts) -> tuple[str, str]:
    """What may stand there, in both languages."""
    if callable(accepts):
        standard = ("Data Package 标准的网址", "an address of the Data Package standard")
        words = {"encoding": '"utf-8"', "mediatype": '"text/csv"'}
        return (words[name], words[name]) if name in words else standard
    if not accepts:
        return _NOTHING_HERE
    return _as_json(accepts[0]), _as_json(accepts[0])


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _problem(
    code: str, file: str, place: Place, value: object, expected: tuple[str, str]
) -> Problem:
    details = {"expected_zh": expected[0], "expected_en": expected[1]}
    return Problem(code, file, field=".".join(place), value=_as_json(value), details=details)
