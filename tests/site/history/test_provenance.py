"""Every page says when its data last changed on this site, and from which commit it was built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from plansite.analysis.publication import publish
from plansite.data.checks import validate
from plansite.data.history import read_history
from plansite.model import Language
from plansite.model.contract import CONTRACT
from plansite.output.pages import BUILT, Page, built_line, generate_pages
from tests.conftest import ADDRESS
from tests.site.built_site import Site, find, text_of
from tests.site.command import build
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import AS_OF, add_row, copy_package, edit_cell

MARCH = {Language.ZH: "2026年3月1日", Language.EN: "1 March 2026"}
MAY = {Language.ZH: "2026年5月7日", Language.EN: "7 May 2026"}
REPOSITORY = "https://code.example/town/library"
TABLES = {name: f"{name}.csv" for name in CONTRACT}
PROSE = ("about/", "submit/", "methodology/", "problems/", "glossary/")
UNTOUCHED = (
    *("indicators/L01/", "indicators/L03/", "indicators/L06/", "tasks/t2/", "tasks/t3/"),
    *("years/2026/", "data/targets/", "data/agencies/"),
)
TOUCHED = (
    *("", "indicators/", "indicators/L02/", "indicators/L05/", "tasks/", "tasks/t1/", "agencies/"),
    *("agencies/town-library/", "agencies/school-board/", "years/", "years/2024/", "years/2025/"),
    *("data/", "data/observations/", "data/corrections/", "quality/", "updates/", "plan/"),
)
both_languages = pytest.mark.parametrize("language", Language)


@dataclass(frozen=True)
class Built:
    """A site and the commit that it was built from."""

    site: Site
    commit: str


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    folder = tmp_path_factory.mktemp("history") / "repository"
    return make_repository(folder, "2026-03-01 12:00:00 +0800")


@pytest.fixture(scope="module")
def first(repository: Repository) -> Built:
    out = build(repository.root.with_name("first"), "--package", repository.package)
    return Built(Site(out), repository.git("rev-parse", "HEAD"))


@pytest.fixture(scope="module")
def second(repository: Repository, first: Built) -> Built:
    """Two months later: a corrected value of L02 for 2024, and a new one of L05 for 2025."""
    package = repository.package
    edit_cell(package, "observations", 7, "value", "17.9")
    correction = ("observations", "L02/2024/report-2024/2025-03-20", "value", "17.5", "17.9")
    add_row(package, "corrections", "x2", "2026-05-07", *correction, "录入有误", "Mistyped")
    add_row(
        package,
        *("observations", "L05", "2025", "gazette-copy", "2026-04-10", "9", "final", "same"),
        *("", ""),
    )
    commit = repository.commit(when="2026-05-07 12:10:00 +0800")
    out = repository.root.with_name("second")
    where = {"REPOSITORY_URL": REPOSITORY, "SITE_URL": ADDRESS}
    return Built(Site(build(out, "--package", package, **where)), commit)


def foot(site: Site, address: str, language: Language) -> str:
    return text_of(site.at(address, language).one(".provenance"))


@both_languages
def test_after_the_first_commit_every_page_with_data_has_its_day(
    first: Built, language: Language, repository: Repository
) -> None:
    shown = {"commit": repository.git("show", "--no-patch", "--format=%H", first.commit[:10])}
    assert shown["commit"] == first.commit
    for address in (*TOUCHED, *UNTOUCHED):
        assert MARCH[language] in foot(first.site, address, language), address
    assert {name for page in first.site for name in find(page.root, ".provenance a")} == set()


@both_languages
def test_after_a_change_the_pages_that_rest_on_it_have_its_day(
    second: Built, language: Language
) -> None:
    for address in TOUCHED:
        assert MAY[language] in foot(second.site, address, language), address
    for address in UNTOUCHED:
        assert MARCH[language] in foot(second.site, address, language), address


@both_languages
def test_prose_names_the_commit_and_no_day(second: Built, language: Language) -> None:
    for address in PROSE:
        line = foot(second.site, address, language)
        assert second.commit[:10] in line
        assert "2026" not in line.replace(second.commit[:10], ""), address


def test_every_page_leads_to_the_commit_that_it_was_built_from(
    repository: Repository, second: Built
) -> None:
    pages = list(second.site)
    assert len(pages) > 60
    for page in pages:
        (line,) = page.find(".provenance")
        (link,) = find(line, "a")
        assert link.get("href") == f"{REPOSITORY}/commit/{second.commit}"
        shown = repository.git("show", "--no-patch", "--format=%H", text_of(link))
        assert shown == second.commit
        words = {Language.ZH: "由提交", Language.EN: "Built from commit"}
        assert words[page.language] in text_of(line)


def test_the_sitemap_dates_each_page_by_its_data_and_prose_not_at_all(second: Built) -> None:
    root = etree.fromstring((second.site.folder / "sitemap.xml").read_bytes())
    dates = {entry.findtext("{*}loc"): entry.findtext("{*}lastmod") for entry in root}
    for folder in ("", "en/"):
        for day, pages in (("2026-05-07", TOUCHED), ("2026-03-01", UNTOUCHED), (None, PROSE)):
            for page in pages:
                assert dates[f"{ADDRESS}/{folder}{page}"] == day, page


def in_memory(package: Path, language: Language = Language.ZH) -> Mapping[str, Page]:
    """The pages of a package before the engine."""
    plan = validate(package, AS_OF)[0].plan
    assert plan is not None
    publication = publish(plan, AS_OF, [], read_history(package, TABLES))
    pages = generate_pages(publication, language)
    return {page.address: page for page in pages}


def lines(package: Path) -> dict[str, str]:
    """The last line of each page, with the commit that is put in when the page is finished."""
    built = built_line(read_history(package, TABLES), "", Language.ZH)
    found = {
        address: re.findall(r'<p class="provenance">(.*)</p>', page.text.replace(BUILT, built))
        for address, page in in_memory(package).items()
    }
    assert all(len(texts) <= 1 for texts in found.values())
    return {address: texts[0] for address, texts in found.items() if texts}


def test_a_shallow_clone_shows_no_day_that_it_does_not_know(
    repository: Repository, second: Built, tmp_path: Path
) -> None:
    clone = Repository(tmp_path / "clone")
    source = f"file://{repository.root}"
    repository.git("clone", "--quiet", "--depth", "1", source, str(clone.root))
    found = lines(clone.package)
    assert len(found) > 30
    for address, line in found.items():
        assert second.commit[:10] in line
        assert "月" not in line, address


@both_languages
def test_without_git_nothing_is_shown(tmp_path: Path, language: Language) -> None:
    pages = in_memory(copy_package(tmp_path), language)
    assert len(pages) > 30
    assert not any("provenance" in page.text for page in pages.values())


def test_what_is_not_committed_is_said_where_it_shows(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "repository")
    edit_cell(repository.package, "observations", 7, "note_zh", "说明")
    edit_cell(repository.package, "observations", 7, "note_en", "Note")
    found = lines(repository.package)
    said = {address for address, line in found.items() if "本页数据含尚未提交的改动" in line}
    assert {"indicators/L02/", "years/2024/", "data/observations/", ""} <= said
    assert not {"indicators/L01/", "tasks/t1/", "data/targets/", "about/"} & said
    assert all("和尚未提交的改动生成" in line for line in found.values())


def test_a_move_changes_no_page(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "repository", "2026-03-01 12:00:00 +0800")
    before = {address: page.text for address, page in in_memory(repository.package).items()}
    moved = repository.move("data/library")
    moved.commit("Move the data", "2026-05-07 12:00:00 +0800")
    after = {address: page.text for address, page in in_memory(moved.package).items()}
    assert after == before
    assert all("3月1日" in line for line in lines(moved.package).values() if "月" in line)


def test_a_commit_changes_no_page_that_it_says_nothing_of(tmp_path: Path) -> None:
    """So that the next build takes all other pages from the last one."""
    repository = make_repository(tmp_path / "repository", "2026-03-01 12:00:00 +0800")
    before = in_memory(repository.package)
    edit_cell(repository.package, "observations", 7, "note_zh", "说明")
    edit_cell(repository.package, "observations", 7, "note_en", "Note")
    repository.commit("Explain a value", "2026-05-07 12:00:00 +0800")
    after = in_memory(repository.package)
    changed = {address for address, page in after.items() if page.text != before[address].text}
    assert {"", "indicators/L02/", "updates/"} <= changed
    assert changed.isdisjoint({*UNTOUCHED, *PROSE})


@both_languages
def test_the_updates_page_tells_what_changed_and_with_which_commit(
    second: Built, first: Built, language: Language
) -> None:
    page = second.site.at("updates/", language)
    latest = find(page.one(".data-changes"), "li p")[0]
    told = text_of(page.one(".data-changes"))
    assert MAY[language] in text_of(latest)
    assert second.commit[:10] in text_of(latest)
    assert told.index(second.commit[:10]) < told.index(first.commit[:10])
    assert "17.5 → 17.9" in told
    assert "Change the data" not in told, "a commit's message is for those who work on it"
    names = {
        Language.ZH: ("预约等待天数 2024年", "阅读角 2025年"),
        Language.EN: ("2024", "2025: 9"),
    }
    for name in names[language]:
        assert name in told
    turned = {Language.ZH: "部分达成 → 进展有限", Language.EN: "Partly met → Limited progress"}
    assert turned[language] in told
    begins = {Language.ZH: "记录由此开始", Language.EN: "The record begins here"}
    assert begins[language] in text_of(first.site.at("updates/", language).one(".data-changes"))
