"""Every table is described as CSV on the Web and Data Package want it: others' readers say so."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import duckdb
import pytest
from frictionless import Package
from frictionless.resources import TableResource
from jsonschema.validators import validator_for

from tests.conftest import Serve
from tests.site.built_site import Site, table
from tests.support.library_package import LIBRARY
from tests.support.paths import PACKAGE, ROOT

READER = ROOT / ".venv-csvw" / "bin" / "python"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

Found = dict[str, Any]


@pytest.fixture(params=["real", "library", "hostile"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


# CSV on the Web


def read_csvw(*addresses: Path | str) -> list[Found]:
    """What ``tests/support/csvw_reader.py`` finds at each of the addresses."""
    if not READER.is_file():
        pytest.fail(
            "The reader of CSV on the Web is not installed: run make test, or "
            "sh scripts/setup.sh csvw.",
            pytrace=False,
        )
    done = subprocess.run(
        [READER, "-I", ROOT / "tests" / "support" / "csvw_reader.py"],
        input=json.dumps([*map(str, addresses)]),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[Found] = json.loads(done.stdout)
    assert len(found) == len(addresses)
    return found


def faults(found: Found) -> list[str]:
    """What is wrong with a table and its description, beyond what the reader itself says."""
    said = list(found["faults"])
    for one in found["tables"]:
        if not one["columns"]:
            said.append("no column is described")
        said += [f"{name} has no type" for name, kind in one["columns"].items() if not kind]
        names = {name for row in one["rows"] for name in row}
        said += [f"{name} is not described" for name in names - one["columns"].keys()]
    return said


def test_each_csv_file_is_described_beside_it(site: Site) -> None:
    tables = sorted((site.folder / "downloads").rglob("*.csv"))
    assert len(tables) > 15
    for file, found in zip(tables, read_csvw(*tables), strict=True):
        assert len(found["tables"]) == 1, (file, found["faults"])
        assert faults(found) == [], file


def column(metadata: Any, name: str) -> dict[str, Any]:
    found: dict[str, Any]
    [found] = [one for one in metadata["tableSchema"]["columns"] if one["name"] == name]
    return found


BROKEN: dict[str, Callable[[Any], object]] = {
    "a type that the values don't have": lambda said: column(said, "year").update(datatype="date"),
    "a type that isn't one": lambda said: column(said, "year").update(datatype="yearly"),
    "a column without a type": lambda said: column(said, "year").pop("datatype"),
    "a column that isn't described": lambda said: said["tableSchema"]["columns"].pop(),
    "no columns": lambda said: said["tableSchema"].pop("columns"),
    "a key that several rows have": lambda said: said["tableSchema"].update(primaryKey=["year"]),
    "another standard": lambda said: said.update({"@context": "https://schema.org"}),
}


def test_a_wrong_description_is_found_out(library: Site, tmp_path: Path) -> None:
    """Which is what makes the test above worth its time."""
    source = library.folder / "downloads" / "observations.csv"
    described = source.with_name(f"{source.name}-metadata.json").read_text("utf-8")
    broken = [tmp_path / str(number) / source.name for number in range(len(BROKEN) + 2)]
    for file, change in zip(broken, BROKEN.values(), strict=False):
        file.parent.mkdir()
        metadata = json.loads(described)
        change(metadata)
        file.write_bytes(source.read_bytes())
        file.with_name(f"{file.name}-metadata.json").write_text(json.dumps(metadata), "utf-8")
    *_, cut_off, alone = broken
    for file in (cut_off, alone):
        file.parent.mkdir()
        file.write_bytes(source.read_bytes())
    cut_off.with_name(f"{cut_off.name}-metadata.json").write_text(described[:-9], "utf-8")
    names = [*BROKEN, "a description that is cut off", "no description"]
    found = dict(zip(names, map(faults, read_csvw(*broken)), strict=True))
    assert [name for name, said in found.items() if not said] == []


def test_a_reader_of_csvw_finds_typed_values_on_the_web(server: Serve, real_site: Path) -> None:
    address = server(real_site) + "downloads/indicators/technology-contracts.csv"
    [found] = read_csvw(address)
    assert found["faults"] == []
    [read] = found["tables"]
    values = {(row["year"], row["value"]["decimal"]) for row in read["rows"] if row["value"]}
    assert values == {
        (int(row["year"]), row["value"])
        for row in table(PACKAGE, "observations")
        if row["indicator_id"] == "technology-contracts"
    }


def test_the_tables_are_described_together_with_their_references(
    real_site: Path, library_site: Path, tmp_path: Path
) -> None:
    name = "csv-metadata.json"
    for file in (library_site / "downloads").glob("*.csv*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / name).write_bytes((library_site / "downloads" / name).read_bytes())
    targets = tmp_path / "targets.csv"
    targets.write_text(targets.read_text("utf-8").replace("L01,", "L99,"), "utf-8")
    folders = (real_site / "downloads", library_site / "downloads", tmp_path)
    *sound, broken = read_csvw(*(folder / name for folder in folders))
    for found in sound:
        assert faults(found) == []
        assert any(one["references"] for one in found["tables"])
    assert any("L99" in fault for fault in broken["faults"])


# Data Package


@cache
def profile() -> Any:
    """The makers' own JSON Schema of version 2.0."""
    text = files("dplib").joinpath("profiles/2.0/datapackage.json").read_text("utf-8")
    schema = json.loads(text)
    return validator_for(schema)(schema)


def against_the_profile(descriptor: object) -> list[str]:
    """What the standard's makers would object to."""
    return [f"{error.json_path}: {error.message}" for error in profile().iter_errors(descriptor)]


def json_files(site: Site) -> Iterator[tuple[str, Any]]:
    """Every JSON file that the site publishes, also within archives."""
    for file in sorted(site.folder.rglob("*.json")):
        yield file.relative_to(site.folder).as_posix(), json.loads(file.read_bytes())
    for file in sorted(site.folder.rglob("*.zip")):
        place = file.relative_to(site.folder).as_posix()
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield f"{place}/{name}", json.loads(archive.read(name))


def test_whatever_calls_itself_a_data_package_fits_the_official_profile(site: Site) -> None:
    found = {
        name: content
        for name, content in json_files(site)
        if isinstance(content, dict) and content.get("$schema") == PROFILE
    }
    expected = {"downloads/datapackage.json", "downloads/datapackage.zip/datapackage.json"}
    assert expected <= set(found)
    for name, content in found.items():
        assert against_the_profile(content) == [], name


@pytest.mark.parametrize("package", [PACKAGE, LIBRARY], ids=["real", "library"])
def test_the_package_that_is_edited_fits_the_official_profile(package: Path) -> None:
    content = json.loads((package / "datapackage.json").read_text("utf-8"))
    assert content["$schema"] == PROFILE
    assert against_the_profile(content) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda said: said.pop("resources"), "$"),
        (lambda said: said["resources"][0].pop("name"), "$.resources[0]"),
        (lambda said: said.update(licenses=[{"title": "CC"}]), "$.licenses[0]"),
        (lambda said: said.update(contributors=[{"roles": "author"}]), "$.contributors[0].roles"),
        (
            lambda said: said["resources"][0]["schema"]["fields"][0].pop("name"),
            "$.resources[0].schema.fields[0]",
        ),
    ],
    ids=["tables", "table's name", "licence", "role", "field's name"],
)
def test_a_wrong_descriptor_does_not_fit_the_official_profile(
    change: Callable[[Any], object], place: str
) -> None:
    content = json.loads((LIBRARY / "datapackage.json").read_text("utf-8"))
    change(content)
    said = against_the_profile(content)
    assert any(line.startswith(f"{place}: ") for line in said), said


# What other programs read


def test_plain_readers_find_in_both_packages_the_rows_as_typed(site: Site, tmp_path: Path) -> None:
    """With frictionless and DuckDB, in the files beside the descriptor and in the ZIP."""
    downloads = site.folder / "downloads"
    with zipfile.ZipFile(downloads / "datapackage.zip") as archive:
        archive.extractall(tmp_path)
    for folder in (downloads, tmp_path):
        package = Package((folder / "datapackage.json").as_posix())
        report = package.validate()
        assert report.valid, report.flatten(["title", "message"])
        for resource in package.resources:
            typed = list(table_of(tmp_path, resource.name))
            read = [{**row} for row in cast(TableResource, resource).read_rows()]
            assert [*map(as_typed, read)] == [*map(as_typed, typed)], resource.name
            said = duckdb.sql(
                f"from read_csv('{folder / str(resource.path)}', header=true, all_varchar=true, "
                "delim=',', quote='\"', escape='\"', nullstr='')"
            )
            assert said is not None
            found = [dict(zip(said.columns, row, strict=True)) for row in said.fetchall()]
            assert [*map(as_typed, found)] == [*map(as_typed, typed)], resource.name


def as_typed(row: dict[str, Any]) -> dict[str, str]:
    """A row's cells as texts; a number as its value, whatever digits it was written with."""
    texts = {name: "" if cell is None else str(cell) for name, cell in row.items()}
    return {name: number(text) for name, text in texts.items()}


def number(text: str) -> str:
    return str(Decimal(text).normalize()) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else text


def table_of(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """A table of a package's folder, with the standard library alone."""
    content = json.loads((folder / "datapackage.json").read_text("utf-8-sig"))
    (path,) = (entry["path"] for entry in content["resources"] if entry["name"] == name)
    with (folder / path).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
