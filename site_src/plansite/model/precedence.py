"""Which of several published values leads, and how they stand beside one another."""

from __future__ import annotations

from collections.abc import Iterable

from plansite.model import Access, Comparability, Observation, Plan

_TRUST = {access: rank for rank, access in enumerate(Access)}


PRECEDENCE = ("comparability", "access", "published", "identifier")
"""What decides between two values of a year, in this order."""


def precedence(observation: Observation, plan: Plan) -> tuple[bool, int, int, str]:
    """A sort key: the smallest leads.

    Comparable values come first; then those seen directly before repository copies before mirrors;
    then the latest published. The source's id settles what is left, so that order never wavers.
    """
    return (
        observation.comparability is not Comparability.SAME,
        _TRUST[plan.source[observation.source_id].access],
        -observation.published.last_day.toordinal(),
        observation.source_id,
    )


def decided_by(first: Observation, second: Observation, plan: Plan) -> str:
    """What puts one value before another: the first of :data:`PRECEDENCE` in which they differ."""
    pairs = zip(precedence(first, plan), precedence(second, plan), strict=True)
    differ = [name for name, (a, b) in zip(PRECEDENCE, pairs, strict=True) if a != b]
    return differ[0] if differ else PRECEDENCE[-1]


def by_precedence(observations: Iterable[Observation], plan: Plan) -> list[Observation]:
    """Values in order of precedence, the leading one first."""
    return sorted(observations, key=lambda observation: precedence(observation, plan))


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
