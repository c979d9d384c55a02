"""A build that is given up: what was published stays whole, and the next build is not the worse."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.pipeline.build import finish_build
from plansite.pipeline.check.permanence import check_checksums
from plansite.pipeline.options import GivenUpError, Order
from plansite.pipeline.prepare import begin_build
from plansite.util.process_pool import Crew
from tests.site.command import digests, own_program
from tests.support import AS_OF, copy_package, edit_cell


def _build(order: Order, crew: Crew, go_on: Callable[[], None] = lambda: None) -> None:
    def step(key: str) -> contextlib.AbstractContextManager[object]:
        go_on()
        return contextlib.nullcontext()

    with begin_build(order, step, go_on) as begun:
        finish_build(begun, step, crew)


def _after(calls: int) -> Callable[[], None]:
    """What lets a build go on for so many calls."""
    left = iter(range(calls))

    def go_on() -> None:
        if next(left, None) is None:
            raise GivenUpError

    return go_on


def test_whenever_a_build_is_given_up_the_last_site_stands_and_the_next_is_as_any(
    tmp_path: Path,
) -> None:
    package = copy_package(tmp_path)
    order, calm = (
        Order(own_program(), package, tmp_path / name, AS_OF, jobs=1, caches=True)
        for name in ("site", "undisturbed")
    )
    with Crew(1) as crew:
        asked: list[None] = []
        _build(order, crew, lambda: asked.append(None))
        before = digests(order.out)
        edit_cell(package, "observations", 16, "value", "301")
        for part in (0, 0.002, 0.1, 0.3, 0.5, 0.7):
            with pytest.raises(GivenUpError):
                _build(order, crew, _after(int(part * len(asked))))
            assert digests(order.out) == before
        _build(order, crew)
        _build(calm, crew)
    assert not list(check_checksums(order.out))
    assert digests(order.out) == digests(calm.out) != before
