"""What was measured, as a table."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from typing import Any

Results = dict[str, Any]
"""What was measured of one plan."""


def table_of(found: Iterable[Results]) -> list[str]:
    """Lines of text: a row for each run of each plan, smallest first, and what came out."""
    lines = [
        f"{'indicators':>10} {'run':>10} {'wall s':>7} {'cpu s':>7} {'MB':>6} {'ms/page':>8} "
        f"{'growth':>7}  stages"
    ]
    before: Results = {}
    for plan in found:
        lines += _rows(plan, before)
        before = plan
    return lines


def _rows(plan: Results, before: Results) -> Iterator[str]:
    """One plan; growth is that of the time on the clock since the plan before."""
    pages = plan["site"]["html pages"]
    earlier = _runs(before) if before else {}
    for name, run in _runs(plan).items():
        growth = f"×{run['wall'] / earlier[name]['wall']:.1f}" if earlier else ""
        stages = " ".join(f"{key} {s:.1f}" for key, s in run.get("stages", {}).items())
        yield (
            f"{plan['indicators']:>10,} {name:>10} {run['wall']:>7.1f} {run['cpu']:>7.1f} "
            f"{run['memory'] / 1e6:>6.0f} {1000 * run['wall'] / pages:>8.1f} {growth:>7}  {stages}"
        )
    site, preview = plan["site"], plan["preview"]
    yield (
        f"{'':>10} {pages:,} pages, {site['files']:,} files, {site['bytes'] / 1e6:,.0f} MB; "
        f"an indicator's page {site['indicator page']:,} bytes, "
        f"{site['indicator page gzip']:,} gzip"
    )
    yield (
        f"{'':>10} in a preview an edit shows after {statistics.median(preview['shown']):.1f} s "
        f"(most {max(preview['shown']):.1f}), all is built after "
        f"{statistics.median(preview['built']):.1f} s"
    )


def _runs(plan: Results) -> Results:
    return {**plan["runs"], "engine": plan["engine"]}
