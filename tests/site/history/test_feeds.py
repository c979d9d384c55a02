"""The changes to the data as feeds: what, old and new, source, verdict, and ids that stay."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from lxml import etree

from plansite.analysis.publication import Publication, publish
from plansite.data.checks import validate
from plansite.data.history import read_history
from plansite.model import Bilingual, Language, urls
from plansite.model.contract import CONTRACT
from plansite.model.site_settings import Site as SiteSettings
from plansite.output.pages import PageMaker, generate_pages
from plansite.output.site_files.atom_feed import feed_title, make_feeds
from tests.conftest import ADDRESS, Once
from tests.site.built_site import Site
from tests.site.command import build
from tests.support.git_repository import Repository, make_repository
from tests.support.library_package import (
    AS_OF,
    add_row,
    copy_package,
    edit_cell,
    edit_descriptor,
    read_rows,
    write_rows,
)

FILES = {Language.ZH: "feed.xml", Language.EN: "en/feed.xml"}
WHEN = ("2026-03-01 12:00:00 +0800", "2026-05-07 00:10:00 +0800", "2026-06-20 09:30:00 +0800")
both_languages = pytest.mark.parametrize("language", Language)


@pytest.fixture(scope="session")
def change_folder(once: Once) -> Path:
    return once("feeds", _build_changes)


@pytest.fixture
def repository(change_folder: Path) -> Repository:
    """Three commits: the first, a new value that meets a target, a correction that undoes one."""
    return Repository(change_folder / "repository")


@pytest.fixture
def changes(change_folder: Path) -> Site:
    """The repository's site at an address of its own."""
    return Site(change_folder / "site")


def _build_changes(folder: Path) -> None:
    repository = make_repository(folder / "repository", WHEN[0])
    package = repository.package
    new = ("L04", "2025", "gazette-copy", "2026-04-10", "1450", "final", "same", "", "")
    add_row(package, "observations", *new)
    repository.commit(when=WHEN[1])
    edit_cell(package, "observations", 3, "value", "5.9")
    row = ("observations", "L01/2024/report-2024/2025-03-20", "value", "6.0", "5.9")
    add_row(package, "corrections", "x2", "2026-06-20", *row, "录入有误", "Mistyped")
    repository.commit(when=WHEN[2])
    build(folder / "site", "--package", package, SITE_URL=ADDRESS)


def feed(site: Site, language: Language) -> Any:
    found = feedparser.parse((site.folder / FILES[language]).read_bytes())
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


@both_languages
def test_every_change_is_an_entry_newest_first(
    changes: Site, repository: Repository, language: Language
) -> None:
    found = feed(changes, language)
    moments = [dt.datetime.fromisoformat(entry.updated) for entry in found.entries]
    assert moments == [dt.datetime.strptime(one, "%Y-%m-%d %H:%M:%S %z") for one in WHEN[::-1]]
    assert found.feed.updated == found.entries[0].updated
    assert found.feed.language == language.html
    correction, new, begins = (entry.content[0].value for entry in found.entries)
    words = {
        Language.ZH: ("来源：", "待公布", "逾期未公布", "达到目标", "6.0 → 5.9"),
        Language.EN: ("Source: ", "Awaited", "No figure found", "Target met", "6.0 → 5.9"),
    }
    source, _, silent, met, values = words[language]
    assert f"{silent} → {met}" in new
    assert "1,450" in new
    assert source in new
    assert values in correction
    assert source in correction
    assert f"{met} → " in correction
    assert "<li>" not in begins
    commits = repository.git("log", "--format=%H").split()
    for entry, commit in zip(found.entries, commits, strict=True):
        assert entry.link.endswith(f"updates/#change-{commit[:10]}")


@both_languages
def test_it_is_an_atom_feed_with_all_that_the_standard_asks_for(
    changes: Site, language: Language
) -> None:
    root = etree.fromstring((changes.folder / FILES[language]).read_bytes())
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for element in (root, *root.findall("{*}entry")):
        for name in ("id", "title", "updated"):
            (only,) = element.findall(f"{{*}}{name}")
            assert only.text
    assert root.findtext("{*}author/{*}name")
    ids = [element.text or "" for element in root.iter("{*}id")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
    (own,) = (one for one in root.findall("{*}link") if one.get("rel") == "self")
    assert own.get("href") == f"{ADDRESS}/{FILES[language]}"
    for link in root.iter("{*}link"):
        assert (link.get("href") or "").startswith(f"{ADDRESS}/")


def test_the_api_tells_the_same_changes_with_their_sources(
    changes: Site, repository: Repository
) -> None:
    found = json.loads((changes.folder / "api" / "v1" / "changes.json").read_text("utf-8"))
    correction, new, begins = found["changes"]
    commits = repository.git("log", "--format=%H %cI").splitlines()
    listed = [row["commit"] for row in found["changes"]]
    assert [f"{row['id']} {row['time']}" for row in listed] == commits
    assert begins["begins"] and not begins["rows"]
    (row,) = new["rows"]
    assert (row["kind"], row["table"], row["value"]) == ("added", "observations", "1450")
    assert row["source_id"] == "gazette-copy"
    turned = [(one["id"], one["year"], one["old"], one["new"]) for one in new["verdicts"]]
    assert turned == [("L04", 2025, "overdue", "met")]
    cells = [row["cells"] for row in correction["rows"] if row["table"] == "observations"]
    assert cells == [[{"field": "value", "old": "6.0", "new": "5.9"}]]
    assert [(row["id"], row["old"]) for row in correction["verdicts"]] == [("L01", "met")]
    assert found["corrections"][-1]["new_value"] == "5.9"


def publication_of(package: Path) -> Publication:
    plan = validate(package, AS_OF)[0].plan
    assert plan is not None
    return publish(
        plan, AS_OF, [], read_history(package, {name: f"{name}.csv" for name in CONTRACT})
    )


def in_memory(package: Path) -> dict[str, bytes]:
    """The feeds of a package whose site has no address."""
    return dict(make_feeds(publication_of(package)))


@both_languages
def test_a_provisional_value_is_told_as_one(tmp_path: Path, language: Language) -> None:
    repository = make_repository(tmp_path / "repository", WHEN[0])
    row = ("L04", "2025", "gazette-copy", "2026-04-10", "1450", "provisional", "same", "", "")
    add_row(repository.package, "observations", *row)
    repository.commit(when=WHEN[1])
    entry = feedparser.parse(in_memory(repository.package)[FILES[language]]).entries[0]
    said = {Language.ZH: "1,450 人（初步值）", Language.EN: "1,450 people (provisional)"}[language]
    assert said in entry.title
    assert said in entry.content[0].value


def test_ids_stay_when_the_site_moves_and_differ_between_languages(
    changes: Site, repository: Repository
) -> None:
    moved = in_memory(repository.package)
    seen: set[str] = set()
    for side, file in FILES.items():
        there, here = feed(changes, side), feedparser.parse(moved[file])
        ids = [entry.id for entry in there.entries]
        assert [entry.id for entry in here.entries] == ids
        assert here.feed.id == there.feed.id
        assert not seen & {here.feed.id, *ids}
        seen |= {here.feed.id, *ids}


def test_ids_and_entries_stay_when_the_package_moves_or_is_renamed(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "repository", WHEN[0])
    edit_cell(repository.package, "observations", 3, "value", "5.9")
    repository.commit(when=WHEN[1])
    before = in_memory(repository.package)
    moved = repository.move("data/library")
    moved.commit(when=WHEN[2])
    assert in_memory(moved.package) == before
    edit_descriptor(moved.package, lambda content: content.update(name="another"))
    assert in_memory(moved.package) == before
    moved.commit(when=WHEN[2])
    assert in_memory(moved.package) == before
    edit_cell(moved.package, "observations", 3, "value", "5.8")
    moved.commit(when=WHEN[2])
    for file, content in in_memory(moved.package).items():
        now, then = feedparser.parse(content), feedparser.parse(before[file])
        assert [entry.id for entry in now.entries[1:]] == [entry.id for entry in then.entries]
        assert now.feed.id == then.feed.id
    assert len(before) == len(FILES)


@both_languages
def test_without_an_address_links_are_relative_to_the_feed(
    repository: Repository, language: Language
) -> None:
    text = in_memory(repository.package)[FILES[language]].decode()
    assert "example" not in text, "no host is made up"
    assert 'rel="self"' not in text
    links = [entry.links[0].href for entry in feedparser.parse(text).entries]
    assert len(links) == len(WHEN)
    assert all(re.fullmatch(r"updates/#change-[0-9a-f]{10}", link) for link in links)


@both_languages
def test_every_page_names_its_feed_and_the_updates_page_shows_it(
    changes: Site, real: Site, language: Language
) -> None:
    for site in (changes, real):
        for page in (page for page in site if page.language is language):
            (link,) = page.find("head link[type=application/atom+xml]")
            assert page.target(link.get("href", ""))[0] == FILES[language]
            assert link.get("title")
        updates = site.at("updates/", language)
        led = [updates.target(link.get("href", ""))[0] for link in updates.find("article a")]
        assert FILES[language] in led


@pytest.mark.parametrize(
    "site",
    [SiteSettings(), SiteSettings(name=Bilingual("", "A")), SiteSettings(name=Bilingual("甲", ""))],
)
def test_every_feed_names_an_author(repository: Repository, site: SiteSettings) -> None:
    publication = dataclasses.replace(publication_of(repository.package), site=site)
    for _, content in make_feeds(publication):
        feed = feedparser.parse(content).feed
        assert feed.author and feed.title


def test_of_thousands_of_verdicts_that_changed_at_once_some_are_told_one_by_one(
    repository: Repository,
) -> None:
    publication = publication_of(repository.package)
    change = publication.data_changes[1]
    many = dataclasses.replace(change, verdicts=(change.verdicts or ())[:1] * 2000)
    vars(publication)["data_changes"] = (many,)
    for content in dict(make_feeds(publication)).values():
        (entry,) = feedparser.parse(content).entries
        assert "2000" in entry.title
        assert "1950" in entry.content[0].value
        assert entry.content[0].value.count("<li>") < 70
    maker = PageMaker(publication, Language.EN)
    for address, left in ((urls.UPDATES, "and 1950 more"), (urls.HOME, "and 1997 more")):
        text = maker.page(address).text
        assert f"{left} verdicts changed" in text
        assert text.count("No figure found → Target met") < 60


def test_what_an_old_state_held_stands_in_a_feed_as_text(tmp_path: Path) -> None:
    odd = ["a\x01", "\x0b", "\ufffe", "x\uffff", "\u202e", "]]>", "<b>", "长" * 9999]
    repository = make_repository(tmp_path / "repository", WHEN[0])
    kept = read_rows(repository.package, "indicators")
    rows = [[*row] for row in kept]
    for row, text in zip(rows[1:], odd, strict=False):
        for field in ("name_zh", "name_en", "unit_zh", "unit_en", "direction"):
            row[kept[0].index(field)] = text
    write_rows(repository.package, "indicators", rows)
    repository.commit(when=WHEN[1])
    write_rows(repository.package, "indicators", kept)
    repository.commit(when=WHEN[2])
    for content in in_memory(repository.package).values():
        found = feedparser.parse(content)
        assert not found.bozo, found.get("bozo_exception")
        shown = [(entry.title, entry.content[0].value) for entry in found.entries]
        assert len(shown) == len(WHEN)
        for title, text in shown:
            assert title.isprintable() and text.isprintable()
            assert len(title) < 1000 and len(text) < 20_000
            assert "<b>" not in text


def test_without_git_there_is_no_feed_and_no_page_names_one(tmp_path: Path) -> None:
    package = copy_package(tmp_path)
    assert in_memory(package) == {}
    plan = validate(package, AS_OF)[0].plan
    assert plan is not None
    publication = publish(plan, AS_OF, [])
    assert feed_title(publication, Language.ZH) == ""
    for page in generate_pages(publication, Language.ZH):
        assert "feed.xml" not in page.text


def test_what_is_not_committed_is_in_no_feed(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "repository", WHEN[0])
    before = in_memory(repository.package)
    edit_cell(repository.package, "observations", 3, "value", "5.9")
    assert in_memory(repository.package) == before
