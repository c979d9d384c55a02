"""How the cost of a site grows with its plan: ``make bench``, or ``python -m benchmarks SIZE ...``.

For each size it builds a generated plan cold, again unchanged, and after one edited value, runs the
bare engine over the same tree, and edits values while a preview is open. It prints a table and
writes the same as JSON.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.generator import make_plan
from benchmarks.measure import Cost, measure
from benchmarks.preview import measure_edits
from benchmarks.table import Results, table_of

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "build" / "bench.json"
_CORES = Path("/proc/cpuinfo")
_EDITS = 4
_ADDRESS = "https://plan.example/"
"""A site that knows its address makes the most: a card for each page, absolute addresses."""


def main(sizes: list[int]) -> None:
    """Measure plans of so many indicators and tell."""
    found = [_measured(size) for size in sizes]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"machine": _machine(), "plans": found}, indent=2), "utf-8")
    print("\n".join(table_of(found)))
    print(f"\n{_machine()}\n{RESULTS.relative_to(ROOT)}")


def _measured(size: int) -> Results:
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory) / "folder"
        folder.mkdir()
        package = make_plan(ROOT / "tests" / "packages" / "library", Path(directory), size)
        _commit(package)
        site = Path(directory) / "site"
        runs = {"cold": _build(folder, package, site), "unchanged": _build(folder, package, site)}
        _edit(package)
        runs["one value"] = _build(folder, package, site)
        found = {
            "indicators": size,
            "runs": runs,
            "engine": _told(_engine(folder)),
            "site": _weigh(site),
        }
        return found | {"preview": asdict(measure_edits(folder, package, _EDITS))}


def _build(folder: Path, package: Path, site: Path) -> Results:
    command = [sys.executable, str(ROOT / "benchmarks" / "build.py")]
    cost = measure([*command, str(folder), str(package), str(site)], folder, _environment())
    told: Results = json.loads(cost.output)
    return _told(cost) | told


def _engine(folder: Path) -> Cost:
    """The engine alone, over the tree that the last build left, both languages at once."""
    [docs] = (folder / "build").glob("site-*/docs")
    both = " & ".join(
        f"{sys.executable} -m mkdocs build -q -f {configuration}"
        for configuration in sorted(docs.glob("mkdocs.*.yml"))
    )
    return measure(["sh", "-c", f"{both} & wait"], folder, _environment())


def _told(cost: Cost) -> Results:
    return {"wall": round(cost.wall, 2), "cpu": round(cost.cpu, 2), "memory": cost.memory}


def _weigh(site: Path) -> Results:
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sorted(site.glob("indicators/*/index.html"))
    sizes = [len(gzip.compress(page.read_bytes(), 6, mtime=0)) for page in pages[:50]]
    return {
        "files": len(files),
        "bytes": sum(path.stat().st_size for path in files),
        "html pages": len([path for path in files if path.suffix == ".html"]),
        "indicator page": round(sum(page.stat().st_size for page in pages[:50]) / len(sizes)),
        "indicator page gzip": round(sum(sizes) / len(sizes)),
    }


def _commit(package: Path) -> None:
    who = ("-c", "user.name=bench", "-c", "user.email=bench@example.org")
    for arguments in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "A plan"]):
        subprocess.run(["git", *arguments], cwd=package, check=True)  # noqa: S603, S607


def _edit(package: Path) -> None:
    """Type another figure into the middle of the values."""
    path = package / "observations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[len(rows) // 2][rows[0].index("value")] = "123.4"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def _environment() -> dict[str, str]:
    return {**os.environ, "SITE_URL": _ADDRESS, "NO_MKDOCS_2_WARNING": "1"}


def _machine() -> str:
    cores = len(os.sched_getaffinity(0))
    with contextlib.suppress(OSError):
        told = re.search(r"^model name\s*: (.+)$", _CORES.read_text("utf-8"), re.MULTILINE)
        if told:
            return f"{cores} cores of {told[1]}, Python {platform.python_version()}, {sys.platform}"
    return f"{cores} cores, Python {platform.python_version()}, {sys.platform}"


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10, 100, 1000])
