"""Several faults at once: none hides another, and what is no fault is not called one."""

from __future__ import annotations

import json
from pathlib import Path

from plansite.data.validation.read_package import read_package
from tests.support.library_package import (
    delete_column,
    edit_cell,
    read_rows,
    replace_line,
    write_rows,
)
from tests.support.paths import TESTS
from tests.unit.data.broken.broken_package import JSON, added_column, many_wrong_rows
from tests.unit.data.broken.problems_found import first_lines


def test_all_the_faults_of_a_row_are_shown(package: Path) -> None:
    edit_cell(package, "observations", 3, "published", "2021-02-30")
    edit_cell(package, "observations", 3, "value", "x")
    edit_cell(package, "observations", 3, "comparability", "alike")
    assert sorted(first_lines(package)) == [
        'library/observations.csv:3 [date-format] published = "2021-02-30"',
        'library/observations.csv:3 [enum] comparability = "alike"',
        'library/observations.csv:3 [type] value = "x"',
    ]


def test_faults_in_several_tables_are_shown_together(package: Path) -> None:
    delete_column(package, "themes", "title_en")
    edit_cell(package, "tasks", 2, "position", "first")
    edit_cell(package, "targets", 3, "indicator_id", "L1")
    assert first_lines(package) == [
        'library/themes.csv:1 [missing-column] "title_en"',
        'library/tasks.csv:2 [type] position = "first"',
        'library/targets.csv:3 [foreign-key] indicator_id = "L1"',
    ]


def test_rows_under_a_blank_one_keep_the_number_a_spreadsheet_shows(package: Path) -> None:
    edit_cell(package, "targets", 7, "value", "x")
    replace_line(package, "targets", 5, "")
    assert first_lines(package) == [
        "library/targets.csv:5 [blank-row]",
        'library/targets.csv:7 [type] value = "x"',
    ]


def test_a_wrong_key_cell_is_no_duplicate(package: Path) -> None:
    edit_cell(package, "targets", 2, "year", "2024年")
    edit_cell(package, "targets", 3, "year", "2025年")
    assert first_lines(package) == [
        'library/targets.csv:2 [measure-in-number] year = "2024年"',
        'library/targets.csv:3 [measure-in-number] year = "2025年"',
    ]


def test_every_wrong_row_is_shown_up_to_the_limit(package: Path) -> None:
    many_wrong_rows(package)
    lines = first_lines(package)
    assert lines[0] == 'library/observations.csv:20 [type] value = "约一万"'
    assert lines[999] == 'library/observations.csv:1019 [type] value = "约一万"'
    assert lines[1000:] == ["library/observations.csv [too-many-problems]"]


def test_nothing_is_said_of_too_many_where_all_are_shown(package: Path) -> None:
    many_wrong_rows(package)
    write_rows(package, "observations", read_rows(package, "observations")[: 19 + 999])
    assert len(first_lines(package)) == 999


def test_a_long_value_is_shortened_and_kept_on_one_line(package: Path) -> None:
    edit_cell(package, "targets", 3, "strength", "坚定\n" * 100)
    (line,) = first_lines(package)
    assert "\n" not in line
    assert line.endswith('…"')
    assert len(line) < 140


def test_an_address_that_is_not_direct_is_no_fault_and_no_link(package: Path) -> None:
    edit_cell(package, "sources", 3, "access", "mirror")
    assert first_lines(package) == []
    reading = read_package(package)
    assert reading.plan is not None
    assert reading.plan.source["report-2023"].link is None


def test_a_column_that_the_contract_does_not_know_may_be_described(package: Path) -> None:
    added_column({"name": "colour", "type": "string"}, "蓝")(package)
    assert first_lines(package) == []
    reading = read_package(package)
    assert reading.plan is not None
    (themes,) = [entry for entry in reading.plan.info.resources if entry.name == "themes"]
    assert themes.fields[-1].name == "colour"


def test_years_and_lags_beyond_the_calendar_are_refused(package: Path) -> None:
    edit_cell(package, "targets", 4, "year", "99999")
    edit_cell(package, "indicators", 5, "publication_lag_days", "99999999999")
    assert sorted(first_lines(package)) == [
        'library/indicators.csv:5 [range] publication_lag_days = "99999999999"',
        'library/targets.csv:4 [range] year = "99999"',
    ]


def test_a_package_that_is_not_there(tmp_path: Path) -> None:
    reading = read_package(tmp_path / "nowhere")
    assert reading.plan is None
    assert [problem.code for problem in reading.problems] == ["missing-file"]


def test_the_broken_copy_leaves_the_library_alone() -> None:
    content = json.loads((TESTS / "packages/library" / JSON).read_text("utf-8"))
    assert len(content["resources"]) == 11
