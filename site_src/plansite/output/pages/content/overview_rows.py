"""A plan's rows as overviews list them."""

from __future__ import annotations

from plansite.model import Agency, Indicator, Observation, PartialDate, Plan


def agencies_by_mention(plan: Plan) -> list[Agency]:
    """Agencies in the order in which the plan's tasks first name them, then any others."""
    ordered: dict[str, Agency] = {}
    for task in plan.tasks:
        for agency, _ in plan.agencies_of(task.task_id):
            ordered.setdefault(agency.agency_id, agency)
    for agency in plan.agencies:
        ordered.setdefault(agency.agency_id, agency)
    return list(ordered.values())


def values_by_release(
    plan: Plan,
) -> list[tuple[PartialDate, str, list[tuple[Indicator, Observation]]]]:
    """Published values grouped by date and source, the latest first."""
    grouped: dict[tuple[PartialDate, str], list[tuple[Indicator, Observation]]] = {}
    for row in plan.observations:
        pair = (plan.indicator[row.indicator_id], row)
        grouped.setdefault((row.published, row.source_id), []).append(pair)
    keys = sorted(grouped, key=lambda key: (key[0].newest_first, key[1]))
    return [(date, source_id, grouped[date, source_id]) for date, source_id in keys]
