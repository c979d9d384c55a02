"""One build, timed from inside: ``python build.py FOLDER PACKAGE OUT`` prints JSON.

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

from plansite.pipeline.build import build_site
from plansite.pipeline.options import BuildOptions
from plansite.util.process_pool import available_cores


def main(folder: Path, package: Path, out: Path) -> None:
    """Build in a folder, and print the seconds of each stage and what came out."""
    stages: dict[str, float] = {}

    @contextlib.contextmanager
    def announce(key: str) -> Iterator[None]:
        """Note how long a stage takes."""
        start = time.perf_counter()
        yield
        stages[key] = round(time.perf_counter() - start, 3)

    day = dt.date(2026, 11, 23)
    options = BuildOptions(folder, package, out, day, available_cores(), caches=True)
    result = build_site(options, announce)
    print(json.dumps({"stages": stages, "pages": result.pages}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
