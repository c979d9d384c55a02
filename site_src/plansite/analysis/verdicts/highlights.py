"""The sentences that matter most, worked out from the data: what a newspaper could quote.

They count, name the latest results with number, target and kind of source, and say what was never
published. Which results are named follows a rule, so that nobody picks the good or the bad ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plansite.analysis.verdicts.assess import Assessment, Assessments
from plansite.analysis.verdicts.narrator import Narrator
from plansite.analysis.verdicts.tallies import counted, reported, tally
from plansite.model import Plan, ReleaseStatus, Role, Verdict
from plansite.model.translations import Words


@dataclass(frozen=True)
class HeadlineResult:
    """A published result; ``parts`` fill the words ``news.result``, after the indicator's name."""

    row: Assessment
    parts: dict[str, str]


class Highlights:
    """The sentences about a plan in one language."""

    def __init__(
        self, plan: Plan, assessments: Assessments, narrator: Narrator, words: Words, as_of: str
    ) -> None:
        self._plan = plan
        self._assessments = assessments
        self._narrator = narrator
        self._words = words
        self._as_of = as_of
        self._tally = tally(assessments.indicators)

    def targets(self) -> str:
        """How many targets there are, how many have a published value, and what those say."""
        known, words = self._tally, self._words
        if not known.total:
            return words("news.no_targets")
        values = {
            "targets": counted(words, "counts.targets", known.total),
            "day": self._as_of,
            "published": known.published,
        }
        if not known.published:
            return words("news.none_published", **values)
        key = "news.all_published" if not known.unpublished else "news.some_published"
        return words(key, **values, outcome=self._outcome())

    def _outcome(self) -> str:
        known = self._tally
        if known.met and known.unmet:
            return self._words("news.mixed", met=known.met, unmet=known.unmet)
        kind = "met" if known.met else "unmet"
        return counted(self._words, f"news.every_{kind}", known.published)

    def results(self) -> list[HeadlineResult]:
        """At most two results: the latest, and the latest that came out the other way.

        Of each indicator only its latest judged year counts; the plan's headline indicators come
        first. Where all came out the same way, the second is the next latest.
        """
        latest: dict[str, Assessment] = {}
        for row in self._assessments.indicators:
            if row.target is not None and row.leading is not None:
                latest[row.indicator_id] = row
        ordered = sorted(latest.values(), key=self._weight)
        if len(ordered) < 2:
            chosen = ordered
        else:
            first, *rest = ordered
            met = first.verdict is Verdict.MET
            other = (row for row in rest if (row.verdict is Verdict.MET) is not met)
            chosen = [first, next(other, rest[0])]
        return [HeadlineResult(row, self._result(row)) for row in chosen]

    def _weight(self, row: Assessment) -> tuple[int, bool]:
        return -row.year, self._plan.indicator[row.indicator_id].role is not Role.HEADLINE

    def _result(self, row: Assessment) -> dict[str, str]:
        assert row.leading is not None
        assert row.target is not None
        source = self._words(f"news.from_{self._plan.source[row.leading.source_id].access}")
        if row.leading.release_status is not ReleaseStatus.FINAL:
            status = self._words(f"status.{row.leading.release_status}")
            source = self._words("summary.list_joiner").join([status.lower(), source])
        return {
            "year": str(row.year),
            "value": self._narrator.value(row.indicator_id, row.leading.value),
            "target": self._narrator.target(row.target),
            "verdict": self._words(f"verdict.{row.verdict}").lower(),
            "source": source,
        }

    def missing_targets(self) -> str:
        """The targets that no value was published for; empty where there is nothing to add."""
        return self._words("news.sentences").join(self._missing_targets())

    def _missing_targets(self) -> Iterator[str]:
        known, words = self._tally, self._words
        if known.overdue and known.published:
            key = "news.overdue_some" if known.awaiting else "news.overdue"
            yield counted(words, key, known.overdue)
        if known.awaiting:
            yield counted(words, "news.awaiting", known.awaiting)
        verdicts: dict[str, set[Verdict]] = {}
        for row in self._assessments.indicators:
            if row.target is not None:
                verdicts.setdefault(row.indicator_id, set()).add(row.verdict)
        silent = sum(
            outcomes - {Verdict.AWAITING} == {Verdict.OVERDUE} for outcomes in verdicts.values()
        )
        if 0 < silent < len(verdicts):
            key = "news.silent_so_far" if known.awaiting else "news.silent_indicators"
            yield counted(words, key, silent, indicators=len(verdicts))

    def commitments(self) -> str:
        """How many commitments have a published report; empty where there are none."""
        rows, words = self._assessments.commitments, self._words
        if not rows:
            return ""
        with_report = reported(rows)
        total = counted(words, "news.commitments", len(rows))
        if with_report == len(rows):
            return counted(words, "news.all_reported", with_report, total=total)
        if with_report:
            return words("news.some_reported", total=total, reported=with_report)
        return words("news.none_reported", total=total)
