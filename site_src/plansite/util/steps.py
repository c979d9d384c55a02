"""Work in steps, between which the caller may do something else or end it.

Whoever runs work in steps decides after each one: go on, look after other things first, or close
the generator. Closing raises at the step, so that ``with`` and ``finally`` clean up as they do
after an error.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

R = TypeVar("R")

Steps = Generator[None, None, R]
"""Yields after each step, and returns the result."""


def run_to_end(steps: Steps[R]) -> R:
    """Take every step, and give the result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: R = end.value
            return result
