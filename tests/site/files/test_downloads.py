"""What people take away is what the data package holds, and opens without harm."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package

from tests.site.built_site import Site, table, text_of
from tests.site.hostile_package import MARKUP
from tests.support.library_package import AS_OF, LIBRARY
from tests.support.paths import PACKAGE

BOM = b"\xef\xbb\xbf"
TABLES = sorted(path.stem for path in PACKAGE.glob("*.csv"))
INDICATORS = [row["indicator_id"] for row in table(PACKAGE, "indicators")]


def read(path: Path) -> pd.DataFrame:
    """A table as analysts open it, every cell as typed."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


@pytest.mark.parametrize("name", TABLES)
def test_each_table_can_be_had_as_it_is_in_the_package(real_site: Path, name: str) -> None:
    content = (real_site / "downloads" / f"{name}.csv").read_bytes()
    assert content.startswith(BOM)
    downloaded = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    with (PACKAGE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        assert downloaded == list(csv.reader(file))


@pytest.mark.parametrize("package", [PACKAGE, LIBRARY], ids=["real", "library"])
def test_the_whole_package_unpacks_to_the_same_bytes_and_is_valid(
    real_site: Path, library_site: Path, tmp_path: Path, package: Path
) -> None:
    site = real_site if package is PACKAGE else library_site
    with zipfile.ZipFile(site / "downloads" / "datapackage.zip") as archive:
        archive.extractall(tmp_path)
    names = {path.name for path in package.iterdir()}
    assert {path.name for path in tmp_path.iterdir()} == names | {"README.md"}
    for name in names - {"datapackage.json"}:
        assert (tmp_path / name).read_bytes() == (package / name).read_bytes()
    report = Package((tmp_path / "datapackage.json").as_posix()).validate()
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == len(list(package.glob("*.csv")))


@pytest.mark.parametrize("indicator", INDICATORS)
def test_an_indicators_file_holds_its_values_targets_and_verdicts(
    real_site: Path, indicator: str
) -> None:
    path = real_site / "downloads" / "indicators" / f"{indicator}.csv"
    assert path.read_bytes().startswith(BOM)
    found = read(path)
    values = {
        (row["year"], row["value"], row["source_id"])
        for row in table(PACKAGE, "observations")
        if row["indicator_id"] == indicator
    }
    told = found[found["value"] != ""]
    assert set(zip(told["year"], told["value"], told["source_id"], strict=True)) == values
    assert len(told) == len(values)
    targets = {
        (row["year"], row["comparator"], row["value"])
        for row in table(PACKAGE, "targets")
        if row["indicator_id"] == indicator
    }
    aimed = found[found["target_value"] != ""]
    columns = (aimed["year"], aimed["target_comparator"], aimed["target_value"])
    assert set(zip(*columns, strict=True)) == targets
    silent = {year for year, *_ in targets} - {year for year, *_ in values}
    assert set(found[found["verdict"] == "overdue"]["year"]) == silent
    assert set(found["indicator_id"]) == {indicator}
    assert set(found["as_of"]) == {AS_OF.isoformat()}
    leading = found[found["leads"] == "true"]
    assert leading["year"].is_unique
    copied = found[found["source_access"] != "direct"]
    assert set(copied["source_url"]) <= {""}


def test_the_values_that_lead_are_those_seen_directly_or_published_last(real_site: Path) -> None:
    found = read(real_site / "downloads" / "indicators" / "technology-contracts.csv")
    leading = found[found["leads"] == "true"].set_index("year")["value"].to_dict()
    shown = {year: leading[year] for year in ("2015", "2020", "2021", "2022")}
    assert shown == {"2015": "25.96", "2020": "249.12", "2021": "289.27", "2022": "390.72"}


def test_the_file_of_all_verdicts_has_each_target_and_each_promise_once(real_site: Path) -> None:
    path = real_site / "downloads" / "verdicts.csv"
    assert path.read_bytes().startswith(BOM)
    found = read(path)
    judged = found[(found["kind"] == "indicator") & (found["target_value"] != "")]
    targets = {(t["indicator_id"], t["year"]): t for t in table(PACKAGE, "targets")}
    assert len(judged) == len(targets) == 25
    for row in judged.to_dict("records"):
        target = targets[row["id"], row["year"]]
        assert row["target_value"] == target["value"]
        assert row["target_comparator"] == target["comparator"]
        assert row["target_strength"] == target["strength"]
    met = judged[judged["verdict"] == "met"]
    assert set(zip(met["id"], met["year"], met["value"], strict=True)) == {
        ("technology-contracts", "2020", "249.12"),
        ("technology-contracts", "2021", "289.27"),
        ("technology-contracts", "2022", "390.72"),
        ("patents-per-10k", "2021", "3.93"),
    }
    silent = judged[judged["verdict"] == "overdue"]
    assert len(silent) == 21
    assert set(silent["value"]) == {""}
    promises = found[found["kind"] == "commitment"]
    assert list(promises["id"]) == [c["commitment_id"] for c in table(PACKAGE, "commitments")]
    assert set(promises["verdict"]) == {"unreported"}


def test_every_file_on_the_data_page_can_be_had(real: Site) -> None:
    page = real.page("data/index.html")
    files = {page.target(link.get("href", ""))[0] for link in page.find("a[download]")}
    assert {f"downloads/{name}.csv" for name in TABLES} <= files
    assert {f"downloads/indicators/{name}.csv" for name in INDICATORS} <= files
    assert {"downloads/verdicts.csv", "downloads/datapackage.zip"} <= files
    for file in files:
        assert (real.folder / file).stat().st_size > 0


def test_a_negative_number_stays_a_number(hostile: Site) -> None:
    found = read(hostile.folder / "downloads" / "indicators" / "L08.csv")
    assert "-3" in set(found["value"])


def test_what_stands_in_a_table_never_becomes_markup(hostile: Site) -> None:
    for language in ("", "en/"):
        page = hostile.page(f"{language}indicators/L02/index.html")
        assert MARKUP in text_of(page.one("h1"))
        assert not page.find("h1 em")
