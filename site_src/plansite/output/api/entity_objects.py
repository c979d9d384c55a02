"""Indicators, tasks and agencies as the API's objects: in short for lists, whole for own files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from plansite.analysis.changes.corrections import Corrected
from plansite.analysis.publication import Publication
from plansite.model import (
    Agency,
    Indicator,
    Observation,
    Task,
    urls,
)
from plansite.model.precedence import leading_value, values_by_year
from plansite.output.api import record_objects
from plansite.output.api.record_objects import Object, SiteLocation
from plansite.util.json_format import Json


class Subjects:
    """What a publication says of each of its subjects."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._plan = publication.plan
        self._assessments = publication.assessments
        self._corrected = Corrected(publication.plan.corrections)

    @property
    def as_of(self) -> str:
        """The day of assessment."""
        return self._assessments.as_of.isoformat()

    def indicator_summary(self, row: Indicator, place: SiteLocation) -> Object:
        """An indicator without its series."""
        by_year = values_by_year(row.indicator_id, self._plan)
        comparable = (leading_value(by_year[year], self._plan) for year in reversed(by_year))
        latest = next((found for found in comparable if found), None)
        address = urls.indicator(row.indicator_id)
        return {
            "indicator_id": row.indicator_id,
            "name": record_objects.text(row.name),
            "role": row.role.value,
            "task_id": row.task_id,
            "unit": record_objects.text(row.measure),
            "direction": row.direction.value,
            "accumulation": row.accumulation.value,
            "decimals": row.decimals,
            "baseline_year": row.baseline_year,
            "publication_lag_days": row.publication_lag_days,
            "definition": record_objects.maybe_text(row.definition),
            "related_indicator_id": row.related_indicator_id,
            "keywords": record_objects.maybe_text(row.keywords),
            "latest": self._value(latest) if latest else None,
            "changed": self.changed(address),
            "page": place.pages(address),
            "file": place.file(urls.api_indicator(row.indicator_id)),
        }

    def indicator(self, row: Indicator, place: SiteLocation) -> Object:
        """An indicator with targets, values, verdicts and sources."""
        key = row.indicator_id
        targets = list(self._plan.targets_of(key).values())
        values = [v for year in values_by_year(key, self._plan).values() for v in year]
        return {
            "as_of": self.as_of,
            **self.indicator_summary(row, place),
            "targets": [record_objects.target(one) for one in targets],
            "values": [self._value(one) for one in values],
            "verdicts": [record_objects.target_verdict(one) for one in self._assessments.of(key)],
            "corrections": [
                record_objects.correction(one)
                for one in self._corrected.beginning_with(("observations", "targets"), key)
            ],
            "sources": self._sources(one.source_id for one in (*targets, *values)),
        }

    def observations(self) -> Json:
        """Every published value as listed."""
        return [
            {"indicator_id": row.indicator_id, **self._value(row)}
            for row in self._plan.observations
        ]

    def task_summary(self, row: Task, place: SiteLocation) -> Object:
        """A task without its text."""
        key, address = row.task_id, urls.task(row.task_id)
        promises = self._assessments.of_task(key)
        return {
            "task_id": key,
            "theme_id": row.theme_id,
            "title": record_objects.text(row.title),
            "agencies": [
                {"agency_id": agency.agency_id, "named_as": link.named_as}
                for agency, link in self._plan.agencies_of(key)
            ],
            "indicator_ids": [one.indicator_id for one in self._plan.indicators_of(key)],
            "commitment_ids": [one.commitment.commitment_id for one in promises],
            "changed": self.changed(address),
            "page": place.pages(address),
            "file": place.file(urls.api_task(key)),
        }

    def task(self, row: Task, place: SiteLocation) -> Object:
        """A task with its text, commitments and reports."""
        reports = self._plan.reports_of(row.task_id)
        promises = self._assessments.of_task(row.task_id)
        return {
            "as_of": self.as_of,
            **self.task_summary(row, place),
            "text": record_objects.text(row.text),
            "commitments": [record_objects.commitment_verdict(one) for one in promises],
            "reports": [record_objects.progress_report(one) for one in reports],
            "sources": self._sources(one.source_id for one in reports),
        }

    def agency(self, row: Agency, place: SiteLocation) -> Object:
        """A responsible agency."""
        key = row.agency_id
        return {
            "agency_id": key,
            "name": record_objects.text(row.name),
            "homepage": row.homepage,
            "note": record_objects.maybe_text(row.note),
            "keywords": record_objects.maybe_text(row.keywords),
            "named_as": self._plan.wordings_of(key),
            "task_ids": [task.task_id for task in self._plan.tasks_of(key)],
            "page": place.pages(urls.agency(key)),
        }

    def changed(self, address: str) -> str | None:
        """The day on which the data of a page last changed, where git knows it."""
        found = self._publication.provenance(address)
        return record_objects.day(found.changed) if found else None

    def _value(self, row: Observation) -> Object:
        leading = self._leading.get((row.indicator_id, row.year))
        return record_objects.value(row, leads=row is leading)

    @cached_property
    def _leading(self) -> dict[tuple[str, int], Observation | None]:
        return {(row.indicator_id, row.year): row.leading for row in self._assessments.indicators}

    def _sources(self, ids: Iterable[str]) -> Json:
        return [record_objects.source(self._plan.source[one]) for one in dict.fromkeys(ids)]
