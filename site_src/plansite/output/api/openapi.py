"""The API's description in OpenAPI 3.1, with examples from the plan itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plansite.analysis.publication import Publication
from plansite.model import Bilingual, urls
from plansite.model.translations import both
from plansite.output.api.overviews import SCHEMAS
from plansite.output.api.record_objects import Object
from plansite.output.api.schemas import schemas
from plansite.util.json_format import Json

_OWN_FILES = {"indicators": ("indicator_id", "Indicator"), "tasks": ("task_id", "Task")}
"""Overviews whose entries have files of their own: by which field, and their schema."""


def describe(publication: Publication, examples: Mapping[str, Object]) -> Object:
    """The document.

    Args:
        publication: the plan and the site that it stands on.
        examples: a file's content for each overview's name, and for ``indicators/…`` and
            ``tasks/…`` that of one of them.
    """
    info = publication.plan.info
    paths: dict[str, Json] = {}
    for name, schema in {"index": "Index", **SCHEMAS}.items():
        paths[f"/{name}.json"] = {"get": _operation(name, schema, examples.get(name))}
    for name, (field, schema) in _OWN_FILES.items():
        example = examples.get(f"{name}/…")
        operation = _operation(f"{name}_own", schema, example)
        operation["parameters"] = [_parameter(field, example)]
        paths[f"/{name}/{{{field}}}.json"] = {"get": operation}
    licences = [
        {"name": title, **({"url": address} if address else {})}
        for title, address in info.licenses[:1]
    ]
    return {
        "openapi": "3.1.1",
        "info": {
            "title": _joined(info.title),
            "description": _words("api.description"),
            **({"license": licences[0]} if licences else {}),
            "version": info.version,
        },
        "servers": [{"url": publication.site.file(urls.API.rstrip("/")) or "."}],
        "paths": paths,
        "components": {"schemas": schemas()},
    }


def _operation(name: str, schema: str, example: Object | None) -> Object:
    media: Object = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    if example is not None:
        media["example"] = _shortened(example)
    return {
        "operationId": name,
        "summary": _words(f"api.{name}"),
        "responses": {
            "200": {"description": _words("api.answer"), "content": {"application/json": media}}
        },
    }


def _parameter(field: str, example: Object | None) -> Object:
    parameter: Object = {
        "name": field,
        "in": "path",
        "required": True,
        "description": _words(f"api.{field}"),
        "schema": {"type": "string"},
    }
    return parameter if example is None else {**parameter, "example": example[field]}


def _shortened(value: Json) -> Json:
    """A content of whose lists only the first entry is left."""
    if isinstance(value, Mapping):
        return {key: _shortened(part) for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_shortened(part) for part in value[:1]]
    return value


def _words(key: str) -> str:
    return _joined(both(key))


def _joined(text: Bilingual) -> str:
    return f"{text.zh} {text.en}"
