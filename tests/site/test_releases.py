"""Data that was released stays as it was, under an address of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from plansite.downloads import release_files
from plansite.model import Language
from plansite.releases import read_releases
from tests.repository import Repository
from tests.site.command import digests, run
from tests.site.pages import Site, find, text_of
from tests.support import AS_OF, LIBRARY, copy_package, edit_cell

ADDRESS = "https://plan.example/library/"
both_languages = pytest.mark.parametrize("language", Language)


@dataclass(frozen=True)
class Released:
    """A repository with two releases, what they held, and the site made from it later."""

    repository: Repository
    first: dict[str, bytes]
    second: dict[str, bytes]
    said: str
    site: Site


def content_of(package: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in package.iterdir()}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    folder = tmp_path_factory.mktemp("releases")
    repository = Repository(folder / "repository")
    repository.root.mkdir()
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.commit("Begin without data")
    repository.git("tag", "data-2025-12-31")
    copy_package(repository.root)
    repository.commit(when="2026-03-01 12:00:00 +0800")
    repository.git("tag", "data-2026-03-01")
    first = content_of(repository.package)
    (repository.package / "tasks.csv").write_bytes(
        (repository.package / "tasks.csv").read_bytes().replace(b"\n", b"\r\n")
    )
    edit_cell(repository.package, "observations", 7, "value", "17.9")
    repository.commit(when="2026-05-07 12:00:00 +0800")
    repository.git("tag", "--annotate", "--message", "May", "data-2026-05-07")
    second = content_of(repository.package)
    repository.git("tag", "data-soon")
    repository.git("tag", "v1")
    edit_cell(repository.package, "observations", 7, "value", "18.1")
    repository.commit()
    out = folder / "site"
    arguments = ("--out", out, "--as-of", AS_OF.isoformat(), "--package", repository.package)
    built = run("build", *arguments, "--lang", "en", SITE_URL=ADDRESS)
    assert built.returncode == 0, built.stderr
    return Released(repository, first, second, built.stderr, Site(out))


def test_a_release_holds_the_tables_byte_for_byte(released: Released) -> None:
    for day, content in (("2026-03-01", released.first), ("2026-05-07", released.second)):
        folder = released.site.folder / "releases" / day
        for name, expected in content.items():
            assert (folder / name).read_bytes() == expected, (day, name)
        with zipfile.ZipFile(folder / "datapackage.zip") as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == content
    assert released.first["observations.csv"] != released.second["observations.csv"]


def test_a_release_is_checked_with_sha256sum(released: Released) -> None:
    for day in ("2026-03-01", "2026-05-07"):
        folder = released.site.folder / "releases" / day
        checked = subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
            cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (checked.returncode, checked.stderr) == (0, "")
        listed = {line[66:] for line in (folder / "SHA256SUMS").read_text().splitlines()}
        assert listed == set(digests(folder)) - {"SHA256SUMS", "index.html"}


def test_the_manifest_of_a_release_names_its_commit(released: Released) -> None:
    folder = released.site.folder / "releases" / "2026-05-07"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    commit = released.repository.git("rev-parse", "data-2026-05-07^{commit}")
    assert manifest["commit"] == {"id": commit, "date": "2026-05-07"}
    assert (manifest["date"], manifest["tag"]) == ("2026-05-07", "data-2026-05-07")
    version = json.loads((LIBRARY / "datapackage.json").read_text("utf-8"))["version"]
    assert manifest["data"]["version"] == version
    sizes = {entry["path"]: entry["bytes"] for entry in manifest["files"]}
    assert sizes == {name: len(content) for name, content in released.second.items()}


@both_languages
def test_releases_are_listed_the_latest_first_and_say_how_to_cite(
    released: Released, language: Language
) -> None:
    listing = released.site.at("releases/", language)
    links = find(listing.one("tbody"), "th a")
    pages = [listing.target(link.get("href", ""))[0] for link in links]
    folder = "en/" if language is Language.EN else ""
    assert pages == [f"{folder}releases/{day}/index.html" for day in ("2026-05-07", "2026-03-01")]
    page = released.site.page(pages[0])
    commit = released.repository.git("rev-parse", "data-2026-05-07^{commit}")
    citation = text_of(page.one(".citation code"))
    assert citation.endswith(f"{ADDRESS}{folder}releases/2026-05-07/")
    assert commit in citation
    files = {page.target(link.get("href", ""))[0] for link in page.find("a[download]")}
    assert {f"releases/2026-05-07/{name}" for name in released.second} <= files
    for name in ("data/", "updates/"):
        own = released.site.at(name, language)
        reached = {own.target(link.get("href", ""))[0] for link in own.find("article a")}
        assert listing.name in reached


def test_a_tag_without_a_package_is_told_and_stops_nothing(released: Released) -> None:
    for tag in ("data-2025-12-31", "data-soon"):
        assert tag in released.said
        assert tag in released.site.page("releases/index.html").text
    assert not (released.site.folder / "releases" / "2025-12-31").exists()


def test_every_build_publishes_the_same_bytes_whatever_became_of_the_data(
    released: Released, tmp_path: Path
) -> None:
    clone = Repository(tmp_path / "clone")
    released.repository.git("clone", "--quiet", str(released.repository.root), str(clone.root))
    for name in ("sources.csv", "datapackage.json"):
        (clone.package / name).write_text("", "utf-8")
    clone.commit("Break the data of today")
    again = {
        address: content
        for release in read_releases(clone.package).known
        for address, content in release_files(release)
    }
    assert len(again) > 20
    for address, content in again.items():
        assert (released.site.folder / address).read_bytes() == content, address


def test_a_release_that_changed_is_found_out(released: Released, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(released.site.folder, tmp_path / "site"))
    changed = copy / "releases" / "2026-03-01" / "observations.csv"
    changed.write_bytes(changed.read_bytes().replace(b"17.5", b"17.9"))
    found = run("check", copy, "--previous", released.site.folder, "--lang", "en")
    assert found.returncode == 12
    assert "releases/2026-03-01/observations.csv [release-changed]" in found.stderr


@both_languages
def test_without_a_release_the_page_says_so(real: Site, language: Language) -> None:
    page = real.at("releases/", language)
    assert page.find(".empty")
    assert not page.find("table")


def test_without_git_there_is_no_release(tmp_path: Path) -> None:
    assert read_releases(copy_package(tmp_path)).known == ()
