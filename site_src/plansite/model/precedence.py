"""Which of several published values leads, and which of several reports may be the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from plansite.model import (
    Access,
    Comparability,
    Observation,
    Plan,
    ProgressReport,
    ReleaseStatus,
)

_TRUST = {access: rank for rank, access in enumerate(Access)}
_SETTLED = {
    status: rank
    for rank, status in enumerate(
        (ReleaseStatus.FINAL, ReleaseStatus.PROVISIONAL, ReleaseStatus.ESTIMATED)
    )
}


def by_precedence(observations: Iterable[Observation], plan: Plan) -> list[Observation]:
    """Values of a year in order of precedence, the leading one first.

    Comparable values come first; then those seen directly before repository copies before mirrors.
    Of one source final values come before provisional before estimated ones, then the latest
    published. Sources of equal access follow one another by the date of their own first value, the
    latest first; the source's id settles what is left, so that order never wavers.

    A source stays together, since values of different sources are not compared by how settled they
    are: otherwise three values could each come before the next.
    """
    by_source: dict[tuple[bool, int, str], list[Observation]] = {}
    for row in observations:
        by_source.setdefault((*_rank(row, plan), row.source_id), []).append(row)
    groups = [sorted(rows, key=_within_source) for rows in by_source.values()]
    groups.sort(
        key=lambda rows: (*_rank(rows[0], plan), rows[0].published.newest_first, rows[0].source_id)
    )
    return [row for rows in groups for row in rows]


def _rank(row: Observation, plan: Plan) -> tuple[bool, int]:
    access = plan.source[row.source_id].access
    return row.comparability is not Comparability.SAME, _TRUST[access]


def _within_source(row: Observation) -> tuple[int, tuple[int, int]]:
    return _SETTLED[row.release_status], row.published.newest_first


def decided_by(first: Observation, second: Observation, plan: Plan) -> str:
    """What puts one value before another.

    Args:
        first: the value that comes first.
        second: one after it, of the same source or the first of its own.
        plan: where their sources are.

    Returns:
        ``comparability``, ``access``, ``release_status``, ``published``, ``precision`` (the order
        of their dates is open) or ``identifier``.
    """
    ranks = zip(_rank(first, plan), _rank(second, plan), strict=True)
    for name, (one, other) in zip(("comparability", "access"), ranks, strict=True):
        if one != other:
            return name
    is_one_source = first.source_id == second.source_id
    if is_one_source and first.release_status is not second.release_status:
        return "release_status"
    if first.published.is_open_to(second.published):
        return "precision"
    return "identifier" if first.published == second.published else "published"


def values_by_year(indicator_id: str, plan: Plan) -> dict[int, list[Observation]]:
    """An indicator's values by year, years ascending, each year's leading value first."""
    grouped: dict[int, list[Observation]] = {}
    for observation in plan.observations_of(indicator_id):
        grouped.setdefault(observation.year, []).append(observation)
    return {year: by_precedence(grouped[year], plan) for year in sorted(grouped)}


def leading_value(observations: Iterable[Observation], plan: Plan) -> Observation | None:
    """The comparable value that leads among one year's values; ``None`` where there is none."""
    comparable = [row for row in observations if row.comparability is Comparability.SAME]
    return by_precedence(comparable, plan)[0] if comparable else None


def possibly_last(reports: Iterable[ProgressReport]) -> list[ProgressReport]:
    """The reports of which each may be the latest; several where the order of dates is open."""
    reports = list(reports)
    newest = max((row.date.first_day for row in reports), default=dt.date.min)
    return [row for row in reports if row.date.last_day >= newest]
