"""Another plan, from nothing to its site, as its maintainer goes about it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from frictionless import Package

from plansite.model import Language
from plansite.model.contract import CONTRACT
from tests.site.built_site import Site
from tests.site.command import digests, run, run_here
from tests.support.library_package import AS_OF
from tests.support.paths import PACKAGE

TITLES = ("--title", "北山县节水行动方案数据", "--title-en", "Beishan water plan data")
HOST = "https://beishan.example"
ROWS: Mapping[str, list[tuple[Any, ...]]] = {
    "agencies": [("water", "北山县水务局", "Beishan Water Bureau")],
    "themes": [("farms", 1, "农业节水", "Saving water on farms")],
    "tasks": [("drip", "farms", 1, "推广滴灌", "Promote drip irrigation", "推广滴灌。", "Drip.")],
    "task_agencies": [("drip", "water", 1)],
    "indicators": [
        (
            *("use", "headline", "drip", 1, "用水量", "Water use", "万立方米", "10,000 m³"),
            *("down", "level", 1),
        )
    ],
    "targets": [("use", 2025, "le", 80.5, None, "firm", "2025年用水量不高于80.5", "plan")],
    "observations": [("use", 2025, "report", "2026-03", 79.5, "final", "same")],
    "commitments": [("rules", "drip", 1, "滴灌规程", "Rules for drip lines", "制定规程", "2025")],
    "sources": [
        ("plan", "北山县节水行动方案", "北山县人民政府", "2023", "direct", f"{HOST}/plan"),
        ("report", "2025年水资源公报", "北山县水务局", "2026-03", "direct", f"{HOST}/2025"),
    ],
}


def fill(path: Path) -> None:
    """Type the rows into a template under the two rows of headings."""
    book = openpyxl.load_workbook(path)
    pages = {tuple(cell.value for cell in page[2]): page for page in book.worksheets}
    for table, rows in ROWS.items():
        for number, row in enumerate(rows, start=3):
            for column, value in enumerate(row, start=1):
                pages[CONTRACT[table].field_names].cell(number, column).value = value
    book.save(path)


def described(package: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((package / "datapackage.json").read_text("utf-8"))
    return content


def test_from_nothing_to_a_site(tmp_path: Path) -> None:
    plan, book, out = tmp_path / "mine", tmp_path / "mine.xlsx", tmp_path / "site"
    package = ("--package", plan / "datapackage")
    prepared = run("init", plan, *TITLES, "--lang", "en")
    assert (prepared.returncode, prepared.stderr) == (0, "")
    assert run("template", *package, "--out", book).returncode == 0
    fill(book)
    taken = run("import", book, *package, "--lang", "en")
    assert taken.returncode == 0, taken.stderr
    assert "All is valid" in taken.stdout
    as_of = ("--as-of", AS_OF.isoformat())
    assert run("validate", *package, *as_of).returncode == 0
    assert run("validate", "--package", plan, *as_of).returncode == 0
    built = run("build", *package, "--out", out, *as_of)
    assert built.returncode == 0, built.stderr
    assert run("check", out).returncode == 0
    site = Site(out)
    page = site.at("indicators/use/", Language.EN).text
    assert "Water use" in page and "79.5" in page and "80.5" in page
    assert TITLES[1] in site.at("data/", Language.ZH).text
    last = next(
        step for step in prepared.stdout.splitlines()[::-1] if "build_site.py build" in step
    )
    assert last.split()[-2:] == ["--package", str(plan / "datapackage")]
    assert "Commit it to git" in prepared.stdout


def test_what_is_missing_is_told_one_by_one_and_a_workbook_taken_in_meanwhile(
    tmp_path: Path,
) -> None:
    mine, book = tmp_path / "mine" / "datapackage", tmp_path / "mine.xlsx"
    package = ("--package", mine, "--lang", "en")
    titles = [("to-fill-in", "title"), ("to-fill-in", "title_en")]

    def missing() -> list[tuple[str, str]]:
        checked = run_here("validate", *package)
        assert "Traceback" not in checked.stderr
        assert checked.returncode == (10 if "[" in checked.stderr else 0)
        return re.findall(r"\[([a-z-]+)\] ?(\w*)", checked.stderr)

    assert run_here("init", mine).returncode == 0
    assert missing() == [*titles, ("empty-plan", "")]
    refused = run_here("build", *package, "--out", tmp_path / "site")
    assert refused.returncode == 10
    assert not (tmp_path / "site").exists()
    assert run_here("template", *package, "--out", book).returncode == 0
    fill(book)
    taken = run_here("import", book, *package)
    assert taken.returncode == 0, taken.stderr
    assert "has to be filled in" in taken.stdout
    assert missing() == titles
    content = described(mine)
    content |= {"title": TITLES[1], "title_en": TITLES[3]}
    (mine / "datapackage.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    assert missing() == []


@pytest.mark.parametrize("language", Language)
def test_a_folder_that_holds_anything_is_refused(tmp_path: Path, language: Language) -> None:
    (tmp_path / "notes.txt").write_text("mine\n", "utf-8")
    before = digests(tmp_path)
    for place in (tmp_path, tmp_path / "notes.txt", tmp_path / "notes.txt" / "below"):
        refused = run_here("init", place, "--lang", language)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert str(tmp_path) in refused.stderr
        assert "Traceback" not in refused.stderr
    assert digests(tmp_path) == before
    (tmp_path / "empty").mkdir()
    prepared = run_here("init", tmp_path / "empty", "--lang", language)
    steps = re.findall(r"(?m)^(\d)\. ", prepared.stdout)
    assert (prepared.returncode, steps) == (0, list("1234567"))
    assert bool(re.search("[一-龥]", prepared.stdout)) == (language is Language.ZH)


def test_the_new_package_is_the_contract_in_words_that_fit_any_plan(tmp_path: Path) -> None:
    mine = tmp_path / "My plan" / "datapackage"
    assert run_here("init", mine.parent, *TITLES).returncode == 0
    content = described(mine)
    assert content["name"] == "my-plan"
    assert Package((mine / "datapackage.json").as_posix()).validate().valid
    own = {table["name"]: table for table in content["resources"]}
    assert list(own) == list(CONTRACT)
    assert {path.name for path in mine.iterdir()} == {"datapackage.json"} | {
        f"{table}.csv" for table in CONTRACT
    }
    for table in CONTRACT:
        with (mine / f"{table}.csv").open("rb") as file:
            (header,) = file.read().splitlines()
        assert next(csv.reader([header.decode("ascii")])) == list(CONTRACT[table].field_names)
    real = {table["name"]: table for table in described(PACKAGE)["resources"]}
    for name, table in real.items():
        fields = {field["name"]: field for field in own[name]["schema"]["fields"]}
        assert (table["title"], table["title_en"]) == (own[name]["title"], own[name]["title_en"])
        for field in table["schema"]["fields"]:
            mine_says, says = fields[field["name"]], dict(field)
            for kind in ("type", "format", "title", "title_en"):
                assert mine_says.get(kind) == says.get(kind), (name, field["name"])
            required = [one.get("constraints", {}).get("required") for one in (mine_says, says)]
            assert required[0] == required[1], (name, field["name"])
    words = json.dumps(content, ensure_ascii=False)
    assert not re.search("贵州|Guizhou|省科技厅|国家统计局", words)
