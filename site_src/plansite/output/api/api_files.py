"""Every file of the API."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.analysis.publication import Publication
from plansite.model import urls
from plansite.model.translations import both
from plansite.output.api.entity_objects import EntityObjects
from plansite.output.api.openapi import describe
from plansite.output.api.overviews import SCHEMAS, Overviews
from plansite.output.api.record_objects import Object, SiteLocation
from plansite.output.published_file import PublishedFile
from plansite.util.json_format import json_bytes


def make_api(publication: Publication) -> Iterator[PublishedFile]:
    """Overviews, a file for each indicator and task, and the OpenAPI document that describes them.

    Args:
        publication: the plan with its verdicts, its history and the site that it stands on.
    """
    entities = EntityObjects(publication)
    overviews = Overviews(publication, entities)
    examples: dict[str, Object] = {}
    for name in ("index", *SCHEMAS):
        examples[name] = overviews.make(name)
        yield PublishedFile(urls.api_file(name), json_bytes(examples[name]), both(f"api.{name}"))
    for indicator in publication.plan.indicators:
        address = urls.api_indicator(indicator.indicator_id)
        content = entities.indicator(indicator, SiteLocation(publication.site, address))
        examples.setdefault("indicators/…", content)
        yield PublishedFile(address, json_bytes(content), indicator.name, indicator.indicator_id)
    for task in publication.plan.tasks:
        address = urls.api_task(task.task_id)
        content = entities.task(task, SiteLocation(publication.site, address))
        examples.setdefault("tasks/…", content)
        yield PublishedFile(address, json_bytes(content), task.title, task.task_id)
    document = json_bytes(describe(publication, examples))
    yield PublishedFile(urls.OPENAPI, document, both("api.openapi"))
