"""Taking a file in: CSV files of all sorts, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.model import Language
from plansite.pipeline.submission import PackageChangedError, prepare, write
from tests.support.library_package import (
    AS_OF,
    edit_cell,
    edit_descriptor,
    read_rows,
    table_of,
)
from tests.support.workbook_files import (
    NEW_VALUE,
    add_rows,
    contents,
    save_template,
    take_in,
    type_cells,
)


def hand_csv(package: Path, text: str, encoding: str = "utf-8", name: str = "handed.csv") -> Path:
    path = package.parent / name
    path.write_bytes(text.encode(encoding))
    return path


def csv_text(package: Path, table: str) -> str:
    return (package / f"{table}.csv").read_text("utf-8")


# CSV files.


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("gbk", "GBK/GB18030"),
        ("gb18030", "GBK/GB18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
    ],
)
def test_a_table_in_any_encoding(package: Path, encoding: str, told: str) -> None:
    text = csv_text(package, "agencies").replace("柳湖镇", "柳湖镇", 1)
    rows = text + "reading-club,读者会,Readers’ club,\n".replace("’", "'")
    submission = take_in(package, hand_csv(package, rows, encoding))
    details = [p.details["encoding"] for p in submission.problems if p.code == "file-decoded"]
    assert details == ([told] if told else [])
    assert csv_text(package, "agencies") == rows


def test_windows_line_ends_and_other_quotation_marks_change_nothing(package: Path) -> None:
    lines = csv_text(package, "themes").splitlines()
    quoted = "\r\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in lines)
    old = contents(package)
    assert take_in(package, hand_csv(package, quoted)).changes == ()
    assert contents(package) == old


def test_a_date_that_may_mean_two_months_is_refused_with_both(package: Path) -> None:
    text = csv_text(package, "commitments").replace("2026-12-31", "2026.1")
    before = contents(package)
    (problem,) = take_in(package, hand_csv(package, text)).problems
    assert (problem.code, problem.field, problem.value) == ("spreadsheet-date", "due", "2026.1")
    assert "2026-01 or 2026-10" in problem.remedy(Language.EN)
    assert contents(package) == before
    text = text.replace("2026.1", "2026.10")
    assert take_in(package, hand_csv(package, text)).is_valid
    assert "2026-10" in csv_text(package, "commitments")


def test_what_excel_does_to_a_csv_file_changes_nothing(package: Path) -> None:
    text = csv_text(package, "observations")
    excel = text.replace(",5.0,", ",5,").replace("2024-03-14", "2024/3/14").replace("20.0", "20")
    old = contents(package)
    assert take_in(package, hand_csv(package, excel)).changes == ()
    assert contents(package) == old


def test_tabs_as_excel_writes_unicode_text(package: Path) -> None:
    text = csv_text(package, "themes").replace(",", "\t")
    assert take_in(package, hand_csv(package, text, "utf-16", "themes.txt")).changes == ()


def test_chinese_headings(package: Path) -> None:
    def entitle(content: dict[str, object]) -> None:
        fields = table_of(content, "themes")["schema"]["fields"]
        for field, title in zip(
            fields, ("板块编号", "顺序", "标题（中文）", "标题（英文）"), strict=True
        ):
            field["title"] = title

    edit_descriptor(package, entitle)
    text = "标题(中文),板块编号,标题(英文),顺序\n新板块,new-theme,New theme,9\n"
    assert take_in(package, hand_csv(package, text)).is_valid
    assert read_rows(package, "themes")[-1] == ["new-theme", "9", "新板块", "New theme"]


def test_new_rows_alone_are_added(package: Path) -> None:
    head = csv_text(package, "observations").partition("\n")[0]
    old = csv_text(package, "observations")
    row = "L01,2026,report-2025,2026-03-18,9.0,provisional,same,,\n"
    assert take_in(package, hand_csv(package, f"{head}\n{row}"), removals=True).is_valid
    assert csv_text(package, "observations") == old + row


def test_rows_left_out_of_a_csv_file_are_missed(package: Path) -> None:
    rows = csv_text(package, "observations").splitlines(keepends=True)
    submission = take_in(package, hand_csv(package, "".join(rows[:-1])))
    assert [problem.code for problem in submission.problems] == ["row-missing"]
    assert submission.problems[0].details["row"] == "19"
    assert "漏填了的，改回原值" in submission.problems[0].remedy(Language.ZH)


def test_a_csv_row_with_a_comma_too_many(package: Path) -> None:
    text = csv_text(package, "themes") + "x,9,一,二,three\n"
    submission = take_in(package, hand_csv(package, text))
    assert [(p.code, p.row, p.value) for p in submission.problems] == [("extra-cell", 4, "three")]


def test_bytes_that_are_no_text(package: Path) -> None:
    path = package.parent / "x.csv"
    path.write_bytes(b"\xff\xff\x81")
    assert not take_in(package, path).is_valid
    path.write_bytes(b"")
    assert not take_in(package, path).is_valid


# All or nothing.


def two_tables(package: Path) -> Path:
    path = save_template(package)
    add_rows(path, "observations", NEW_VALUE)
    return type_cells(path, "themes", {"D3": "Reading more"})


def test_nothing_is_written_where_anything_is_wrong(package: Path) -> None:
    path = type_cells(two_tables(package), "themes", {"B3": "first"})
    old = contents(package)
    assert not take_in(package, path).is_valid
    assert contents(package) == old


def test_nothing_is_left_behind_where_the_disk_fails(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = prepare(package, two_tables(package), AS_OF, removals=False)
    old = contents(package)
    replace = Path.replace
    calls: list[Path] = []

    def fail(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write(submission)
    assert len(calls) == 2
    assert contents(package) == old


def test_nothing_is_written_over_what_somebody_just_changed(package: Path) -> None:
    submission = prepare(package, two_tables(package), AS_OF, removals=False)
    edit_cell(package, "observations", 2, "value", "5.1")
    old = contents(package)
    with pytest.raises(PackageChangedError):
        write(submission)
    assert contents(package) == old


def test_a_package_that_cannot_be_taken_apart(package: Path) -> None:
    path = save_template(package)
    (package / "themes.csv").write_bytes(b'theme_id,position,title_zh,title_en\n"x')
    assert [p.code for p in take_in(package, path).problems] == ["unreadable-table"]
    (package / "datapackage.json").write_text("{")
    assert [p.code for p in take_in(package, path).problems] == ["json-syntax"]
