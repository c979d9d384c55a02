"""How work grows with its input, in processor time, so that a busy machine says much the same.

For an input of four times the size, a square shows as sixteen times the work. Four times is what is
held; caches and a busy core can make six of it, and what every input costs makes less of it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

FLOOR = 0.3
"""Seconds within which nothing can be told."""
MOST = 8
"""Times the work that an input of four times the size may be."""
_TRIES = 3


def seconds_of(action: Callable[[], object], at_most: float = 0) -> float:
    """The processor's time that an action takes: the least of some tries, or what is in time."""
    least = float("inf")
    for _ in range(_TRIES):
        gc.collect()
        start = time.process_time()
        action()
        least = min(least, time.process_time() - start)
        if least < at_most:
            break
    return least


def assert_linear(
    prepare: Callable[[int], Callable[[], object]], size: int, at_most: float
) -> None:
    """Hold that an input is done in time, and that work grows with it where that can be told.

    Args:
        prepare: gives the work for an input of a size; what it does itself does not count.
        size: the input's size.
        at_most: seconds that it may take.
    """
    whole = seconds_of(prepare(size), at_most)
    assert whole < at_most, f"{whole:.2f} s"
    if whole > FLOOR:
        quarter = seconds_of(prepare(size // 4), whole / MOST)
        assert whole / quarter < MOST, f"{quarter:.2f} s for a quarter, {whole:.2f} s for all"
