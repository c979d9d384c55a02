"""The plans that benchmarks build are plans as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.generator import YEARS, make_plan

from plansite.data.checks import validate
from tests.support.library_package import AS_OF, LIBRARY


@pytest.mark.parametrize("size", [10, 46])
def test_a_generated_plan_is_sound_and_of_the_size_asked_for(tmp_path: Path, size: int) -> None:
    reading, problems = validate(make_plan(LIBRARY, tmp_path, size), AS_OF)
    assert problems == []
    assert reading.plan is not None
    assert len(reading.plan.indicators) == size
    assert len(reading.plan.observations) == size * len(YEARS)
    assert len(reading.plan.tasks) == size * 9 // 23
    assert len(reading.plan.agencies) == size * 12 // 23


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = (make_plan(LIBRARY, tmp_path / name, 10) for name in "ab")
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()
