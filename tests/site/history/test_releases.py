"""Data that was released stays as it was, under an address of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plansite.data.history.releases import read_releases
from plansite.model import Language
from plansite.output.downloads import release_files
from tests.site.built_site import Site, find, text_of
from tests.site.command import digests, run_here
from tests.site.released_site import ADDRESS, AWKWARD, RELEASES, Kept
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import (
    LIBRARY,
    copy_package,
    edit_descriptor,
    field_of,
    table_of,
)

FIRST, SECOND = RELEASES
both_languages = pytest.mark.parametrize("language", Language)


def test_a_release_holds_the_tables_byte_for_byte(kept: Kept) -> None:
    for day in RELEASES:
        content = kept.content(day)
        folder = kept.site.folder / "releases" / day
        for name, expected in content.items():
            assert (folder / name).read_bytes() == expected, (day, name)
        with zipfile.ZipFile(folder / "datapackage.zip") as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == content
    assert kept.content(FIRST)["observations.csv"] != kept.content(SECOND)["observations.csv"]


def test_a_release_is_checked_with_sha256sum(kept: Kept) -> None:
    for day in RELEASES:
        folder = kept.site.folder / "releases" / day
        checked = subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
            cwd=folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (checked.returncode, checked.stderr) == (0, "")
        listed = {line[66:] for line in (folder / "SHA256SUMS").read_text().splitlines()}
        assert listed == set(digests(folder)) - {"SHA256SUMS", "index.html"}


def test_the_manifest_of_a_release_names_its_commit(kept: Kept) -> None:
    folder = kept.site.folder / "releases" / "2026-05-07"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    commit = kept.repository.git("rev-parse", "data-2026-05-07^{commit}")
    assert manifest["commit"] == {"id": commit, "date": "2026-05-07"}
    assert (manifest["date"], manifest["tag"]) == ("2026-05-07", "data-2026-05-07")
    version = json.loads((LIBRARY / "datapackage.json").read_text("utf-8"))["version"]
    assert manifest["data"]["version"] == version
    sizes = {entry["path"]: entry["bytes"] for entry in manifest["files"]}
    assert sizes == {name: len(content) for name, content in kept.content(SECOND).items()}


@both_languages
def test_releases_are_listed_the_latest_first_and_say_how_to_cite(
    kept: Kept, language: Language
) -> None:
    listing = kept.site.at("releases/", language)
    links = find(listing.one("tbody"), "th a")
    pages = [listing.target(link.get("href", ""))[0] for link in links]
    folder = "en/" if language is Language.EN else ""
    assert pages == [f"{folder}releases/{day}/index.html" for day in ("2026-05-07", "2026-03-01")]
    page = kept.site.page(pages[0])
    commit = kept.repository.git("rev-parse", "data-2026-05-07^{commit}")
    citation = text_of(page.one(".citation code"))
    assert citation.endswith(f"{ADDRESS}{folder}releases/2026-05-07/")
    assert commit in citation
    files = {page.target(link.get("href", ""))[0] for link in page.find("a[download]")}
    assert AWKWARD in kept.content(SECOND)
    assert {f"releases/2026-05-07/{name}" for name in kept.content(SECOND)} <= files
    for name in ("data/", "updates/"):
        own = kept.site.at(name, language)
        reached = {own.target(link.get("href", ""))[0] for link in own.find("article a")}
        assert listing.name in reached


def test_a_tag_without_a_package_is_told_and_stops_nothing(kept: Kept) -> None:
    for tag in ("data-2025-12-31", "data-soon"):
        assert tag in kept.said
        assert tag in kept.site.page("releases/index.html").text
    assert not (kept.site.folder / "releases" / "2025-12-31").exists()


def test_every_build_publishes_the_same_bytes_whatever_became_of_the_data(
    kept: Kept, tmp_path: Path
) -> None:
    clone = Repository(tmp_path / "clone")
    kept.repository.git("clone", "--quiet", str(kept.repository.root), str(clone.root))
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
        assert (kept.site.folder / address).read_bytes() == content, address


def test_a_title_that_no_file_can_hold_stops_no_build(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "repository")
    descriptor = repository.package / "datapackage.json"
    told = json.loads(descriptor.read_text("utf-8"))
    descriptor.write_text(json.dumps({**told, "title": "half \ud800", "name": "\udfff"}))
    repository.commit()
    repository.git("tag", f"data-{FIRST}")
    [release] = read_releases(repository.package).known
    assert release.title.zh == "half ?"
    assert json.loads(dict(release_files(release))[f"releases/{FIRST}/manifest.json"])


@pytest.mark.parametrize(
    "names",
    [
        *[("Notes.csv", "notes.csv"), ("A/x.csv", "a/y.csv"), ("a.csv", "A.CSV/x.csv")],
        *[("\u00e9.csv", "e\u0301.csv"), ("index.html/x.csv",), ("sha256sums/x.csv",)],
    ],
)
def test_a_release_whose_files_macos_or_windows_take_for_one_is_told(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    repository = make_repository(tmp_path / "repository")
    for name in names:
        (repository.package / name).parent.mkdir(exist_ok=True)
        (repository.package / name).write_text(name, "utf-8")
    repository.commit()
    repository.git("tag", f"data-{FIRST}")
    found = read_releases(repository.package)
    assert (found.known, found.unreadable) == ((), (f"data-{FIRST}",))


@pytest.mark.parametrize(
    "change",
    [
        lambda descriptor: descriptor.update(dialect={"delimiter": ";"}),
        lambda descriptor: table_of(descriptor, "targets").update(encoding="gbk"),
        lambda descriptor: field_of(descriptor, "targets", "value").update(decimalChar=","),
    ],
)
def test_a_release_that_others_would_read_otherwise_is_told(
    change: Callable[[dict[str, Any]], object], tmp_path: Path
) -> None:
    repository = make_repository(tmp_path / "repository")
    edit_descriptor(repository.package, change)
    repository.commit()
    repository.git("tag", f"data-{FIRST}")
    found = read_releases(repository.package)
    assert (found.known, found.unreadable) == ((), (f"data-{FIRST}",))


@pytest.mark.parametrize("how", ["pointer", "link", "gone", "deep"])
def test_a_release_without_one_of_its_tables_is_told(how: str, tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "repository")
    table = repository.package / "targets.csv"
    table.rename(repository.package / ".targets.csv")
    if how == "pointer":
        table.write_text(f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\n")
    elif how == "link":
        table.symlink_to(".targets.csv")
    elif how == "deep":
        (repository.package / "datapackage.json").write_text("[" * 100_000)
    repository.commit()
    repository.git("tag", f"data-{FIRST}")
    found = read_releases(repository.package)
    assert (found.known, found.unreadable) == ((), (f"data-{FIRST}",))


def test_a_release_holds_nothing_that_is_hidden_or_made_by_a_build(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "repository")
    for name in (".drafts/next.csv", "site/old.csv", "build/old.csv"):
        (repository.package / name).parent.mkdir()
        (repository.package / name).write_text("value\n1\n")
    repository.commit()
    repository.git("tag", f"data-{FIRST}")
    [release] = read_releases(repository.package).known
    assert {name for name, _ in release.files} == {path.name for path in LIBRARY.iterdir()}


def test_what_nobody_held_against_the_rules_shows_what_it_hides(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "repository")
    descriptor = repository.package / "datapackage.json"
    told = json.loads(descriptor.read_text("utf-8"))
    descriptor.write_text(json.dumps({**told, "title": "a\u202eb", "version": "1\0\x1b[31m"}))
    repository.commit()
    for tag in (f"data-{FIRST}", "data-\u202e", f"data-{FIRST}\u3000", "data-a\u2028b"):
        repository.git("tag", tag)
    found = read_releases(repository.package)
    (release,) = found.known
    assert (release.title.zh, release.version) == ("a‹U+202E›b", "1‹U+0000›‹U+001B›[31m")
    names = (f"data-{FIRST}\u3000", "data-a‹U+2028›b", "data-‹U+202E›")
    assert found.unreadable == names


def test_a_release_that_changed_is_found_out(kept: Kept, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(kept.site.folder, tmp_path / "site"))
    changed = copy / "releases" / "2026-03-01" / "observations.csv"
    changed.write_bytes(changed.read_bytes().replace(b"17.5", b"17.9"))
    found = run_here("check", copy, "--previous", kept.site.folder, "--lang", "en")
    assert found.returncode == 12
    assert "releases/2026-03-01/observations.csv [release-changed]" in found.stderr


def test_a_release_whose_tag_is_gone_asks_for_it(kept: Kept, tmp_path: Path) -> None:
    """As in a clone without tags: everything of the release is missing."""
    copy = Path(shutil.copytree(kept.site.folder, tmp_path / "site"))
    for folder in ("releases", "en/releases"):
        shutil.rmtree(copy / folder / "2026-03-01")
    found = run_here("check", copy, "--previous", kept.site.folder, "--lang", "en")
    gone = [line.split()[0] for line in found.stderr.splitlines() if "[release-gone]" in line]
    assert {"releases/2026-03-01/observations.csv", "en/releases/2026-03-01/index.html"} <= {*gone}
    assert "git fetch --tags" in found.stderr
    assert "[vanished]" not in found.stderr


@both_languages
def test_without_a_release_the_page_says_so(real: Site, language: Language) -> None:
    page = real.at("releases/", language)
    assert page.find(".empty")
    assert not page.find("table")


def test_without_git_there_is_no_release(tmp_path: Path) -> None:
    assert read_releases(copy_package(tmp_path)).known == ()
