"""What was published stays as published, unless a correction says otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from plansite.analysis.changes.corrections import parse_row_key
from plansite.analysis.changes.published_rows import check_published_rows
from plansite.data.package import PackageSnapshot
from plansite.model import Language
from plansite.model.problems import CATALOGUE, Problem
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import (
    LIBRARY,
    add_row,
    copy_package,
    delete_column,
    delete_row,
    edit_cell,
    edit_text,
    read_rows,
    retire,
    write_rows,
)

Edit = Callable[[Path], object]


@dataclass(frozen=True)
class Case:
    """A way to falsify what was published, and the one problem that must be found."""

    name: str
    how: Edit
    code: str
    file: str
    row: int | None
    """``None`` for what has no place in the new file."""
    field: str
    value: str
    en: str
    """Words of the English explanation."""
    before: Edit = lambda package: None
    """What was published beside the library's rows."""


def cell(table: str, row: int, field: str, value: str) -> Edit:
    return lambda package: edit_cell(package, table, row, field, value)


def without(table: str, row: int) -> Edit:
    return lambda package: delete_row(package, table, row)


def corrected(row_key: str, field: str, old: str, new: str, table: str = "observations") -> Edit:
    cells = (table, row_key, field, old, new, "原因。", "Reason.")
    return lambda package: add_row(
        package, "corrections", f"x-{field}-{new.replace('.', '-')}"[:20], "2026-11", *cells
    )


def both(*edits: Edit) -> Edit:
    return lambda package: [edit(package) for edit in edits]


def saved_by_a_spreadsheet(package: Path) -> None:
    for path in package.glob("*.csv"):
        write_rows(package, path.stem, [row[::-1] for row in read_rows(package, path.stem)])
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))


def renamed(package: Path) -> None:
    for path in package.glob("*.csv"):
        edit_text(package, path.name, lambda content: content.replace("report-2023", "report-23"))


L02 = "L02/2024/report-2024/2025-03-20"
LATER = "L02/2024/report-2024/2025-03-21"

RETIREMENT = ["indicators", "L09", "2026-11-01", "旧藏", "Holdings", "并入。", "Merged.", "L01"]

CASES = [
    Case(
        "value edited", cell("observations", 7, "value", "16.5"),
        "published-edited", "observations.csv", 7, "value", "16.5", f"the row_key {L02}",
    ),
    Case(
        "digit dropped", cell("observations", 3, "value", "6"),
        "published-edited", "observations.csv", 3, "value", "6", "published as 6.0 at v1",
    ),
    Case(
        "status edited", cell("observations", 4, "release_status", "final"),
        "published-edited", "observations.csv", 4, "release_status", "final", "provisional",
    ),
    Case(
        "comparability edited", cell("observations", 13, "comparability", "same"),
        "published-edited", "observations.csv", 13, "comparability", "same", "related",
    ),
    Case(
        "target lowered", cell("targets", 3, "value", "7.0"),
        "published-edited", "targets.csv", 3, "value", "7.0", "a new correction_id",
    ),
    Case(
        "comparator softened", cell("targets", 12, "comparator", "ge"),
        "published-edited", "targets.csv", 12, "comparator", "ge", "published as gt",
    ),
    Case(
        "range widened", cell("targets", 7, "upper_value", "70"),
        "published-edited", "targets.csv", 7, "upper_value", "70", "published as 60",
    ),
    Case(
        "report dated earlier", cell("progress_reports", 4, "date", "2025-03"),
        "published-edited", "progress_reports.csv", 4, "date", "2025-03", "the row_key r3",
    ),
    Case(
        "report says more", cell("progress_reports", 7, "progress_status", "completed"),
        "published-edited", "progress_reports.csv", 7, "progress_status", "completed",
        "published as in_progress",
    ),
    Case(
        "observation dropped", without("observations", 7),
        "published-dropped", "observations.csv", None, "value", "17.5",
        "Row 7 of this file at v1 (L02/2024/report-2024/2025-03-20)",
    ),
    Case(
        "table dropped", lambda package: (package / "task_agencies.csv").write_text(
            "task_id,agency_id,position\nt1,town-library,1\nt1,school-board,2\nt2,town-library,2\n"
            "t3,town-library,1\n"
        ),
        "published-dropped", "task_agencies.csv", None, "agency_id", "school-board",
        "Row 4 of this file at v1 (t2/school-board)",
    ),
    Case(
        "year of an observation edited", cell("observations", 17, "year", "2024"),
        "published-edited", "observations.csv", 17, "year", "2024",
        "the row_key L07/2025/report-2025/2026-03-18",
    ),
    Case(
        "month made a day", cell("observations", 13, "published", "2026-04-14"),
        "published-edited", "observations.csv", 13, "published", "2026-04-14",
        "published as 2026 at v1",
    ),
    Case(
        "target dropped", without("targets", 4),
        "published-dropped", "targets.csv", None, "value", "9.0", "an empty new_value",
    ),
    Case(
        "report dropped", without("progress_reports", 8),
        "published-dropped", "progress_reports.csv", None, "progress_status", "in_progress",
        "the field progress_status",
    ),
    Case(
        "unit edited", cell("indicators", 2, "unit_zh", "万册/人"),
        "published-edited", "indicators.csv", 2, "unit_zh", "万册/人", "the row_key L01",
    ),
    Case(
        "promise weakened", cell("targets", 2, "strength", "aspirational"),
        "published-edited", "targets.csv", 2, "strength", "aspirational", "published as firm",
    ),
    Case(
        "copy called the original", cell("sources", 6, "access", "direct"),
        "published-edited", "sources.csv", 6, "access", "direct", "published as mirror",
    ),
    Case(
        "direction turned", cell("indicators", 3, "direction", "up"),
        "published-edited", "indicators.csv", 3, "direction", "up", "published as down",
    ),
    Case(
        "baseline taken away", cell("indicators", 3, "baseline_year", ""),
        "published-edited", "indicators.csv", 3, "baseline_year", "", "published as 2023",
    ),
    Case(
        "later due", cell("commitments", 8, "due", "2027"),
        "published-edited", "commitments.csv", 8, "due", "2027", "published as 2024-12",
    ),
    Case(
        "correction rewritten", cell("corrections", 2, "old_value", "17.0"),
        "published-correction", "corrections.csv", 2, "old_value", "17.0",
        "The correction x1 was published at v1 with “15.7” in old_value",
    ),
    Case(
        "correction rewritten and corrected",
        both(
            cell("corrections", 2, "old_value", "17.0"),
            corrected("x1", "old_value", "15.7", "17.0", "corrections"),
        ),
        "published-correction", "corrections.csv", 2, "old_value", "17.0", "a further row",
    ),
    Case(
        "source vanished", both(without("sources", 7), cell("observations", 13, "note_en", "")),
        "published-id", "sources.csv", None, "source_id", "survey-copy",
        "neither renamed nor deleted",
    ),
    Case(
        "commitment vanished", without("commitments", 6),
        "published-id", "commitments.csv", None, "commitment_id", "c-prize",
        "published at v1 (row 6)",
    ),
    Case(
        "correction vanished", without("corrections", 2),
        "published-id", "corrections.csv", None, "correction_id", "x1",
        "put the row back under its id.",
    ),
    Case(
        "source renamed everywhere", renamed,
        "published-id", "sources.csv", 3, "source_id", "report-2023", "to have become report-23",
    ),
    Case(
        "report renamed", cell("progress_reports", 4, "report_id", "r33"),
        "published-id", "progress_reports.csv", 4, "report_id", "r3", "to have become r33",
    ),
    Case(
        "retirement forgotten", lambda package: None,
        "published-retirement", "corrections.csv", None, "retired_id", "L09",
        "The id L09 (旧藏) was listed as retired at v1",
        before=lambda package: retire(package, RETIREMENT),
    ),
    Case(
        "wrong old value",
        both(cell("observations", 7, "value", "16.5"), corrected(L02, "value", "15.7", "16.5")),
        "correction-values", "corrections.csv", 3, "old_value", "15.7", "expected 17.5 here",
    ),
    Case(
        "wrong new value",
        both(cell("observations", 7, "value", "16.5"), corrected(L02, "value", "17.5", "16.6")),
        "correction-values", "corrections.csv", 3, "new_value", "16.6", "expected 16.5 here",
    ),
    Case(
        "correction of nothing", corrected(L02, "value", "17.5", "16.5"),
        "correction-values", "corrections.csv", 3, "new_value", "16.5", "expected 17.5 here",
    ),
    Case(
        "wrong old value of a dropped row",
        both(without("observations", 7), corrected(L02, "value", "17.0", "")),
        "correction-values", "corrections.csv", 3, "old_value", "17.0", "expected 17.5 here",
    ),
    Case(
        "broken chain of corrections",
        both(
            cell("observations", 7, "value", "16.5"),
            corrected(L02, "value", "17.5", "18.0"),
            corrected(L02, "value", "17.0", "16.5"),
        ),
        "correction-values", "corrections.csv", 4, "old_value", "17.0", "expected 18.0 here",
    ),
    Case(
        "correction of no row", corrected("L02/2024", "value", "17.5", "16.5"),
        "correction-place", "corrections.csv", 3, "row_key", "L02/2024",
        "write indicator_id / year / source_id / published",
    ),
]  # fmt: skip

FINE: dict[str, Edit] = {
    "nothing": lambda package: None,
    "another row": lambda package: add_row(
        package, "observations",
        "L01", "2025", "report-2025", "2026-06", "8.2", "final", "same", "", "",
    ),
    "a note": both(
        cell("observations", 4, "note_zh", "年报称为初步数。"),
        cell("observations", 4, "note_en", "Called preliminary."),
    ),
    "a translation": cell("indicators", 2, "name_en", "Books lent per resident"),
    "an explicit plus": cell("observations", 12, "value", "+1150"),
    "a corrected value": both(
        cell("observations", 7, "value", "16.5"), corrected(L02, "value", "17.5", "16.5")
    ),
    "the key joined otherwise": both(
        cell("observations", 7, "value", "16.5"),
        corrected("L02, 2024, report-2024, 2025-03-20", "value", "17.5", "16.5"),
    ),
    "two corrections in turn": both(
        cell("observations", 7, "value", "16.5"),
        corrected(L02, "value", "17.5", "18.0"),
        corrected(L02, "value", "18.0", "16.5"),
    ),
    "a withdrawn row": both(without("observations", 7), corrected(L02, "value", "17.5", "")),
    "a withdrawn report": both(
        without("progress_reports", 8),
        corrected("r7", "progress_status", "in_progress", "", "progress_reports"),
    ),
    "a corrected date of publication": both(
        cell("observations", 7, "published", "2025-03-21"),
        corrected(L02, "published", "2025-03-20", "2025-03-21"),
    ),
    "a corrected date and value": both(
        cell("observations", 7, "published", "2025-03-21"),
        cell("observations", 7, "value", "16.5"),
        corrected(L02, "published", "2025-03-20", "2025-03-21"),
        corrected(LATER, "value", "17.5", "16.5"),
    ),
    "a corrected wording": both(
        cell("tasks", 4, "title_zh", "整理古籍"),
        corrected("t3", "title_zh", "整理旧藏", "整理古籍", "tasks"),
    ),
    "columns in another order, another end of lines": saved_by_a_spreadsheet,
    "a baseline year that was open": cell("indicators", 5, "baseline_year", "2024"),
    "a corrected unit": both(
        cell("indicators", 2, "unit_zh", "万册/人"),
        corrected("L01", "unit_zh", "册/人", "万册/人", "indicators"),
    ),
    "an agency that no longer answers": both(
        without("task_agencies", 3),
        corrected("t1/school-board", "agency_id", "school-board", "", "task_agencies"),
    ),
    "a further correction of a published one": both(
        cell("observations", 7, "value", "15.7"), corrected(L02, "value", "17.5", "15.7")
    ),
    "a correction that comes late": corrected(
        "L01/2024/report-2024/2025-03-20", "value", "5.9", "6.0"
    ),
}  # fmt: skip


def against_library(package: Path, before: Path = LIBRARY) -> list[Problem]:
    published = PackageSnapshot(package, PackageSnapshot(before).contents())
    return check_published_rows(published.raw, PackageSnapshot(package).raw, "v1")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_falsified_row_is_one_blocker_at_its_place(case: Case, tmp_path: Path) -> None:
    published, package = copy_package(tmp_path, "published"), copy_package(tmp_path)
    case.before(published)
    case.how(package)
    problems = against_library(package, published)
    assert len(problems) == 1, [problem.place() for problem in problems]
    problem = problems[0]
    assert problem.is_blocker
    assert (problem.code, problem.row) == (case.code, case.row)
    assert problem.file == (package / case.file).as_posix()
    assert (problem.field, problem.value) == (case.field, case.value)
    assert case.en in problem.expected(Language.EN) + problem.remedy(Language.EN)
    assert "{" not in problem.render(Language.ZH) + problem.render(Language.EN)


@pytest.mark.parametrize("name", FINE)
def test_what_may_be_done_passes(name: str, tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    FINE[name](package)
    assert [problem.place() for problem in against_library(package)] == []


def test_a_correction_of_no_table_or_field_is_left_to_the_package_s_own_checks(
    tmp_path: Path,
) -> None:
    package = copy_package(tmp_path)
    corrected(L02, "Value", "17.5", "16.5")(package)
    corrected(L02, "value", "17.5", "16.5", "observation")(package)
    assert against_library(package) == []


def test_every_kind_occurs_above() -> None:
    kinds = {code for code in CATALOGUE if code.startswith("published-")}
    assert {case.code for case in CASES} == {*kinds, "correction-values", "correction-place"}


def test_a_whole_indicator_that_vanishes_is_told_with_all_that_it_held(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    for table, row in (("indicators", 8), ("targets", 13), ("observations", 17)):
        delete_row(package, table, row)
    found = [(problem.code, Path(problem.file).stem) for problem in against_library(package)]
    assert found == [
        ("published-id", "indicators"),
        ("published-dropped", "targets"),
        ("published-dropped", "observations"),
    ]


def test_rows_of_a_file_that_is_gone_are_told_at_one_that_is_there(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    (package / "task_agencies.csv").unlink()
    problems = against_library(package)
    assert len(problems) == 5
    assert {problem.file for problem in problems} == {(package / "corrections.csv").as_posix()}
    assert "Row 2 of task_agencies.csv at v1" in problems[0].expected(Language.EN)


def test_a_column_that_is_taken_away_takes_what_was_published(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    delete_column(package, "indicators", "publication_lag_days")
    delete_column(package, "indicators", "definition_en")
    found = [(problem.code, problem.row, problem.field) for problem in against_library(package)]
    assert found == [("published-edited", row, "publication_lag_days") for row in (2, 3, 4, 5, 8)]


def _lay_beside(package: Path, row: list[str]) -> None:
    """Put a table of retired ids into the folder that the descriptor does not list."""
    kept = (package / "datapackage.json").read_bytes()
    retire(package, row)
    (package / "datapackage.json").write_bytes(kept)


@pytest.mark.parametrize(
    ("how", "code", "row"),
    [
        (retire, "published-retirement", None),
        (
            lambda package: retire(package, [*RETIREMENT[:5], "另有原因。", *RETIREMENT[6:]]),
            "published-edited",
            2,
        ),
        (lambda package: retire(package, [*RETIREMENT[:7], "L02"]), "published-edited", 2),
        (lambda package: _lay_beside(package, RETIREMENT), "published-retirement", None),
        (lambda package: retire(package, [*RETIREMENT[:6], "Joined.", "L01"]), None, None),
    ],
)
def test_what_is_retired_stays_on_record(
    tmp_path: Path, how: Edit, code: str | None, row: int | None
) -> None:
    old, new = (copy_package(tmp_path, name) for name in ("old", "new"))
    retire(old, RETIREMENT)
    how(new)
    found = check_published_rows(PackageSnapshot(old).raw, PackageSnapshot(new).raw, "v1")
    assert [(problem.code, problem.row) for problem in found] == ([(code, row)] if code else [])


def test_an_agency_that_is_retired_takes_its_tasks_along(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    delete_row(package, "agencies", 3)
    for row in (4, 3):
        delete_row(package, "task_agencies", row)
    retire(
        package, ["agencies", "school-board", "2026", "学校委员会", "Board", "撤销。", "Closed."]
    )
    assert against_library(package) == []


@pytest.mark.parametrize(("name", "codes"), [("旧藏", []), ("新藏", ["published-retirement"])])
def test_a_retired_id_may_return_as_what_it_was(
    tmp_path: Path, name: str, codes: list[str]
) -> None:
    old, new = (copy_package(tmp_path, name) for name in ("old", "new"))
    retire(old, RETIREMENT)
    cells = ("headline", "", "9", name, "Holdings", "册", "books", "up", "level", "0", "", "")
    add_row(new, "indicators", "L09", *cells, "", "")
    found = check_published_rows(PackageSnapshot(old).raw, PackageSnapshot(new).raw, "v1")
    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize("separator", ["/", ",", " + ", "，", " | "])
def test_row_keys_are_taken_apart(separator: str) -> None:
    key = ("technology-contracts", "2020", "most-2021-06-10", "2021-06")
    assert parse_row_key(separator.join(key)) == key


# The command.


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = make_repository(tmp_path)
    repository.git("tag", "v1")
    return repository


def test_an_edited_value_stops_a_pull_request_until_it_is_corrected(
    repository: Repository,
) -> None:
    edit_cell(repository.package, "observations", 7, "value", "16.5")
    repository.commit()
    ran = repository.run("validate", "--against", "v1")
    assert ran.code == 10
    assert f"{repository.package}/observations.csv:7 [published-edited] value" in ran.err
    corrected(L02, "value", "17.5", "16.5")(repository.package)
    assert repository.run("validate", "--against", "v1").code == 0
    assert repository.run("validate", "--against", "HEAD").code == 0, "a correction that came late"


def test_a_dropped_row_is_named_by_its_old_number(repository: Repository) -> None:
    delete_row(repository.package, "observations", 17)
    ran = repository.run("validate", "--against", "v1", lang="zh")
    assert ran.code == 10
    assert "observations.csv [published-dropped]" in ran.err
    assert "版本 v1 中此文件第 17 行" in ran.err
    annotated = repository.run("validate", "--against", "v1", "--format", "github").out
    assert re.fullmatch(
        r"::error file=[^,]*/observations\.csv,title=published-dropped::.*\n", annotated
    )


def test_the_formats_carry_the_problem(repository: Repository) -> None:
    edit_cell(repository.package, "observations", 7, "value", "16.5")
    ran = repository.run("validate", "--against", "v1", "--format", "json")
    assert [one["code"] for one in json.loads(ran.out)["problems"]] == ["published-edited"]
    ran = repository.run("validate", "--against", "v1", "--format", "github")
    assert ran.out.startswith("::error file=")
    assert ",line=7,title=published-edited::" in ran.out


def test_without_the_option_nothing_is_compared(repository: Repository) -> None:
    edit_cell(repository.package, "observations", 7, "value", "16.5")
    assert repository.run("validate").code == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_unknown_revision_is_a_usage_error_of_one_sentence(
    repository: Repository, lang: str
) -> None:
    ran = repository.run("validate", "--against", "nowhere", lang=lang)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "nowhere" in ran.err


def test_an_id_may_go_where_the_package_says_what_became_of_it(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "repository")
    repository.git("tag", "v1")
    old, new = "school-board", "education-office"
    for path in repository.package.glob("*.csv"):
        edit_text(repository.package, path.name, lambda content: content.replace(old, new))
    refused = repository.run("validate", "--against", "v1")
    assert refused.code == 10
    assert "[published-id]" in refused.err + refused.out
    names = ("教育委员会", "School board", "改组。", "Reorganised.")
    row = ["agencies", old, "2026-11-01", *names, new]
    _lay_beside(repository.package, row)
    refused = repository.run("validate", "--against", "v1")
    assert refused.code == 10
    assert "[published-id]" in refused.err and "[unlisted-table]" in refused.err
    retire(repository.package, row)
    accepted = repository.run("validate", "--against", "v1")
    assert accepted.code == 0, accepted.err + accepted.out
