"""Targets and commitments counted by what is known of them, and the counts as sentences.

Counts only: nothing is averaged, scored or ranked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from plansite.analysis.verdicts.assess import Assessment
from plansite.analysis.verdicts.commitments import CommitmentAssessment
from plansite.model import CommitmentVerdict, Verdict
from plansite.model.translations import Words

_SILENT = (CommitmentVerdict.UNREPORTED, CommitmentVerdict.OVERDUE_UNREPORTED)


@dataclass(frozen=True)
class Tally:
    """Targets counted by what is known of them."""

    met: int
    unmet: int
    overdue: int
    awaiting: int
    unsettled: int
    """How many rest on a value that may still be revised."""

    @property
    def total(self) -> int:
        """All targets."""
        return self.published + self.unpublished

    @property
    def published(self) -> int:
        """Targets with a comparable published value."""
        return self.met + self.unmet

    @property
    def unpublished(self) -> int:
        """Targets without one, whether late or still awaited."""
        return self.overdue + self.awaiting

    @property
    def parts(self) -> dict[str, int]:
        """The counts that are not nought, by kind, in the order in which they are listed."""
        kinds = ("met", "unmet", "overdue", "awaiting")
        return {kind: getattr(self, kind) for kind in kinds if getattr(self, kind)}


def tally(rows: Iterable[Assessment]) -> Tally:
    """Count the assessments that have a target."""
    judged = [row for row in rows if row.target is not None]
    return Tally(
        met=sum(row.verdict is Verdict.MET for row in judged),
        unmet=sum(row.verdict.is_unmet for row in judged),
        overdue=sum(row.verdict is Verdict.OVERDUE for row in judged),
        awaiting=sum(row.verdict is Verdict.AWAITING for row in judged),
        unsettled=sum(row.is_provisional for row in judged),
    )


def reported(rows: Iterable[CommitmentAssessment]) -> int:
    """How many commitments have a published report."""
    return sum(row.verdict not in _SILENT for row in rows)


def counted(words: Words, key: str, count: int, **values: object) -> str:
    """Words that hold a count; a count of one has words of its own under ``<key>_one``."""
    return words(f"{key}_one" if count == 1 else key, count=count, **values)


def describe_targets(rows: Iterable[Assessment], words: Words) -> str:
    """Targets and what is known of them, such as ``13个目标：达到1个，未见公开数据12个``."""
    known = tally(rows)
    total = counted(words, "counts.targets", known.total)
    if len(known.parts) == 1:
        (kind,) = known.parts
        return words(
            f"counts.every_{kind}" if known.total > 1 else f"counts.only_{kind}", total=total
        )
    parts = [words(f"counts.{kind}", count=count) for kind, count in known.parts.items()]
    return words("counts.list", total=total, parts=words("counts.joiner").join(parts))


def describe_commitments(rows: Iterable[CommitmentAssessment], words: Words) -> str:
    """Commitments and what is reported of them, such as ``2项承诺事项：已完成1项，未报告1项``."""
    verdicts = Counter(row.verdict for row in rows)
    total = counted(words, "counts.commitments", verdicts.total())
    if verdicts.total() > 1 and all(verdict in _SILENT for verdict in verdicts):
        return words("counts.every_unreported", total=total)
    parts = [
        words(f"counts.commitment_{verdict}", count=verdicts[verdict])
        for verdict in CommitmentVerdict
        if verdicts[verdict]
    ]
    return words("counts.list", total=total, parts=words("counts.joiner").join(parts))
