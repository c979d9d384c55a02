"""What pages show of indicators and tasks: rows put together from plan and assessments."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from plansite.analysis.verdicts.assess import Assessment, Assessments
from plansite.analysis.verdicts.commitments import CommitmentAssessment
from plansite.analysis.verdicts.tallies import reported
from plansite.model import Comparability, Indicator, Observation, Plan, Role, Target, Task
from plansite.model.formatting import decimal_places
from plansite.model.precedence import values_by_year


@dataclass(frozen=True)
class YearRow:
    """One year of an indicator: target, values in order of precedence, verdict."""

    year: int
    target: Target | None
    values: list[Observation]
    assessment: Assessment | None

    @property
    def leading(self) -> Observation | None:
        """The value that the row shows first."""
        return self.values[0] if self.values else None


@dataclass(frozen=True)
class IndicatorView:
    """An indicator with its years."""

    indicator: Indicator
    rows: list[YearRow]
    assessments: list[Assessment]

    @property
    def judged(self) -> list[Assessment]:
        """The years that have a target."""
        return [row for row in self.assessments if row.target is not None]

    @property
    def silent(self) -> bool:
        """Whether no year with a target has a comparable published value."""
        return all(row.leading is None for row in self.judged)

    @property
    def focus(self) -> Assessment | None:
        """The latest year that has both a target and a value; what a card leads with."""
        valued = [row for row in self.judged if row.leading is not None]
        return valued[-1] if valued else None

    @property
    def latest(self) -> Observation | None:
        """The leading comparable value of the latest year that has any."""
        values = [row.leading for row in self.rows if row.leading is not None]
        comparable = [value for value in values if value.comparability is Comparability.SAME]
        return comparable[-1] if comparable else None

    @property
    def decimals(self) -> int:
        """The most digits behind the point among its published values."""
        return max((decimal_places(v.value) for row in self.rows for v in row.values), default=0)


def view_indicator(indicator: Indicator, plan: Plan, assessments: Assessments) -> IndicatorView:
    """Put an indicator's years together."""
    values = values_by_year(indicator.indicator_id, plan)
    targets = plan.targets_of(indicator.indicator_id)
    judged = assessments.of(indicator.indicator_id)
    by_year = {row.year: row for row in judged}
    rows = [
        YearRow(year, targets.get(year), values.get(year, []), by_year.get(year))
        for year in sorted(set(values) | set(targets))
    ]
    return IndicatorView(indicator, rows, judged)


@dataclass(frozen=True)
class TaskView:
    """A task with its deliverables, commitments and context."""

    task: Task
    deliverables: list[IndicatorView]
    commitments: list[CommitmentAssessment]
    context: list[IndicatorView]


def by_wording(
    rows: Iterable[CommitmentAssessment],
) -> list[tuple[str, list[CommitmentAssessment]]]:
    """Neighbouring commitments that rest on the same words of the plan, together."""
    groups = itertools.groupby(rows, key=lambda row: row.commitment.wording_zh)
    return [(wording, list(group)) for wording, group in groups]


class PageViews:
    """Every indicator and task of a plan, put together once."""

    def __init__(self, plan: Plan, assessments: Assessments) -> None:
        self._plan = plan
        self._assessments = assessments
        self._indicators = {
            row.indicator_id: view_indicator(row, plan, assessments) for row in plan.indicators
        }

    def indicator(self, indicator_id: str) -> IndicatorView:
        """One indicator."""
        return self._indicators[indicator_id]

    def of_role(self, role: Role) -> list[IndicatorView]:
        """All indicators of a role, in the plan's order."""
        return [view for view in self._indicators.values() if view.indicator.role is role]

    def promised(self) -> list[IndicatorView]:
        """All indicators that may have targets, headline indicators first."""
        return self.of_role(Role.HEADLINE) + self.of_role(Role.DELIVERABLE)

    def context_of(self, indicator_id: str) -> list[IndicatorView]:
        """The context indicators that throw light on one."""
        return [self._indicators[row.indicator_id] for row in self._plan.context_of(indicator_id)]

    def task(self, task: Task) -> TaskView:
        """One task."""
        deliverables = self._plan.indicators_of(task.task_id, Role.DELIVERABLE)
        deliverables += self._plan.indicators_of(task.task_id, Role.HEADLINE)
        context = self._plan.indicators_of(task.task_id, Role.CONTEXT)
        return TaskView(
            task,
            [self._indicators[row.indicator_id] for row in deliverables],
            self._assessments.of_task(task.task_id),
            [self._indicators[row.indicator_id] for row in context],
        )

    def judged(self) -> list[tuple[IndicatorView, Assessment]]:
        """Every target with its indicator, in the plan's order."""
        return [(view, row) for view in self._indicators.values() for row in view.judged]

    def reported(self) -> int:
        """How many commitments have a published report."""
        return reported(self._assessments.commitments)
