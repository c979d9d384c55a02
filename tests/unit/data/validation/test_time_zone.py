"""Whose day is today: the plan's, wherever the machine is that builds."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plansite.cli.main import main
from plansite.data.history import Commit
from plansite.data.package import PackageSnapshot
from plansite.data.validation.read_package import read_package
from plansite.data.validation.time_zone import plan_today, plan_zone
from tests.support.library_package import add_row, copy_package, edit_text

# 26 hours apart: it is never the same day in both.
FIRST, LAST = "Pacific/Kiritimati", "Etc/GMT+12"
EVENING = dt.datetime(2026, 11, 29, 17, 30, tzinfo=dt.UTC)


def library_in(tmp_path: Path, zone: str | None) -> Path:
    package = copy_package(tmp_path)
    if zone is not None:
        site = f'"site": {json.dumps({"time_zone": zone})}, "resources": ['
        edit_text(package, "datapackage.json", lambda text: text.replace('"resources": [', site, 1))
    return package


@pytest.mark.parametrize(
    ("zone", "day"),
    [(None, "2026-11-29"), ("UTC", "2026-11-29"), ("Asia/Shanghai", "2026-11-30"),
     ("America/New_York", "2026-11-29"), ("Asia/Urumqi", "2026-11-29"), (FIRST, "2026-11-30"),
     ("Asia/Beijing", "2026-11-29")],
)  # fmt: skip
def test_today_is_the_day_of_the_plans_time_zone(
    tmp_path: Path, zone: str | None, day: str
) -> None:
    snapshot = PackageSnapshot(library_in(tmp_path, zone))
    assert plan_today(snapshot, EVENING).isoformat() == day


@pytest.mark.parametrize("site", ['"Asia/Shanghai"', "[]", '{"time_zone": ["UTC"]}', "null"])
def test_what_is_no_time_zone_is_none(tmp_path: Path, site: str) -> None:
    package = copy_package(tmp_path)
    with_site = f'"site": {site}, "resources": ['
    edit_text(package, "datapackage.json", lambda t: t.replace('"resources": [', with_site, 1))
    assert plan_zone(PackageSnapshot(package)) is None


@pytest.mark.parametrize(("zone", "is_told"), [(FIRST, False), (LAST, True)])
def test_a_value_dated_today_counts_where_the_plan_is(
    tmp_path: Path, zone: str, *, is_told: bool
) -> None:
    package = library_in(tmp_path, zone)
    today = dt.datetime.now(ZoneInfo(FIRST)).date()
    cells = ["L06", "2025", "report-2025", today.isoformat(), "310", "final", "same", "", ""]
    add_row(package, "observations", *cells)
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        main(["validate", "--package", str(package), "--format", "json"])
    codes = [problem["code"] for problem in json.loads(out.getvalue())["problems"]]
    assert ("later-value" in codes) is is_told


@pytest.mark.parametrize("zone", [None, "Asia/Shanghai"])
def test_the_plan_knows_its_zone(tmp_path: Path, zone: str | None) -> None:
    plan = read_package(library_in(tmp_path, zone)).plan
    assert plan is not None
    assert plan.info.time_zone == (zone or "")


def test_a_commit_was_made_on_the_plans_day() -> None:
    commit = Commit("a" * 40, EVENING.date(), EVENING)
    zone = dt.timezone(dt.timedelta(hours=8))
    assert commit.in_zone(zone).day == dt.date(2026, 11, 30)
    assert commit.in_zone(zone).moment == EVENING


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_calendars_ends_are_days_like_any_other(day: dt.date) -> None:
    commit = Commit("a" * 40, day, dt.datetime.combine(day, dt.time(12), dt.UTC))
    for hours in (-12, 14):
        assert commit.in_zone(dt.timezone(dt.timedelta(hours=hours))).day
