"""Every format, opened with what its readers use, holds what the data package holds."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
import re
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest
from frictionless import Resource, Schema

from tests.site.built_site import Site, table, text_of
from tests.site.hostile_package import FORMULA
from tests.support.library_package import AS_OF, LIBRARY
from tests.support.paths import PACKAGE

Rows = list[dict[str, str]]
BOM = b"\xef\xbb\xbf"
FOLDERS = {"real": PACKAGE, "library": LIBRARY}
SUFFIXES = {"csv", "utf8.csv", "xlsx", "json", "metadata.json", "zip"}

both = pytest.mark.parametrize("name", FOLDERS)


@pytest.fixture(scope="session")
def sites(real: Site, library: Site) -> dict[str, Site]:
    return {"real": real, "library": library}


def downloads(site: Site) -> Path:
    return site.folder / "downloads"


def indicator_ids(package: Path) -> list[str]:
    return [row["indicator_id"] for row in table(package, "indicators")]


def csv_rows(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_text(cell: object) -> str:
    """A typed cell as the CSV files write it."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(cell)


def facts(rows: Rows) -> set[tuple[str, ...]]:
    """What was published, by whom: the least that a file of values has to hold."""
    names = ("indicator_id", "year", "value", "source_id", "source_published")
    return {tuple(row[name] for name in names) for row in rows if row["value"]}


def published(package: Path, indicator_id: str = "") -> set[tuple[str, ...]]:
    names = ("indicator_id", "year", "value", "source_id", "published")
    rows = table(package, "observations")
    own = [row for row in rows if indicator_id in ("", row["indicator_id"])]
    return {tuple(row[name] for name in names) for row in own}


def sheet_rows(content: bytes | Path, title: str) -> Rows:
    """A worksheet's rows as text, numbers with the digits that they show."""
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    sheet = openpyxl.load_workbook(file)[title]
    header = [cell.value for cell in sheet[1]]
    return [dict(zip(map(str, header), map(shown, row), strict=True)) for row in sheet.iter_rows(2)]


def shown(cell: Any) -> str:
    if cell.is_date:
        return f"{cell.value:%Y-%m-%d}"
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        places = len(cell.number_format.partition(".")[2])
        return f"{cell.value:.{places}f}"
    return as_text(cell.value)


@both
def test_an_indicators_files_say_the_same_in_every_format(
    sites: dict[str, Site], name: str
) -> None:
    folder = downloads(sites[name]) / "indicators"
    for key in indicator_ids(FOLDERS[name]):
        files = {suffix: (folder / f"{key}.{suffix}").read_bytes() for suffix in SUFFIXES}
        assert files["csv"] == BOM + files["utf8.csv"]
        rows = csv_rows(files["csv"])
        assert facts(rows) == published(FOLDERS[name], key)
        typed = json.loads(files["json"], parse_float=Decimal)
        assert [{f: as_text(c) for f, c in row.items()} for row in typed] == rows
        assert {type(row["year"]) for row in typed} == {int}
        assert sheet_rows(files["xlsx"], "data") == rows
        with zipfile.ZipFile(io.BytesIO(files["zip"])) as packed:
            assert packed.read(f"{key}.csv") == files["csv"]
            assert packed.read(f"{key}.metadata.json") == files["metadata.json"]
            for language in ("zh", "en"):
                told = packed.read(f"README.{language}.txt").decode("utf-8-sig")
                indicator = next(
                    r for r in table(FOLDERS[name], "indicators") if r["indicator_id"] == key
                )
                assert indicator[f"name_{language}"] in told
                assert indicator[f"unit_{language}"] in told
                assert indicator[f"definition_{language}"] in told


@both
def test_a_workbook_is_typed_with_a_header_that_stays_and_names_its_sources(
    sites: dict[str, Site], name: str
) -> None:
    package = FOLDERS[name]
    for key in indicator_ids(package):
        file = downloads(sites[name]) / "indicators" / f"{key}.xlsx"
        book = openpyxl.load_workbook(file)
        assert book.sheetnames == ["data", "sources", "codebook", "about"]
        assert {sheet.freeze_panes for sheet in book} == {"A2"}
        data = sheet_rows(file, "data")
        cited = {row[f] for row in data for f in ("source_id", "target_source_id") if row[f]}
        sources = {row["source_id"]: row for row in sheet_rows(file, "sources")}
        assert set(sources) == cited
        for source in table(package, "sources"):
            if source["source_id"] in cited:
                direct = source["access"] == "direct"
                assert sources[source["source_id"]]["url"] == (source["url"] if direct else "")
        fields = [row["field"] for row in sheet_rows(file, "codebook")]
        assert fields == list(data[0])
        for row in book["data"].iter_rows(2):
            assert {cell.data_type for cell in row} <= {"n", "s", "b", "d"}
            assert isinstance(row[fields.index("year")].value, int)
            assert isinstance(row[fields.index("as_of")].value, dt.datetime)


@both
def test_the_metadata_agree_with_the_package(sites: dict[str, Site], name: str) -> None:
    package = FOLDERS[name]
    observations, targets = table(package, "observations"), table(package, "targets")
    for indicator in table(package, "indicators"):
        key = indicator["indicator_id"]
        file = downloads(sites[name]) / "indicators" / f"{key}.metadata.json"
        told = json.loads(file.read_text("utf-8"))
        for language in ("zh", "en"):
            assert told["title"][language] == indicator[f"name_{language}"]
            assert told["unit"][language] == indicator[f"unit_{language}"]
            assert (told["definition"] or {}).get(language, "") == indicator[
                f"definition_{language}"
            ]
        values = [row for row in observations if row["indicator_id"] == key]
        own = [row for row in targets if row["indicator_id"] == key]
        coverage = told["coverage"]
        assert coverage["published_values"] == len(values)
        assert coverage["years_with_published_value"] == sorted({int(v["year"]) for v in values})
        assert coverage["years_with_target"] == sorted(int(t["year"]) for t in own)
        comparable = {row["year"] for row in values if row["comparability"] == "same"}
        silent = sorted(int(t["year"]) for t in own if t["year"] not in comparable)
        assert coverage["target_years_without_comparable_published_value"] == silent
        latest = max((row["published"] for row in values), default=None)
        assert told["last_published"] == latest
        assert told["as_of"] == AS_OF.isoformat()
        assert {s["id"] for s in told["sources"]} == {r["source_id"] for r in (*values, *own)}
        assert indicator["name_zh"] in told["citation"]["gbt7714"]
        assert indicator["name_en"] in told["citation"]["apa"]
        assert told["licences"][0]["url"].startswith("https://")
        assert {file["name"].partition(".")[2] for file in told["files"]} == SUFFIXES
        for one in told["files"]:
            assert "url" not in one  # the site's address is not known, and none is made up
            size = (file.parent / one["name"]).stat().st_size
            assert one.get("bytes", size) == size


def test_where_the_sites_address_is_known_the_metadata_name_it(hostile: Site) -> None:
    told = json.loads((downloads(hostile) / "indicators" / "L01.metadata.json").read_text("utf-8"))
    address = "https://plan.example/library/"
    assert told["page"]["en"] == f"{address}en/indicators/L01/"
    urls = [one["url"].removeprefix(address) for one in told["files"]]
    assert all((hostile.folder / url).is_file() for url in urls)


@both
def test_the_metadatas_columns_are_a_schema_that_the_rows_obey(
    sites: dict[str, Site], name: str
) -> None:
    key = indicator_ids(FOLDERS[name])[0]
    file = downloads(sites[name]) / "indicators" / f"{key}.metadata.json"
    columns = json.loads(file.read_text("utf-8"))["columns"]
    fields = [{"name": column["name"], "type": column["type"]} for column in columns]
    schema = Schema.from_descriptor({"fields": fields})
    for content in (file.with_name(f"{key}.utf8.csv"), downloads(sites[name]) / "values.csv"):
        data = content.read_bytes().removeprefix(BOM)
        report = Resource(data, format="csv", encoding="utf-8", schema=schema).validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


@both
def test_the_workbook_of_the_plan_holds_every_table_and_verdict(
    sites: dict[str, Site], name: str
) -> None:
    package, folder = FOLDERS[name], downloads(sites[name])
    book = folder / "plan.xlsx"
    for path in sorted(package.glob("*.csv")):
        rows = sheet_rows(book, path.stem)
        expected = table(package, path.stem)
        header = list(expected[0]) if expected else []
        assert [{field: row[field] for field in header} for row in rows] == expected, path.stem
    for sheet in ("values", "verdicts"):
        assert sheet_rows(book, sheet) == csv_rows((folder / f"{sheet}.csv").read_bytes())
    fields = sheet_rows(book, "fields")
    for worksheet in openpyxl.load_workbook(book):
        if worksheet.title not in ("about", "fields"):
            told = [row["field"] for row in fields if row["table"] == worksheet.title]
            assert told == [cell.value for cell in worksheet[1]]


@both
def test_one_file_holds_the_values_of_all_indicators(sites: dict[str, Site], name: str) -> None:
    folder, package = downloads(sites[name]), FOLDERS[name]
    rows = csv_rows((folder / "values.csv").read_bytes())
    each = [
        csv_rows((folder / "indicators" / f"{i}.csv").read_bytes()) for i in indicator_ids(package)
    ]
    assert rows == [row for own in each for row in own]
    assert facts(rows) == published(package)


@pytest.fixture
def database(sites: dict[str, Site], name: str) -> Iterator[sqlite3.Connection]:
    file = downloads(sites[name]) / "plan.sqlite"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def found(database: sqlite3.Connection, query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in database.execute(query)]


def everything(database: sqlite3.Connection, name: str) -> list[dict[str, Any]]:
    """The rows of a table or a view."""
    return found(database, f"SELECT * FROM {name}")  # noqa: S608 - a name of the test's own


def digits(row: dict[str, Any]) -> dict[str, str]:
    """A row as text, each number with its published digits from the column beside it."""
    told = {k: as_text(v) for k, v in row.items() if not k.endswith("_text")}
    own = {k.removesuffix("_text"): as_text(v) for k, v in row.items() if k.endswith("_text")}
    return told | own


@both
def test_the_database_holds_the_tables_with_their_keys(
    database: sqlite3.Connection, name: str
) -> None:
    assert [tuple(row) for row in database.execute("PRAGMA integrity_check")] == [("ok",)]
    assert found(database, "PRAGMA foreign_key_check") == []
    descriptor = json.loads((FOLDERS[name] / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        one, expected = resource["name"], table(FOLDERS[name], resource["name"])
        rows = [digits(row) for row in everything(database, one)]
        header = list(expected[0]) if expected else []
        assert [{field: row[field] for field in header} for row in rows] == expected, one
        columns = found(database, f"PRAGMA table_info({one})")
        keys = sorted((c["pk"], c["name"]) for c in columns if c["pk"])
        wanted = resource["schema"]["primaryKey"]
        assert [key for _, key in keys] == ([wanted] if isinstance(wanted, str) else wanted)
        linked = {
            row["from"]: row["table"] for row in found(database, f"PRAGMA foreign_key_list({one})")
        }
        for foreign in resource["schema"].get("foreignKeys", []):
            field = foreign["fields"]
            own = field if isinstance(field, str) else field[0]
            assert linked[own] == (foreign["reference"]["resource"] or one)


@both
def test_the_databases_views_say_what_the_files_say(
    sites: dict[str, Site], database: sqlite3.Connection, name: str
) -> None:
    for view, file in (("indicator_values", "values"), ("verdicts", "verdicts")):
        rows = [digits(row) for row in everything(database, view)]
        for row in rows:
            if row.get("leads"):
                row["leads"] = {"0": "false", "1": "true"}[row["leads"]]
        expected = csv_rows((downloads(sites[name]) / f"{file}.csv").read_bytes())
        assert {tuple(row) for row in rows} == {tuple(rows[0])}
        assert sorted(map(str, ({k: r[k] for k in expected[0]} for r in rows))) == sorted(
            map(str, expected)
        )
        told = {f["field"] for f in everything(database, "fields") if f["table_name"] == view}
        assert told == set(everything(database, view)[0])


def test_the_database_refuses_what_would_break_it(sites: dict[str, Site], tmp_path: Path) -> None:
    copy = tmp_path / "plan.sqlite"
    copy.write_bytes((downloads(sites["library"]) / "plan.sqlite").read_bytes())
    with closing(sqlite3.connect(copy)) as database:
        database.execute("PRAGMA foreign_keys = ON")
        for statement in (
            "UPDATE observations SET source_id = 'nowhere'",
            "UPDATE observations SET value = 'much'",
            "UPDATE observations SET release_status = 'guessed'",
            "DELETE FROM sources",
        ):
            with pytest.raises(sqlite3.IntegrityError), database:
                database.execute(statement)


@both
@pytest.mark.parametrize(("parquet", "file"), [("plan", "values"), ("verdicts", "verdicts")])
def test_parquet_holds_the_same_rows_with_exact_decimals(
    sites: dict[str, Site], name: str, parquet: str, file: str
) -> None:
    folder = downloads(sites[name])
    relation = duckdb.read_parquet(str(folder / f"{parquet}.parquet"))
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    assert types["year"] == "BIGINT"
    assert types["value"].startswith("DECIMAL")
    assert types["as_of"] == "DATE"
    expected = csv_rows((folder / f"{file}.csv").read_bytes())
    numbers = {column for column, kind in types.items() if kind.startswith("DECIMAL")}
    rows = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    assert len(rows) == len(expected)
    for row, told in zip(rows, expected, strict=True):
        for column, cell in row.items():
            if column in numbers:
                assert cell == (Decimal(told[column]) if told[column] else None)
            else:
                assert as_text(cell) == told[column]
    assert list(pd.read_parquet(folder / f"{parquet}.parquet").columns) == list(expected[0])


@both
def test_duckdb_reads_every_csv_file(sites: dict[str, Site], name: str) -> None:
    files = sorted(downloads(sites[name]).rglob("*.csv"))
    assert len(files) > 20
    for file in files:
        header, *expected = cells_of(file.read_bytes())
        relation = duckdb.read_csv(str(file), header=True, all_varchar=True, quotechar='"')
        assert relation.columns == header
        assert [list(map(as_text, row)) for row in relation.fetchall()] == expected, file


def test_no_text_runs_as_a_formula_in_any_file(hostile: Site) -> None:
    folder = downloads(hostile)
    for file in (
        folder / "observations.csv",
        folder / "values.csv",
        folder / "indicators" / "L08.csv",
    ):
        notes = {row["note_zh"] for row in csv_rows(file.read_bytes())}
        assert f"'{FORMULA}" in notes
        assert FORMULA not in notes
    with zipfile.ZipFile(folder / "datapackage.zip") as packed:
        assert FORMULA in packed.read("observations.csv").decode()
    for file in (folder / "plan.xlsx", folder / "indicators" / "L08.xlsx"):
        cells = [c for sheet in openpyxl.load_workbook(file) for row in sheet for c in row]
        assert FORMULA in {cell.value for cell in cells}
        assert {cell.data_type for cell in cells if cell.value == FORMULA} == {"s"}
    page = hostile.page("data/observations/index.html")
    assert "撇号（'）" in page.text


# --- LibreOffice ---------------------------------------------------------------------------------

MAC_PROGRAM = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
TEXT = "Text - txt - csv (StarCalc):44,34,76,1"
"""Comma, quotation mark, UTF-8, from the first line."""


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, list[list[str]]]]:
    """Turns files into text with LibreOffice, each sheet by its file's name."""
    soffice = shutil.which("soffice") or shutil.which(MAC_PROGRAM)
    if not soffice:
        pytest.fail(
            "These tests open files with LibreOffice: install it (Debian: libreoffice-calc).",
            pytrace=False,
        )
    profile = tmp_path_factory.mktemp("profile")

    def run(*files: Path, reading: str = "") -> dict[str, list[list[str]]]:
        out = tmp_path_factory.mktemp("text")
        every_sheet = f"{TEXT},,0,false,true,true,false,false,-1"  # cells as they show
        subprocess.run(
            [
                *(soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless"),
                *([f"--infilter={reading}"] if reading else []),
                *("--convert-to", f"csv:{every_sheet}", "--outdir", str(out), *map(str, files)),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return {
            path.stem: list(csv.reader(path.read_text("utf-8-sig").splitlines()))
            for path in out.glob("*.csv")
        }

    return run


@both
def test_libreoffice_shows_every_character_of_a_chinese_workbook(
    sites: dict[str, Site], convert: Callable[..., dict[str, list[list[str]]]], name: str
) -> None:
    folder = downloads(sites[name])
    texts = convert(*sorted((folder / "indicators").glob("*.xlsx")), folder / "plan.xlsx")
    for key in indicator_ids(FOLDERS[name]):
        content = (folder / "indicators" / f"{key}.csv").read_bytes()
        assert in_capitals(texts[f"{key}-data"]) == in_capitals(cells_of(content))
    for path in FOLDERS[name].glob("*.csv"):
        width = len(cells_of(path.read_bytes())[0])
        rows = [row[:width] for row in texts[f"plan-{path.stem}"]]
        assert rows == cells_of(path.read_bytes()), path.stem


@both
def test_libreoffice_shows_every_character_of_a_chinese_csv_file(
    sites: dict[str, Site], convert: Callable[..., dict[str, list[list[str]]]], name: str
) -> None:
    file = downloads(sites[name]) / "values.csv"
    [text] = convert(file, reading=f"{TEXT},,0,true").values()
    shorter = [list(map(without_zeros, row)) for row in cells_of(file.read_bytes())]
    assert in_capitals(text) == in_capitals(shorter)


def cells_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def without_zeros(cell: str) -> str:
    """A number as a spreadsheet shows it that knows no format for it: ``5.0`` as ``5``."""
    return cell.rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", cell) else cell


def in_capitals(rows: list[list[str]]) -> list[list[str]]:
    """Spreadsheets write ``true`` as ``TRUE``."""
    return [[c.upper() if c in ("true", "false") else c for c in row] for row in rows]


# --- What pages say of the files -----------------------------------------------------------------


@both
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_pages_tell_each_files_true_size(sites: dict[str, Site], name: str, prefix: str) -> None:
    site = sites[name]
    pages = ["data", *(f"indicators/{key}" for key in indicator_ids(FOLDERS[name]))]
    for page in (site.page(f"{prefix}{address}/index.html") for address in pages):
        rows = page.find("table.file-table tbody tr")
        assert len(rows) == 8
        for row in rows:
            link, *_ = row.iter("a")
            size = (site.folder / page.target(link.get("href", ""))[0]).stat().st_size
            number, unit = text_of(list(row)[-1]).split()
            step = Decimal({"KB": 1000, "MB": 10**6}[unit]) * (
                Decimal("0.1") if "." in number else 1
            )
            assert Decimal(number) * {"KB": 1000, "MB": 10**6}[unit] - step < size
            assert size <= Decimal(number) * {"KB": 1000, "MB": 10**6}[unit]
