"""How long a package takes to validate: ``python -m benchmarks.validate [OBSERVATIONS ...]``."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

from tests.support.large_package import make_large_package

from plansite.data.checks import validate


def main(sizes: list[int]) -> None:
    """Print the seconds for packages with so many observations."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as directory:
            package = make_large_package(Path(directory), size)
            start = time.perf_counter()
            _, problems = validate(package, dt.date(2026, 11, 23))
            seconds = time.perf_counter() - start
            print(f"{size:>8,} observations  {seconds:6.2f} s  {len(problems)} problems")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
