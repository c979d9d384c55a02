"""A build that is cancelled: what was published stays whole, and the next build is as any other."""

from __future__ import annotations

import contextlib
import itertools
from pathlib import Path

from plansite.pipeline.build import build_steps
from plansite.pipeline.check.permanence import check_checksums
from plansite.pipeline.options import BuildOptions
from plansite.pipeline.prepare import prepare_build
from plansite.util.process_pool import ProcessPool
from tests.site.command import digests, own_folder
from tests.support.library_package import AS_OF, copy_package, edit_cell


def _announce(_: str) -> contextlib.AbstractContextManager[object]:
    return contextlib.nullcontext()


def _build(options: BuildOptions, pool: ProcessPool, steps: int | None = None) -> int:
    """A build, cancelled after some steps; gives how many it took."""
    with prepare_build(options, _announce) as prepared:
        taken = contextlib.closing(build_steps(prepared, _announce, pool))
        with taken as build:
            return sum(1 for _ in itertools.islice(build, steps))


def test_whenever_a_build_is_cancelled_the_last_site_stands_and_the_next_is_as_any(
    tmp_path: Path,
) -> None:
    package = copy_package(tmp_path)
    options, calm = (
        BuildOptions(own_folder(), package, tmp_path / name, AS_OF, jobs=1, caches=True)
        for name in ("site", "undisturbed")
    )
    with ProcessPool(1) as pool:
        count = _build(options, pool)
        before = digests(options.out)
        edit_cell(package, "observations", 16, "value", "301")
        for part in (0, 0.002, 0.1, 0.3, 0.5, 0.7):
            steps = int(part * count)
            assert _build(options, pool, steps) == steps
            assert digests(options.out) == before
        _build(options, pool)
        _build(calm, pool)
    assert not list(check_checksums(options.out))
    assert digests(options.out) == digests(calm.out) != before
