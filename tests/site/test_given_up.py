"""A build that is given up: what was published stays whole, and the next build is not the worse."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from plansite.pipeline.build import finish_build
from plansite.pipeline.check.permanence import check_checksums
from plansite.pipeline.options import BuildCancelledError, BuildOptions
from plansite.pipeline.prepare import prepare_build
from plansite.util.process_pool import ProcessPool
from tests.site.command import digests, own_folder
from tests.support import AS_OF, copy_package, edit_cell


def _build(
    order: BuildOptions, pool: ProcessPool, go_on: Callable[[], None] = lambda: None
) -> None:
    def step(key: str) -> contextlib.AbstractContextManager[object]:
        go_on()
        return contextlib.nullcontext()

    with prepare_build(order, step, go_on) as prepared:
        finish_build(prepared, step, pool)


def _after(calls: int) -> Callable[[], None]:
    """What lets a build go on for so many calls."""
    left = iter(range(calls))

    def go_on() -> None:
        if next(left, None) is None:
            raise BuildCancelledError

    return go_on


def test_whenever_a_build_is_given_up_the_last_site_stands_and_the_next_is_as_any(
    tmp_path: Path,
) -> None:
    package = copy_package(tmp_path)
    order, calm = (
        BuildOptions(own_folder(), package, tmp_path / name, AS_OF, jobs=1, caches=True)
        for name in ("site", "undisturbed")
    )
    with ProcessPool(1) as pool:
        asked: list[None] = []
        _build(order, pool, lambda: asked.append(None))
        before = digests(order.out)
        edit_cell(package, "observations", 16, "value", "301")
        for part in (0, 0.002, 0.1, 0.3, 0.5, 0.7):
            with pytest.raises(BuildCancelledError):
                _build(order, pool, _after(int(part * len(asked))))
            assert digests(order.out) == before
        _build(order, pool)
        _build(calm, pool)
    assert not list(check_checksums(order.out))
    assert digests(order.out) == digests(calm.out) != before
