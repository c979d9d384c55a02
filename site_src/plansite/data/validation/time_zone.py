"""The plan's time zone: whose day is today, and on which day a commit was made.

``site.time_zone`` of the descriptor names it as IANA does; without it today is the day of UTC, and
each commit was made on its committer's own day. The names are those of the package ``tzdata``, so
that every machine knows the same ones.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from importlib.resources import files
from zoneinfo import ZoneInfo

from plansite.data.cells.closest_choice import LONGEST, NO_HINT, Guesses, Hint, hint_at
from plansite.data.package import PackageSnapshot
from plansite.model.problems import Problem

SETTING = "time_zone"
_NEAR = 0.8
"""Likeness from which a name is offered: Asia/Beirut is nowhere near what Asia/Beijing means."""


def plan_zone(snapshot: PackageSnapshot) -> ZoneInfo | None:
    """The package's time zone; ``None`` where it names none, or none that there is."""
    content = snapshot.descriptor.content if snapshot.descriptor else {}
    site = content.get("site")
    name = site.get(SETTING) if isinstance(site, dict) else None
    return ZoneInfo(name) if isinstance(name, str) and name in zone_names() else None


def plan_today(snapshot: PackageSnapshot, now: dt.datetime | None = None) -> dt.date:
    """Today in the package's time zone.

    Args:
        snapshot: the package.
        now: a moment with its zone; ``None`` stands for the present one.
    """
    return (now or dt.datetime.now(dt.UTC)).astimezone(plan_zone(snapshot) or dt.UTC).date()


@functools.cache
def zone_names() -> frozenset[str]:
    """Every time zone that IANA names."""
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def check_site(content: Mapping[str, object], file: str) -> Iterator[Problem]:
    """Yield what is wrong with what a descriptor says of its site.

    Args:
        content: the descriptor.
        file: its file, as shown to people.
    """
    site = content.get("site", {})
    if not isinstance(site, dict):
        details = {"reason": '"site": {"time_zone": "Asia/Shanghai"}'}
        yield Problem("descriptor", file, field="site", details=details)
        return
    for name, value in site.items():
        if name != SETTING:
            yield Problem("unsupported-setting", file, field=f"site.{name}")
        elif not isinstance(value, str) or value not in zone_names():
            shown, place = str(value), f"site.{SETTING}"
            yield Problem("time-zone", file, field=place, value=shown, details=_nearest(shown))


def _nearest(typed: str) -> Hint:
    """Words that point to the zone that was probably meant: by its city, or by its spelling."""
    folded = {name.lower(): name for name in sorted(zone_names())}
    wanted = typed.strip().lower().replace(" ", "_")[:LONGEST]
    cities = {name.rpartition("/")[2]: name for name in folded if "/" in name}
    near = cities.get(wanted) or Guesses().nearest(wanted, folded, _NEAR)
    return hint_at(folded[near]) if near else NO_HINT
