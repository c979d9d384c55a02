"""How long the tests that try anything go on: a few seconds, or as long as there is time."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

LONG = os.environ.get("PLANSITE_LONG") == "1"
"""Whether somebody has the time for what is too slow for every day."""
_TIMES = 100


def tries(number: int) -> settings:
    """Settings for so many examples, always the same; in a long run a hundred times as many, new
    ones each time.
    """
    return settings(
        max_examples=number * (_TIMES if LONG else 1),
        deadline=None,
        derandomize=not LONG,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
