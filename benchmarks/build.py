"""One build, timed from inside: ``python build.py ROOT PACKAGE OUT`` prints JSON.

A process of its own, so that what it takes can be measured from outside as well.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path


def main(root: Path, package: Path, out: Path) -> None:
    """Build and print the seconds of each step and what came out."""
    sys.path.insert(0, str(root / "site_src"))
    from plansite.pipeline.build import build_site  # noqa: PLC0415
    from plansite.pipeline.options import BuildOptions  # noqa: PLC0415
    from plansite.util.process_pool import available_cores  # noqa: PLC0415

    steps: dict[str, float] = {}

    @contextlib.contextmanager
    def step(key: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        steps[key] = round(time.perf_counter() - start, 3)

    order = BuildOptions(root, package, out, dt.date(2026, 11, 23), available_cores(), caches=True)
    result = build_site(order, step)
    print(json.dumps({"steps": steps, "pages": result.pages}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
