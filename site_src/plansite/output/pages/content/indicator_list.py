"""The rows of the list of indicators: one for each target, one for each indicator without any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from plansite.analysis.verdicts.assess import Assessment
from plansite.analysis.verdicts.ratios import share_of_target
from plansite.model import Indicator, Observation, Plan, Task, Verdict
from plansite.output.pages.content.views import IndicatorView, PageViews

GROUPS = ("met", "unmet", "unpublished", "unjudged")
"""Verdicts as the home page counts them, and rows that have no target."""
_BEST_FIRST = (
    Verdict.MET,
    Verdict.NEARLY,
    Verdict.PARTLY,
    Verdict.LIMITED,
    Verdict.REGRESSED,
    Verdict.MISSED,
    Verdict.OVERDUE,
    Verdict.AWAITING,
    Verdict.NO_TARGET,
)


@dataclass(frozen=True)
class ListRow:
    """A target with what is known of it, or an indicator without targets with its latest value."""

    indicator: Indicator
    task: Task | None
    assessment: Assessment | None
    value: Observation | None
    repeats: bool = False
    """Whether the row before is of the same indicator, so that its name need not stand again."""

    @property
    def year(self) -> int | None:
        """The target's year, otherwise the value's."""
        if self.assessment is not None:
            return self.assessment.year
        return self.value.year if self.value else None

    @property
    def verdict(self) -> Verdict:
        """The row's verdict; that of an indicator without targets is ``no_target``."""
        return self.assessment.verdict if self.assessment else Verdict.NO_TARGET

    @property
    def group(self) -> str:
        """One of :data:`GROUPS`."""
        if self.assessment is None:
            return "unjudged"
        if self.verdict is Verdict.MET:
            return "met"
        return "unmet" if self.verdict.is_unmet else "unpublished"

    @property
    def rank(self) -> int:
        """Where the verdict stands when rows are sorted by it."""
        return _BEST_FIRST.index(self.verdict)

    @property
    def share(self) -> Decimal | None:
        """The value as per cent of the target."""
        if self.assessment is None or self.value is None:
            return None
        return share_of_target(self.value.value, self.assessment.target)


def list_rows(plan: Plan, views: PageViews) -> list[ListRow]:
    """Every row in the plan's order, an indicator's years ascending."""
    return [
        row
        for indicator in plan.indicators
        for row in _rows_of(views.indicator(indicator.indicator_id), plan)
    ]


def _rows_of(view: IndicatorView, plan: Plan) -> Iterator[ListRow]:
    indicator = view.indicator
    task = plan.task[indicator.task_id] if indicator.task_id else None
    for number, row in enumerate(view.judged):
        yield ListRow(indicator, task, row, row.leading, repeats=number > 0)
    if not view.judged:
        yield ListRow(indicator, task, None, view.latest)
