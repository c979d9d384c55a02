"""How long a package takes to validate: ``python benchmarks/validate.py [OBSERVATIONS ...]``."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "site_src"), str(ROOT)]

from tests.support.large_package import make_large_package  # noqa: E402

from plansite.data.checks import validate  # noqa: E402


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
