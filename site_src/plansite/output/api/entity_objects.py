"""Indicators, tasks and agencies as the API's objects: in short for lists, whole for own files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from plansite.analysis.changes.corrections import CorrectionIndex
from plansite.analysis.publication import Publication
from plansite.model import Agency, Indicator, Observation, Task, urls
from plansite.model.precedence import leading_value, values_by_year
from plansite.output.api import record_objects
from plansite.output.api.record_objects import Object, SiteLocation
from plansite.util.json_format import Json


class EntityObjects:
    """Makes what the API says of a publication's indicators, tasks and agencies."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._plan = publication.plan
        self._assessments = publication.assessments
        self._corrected = CorrectionIndex(publication.plan.corrections)

    @property
    def as_of(self) -> str:
        """The day of assessment."""
        return self._assessments.as_of.isoformat()

    def indicator_summary(self, row: Indicator, location: SiteLocation) -> Object:
        """An indicator without its series."""
        by_year = values_by_year(row.indicator_id, self._plan)
        comparable = (leading_value(by_year[year], self._plan) for year in reversed(by_year))
        latest = next((value for value in comparable if value), None)
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
            "page": location.pages(address),
            "file": location.file(urls.api_indicator(row.indicator_id)),
        }

    def indicator(self, row: Indicator, location: SiteLocation) -> Object:
        """An indicator with targets, values, verdicts and sources."""
        key = row.indicator_id
        targets = list(self._plan.targets_of(key).values())
        values = [v for year in values_by_year(key, self._plan).values() for v in year]
        return {
            "as_of": self.as_of,
            **self.indicator_summary(row, location),
            "targets": [record_objects.target(target) for target in targets],
            "values": [self._value(value) for value in values],
            "verdicts": [
                record_objects.target_verdict(verdict) for verdict in self._assessments.of(key)
            ],
            "corrections": self._corrections(
                *((table, key) for table in ("indicators", "targets", "observations")),
                *(("sources", cited.source_id) for cited in (*targets, *values)),
            ),
            "sources": self._sources(cited.source_id for cited in (*targets, *values)),
        }

    def observations(self) -> Json:
        """Every published value as listed."""
        return [
            {"indicator_id": row.indicator_id, **self._value(row)}
            for row in self._plan.observations
        ]

    def task_summary(self, row: Task, location: SiteLocation) -> Object:
        """A task without its text."""
        key, address = row.task_id, urls.task(row.task_id)
        commitments = self._assessments.of_task(key)
        return {
            "task_id": key,
            "theme_id": row.theme_id,
            "title": record_objects.text(row.title),
            "agencies": [
                {"agency_id": agency.agency_id, "named_as": link.named_as}
                for agency, link in self._plan.agencies_of(key)
            ],
            "indicator_ids": [promised.indicator_id for promised in self._plan.indicators_of(key)],
            "commitment_ids": [verdict.commitment.commitment_id for verdict in commitments],
            "changed": self.changed(address),
            "page": location.pages(address),
            "file": location.file(urls.api_task(key)),
        }

    def task(self, row: Task, location: SiteLocation) -> Object:
        """A task with its text, commitments and reports."""
        reports = self._plan.reports_of(row.task_id)
        commitments = self._assessments.of_task(row.task_id)
        return {
            "as_of": self.as_of,
            **self.task_summary(row, location),
            "text": record_objects.text(row.text),
            "commitments": [record_objects.commitment_verdict(verdict) for verdict in commitments],
            "reports": [record_objects.progress_report(report) for report in reports],
            "corrections": self._corrections(
                *((table, row.task_id) for table in ("tasks", "task_agencies")),
                *(("commitments", verdict.commitment.commitment_id) for verdict in commitments),
                *(("progress_reports", report.report_id) for report in reports),
                *(("sources", report.source_id) for report in reports),
            ),
            "sources": self._sources(report.source_id for report in reports),
        }

    def agency(self, row: Agency, location: SiteLocation) -> Object:
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
            "page": location.pages(urls.agency(key)),
        }

    def changed(self, address: str) -> str | None:
        """The day on which the data of a page last changed, where git knows it."""
        provenance = self._publication.provenance(address)
        return record_objects.day(provenance.changed) if provenance else None

    def _value(self, row: Observation) -> Object:
        leading = self._leading.get((row.indicator_id, row.year))
        return record_objects.value(row, leads=row is leading)

    @cached_property
    def _leading(self) -> dict[tuple[str, int], Observation | None]:
        return {(row.indicator_id, row.year): row.leading for row in self._assessments.indicators}

    def _corrections(self, *rows: tuple[str, str]) -> Json:
        """What was corrected of rows, each a table and the first part of the key."""
        return [record_objects.correction(row) for row in self._corrected.of_rows(rows)]

    def _sources(self, ids: Iterable[str]) -> Json:
        return [
            record_objects.source(self._plan.source[source_id]) for source_id in dict.fromkeys(ids)
        ]
