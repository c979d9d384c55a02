"""What readers are told of changes to the data: values with old and new, losses first, no noise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from plansite.analysis.changes.cell_labels import CellLabels
from plansite.analysis.changes.change_log import MAX_CHANGES, MAX_ROWS, DataChange, latest_changes
from plansite.analysis.changes.provenance import KnownRows
from plansite.analysis.changes.row_changes import ChangeKind, RowChange
from plansite.analysis.changes.table_diff import Cell
from plansite.data.checks import validate
from plansite.data.history import read_history
from plansite.model import Bilingual, Language, Plan
from plansite.model.contract import CONTRACT
from plansite.model.translations import Words
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import (
    AS_OF,
    LIBRARY,
    add_row,
    cpu_seconds,
    delete_row,
    edit_cell,
    library_plan,
    read_rows,
    write_rows,
)

TABLES = {name: f"{name}.csv" for name in CONTRACT}
NEW_VALUE = ("L05", "2025", "gazette-copy", "2026-04-10", "1009", "final", "same", "", "")
WAITING = Bilingual("预约等待天数", "Days of waiting for a reserved book")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return make_repository(tmp_path / "repository", "2026-03-01 12:00:00 +0800")


def plan_of(package: Path) -> Plan:
    plan = validate(package, AS_OF)[0].plan
    assert plan is not None
    return plan


def told(package: Path, as_of: dt.date = AS_OF) -> tuple[DataChange, ...]:
    history = read_history(package, TABLES)
    assert history is not None
    return latest_changes(history, plan_of(package), KnownRows(as_of))


def test_the_first_commit_is_a_count_and_no_list(repository: Repository) -> None:
    (change,) = told(repository.package)
    assert change.begins
    assert change.entries == ()
    files = LIBRARY.glob("*.csv")
    assert change.rows == sum(len(read_rows(LIBRARY, file.stem)) - 1 for file in files)


def test_a_change_is_told_with_name_year_and_both_values(repository: Repository) -> None:
    edit_cell(repository.package, "observations", 7, "value", "17.9")
    add_row(repository.package, "observations", *NEW_VALUE)
    commit = repository.commit()
    latest, first = told(repository.package)
    assert latest.commit is not None
    assert (latest.commit.id, latest.begins, first.begins) == (commit, False, True)
    assert latest.counts == (
        ("observations", ChangeKind.CHANGED, 1),
        ("observations", ChangeKind.ADDED, 1),
    )
    changed, added = latest.entries
    days = Bilingual("天", "days")
    assert changed == RowChange(
        ChangeKind.CHANGED,
        "observations",
        WAITING,
        "indicators/L02/",
        year="2024",
        measure=days,
        cells=(Cell("value", "17.5", "17.9"),),
        source_id="report-2024",
        release_status="final",
        comparability="same",
    )
    assert (added.kind, added.name.en, added.year, added.value) == (
        ChangeKind.ADDED,
        "Reading corners",
        "2025",
        "1009",
    )


def test_an_old_number_keeps_the_unit_that_it_was_published_in(repository: Repository) -> None:
    package = repository.package
    add_row(package, "observations", *NEW_VALUE)
    repository.commit()
    edit_cell(package, "observations", 20, "value", "1.009")
    for field, unit in (("unit_zh", "千处"), ("unit_en", "thousand corners")):
        edit_cell(package, "indicators", 6, field, unit)
    edit_cell(package, "indicators", 6, "decimals", "3")
    repository.commit()
    delete_row(package, "observations", 20)
    repository.commit()
    gone, turned, added, _ = told(package)
    old, new = library_plan().indicator["L05"].measure, Bilingual("千处", "thousand corners")
    assert [(entry.value, entry.measure) for entry in added.entries] == [("1009", old)]
    assert [(entry.value, entry.measure) for entry in gone.entries] == [("1.009", new)]
    figure, renamed = turned.entries
    assert (figure.table, figure.measure) == ("observations", None)
    assert figure.cells == (Cell("value", "1009", "1.009"),)
    assert renamed.cells == (Cell("unit_zh", old.zh, new.zh), Cell("unit_en", old.en, new.en))


def test_a_value_that_may_be_revised_or_is_not_compared_says_so(repository: Repository) -> None:
    package = repository.package
    add_row(package, "observations", *NEW_VALUE[:5], "provisional", "related", "", "")
    repository.commit()
    edit_cell(package, "observations", 20, "value", "1010")
    repository.commit()
    edit_cell(package, "observations", 20, "release_status", "final")
    repository.commit()
    final, changed, added, _ = (change.entries for change in told(package))
    assert [entry.reservations for entry in (*added, *changed, *final)] == [
        ("provisional", "related"),
        ("provisional", "related"),
        ("related",),
    ]


def test_a_target_is_told_with_how_values_compare_to_it(repository: Repository) -> None:
    package = repository.package
    for row in (7, 2):  # from 35 to 60; at least 6.0
        delete_row(package, "targets", row)
    repository.commit()
    entries = told(package)[0].entries
    for side, shown in (
        (Language.ZH, ["不低于6.0", "35至60"]),
        (Language.EN, ["at least 6.0", "35 to 60"]),
    ):
        figure = CellLabels(library_plan(), Words(side)).figure
        figures = [figure(one.value, one.comparator, one.upper_value) for one in entries]
        assert figures == shown
    assert CellLabels(library_plan(), Words(Language.EN)).figure("1450", "{x}", "") == "1,450"


def test_losses_come_first_and_wordings_are_only_counted(repository: Repository) -> None:
    add_row(repository.package, "observations", *NEW_VALUE)
    edit_cell(repository.package, "targets", 2, "wording_zh", "另一种说法6.0册")
    edit_cell(repository.package, "agencies", 2, "name_en", "Library of the Town")
    edit_cell(repository.package, "commitments", 3, "due", "2027-01")
    delete_row(repository.package, "task_agencies", 2)
    repository.commit()
    latest = told(repository.package)[0]
    assert [(entry.kind, entry.table) for entry in latest.entries] == [
        (ChangeKind.REMOVED, "task_agencies"),
        (ChangeKind.CHANGED, "commitments"),
        (ChangeKind.ADDED, "observations"),
    ]
    reworded = [count for count in latest.counts if count[1] is ChangeKind.REWORDED]
    assert reworded == [("targets", ChangeKind.REWORDED, 1), ("agencies", ChangeKind.REWORDED, 1)]
    assert latest.more(len(latest.entries)) == 0


def test_a_row_that_is_gone_keeps_its_name_and_leads_nowhere(repository: Repository) -> None:
    delete_row(repository.package, "observations", 19)
    delete_row(repository.package, "observations", 18)
    delete_row(repository.package, "indicators", 9)
    repository.commit()
    entries = told(repository.package)[0].entries
    assert {entry.kind for entry in entries} == {ChangeKind.REMOVED}
    assert [(entry.name.zh, entry.value, entry.address) for entry in entries] == [
        ("L08", "10240", None),
        ("L08", "10315", None),
        ("常住人口", "", None),
    ]


def test_another_id_is_told_as_one(repository: Repository) -> None:
    for table in ("indicators", "observations", "targets"):
        rows = read_rows(repository.package, table)
        renamed = [["L70" if cell == "L07" else cell for cell in row] for row in rows]
        write_rows(repository.package, table, renamed)
    repository.commit()
    (entry,) = told(repository.package)[0].entries
    assert (entry.kind, entry.address) == (ChangeKind.RENAMED, "indicators/L70/")
    assert entry.cells == (Cell("indicator_id", "L07", "L70"),)


def test_what_is_not_committed_comes_first(repository: Repository) -> None:
    edit_cell(repository.package, "observations", 7, "value", "17.9")
    assert [change.commit is None for change in told(repository.package)] == [True, False]


def test_commits_without_data_are_left_out(repository: Repository) -> None:
    (repository.root / "README.md").write_text("Read me\n")
    repository.commit()
    rows = read_rows(repository.package, "observations")
    write_rows(repository.package, "observations", [rows[0], *reversed(rows[1:])])
    repository.commit()
    assert len(told(repository.package)) == 1


def test_what_became_known_after_the_day_of_the_build_is_not_told(
    repository: Repository,
) -> None:
    add_row(repository.package, "observations", *NEW_VALUE)
    repository.commit()
    assert len(told(repository.package, dt.date(2026, 4, 10))) == 2
    assert len(told(repository.package, dt.date(2026, 4, 9))) == 1


def test_a_commit_of_many_rows_is_cut_and_says_so(repository: Repository) -> None:
    for year in range(1990, 1990 + MAX_ROWS + 5):
        add_row(repository.package, "observations", "L08", str(year), *NEW_VALUE[2:])
    repository.commit()
    latest = told(repository.package)[0]
    assert len(latest.entries) == MAX_ROWS
    assert latest.more(MAX_ROWS) == 5
    assert latest.more(2) == MAX_ROWS + 3


def test_a_long_history_is_cut_and_quick(repository: Repository) -> None:
    for number in range(MAX_CHANGES + 5):
        edit_cell(repository.package, "observations", 7, "value", f"18.{number}")
        repository.commit()
    start = cpu_seconds()
    changes = told(repository.package)
    assert cpu_seconds() - start < 1.5
    assert len(changes) == MAX_CHANGES
    assert not changes[-1].begins
    assert changes[0].entries[0].cells == (
        Cell("value", f"18.{MAX_CHANGES + 3}", f"18.{MAX_CHANGES + 4}"),
    )


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("value", "1150.0", "1,150.0"),
        ("value", "-3", "−3"),
        ("value", "1e999999", "1e999999"),
        ("year", "2025", "2025"),
        ("release_status", "provisional", "初步值"),
        ("release_status", "{x}", "{x}"),
        ("comparability", "no-such-word", "no-such-word"),
        ("due", "", "空"),
    ],
)
def test_cells_are_shown_as_the_site_writes_them(field: str, text: str, shown: str) -> None:
    assert CellLabels(library_plan(), Words(Language.ZH)).cell(field, text) == shown


def test_every_word_of_a_vocabulary_is_told_in_chinese() -> None:
    cells = CellLabels(library_plan(), Words(Language.ZH))
    told = {
        (field.name, word): cells.cell(field.name, word)
        for rule in CONTRACT.values()
        for field in rule.fields
        for word in field.enum
    }
    assert len(told) > 25
    assert [place for place, shown in told.items() if shown.isascii()] == []
