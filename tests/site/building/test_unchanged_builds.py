"""A build of what stands already: it says so and touches nothing; whatever differs is noticed."""

from __future__ import annotations

import contextlib
import dataclasses

import pytest

from plansite.model.site_settings import EngineName
from plansite.pipeline.build import BuildResult, build_site
from plansite.pipeline.check.permanence import check_checksums
from plansite.pipeline.options import BuildOptions
from tests.site.command import ENGINE, own_folder, run
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import AS_OF, edit_cell


def build(options: BuildOptions) -> BuildResult:
    return build_site(options, lambda key: contextlib.nullcontext())


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    root = tmp_path_factory.mktemp("unchanged") / "repository"
    return make_repository(root, "2026-03-01 12:00:00 +0800")


@pytest.fixture(scope="module")
def options(repository: Repository) -> BuildOptions:
    """An order that was built."""
    edit_cell(repository.package, "observations", 2, "published", "2027-01")  # is warned of
    out = repository.package.parent / "site"
    options = BuildOptions(
        own_folder(), repository.package, out, AS_OF, jobs=1, caches=True, engine=ENGINE
    )
    assert build(options).is_new
    return options


def test_what_stands_already_is_not_made_again(options: BuildOptions) -> None:
    before = options.out.stat().st_ino
    arguments = ("--package", options.package, "--out", options.out, "--as-of", str(AS_OF))
    finished = run("build", *arguments, "--lang", "en")
    assert finished.returncode == 0
    assert "Neither data nor program has changed" in finished.stdout
    assert "[later-value]" in finished.stderr
    assert options.out.stat().st_ino == before
    chinese = run("build", *arguments, "--lang", "zh")
    assert "没有变化" in chinese.stdout


def test_how_many_processes_draw_makes_no_difference_and_no_cache_makes_it_anew(
    options: BuildOptions,
) -> None:
    assert not build(dataclasses.replace(options, jobs=2)).is_new
    assert build(dataclasses.replace(options, caches=False)).is_new


def test_another_engine_makes_it_anew(options: BuildOptions) -> None:
    [other] = set(EngineName) - {ENGINE}
    assert build(dataclasses.replace(options, engine=other)).is_new
    assert build(options).is_new
    assert not build(options).is_new


def test_a_published_file_that_was_changed_comes_back(options: BuildOptions) -> None:
    page = options.out / "about" / "index.html"
    page.write_bytes(page.read_bytes().replace(b"<h1", b"<h2", 1))
    (options.out / "feed.xml").unlink()
    assert build(options).is_new
    assert list(check_checksums(options.out)) == []
    assert not build(options).is_new


def test_a_release_and_a_commit_are_changes(options: BuildOptions, repository: Repository) -> None:
    repository.git("tag", "data-2026-03-02")
    assert build(options).is_new
    assert (options.out / "releases" / "2026-03-02" / "index.html").is_file()
    repository.commit("Nothing of the data")
    assert build(options).is_new
    assert not build(options).is_new
