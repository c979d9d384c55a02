"""The corrections that a change needs, ready to be added to the table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from plansite.analysis.changes.needed_corrections import (
    NeededCorrection,
    corrections_as_csv,
    needed_corrections,
)
from plansite.analysis.changes.published_rows import check_published_rows
from plansite.data.package import PackageSnapshot
from tests.support.library_package import (
    LIBRARY,
    add_row,
    copy_package,
    delete_row,
    edit_cell,
    edit_text,
)

DAY = dt.date(2026, 11, 30)


def needed(package: Path) -> tuple[NeededCorrection, ...]:
    return needed_corrections(PackageSnapshot(LIBRARY).raw, PackageSnapshot(package).raw)


def test_what_is_pasted_with_a_reason_is_all_that_was_asked_for(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    edit_cell(package, "indicators", 2, "unit_zh", '"册",人')
    edit_cell(package, "observations", 13, "published", "2026-04")
    edit_cell(package, "targets", 2, "strength", "aspirational")
    edit_cell(package, "indicators", 2, "name_en", "Books lent")
    delete_row(package, "observations", 7)
    rows = needed(package)
    survey = "L04/2025/survey-copy/2026"
    assert [tuple(vars(row).values()) for row in rows] == [
        ("observations", "L02/2024/report-2024/2025-03-20", "value", "17.5", ""),
        ("observations", survey, "published", "2026", "2026-04"),
        ("indicators", "L01", "unit_zh", "册/人", '"册",人'),
        ("targets", "L01/2024", "strength", "firm", "aspirational"),
    ]
    text = corrections_as_csv(rows, PackageSnapshot(package).raw, DAY)
    assert text.splitlines()[2] == (
        '2026-11-30-3,2026-11-30,indicators,L01,unit_zh,册/人,"""册"",人",,'
    )
    edit_text(package, "corrections.csv", lambda content: f"{content}{text}\n")
    assert needed(package) == ()
    found = check_published_rows(PackageSnapshot(LIBRARY).raw, PackageSnapshot(package).raw, "v1")
    assert found == []


def test_corrections_that_are_there_are_not_asked_for_again(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    edit_cell(package, "targets", 2, "value", "5.0")
    edit_cell(package, "targets", 2, "comparator", "gt")
    said = ("targets", "L01/2024", "value", "6.0", "5.0", "原因", "Reason")
    add_row(package, "corrections", "2026-11-30-1", "2026-11-30", *said)
    rows = needed(package)
    assert [row.field for row in rows] == ["comparator"]
    text = corrections_as_csv(rows, PackageSnapshot(package).raw, DAY)
    assert text.startswith("2026-11-30-2,"), "the first id is taken"


def test_nothing_is_needed_where_nothing_published_changed(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    edit_cell(package, "indicators", 5, "baseline_year", "2024")
    edit_cell(package, "observations", 4, "note_zh", "初步数。")
    assert needed(package) == ()
    assert corrections_as_csv((), PackageSnapshot(package).raw, DAY) == ""
