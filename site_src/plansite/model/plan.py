"""The whole plan and the look-ups that every page needs."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from plansite.model.package_info import PackageInfo
from plansite.model.records import (
    Agency,
    Commitment,
    Correction,
    Indicator,
    Observation,
    PlanSection,
    ProgressReport,
    Retired,
    Source,
    Target,
    Task,
    TaskAgency,
    Theme,
)
from plansite.model.vocabulary import Role

_Row = TypeVar("_Row")
_Key = TypeVar("_Key")


@dataclass(frozen=True)
class Plan:
    """The whole package, rows in the order in which the site lists them."""

    info: PackageInfo
    agencies: tuple[Agency, ...]
    themes: tuple[Theme, ...]
    tasks: tuple[Task, ...]
    task_agencies: tuple[TaskAgency, ...]
    indicators: tuple[Indicator, ...]
    targets: tuple[Target, ...]
    observations: tuple[Observation, ...]
    commitments: tuple[Commitment, ...]
    progress_reports: tuple[ProgressReport, ...]
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]
    plan_sections: tuple[PlanSection, ...] = ()
    retired: tuple[Retired, ...] = ()

    def known_on(self, day: dt.date) -> Plan:
        """The plan as it could be known on a day: without what was published later.

        A document that something known rests on stays, whatever its own date.
        """
        values = tuple(r for r in self.observations if r.published.first_day <= day)
        reports = tuple(r for r in self.progress_reports if r.date.first_day <= day)
        cited = {row.source_id for rows in (self.targets, values, reports) for row in rows}
        sources = tuple(
            source
            for source in self.sources
            if source.source_id in cited
            or not source.published
            or source.published.first_day <= day
        )
        return dataclasses.replace(
            self, observations=values, progress_reports=reports, sources=sources
        )

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that have a target, in order."""
        return tuple(sorted({target.year for target in self.targets}))

    def targets_for(self, year: int) -> list[Target]:
        """The targets of a year, as listed."""
        return self._targets_for.get(year, [])

    @cached_property
    def _targets_for(self) -> dict[int, list[Target]]:
        return _grouped(self.targets, lambda row: row.year)

    @cached_property
    def retired_ids(self) -> frozenset[tuple[str, str]]:
        """The ids that are no more in use, each with its table."""
        return frozenset((str(row.resource), row.retired_id) for row in self.retired)

    @cached_property
    def source(self) -> dict[str, Source]:
        """Sources by id."""
        return {row.source_id: row for row in self.sources}

    @cached_property
    def agency(self) -> dict[str, Agency]:
        """Agencies by id."""
        return {row.agency_id: row for row in self.agencies}

    @cached_property
    def task(self) -> dict[str, Task]:
        """Tasks by id."""
        return {row.task_id: row for row in self.tasks}

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        """Indicators by id."""
        return {row.indicator_id: row for row in self.indicators}

    @cached_property
    def _targets_of(self) -> dict[str, dict[int, Target]]:
        grouped: dict[str, dict[int, Target]] = {}
        for row in sorted(self.targets, key=lambda target: target.year):
            grouped.setdefault(row.indicator_id, {})[row.year] = row
        return grouped

    @cached_property
    def _observations_of(self) -> dict[str, list[Observation]]:
        return _grouped(self.observations, lambda row: row.indicator_id)

    def targets_of(self, indicator_id: str) -> dict[int, Target]:
        """An indicator's targets by year, in order of years."""
        return self._targets_of.get(indicator_id, {})

    def observations_of(self, indicator_id: str) -> list[Observation]:
        """An indicator's published values, as listed."""
        return self._observations_of.get(indicator_id, [])

    @cached_property
    def _agency_rows_of_task(self) -> dict[str, list[TaskAgency]]:
        return _grouped(
            sorted(self.task_agencies, key=lambda row: row.position), lambda row: row.task_id
        )

    def agencies_of(self, task_id: str) -> list[tuple[Agency, TaskAgency]]:
        """Who answers for a task, in the order in which the plan lists them."""
        return self._agencies_of_task.get(task_id, [])

    @cached_property
    def _agencies_of_task(self) -> dict[str, list[tuple[Agency, TaskAgency]]]:
        return {
            task_id: [(self.agency[row.agency_id], row) for row in rows]
            for task_id, rows in self._agency_rows_of_task.items()
        }

    @cached_property
    def _wordings_of_agency(self) -> dict[str, dict[str, None]]:
        grouped: dict[str, dict[str, None]] = {}
        for row in self.task_agencies:
            if row.named_as:
                grouped.setdefault(row.agency_id, {})[row.named_as] = None
        return grouped

    def wordings_of(self, agency_id: str) -> list[str]:
        """What the plan calls an agency where that is not its name, each wording once."""
        return list(self._wordings_of_agency.get(agency_id, ()))

    @cached_property
    def _tasks_of_agency(self) -> dict[str, list[Task]]:
        grouped: dict[str, list[Task]] = {}
        for task in self.tasks:
            for row in self._agency_rows_of_task.get(task.task_id, []):
                grouped.setdefault(row.agency_id, []).append(task)
        return grouped

    def tasks_of(self, agency_id: str) -> list[Task]:
        """The tasks that an agency answers for, in the plan's order."""
        return self._tasks_of_agency.get(agency_id, [])

    def indicators_of(self, task_id: str, role: Role | None = None) -> list[Indicator]:
        """A task's indicators, or those of one role."""
        rows = self._indicators_of_task.get(task_id, [])
        return [row for row in rows if role in (None, row.role)]

    @cached_property
    def _indicators_of_task(self) -> dict[str, list[Indicator]]:
        return _grouped(self.indicators, lambda row: row.task_id)

    def context_of(self, indicator_id: str) -> list[Indicator]:
        """The context indicators that throw light on this one."""
        return self._context_of.get(indicator_id, [])

    @cached_property
    def _context_of(self) -> dict[str, list[Indicator]]:
        context = (row for row in self.indicators if row.role is Role.CONTEXT)
        return _grouped(context, lambda row: row.related_indicator_id)

    @cached_property
    def _commitments_of_task(self) -> dict[str, list[Commitment]]:
        return _grouped(self.commitments, lambda row: row.task_id)

    def commitments_of(self, task_id: str) -> list[Commitment]:
        """A task's commitments, as listed."""
        return self._commitments_of_task.get(task_id, [])

    @cached_property
    def _reports_of_task(self) -> dict[str, list[ProgressReport]]:
        return _grouped(sorted(self.progress_reports, key=_newest_first), lambda row: row.task_id)

    def reports_of(self, task_id: str) -> list[ProgressReport]:
        """A task's progress reports, the latest first."""
        return self._reports_of_task.get(task_id, [])

    @cached_property
    def _reports_on_commitment(self) -> dict[str, list[ProgressReport]]:
        return _grouped(
            sorted(self.progress_reports, key=_newest_first), lambda row: row.commitment_id
        )

    def reports_on(self, commitment_id: str) -> list[ProgressReport]:
        """A commitment's progress reports, the latest first."""
        return self._reports_on_commitment.get(commitment_id, [])


def _newest_first(row: ProgressReport) -> tuple[tuple[int, int], str]:
    return row.date.newest_first, row.report_id


def _grouped(rows: Iterable[_Row], key: Callable[[_Row], _Key | None]) -> dict[_Key, list[_Row]]:
    """Rows by what they belong to, in their order; those that belong to nothing are left out."""
    grouped: dict[_Key, list[_Row]] = {}
    for row in rows:
        found = key(row)
        if found is not None:
            grouped.setdefault(found, []).append(row)
    return grouped
