"""The API's overview files: what each of them holds."""

from __future__ import annotations

from collections.abc import Callable

from plansite.analysis.changes.change_log import DataChange
from plansite.analysis.changes.row_changes import RowChange
from plansite.analysis.publication import Publication
from plansite.analysis.verdicts.assess import LIMITED_FROM, NEARLY_FROM, PARTLY_FROM
from plansite.analysis.verdicts.tallies import tally
from plansite.model import urls
from plansite.model.contract import CONTRACT
from plansite.output.api import record_objects
from plansite.output.api.entity_objects import EntityObjects
from plansite.output.api.record_objects import Object, SiteLocation
from plansite.output.api.schemas import VOCABULARIES
from plansite.util.json_format import Json

SCHEMAS = {
    "plan": "Plan",
    "indicators": "Indicators",
    "tasks": "Tasks",
    "agencies": "Agencies",
    "observations": "Observations",
    "verdicts": "Verdicts",
    "sources": "Sources",
    "changes": "Changes",
    "codes": "Codes",
}
"""The overviews by name, with their schemas; ``index`` leads to them."""


class Overviews:
    """Makes each overview of one publication."""

    def __init__(self, publication: Publication, entities: EntityObjects) -> None:
        self._publication = publication
        self._plan = publication.plan
        self._entities = entities

    def make(self, name: str) -> Object:
        """An overview's content by its name."""
        makers: dict[str, Callable[[SiteLocation], Object]] = {
            "index": self._index,
            "plan": self._plan_file,
            "indicators": self._indicators,
            "tasks": self._tasks,
            "agencies": self._agencies,
            "observations": lambda _: {"observations": self._entities.observations()},
            "verdicts": self._verdicts,
            "sources": lambda _: {
                "sources": [record_objects.source(source) for source in self._plan.sources]
            },
            "changes": self._changes,
            "codes": lambda _: {"codes": _codes()},
        }
        location = SiteLocation(self._publication.site, urls.api_file(name))
        content = makers[name](location)
        return content if name == "codes" else {"as_of": self._entities.as_of, **content}

    def _index(self, location: SiteLocation) -> Object:
        history = self._publication.history
        return {
            "title": record_objects.text(self._plan.info.title),
            "version": self._plan.info.version,
            "changed": self._entities.changed(urls.HOME),
            "commit": record_objects.commit(history.head, location.site) if history else None,
            "licences": self._licences(),
            "openapi": location.file(urls.OPENAPI),
            "page": location.pages(urls.HOME),
            "files": [
                {
                    "file": location.file(urls.api_file(name)),
                    "title": record_objects.both_words(f"api.{name}"),
                    "schema": schema,
                }
                for name, schema in SCHEMAS.items()
            ],
        }

    def _plan_file(self, location: SiteLocation) -> Object:
        info, plan = self._plan.info, self._plan
        known = tally(self._publication.assessments.indicators)
        kinds = ("met", "unmet", "overdue", "awaiting", "unsettled")
        return {
            "name": info.name,
            "title": record_objects.text(info.title),
            "description": record_objects.text(info.description),
            "version": info.version,
            "licences": self._licences(),
            "changed": self._entities.changed(urls.HOME),
            "years": list(plan.years),
            "counts": {table: len(getattr(plan, table)) for table in CONTRACT},
            "targets": {kind: getattr(known, kind) for kind in kinds},
            "themes": [
                {
                    "theme_id": theme.theme_id,
                    "title": record_objects.text(theme.title),
                    "numbering": theme.numbering,
                    "task_ids": [t.task_id for t in plan.tasks if t.theme_id == theme.theme_id],
                }
                for theme in plan.themes
            ],
            "sections": [
                {
                    "section_id": section.section_id,
                    "kind": section.kind.value,
                    "heading": record_objects.text(section.heading),
                    "text": record_objects.maybe_text(section.text),
                    "note": record_objects.maybe_text(section.note),
                }
                for section in plan.plan_sections
            ],
            "page": location.pages(urls.PLAN),
        }

    def _licences(self) -> Json:
        return [
            {"title": title, "address": address or None}
            for title, address in self._plan.info.licenses
        ]

    def _indicators(self, location: SiteLocation) -> Object:
        make = self._entities.indicator_summary
        return {"indicators": [make(row, location) for row in self._plan.indicators]}

    def _tasks(self, location: SiteLocation) -> Object:
        make = self._entities.task_summary
        return {"tasks": [make(row, location) for row in self._plan.tasks]}

    def _agencies(self, location: SiteLocation) -> Object:
        return {"agencies": [self._entities.agency(row, location) for row in self._plan.agencies]}

    def _verdicts(self, _: SiteLocation) -> Object:
        assessments = self._publication.assessments
        return {
            "thresholds": {"nearly": NEARLY_FROM, "partly": PARTLY_FROM, "limited": LIMITED_FROM},
            "indicators": [record_objects.target_verdict(row) for row in assessments.indicators],
            "commitments": [
                record_objects.commitment_verdict(row) for row in assessments.commitments
            ],
        }

    def _changes(self, location: SiteLocation) -> Object:
        return {
            "changes": [_change(row, location) for row in self._publication.data_changes],
            "corrections": [record_objects.correction(row) for row in self._plan.corrections],
        }


def _change(row: DataChange, location: SiteLocation) -> Object:
    return {
        "commit": record_objects.commit(row.commit, location.site) if row.commit else None,
        "begins": row.begins,
        "counts": [
            {"table": table, "kind": kind.value, "count": count}
            for table, kind, count in row.counts
        ],
        "rows": [_entry(entry, location) for entry in row.entries],
        "more": 0 if row.begins else row.more(len(row.entries)),
        "verdicts": None
        if row.verdicts is None
        else [
            {
                "id": turned.subject_id,
                "name": record_objects.text(turned.name),
                "year": turned.year,
                "old": turned.old,
                "new": turned.new,
                "page": location.pages(turned.address) if turned.address else None,
            }
            for turned in row.verdicts
        ],
    }


def _entry(row: RowChange, location: SiteLocation) -> Object:
    return {
        "kind": row.kind.value,
        "table": row.table,
        "name": record_objects.text(row.name),
        "page": location.pages(row.address) if row.address is not None else None,
        "year": row.year or None,
        "value": row.value or None,
        "unit": record_objects.maybe_text(row.measure),
        "source_id": row.source_id or None,
        "release_status": row.release_status or None,
        "comparability": row.comparability or None,
        "comparator": row.comparator or None,
        "upper_value": row.upper_value or None,
        "cells": [{"field": cell.field, "old": cell.old, "new": cell.new} for cell in row.cells],
    }


def _codes() -> Json:
    """Every vocabulary's codes in words."""
    return {
        name: {code.value: record_objects.both_words(f"{table}.{code.value}") for code in codes}
        for name, (codes, table) in VOCABULARIES.items()
    }
