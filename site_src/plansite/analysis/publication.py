"""What is published: a plan, what can be said of it, and what to warn of."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from plansite.analysis.changes.change_log import DataChange, latest_changes
from plansite.analysis.changes.page_facts import facts_shown_on, pages_shown_on
from plansite.analysis.changes.provenance import (
    KnownRows,
    LastChanges,
    Provenance,
    known_corrections,
)
from plansite.analysis.verdicts.assess import Assessments, assess
from plansite.analysis.verdicts.highlights import Highlights
from plansite.analysis.verdicts.narrator import Narrator
from plansite.data.history import History
from plansite.data.history.releases import Releases
from plansite.data.package import RawTable, RowNumbers
from plansite.model import Language, Plan
from plansite.model.formatting import format_day
from plansite.model.problems import Problem
from plansite.model.site_settings import Site
from plansite.model.translations import Words


@dataclass(frozen=True)
class Publication:
    """A plan on one day, from which pages, charts and files are made."""

    plan: Plan
    assessments: Assessments
    warnings: tuple[Problem, ...] = ()
    history: History | None = None
    """How the data came to be as they are; ``None`` where git has no history of them."""
    site: Site = field(default_factory=Site)
    row_numbers: RowNumbers = field(default_factory=RowNumbers)
    """Where the plan's records stand in the package's files."""
    tables: Mapping[str, RawTable] = field(default_factory=dict)
    """The package's tables as typed."""
    releases: Releases = field(default_factory=Releases)
    left_out: frozenset[tuple[str, str]] = frozenset()
    """Documents and corrections, by table and id, of what became known after the day."""

    @property
    def known(self) -> KnownRows:
        """The rows that it shows of any state of the data."""
        return KnownRows(self.assessments.as_of, self.left_out)

    @cached_property
    def data_changes(self) -> tuple[DataChange, ...]:
        """What changed with the latest commits, newest first; none without a history."""
        if self.history is None:
            return ()
        return latest_changes(self.history, self.plan, self.known)

    @property
    def dated_changes(self) -> tuple[DataChange, ...]:
        """Those of them that a feed can list: with a commit that says when it was made."""
        return tuple(row for row in self.data_changes if row.commit and row.commit.moment)

    @cached_property
    def last_changes(self) -> LastChanges | None:
        """When which data last changed; ``None`` without a history."""
        history = self.history
        return None if history is None else LastChanges(history, self.known)

    def provenance(self, address: str) -> Provenance | None:
        """Where the data of a page come from; ``None`` without a history."""
        if self.last_changes is None:
            return None
        return self.last_changes.at(self._last_change_of(address, self.last_changes))

    @cached_property
    def _positions(self) -> dict[str, int | None]:
        return {}

    def _last_change_of(self, address: str, changes: LastChanges) -> int | None:
        """The position of the last step that changed what a page shows."""
        if address not in self._positions:
            others = pages_shown_on(address, self.plan)
            positions = [
                changes.position(facts_shown_on(address, self.plan)),
                *(self._last_change_of(other, changes) for other in others),
            ]
            known = (position for position in positions if position is not None)
            self._positions[address] = min(known, default=None)
        return self._positions[address]

    def narrator(self, language: Language) -> Narrator:
        """What words its sentences in a language."""
        as_of = format_day(self.assessments.as_of, language)
        return Narrator(self.plan, Words(language), as_of)

    def highlights(self, language: Language) -> Highlights:
        """What matters most of it, in a language."""
        as_of = format_day(self.assessments.as_of, language)
        return Highlights(
            self.plan, self.assessments, self.narrator(language), Words(language), as_of
        )


def publish(
    plan: Plan,
    as_of: dt.date,
    warnings: Iterable[Problem],
    history: History | None = None,
    site: Site | None = None,
) -> Publication:
    """A plan as it can be published on a day: nothing that became known later counts or shows."""
    known = plan.known_on(as_of)
    known = dataclasses.replace(known, corrections=known_corrections(plan, known, as_of))
    left_out = frozenset(_undated(plan)) - {*_undated(known)}
    return Publication(
        known, assess(known, as_of), tuple(warnings), history, site or Site(), left_out=left_out
    )


def _undated(plan: Plan) -> Iterator[tuple[str, str]]:
    """Documents and corrections, by table and id."""
    yield from (("sources", row.source_id) for row in plan.sources)
    yield from (("corrections", row.correction_id) for row in plan.corrections)
