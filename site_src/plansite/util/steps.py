"""Work in steps, between which the caller may do something else or end it.

Whoever runs work in steps decides after each one: go on, look after other things first, or close
the generator. Closing raises at the step, so that ``with`` and ``finally`` clean up as they do
after an error.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from typing import TypeVar

R = TypeVar("R")

Steps = Generator[None, None, R]
"""Yields after each step, and returns the result."""
POLL_SECONDS = 0.1
"""How long a step lasts that only waits for another process."""


def run_to_end(steps: Steps[R]) -> R:
    """Take every step, and give the result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: R = end.value
            return result


def run_unless(
    is_outdated: Callable[[], bool],
    steps: Steps[R],
    between: Callable[[], object] = lambda: None,
) -> R | None:
    """Take steps until the result is there; ``None`` where nobody wants it any more.

    Args:
        is_outdated: asked before each step; once it is so, the work is closed.
        steps: the work, whose result is not ``None``.
        between: what else is to be done after each step.
    """
    with contextlib.closing(steps):
        while not is_outdated():
            try:
                next(steps)
            except StopIteration as end:
                result: R = end.value
                return result
            between()
    return None
