"""Finds the verdicts that each commit changed: the data before and after it, judged alike.

The way leads back from the plan as it is published. Only what a commit touched is judged again, so
a long history costs little. Earlier states were never validated by today's rules: where one cannot
be read, nothing is said of it or of anything before it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from plansite.analysis.changes.provenance import is_known
from plansite.analysis.verdicts.assess import assess
from plansite.data.history import History, Step
from plansite.data.package import Key, RawRow, make_records
from plansite.model import Bilingual, Comparator, Plan, Target, urls
from plansite.model.contract import CONTRACT, FieldRule

_SUBJECT = {
    "indicators": "indicator_id",
    "targets": "indicator_id",
    "observations": "indicator_id",
    "commitments": "commitment_id",
    "progress_reports": "commitment_id",
    "sources": "source_id",
}
"""The tables that verdicts rest on, and the field that says what a row is about."""
_KINDS = {
    "indicators": ("indicators", "targets", "observations"),
    "commitments": ("commitments", "progress_reports"),
}
"""What is judged, and by which tables beside the sources."""


@dataclass(frozen=True)
class VerdictChange:
    """Another verdict on the same target or commitment."""

    subject_id: str
    name: Bilingual
    address: str | None
    """The page that shows it now."""
    year: int | None
    """``None`` for a commitment."""
    old: str
    new: str


def verdict_changes(
    history: History, plan: Plan, as_of: dt.date
) -> Iterator[tuple[VerdictChange, ...] | None]:
    """The verdicts that each step of the history changed, the latest first.

    Both sides are judged as of the commit's own day, so that a change tells the same in every
    later build. Gives ``None`` where a state could not be read.

    Args:
        history: the data's history.
        plan: the plan as it is published.
        as_of: the day whose knowledge is shown; it counts where it comes first.
    """
    state: _State | None = _State(plan)
    for step in history.steps:
        turned = None
        if state is not None:
            day = step.commit.day if step.commit else None
            try:
                turned = tuple(_turned(state, step, min(day or as_of, as_of), as_of))
            except (LookupError, ValueError, ArithmeticError):
                state = None
        yield turned


def _turned(state: _State, step: Step, day: dt.date, as_of: dt.date) -> Iterator[VerdictChange]:
    """The verdicts that a step changed; leaves the state as it was before the step."""
    subjects = state.touched(step)
    after = state.verdicts(subjects, day)
    state.rewind(step, as_of)
    before = state.verdicts(subjects, day)
    for about, (name, verdict) in after.items():
        if about in before and before[about][1] != verdict:
            table, subject, year = about
            current_name, address = state.known(table, subject)
            yield VerdictChange(
                subject, current_name or name, address, year, before[about][1], verdict
            )


class _State:
    """The rows that verdicts rest on, by table, subject and key."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rows: dict[str, dict[str, dict[Key, Any]]] = {}
        for table in _SUBJECT:
            self._rows[table] = defaultdict(dict)
            fields = CONTRACT[table].primary_key
            for record in getattr(plan, table):
                key = tuple(str(getattr(record, field)) for field in fields)
                self._rows[table][_subject(table, vars(record))][key] = record

    def touched(self, step: Step) -> set[tuple[str, str]]:
        """The indicators and commitments whose verdict a step may have changed."""
        touched = set()
        for before, after in step.tables:
            if before.name == "sources":
                touched |= self._citing(_seen_otherwise(before.rows, after.rows))
            elif before.name in _SUBJECT:
                kind = next(kind for kind, tables in _KINDS.items() if before.name in tables)
                rows = (*before.rows.values(), *after.rows.values())
                touched |= {(kind, _subject(before.name, row.cells)) for row in rows}
        return touched

    def _citing(self, sources: set[str]) -> set[tuple[str, str]]:
        if not sources:
            return set()
        return {
            ("indicators", subject)
            for subject, rows in self._rows["observations"].items()
            if any(record.source_id in sources for record in rows.values())
        }

    def rewind(self, step: Step, as_of: dt.date) -> None:
        """Undo a step."""
        for before, after in step.tables:
            table = before.name
            if table not in _SUBJECT:
                continue
            for row in after.rows.values():
                self._rows[table][_subject(table, row.cells)].pop(row.key, None)
            for row in before.rows.values():
                if is_known(table, row.cells, as_of):
                    record = _record(table, row)
                    self._rows[table][_subject(table, row.cells)][row.key] = record

    def verdicts(
        self, subjects: set[tuple[str, str]], day: dt.date
    ) -> dict[tuple[str, str, int | None], tuple[Bilingual, str]]:
        """Name and verdict for (table, id, year) of some subjects."""
        part = {kind: sorted(key for table, key in subjects if table == kind) for kind in _KINDS}
        rows: dict[str, Any] = {
            table: tuple(self._of(table, part[kind]))
            for kind, tables in _KINDS.items()
            for table in tables
        }
        rows["sources"] = tuple(self._of("sources", self._rows["sources"]))
        plan = dataclasses.replace(self._plan, **rows).known_on(day)
        assessments = assess(plan, day)
        return {
            ("indicators", row.indicator_id, row.year): (
                plan.indicator[row.indicator_id].name,
                row.verdict.value,
            )
            for row in assessments.indicators
        } | {
            ("commitments", row.commitment.commitment_id, None): (
                row.commitment.title,
                row.verdict.value,
            )
            for row in assessments.commitments
        }

    def _of(self, table: str, subjects: Iterable[str]) -> Iterator[Any]:
        for subject in subjects:
            yield from self._rows[table].get(subject, {}).values()

    def known(self, table: str, subject: str) -> tuple[Bilingual | None, str | None]:
        """What the plan calls a subject now, and the page that shows it."""
        if table == "indicators":
            indicator = self._plan.indicator.get(subject)
            return (indicator.name, urls.indicator(subject)) if indicator else (None, None)
        for commitment in self._plan.commitments:
            if commitment.commitment_id == subject:
                return commitment.title, f"{urls.task(commitment.task_id)}#{subject}"
        return None, None


def _subject(table: str, row: Mapping[str, Any]) -> str:
    return row.get(_SUBJECT[table]) or ""


def _seen_otherwise(before: Mapping[Key, RawRow], after: Mapping[Key, RawRow]) -> set[str]:
    """The sources that are seen in another way than before; that decides which value leads."""
    return {
        key[0]
        for key in before.keys() & after.keys()
        if before[key].cells.get("access") != after[key].cells.get("access")
    }


def _record(table: str, row: RawRow) -> Any:
    """A row as typed, as the model's record.

    Raises:
        LookupError, ValueError, ArithmeticError: it does not say what today's rules ask for.
    """
    rules = CONTRACT[table].fields
    cells = {rule.name: _typed(rule, row.cells.get(rule.name, "")) for rule in rules}
    record = make_records(table, [cells])[0]
    if (
        isinstance(record, Target)
        and record.comparator is Comparator.BETWEEN
        and record.upper_value is None
    ):
        raise ValueError("upper_value")
    return record


def _typed(rule: FieldRule, cell: str) -> str | int | Decimal | None:
    if not cell:
        if rule.required:
            raise ValueError(rule.name)
        return None
    if rule.type == "number":
        return Decimal(cell)
    return int(cell) if rule.type == "integer" else cell
