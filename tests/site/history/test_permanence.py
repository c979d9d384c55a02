"""What was published can be checked, found again, and followed to its row in the data."""

from __future__ import annotations

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from plansite.model import Language
from plansite.model.formatting import format_number
from tests.conftest import Serve
from tests.site.built_site import Site, find, row_of, table, text_of
from tests.site.command import ENGINE, digests, run, run_here
from tests.support.library_package import AS_OF, LIBRARY
from tests.support.paths import ROOT

SCHEMA = json.loads(
    (ROOT / "site_src/plansite/output/site_files/manifest.schema.json").read_text("utf-8")
)
both_languages = pytest.mark.parametrize("language", Language)


def test_sha256sum_finds_every_file_as_listed(real_site: Path, library_site: Path) -> None:
    for site in (real_site, library_site):
        checked = subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
            cwd=site, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
        lines = (site / "SHA256SUMS").read_text("utf-8").splitlines()
        listed = [line[66:] for line in lines]
        assert listed == sorted(set(digests(site)) - {"SHA256SUMS"})


def test_the_manifest_says_what_the_site_was_made_from(library_site: Path) -> None:
    manifest = json.loads((library_site / "manifest.json").read_text("utf-8"))
    jsonschema.validate(manifest, SCHEMA)
    head = subprocess.run(
        ["git", "-C", ROOT, "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    )
    assert manifest["commit"]["id"] == head.stdout.strip()
    assert manifest["as_of"] == AS_OF.isoformat()
    descriptor = json.loads((LIBRARY / "datapackage.json").read_text("utf-8"))
    assert manifest["data"]["version"] == descriptor["version"]
    files = [path for path in library_site.rglob("*") if path.is_file()]
    others = [path for path in files if path.name not in ("SHA256SUMS", "manifest.json")]
    assert manifest["files"] == {
        "count": len(others),
        "bytes": sum(path.stat().st_size for path in others),
        "checksums": "SHA256SUMS",
    }
    assert f"{ENGINE}=={manifest['made_with'][ENGINE]}" in (ROOT / "pyproject.toml").read_text()


def test_the_data_page_leads_to_both(real: Site) -> None:
    for name in ("data/index.html", "en/data/index.html"):
        page = real.page(name)
        targets = {page.target(link.get("href", ""))[0] for link in page.find("ul.files a")}
        assert {"SHA256SUMS", "manifest.json"} <= {
            target.removesuffix("/index.html") for target in targets
        }


def test_a_file_that_is_not_as_listed_is_found_out(library_copy: Path) -> None:
    (library_copy / "downloads/sources.csv").unlink()
    (library_copy / "downloads/sources.csv").write_text("source_id\n", "utf-8")
    (library_copy / "downloads/plan.txt").write_text("new", "utf-8")
    (library_copy / "charts/zh/L01.svg").unlink()
    finished = run("check", library_copy, "--lang", "en")
    assert finished.returncode == 12
    for address in ("downloads/sources.csv", "downloads/plan.txt", "charts/zh/L01.svg"):
        assert f"{address} [checksum]" in finished.stderr


@pytest.mark.parametrize("previous", ["", "SHA256SUMS", "manifest.json"])
def test_an_address_that_is_gone_is_named(
    library_copy: Path, library_site: Path, previous: str
) -> None:
    earlier = library_site / previous
    assert run_here("check", library_copy, "--previous", earlier, "--lang", "en").returncode == 0
    shutil.rmtree(library_copy / "data/corrections")
    (library_copy / "downloads/verdicts.csv").unlink()
    next((library_copy / "assets").glob("*.css")).unlink()
    finished = run_here("check", library_copy, "--previous", earlier, "--lang", "en")
    assert finished.returncode == 12
    gone = [line for line in finished.stderr.splitlines() if "[vanished]" in line]
    assert [line.split()[0] for line in gone] == [
        "data/corrections/index.html",
        "downloads/verdicts.csv",
    ]


def test_a_previous_site_that_is_none_is_a_mistake_in_the_command(
    library_copy: Path, tmp_path: Path
) -> None:
    addresses = ("https://plan .example/", "https://[::1", "https://plan.example:x/")
    for previous in (tmp_path / "nothing", LIBRARY, LIBRARY / "sources.csv", *addresses):
        finished = run_here("check", library_copy, "--previous", previous, "--lang", "en")
        assert finished.returncode == 2
        assert str(previous) in finished.stderr


def test_a_published_site_is_compared_by_its_address(
    library_copy: Path, library_site: Path, server: Serve, tmp_path: Path
) -> None:
    (library_copy / "downloads/verdicts.csv").unlink()
    finished = run_here("check", library_copy, "--previous", server(library_site), "--lang", "en")
    assert finished.returncode == 12
    assert "downloads/verdicts.csv [vanished]" in finished.stderr
    (tmp_path / "404.html").write_text("nothing", "utf-8")
    first = run_here("check", library_site, "--previous", server(tmp_path), "--lang", "en")
    assert first.returncode == 0
    assert "No site is published" in first.stderr
    nobody = run_here("check", library_site, "--previous", "http://127.0.0.1:9/", "--lang", "en")
    assert nobody.returncode == 2


@both_languages
def test_every_value_and_target_of_an_indicator_leads_to_its_row(
    library: Site, real: Site, language: Language
) -> None:
    for site, package in ((library, LIBRARY), (real, ROOT / "datapackage")):
        for indicator in table(package, "indicators"):
            name = indicator["indicator_id"]
            page = site.at(f"indicators/{name}/", language)
            reached: dict[str, set[str]] = {"observations": set(), "targets": set()}
            for link in find(page.one("table.series"), "a.in-data"):
                own, row = row_of(site, page, link.get("href", ""))
                assert row["indicator_id"] == name
                assert format_number(Decimal(row["value"])) in text_of(link)
                reached[own].add("/".join(row.values()))
            for kind, rows in reached.items():
                mine = [row for row in table(package, kind) if row["indicator_id"] == name]
                assert len(rows) == len(mine), (name, kind)


@both_languages
def test_a_corrected_value_says_so_and_leads_to_old_and_new(
    library: Site, language: Language
) -> None:
    page = library.at("indicators/L02/", language)
    marked = find(page.element_at("y2024"), "a.mark-link")
    assert [text_of(link) for link in marked] == [
        {Language.ZH: "更正", Language.EN: "corrected"}[language]
    ]
    assert page.target(marked[0].get("href", "")) == (page.name, "corrections")
    [correction] = table(LIBRARY, "corrections")
    told = page.text
    assert correction[f"reason_{language}"] in told
    assert correction["old_value"] in told
    assert not find(page.element_at("y2025"), "a.mark-link")
    assert not library.at("indicators/L01/", language).find("#corrections")
