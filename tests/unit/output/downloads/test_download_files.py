"""What the files' writers do at the edges: digits, days, lengths, the same bytes again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from frictionless import Package

from plansite.analysis.publication import publish
from plansite.data.package import PackageSnapshot
from plansite.data.validation.read_package import read_snapshot
from plansite.model import Bilingual, urls
from plansite.model.contract import CONTRACT
from plansite.model.formatting import format_size
from plansite.output.downloads import make_downloads
from plansite.output.downloads.download_files import filled_template, take_tables
from plansite.output.downloads.formats import excel_format
from plansite.output.downloads.formats.columns import Column, Row
from plansite.output.downloads.formats.excel_format import Sheet, to_xlsx
from plansite.output.downloads.formats.json_rows import to_json
from plansite.util.checksums import digest
from plansite.util.process_pool import ProcessPool
from plansite.util.task_runner import TaskRunner
from tests.support.library_package import (
    AS_OF,
    LIBRARY,
    add_row,
    copy_package,
    edit_cell,
    edit_descriptor,
    insert_column,
    library_plan,
    table_of,
)

EARLIER = dt.date(2025, 3, 19)


def column(name: str, kind: str) -> Column:
    return Column(name, kind, Bilingual("", ""), Bilingual("", ""))


def downloads(day: dt.date, package: Path = LIBRARY) -> dict[str, bytes]:
    snapshot = PackageSnapshot(package)
    plan = read_snapshot(snapshot).plan
    assert plan is not None
    known = dataclasses.replace(publish(plan, day, []), tables=snapshot.raw.tables)
    files = make_downloads(known, snapshot, TaskRunner(None, ProcessPool(1)))
    return {file.address: file.content for file in files}


def test_json_keeps_every_published_digit() -> None:
    texts = ["249.10", "-3.0", "0.000001", "14115", "123456789012345"]
    rows: list[Row] = [{"value": Decimal(text)} for text in texts]
    content = to_json(rows, [column("value", "number")]).decode()
    assert [f'{{"value": {text}}}' in content for text in texts] == [True] * 5
    assert json.loads(to_json([], [column("value", "number")])) == []


def test_a_text_that_no_cell_of_excel_can_hold_is_cut_and_says_so() -> None:
    rows: list[Row] = [{"text": "长" * 40_000}, {"text": "长" * 32_767}]
    content = to_xlsx([Sheet("data", [column("text", "string")], rows)])
    _, cut, whole = (
        cell.value for cell in openpyxl.load_workbook(io.BytesIO(content))["data"]["A"]
    )
    assert str(cut).endswith("长 […]")
    assert len(str(cut)) == 32_767
    assert whole == rows[1]["text"]


@pytest.mark.parametrize(
    ("size", "told"),
    [
        *((0, "0.0 KB"), (1, "0.1 KB"), (9_900, "9.9 KB"), (9_901, "10 KB"), (12_001, "13 KB")),
        *((999_000, "999 KB"), (999_001, "1.0 MB"), (12_300_000, "13 MB")),
    ],
)
def test_sizes_are_rounded_up(size: int, told: str) -> None:
    assert format_size(size) == told


def test_the_same_data_give_the_same_bytes() -> None:
    assert downloads(AS_OF) == downloads(AS_OF)


def test_a_template_shows_the_tables_of_its_own_build_whatever_came_after(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    tables = take_tables(PackageSnapshot(package))
    before = filled_template(tables)
    edit_cell(package, "targets", 3, "indicator_id", "L1")
    assert filled_template(tables) == before
    assert repr(take_tables(PackageSnapshot(package))) != repr(tables)
    assert filled_template(take_tables(PackageSnapshot(package))) != before


def test_a_file_as_of_an_earlier_day_holds_what_was_known_then(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    for number, row in enumerate(
        [
            ("observations", "L01/2025/report-2025/2026-03-18", "value"),
            ("observations", "L01/2024/report-2024/2025-03-20", "value"),
            ("observations", "L01/2023/report-2023/2024-03-14", "value"),
            ("progress_reports", "r4", "date"),
            ("sources", "gazette-copy", "title"),
        ]
    ):
        told = (f"c{number}", "2026-10-01", *row, "old", "new", "误", "Typo")
        add_row(package, "corrections", *told)
    files = downloads(EARLIER, package)
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(files[urls.PLAN_SQLITE])

        def cells(query: str) -> list[Any]:
            return [row[0] for row in database.execute(query)]

        assert max(cells("SELECT published FROM observations")) <= EARLIER.isoformat()
        assert max(cells("SELECT date FROM progress_reports")) <= EARLIER.isoformat()
        # What reports rest on that may be from before stays, whenever it came out itself.
        documents = cells("SELECT source_id FROM sources")
        assert documents == ["reading-plan", "report-2023", "report-2024", "report-2025"]
        assert cells("SELECT row_key FROM corrections") == ["L01/2023/report-2023/2024-03-14"]
        assert set(cells("SELECT as_of FROM indicator_values")) == {EARLIER.isoformat()}
        assert cells("PRAGMA foreign_key_check") == []
        known = len(cells("SELECT year FROM observations"))
    assert known == sum(row.published.first_day <= EARLIER for row in library_plan().observations)
    assert known < len(library_plan().observations)
    book = openpyxl.load_workbook(io.BytesIO(files[urls.PLAN_XLSX]))
    assert book["observations"].max_row == known + 1


def test_what_is_more_than_a_sheet_can_hold_goes_on_in_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(excel_format, "MOST_ROWS", 4)
    rows: list[Row] = [{"year": year} for year in range(2001, 2008)]
    content = to_xlsx([Sheet("values", [column("year", "integer")], rows)])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["values", "values_2", "values_3"]
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [
        ["year", 2001, 2002, 2003],
        ["year", 2004, 2005, 2006],
        ["year", 2007],
    ]


@pytest.mark.parametrize(
    ("name", "renamed"),
    [
        *(("value_text", "value_text_"), ("Value", "Value_"), ("备注", "备注")),
        *(('a"b', 'a"b'), ('x" TEXT); DROP TABLE sources; --', 'x" TEXT); DROP TABLE sources; --')),
    ],
)
def test_a_column_of_the_packages_own_stands_in_the_database(
    tmp_path: Path, name: str, renamed: str
) -> None:
    package = copy_package(tmp_path)
    insert_column(package, "observations", name, "own", "value")
    edit_descriptor(
        package,
        lambda content: table_of(content, "observations")["schema"]["fields"].insert(
            4, {"name": name, "type": "string"}
        ),
    )
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(downloads(AS_OF, package)[urls.PLAN_SQLITE])
        table = database.execute("SELECT * FROM observations")
        names = [one[0] for one in table.description]
        row = dict(zip(names, next(table), strict=True))
        assert (row[renamed], row["value"], row["value_text"]) == ("own", 5.0, "5.0")
        assert database.execute("SELECT count(*) FROM sources").fetchone() != (0,)
        told = database.execute("SELECT field FROM fields WHERE table_name = 'observations'")
        assert {one[0] for one in told} == set(names)


def test_the_descriptor_beside_the_published_tables_describes_those(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    (package / "tables").mkdir()

    def move(content: dict[str, Any]) -> None:
        for entry in content["resources"]:
            path = f"tables/t-{entry['path']}"
            (package / entry["path"]).rename(package / path)
            table = (package / path).read_bytes()
            entry.update(path=path, bytes=len(table), hash=f"sha256:{digest(table)}")

    edit_descriptor(package, move)
    files = downloads(AS_OF, package)
    published = tmp_path / "published"
    for address in (urls.DESCRIPTOR, *map(urls.resource_csv, CONTRACT)):
        if address in files:
            path = published / address
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[address])
    report = Package((published / urls.DESCRIPTOR).as_posix()).validate()
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == 11
    with zipfile.ZipFile(io.BytesIO(files[urls.PACKAGE_ZIP])) as packed:
        told = json.loads(packed.read("datapackage.json"))
        assert table_of(told, "targets")["path"] == "tables/t-targets.csv"
        assert "tables/t-targets.csv" in packed.namelist()


def test_a_licence_without_an_address_has_none(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    edit_descriptor(package, lambda content: content.update(licenses=[{"name": "CC0-1.0"}]))
    files = downloads(AS_OF, package)
    told = json.loads(files[urls.indicator_file("L01", "metadata.json")])
    assert told["licences"] == [{"title": "CC0-1.0", "url": None}]
    with zipfile.ZipFile(io.BytesIO(files[urls.PACKAGE_ZIP])) as packed:
        assert "- CC0-1.0\n" in packed.read("README.md").decode()


def test_what_the_package_does_not_say_is_no_line_of_its_readme(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    unsaid = ("version", "description", "description_en", "licenses")
    edit_descriptor(package, lambda content: [content.pop(name) for name in unsaid])
    packed = zipfile.ZipFile(io.BytesIO(downloads(AS_OF, package)[urls.PACKAGE_ZIP]))
    readme = packed.read("README.md").decode()
    assert "Version" not in readme
    assert "\n\n\n" not in readme
