"""Code to copy reads what it says it reads."""

from __future__ import annotations

import csv
import itertools
import re
import shlex
import sqlite3
import subprocess
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Serve
from tests.site.built_site import Site, text_of
from tests.site.released_site import ADDRESS, Kept


def downloads(site: Site) -> Path:
    return site.folder / "downloads"


def code(site: Site, page: str) -> list[str]:
    return [text_of(one) for one in site.page(page).find(".snippet code")]


PAGES = ["data", "data/observations", "indicators/technology-contracts"]


@pytest.mark.parametrize("page", PAGES)
def test_the_code_on_a_page_reads_the_data(
    real: Site, page: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = code(real, f"en/{page}/index.html")
    assert len(found) == 4  # no curl where the site's address is not known
    for file in downloads(real).rglob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes().replace(b",final,", b",NA,"))
    monkeypatch.chdir(tmp_path)
    [python] = [one for one in found if "pandas" in one]
    names: dict[str, Any] = {}
    exec(python, names)  # noqa: S102 - the page's own code is what is tested
    assert "indicator_id" in names["rows"].columns
    assert len(names["rows"]) > 5
    assert "NA" in {*names["rows"]["release_status"]}, "a text, and no missing cell"
    [sql] = [one for one in found if "sqlite3" in one]
    query = re.fullmatch(r'sqlite3 .* plan\.sqlite "(.+);"', sql)
    assert query is not None
    with closing(sqlite3.connect(downloads(real) / "plan.sqlite")) as database:
        assert len(database.execute(query[1]).fetchall()) > 5


def test_curl_fetches_the_file_that_the_page_names(
    kept: Kept, server: Serve, tmp_path: Path
) -> None:
    site, address = kept.site, server(kept.site.folder)
    for page, file in (
        ("data", "values.csv"),
        ("data/targets", "targets.csv"),
        ("indicators/L01", "indicators/L01.csv"),
    ):
        [curl] = [one for one in code(site, f"{page}/index.html") if one.startswith("curl")]
        command = shlex.split(curl.replace(ADDRESS, address))
        subprocess.run([*command, "--silent", "--fail", "--noproxy", "*"], cwd=tmp_path, check=True)
        fetched = tmp_path / Path(file).name
        assert fetched.read_bytes() == (downloads(site) / file).read_bytes()


@pytest.mark.parametrize("page", PAGES)
def test_power_query_is_told_which_columns_are_numbers(real: Site, page: str) -> None:
    [excel] = [one for one in code(real, f"{page}/index.html") if "Csv.Document" in one]
    assert "\n\n" not in excel
    for opening, closing_ in ("()", "[]", "{}"):
        assert excel.count(opening) == excel.count(closing_)
    steps = re.findall(r"^    (\w+) = ", excel, re.MULTILINE)
    assert excel.endswith(f"\nin\n    {steps[-1]}")
    for before, after in itertools.pairwise(steps):
        assert re.search(rf"\b{before}\b", excel.split(f"    {after} = ")[1])
    typed = dict(re.findall(r'\{"(\w+)", ([\w. ]+)\}', excel))
    named = re.search(r'File\.Contents\("(.+?)"\)', excel)
    assert named is not None
    [file] = downloads(real).rglob(named[1])
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert {"year", "value"} <= set(typed)
    for column, kind in typed.items():
        for cell in filter(None, (row[column] for row in rows)):
            assert {"Int64.Type": int, "type number": Decimal}[kind](cell) is not None


def test_where_the_sites_address_is_known_the_code_names_it(hostile: Site) -> None:
    address = "https://plan.example/library/downloads/"
    for page, file in (("data", "values.csv"), ("indicators/L01", "indicators/L01.csv")):
        excel, python, r, curl, _ = code(hostile, f"{page}/index.html")
        assert f'Web.Contents("{address}{file}")' in excel
        for one in (python, r, curl):
            assert f"{address}{file}" in one
