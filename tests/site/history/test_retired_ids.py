"""The address of something retired says what became of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plansite.model import Language
from tests.site.built_site import Site, find, text_of
from tests.site.command import run_here
from tests.site.released_site import WITHDRAWN, Kept

both_languages = pytest.mark.parametrize("language", Language)


@pytest.fixture(scope="module")
def site(kept: Kept) -> Site:
    return kept.site


@both_languages
def test_the_page_says_what_it_was_when_and_why_it_went_and_where_it_is_now(
    site: Site, language: Language
) -> None:
    page = site.at("indicators/L90/", language)
    for zh, en in (("旧的指标", "Old indicator"), ("并入借阅。", "Merged.")):
        assert {Language.ZH: zh, Language.EN: en}[language] in page.text
    assert {Language.ZH: "2026年10月", Language.EN: "October 2026"}[language] in page.text
    link = find(page.one(".notice"), "a")[0]
    assert page.target(link.get("href", ""))[0] == site.at("indicators/L01/", language).name
    closed = site.at("agencies/reading-office/", language)
    assert not find(closed.one(".notice"), "a")


@both_languages
def test_what_others_embed_says_what_became_of_it(site: Site, language: Language) -> None:
    """Other sites' frames go on asking for it."""
    page = site.page(f"embed/{language}/L90/index.html")
    assert {Language.ZH: "旧的指标（已撤下）", Language.EN: "Old indicator (retired)"}[
        language
    ] in page.text
    assert {Language.ZH: "2026年10月", Language.EN: "October 2026"}[language] in page.text
    assert {Language.ZH: "并入借阅。", Language.EN: "Merged."}[language] in page.text
    links = {page.target(link.get("href", ""))[0] for link in page.find("main a")}
    named = ("indicators/L90/", "indicators/L01/")
    assert links == {site.at(address, language).name for address in named}
    assert all(link.get("target") == "_blank" for link in page.find("main a"))


@both_languages
def test_the_updates_page_lists_what_was_retired(site: Site, language: Language) -> None:
    page = site.at("updates/", language)
    listed = page.element_at("retired").getnext()
    assert listed is not None
    links = {page.target(link.get("href", ""))[0] for link in find(listed, "a")}
    pages = ("indicators/L90/", "indicators/L01/", "agencies/reading-office/")
    assert links == {site.at(address, language).name for address in pages}
    assert "lost-leaflet" in text_of(listed)


def test_what_is_retired_has_a_page_only(site: Site) -> None:
    assert not list((site.folder / "downloads").rglob("L90*"))
    listing = site.at("indicators/", Language.ZH)
    assert "旧的指标" not in listing.text


def test_its_pages_stay_and_its_files_may_go(site: Site, tmp_path: Path) -> None:
    """Whatever was published of an indicator, its retirement keeps nobody from publishing."""
    old = tmp_path / "SHA256SUMS"
    files = (path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.*"))
    of_another = [address for address in files if re.search(r"/L05[/.]", address)]
    assert {"embed/zh/L05/index.html", "charts/en/L05.png"} <= set(of_another)
    lines = [address.replace("L05", "L90") for address in of_another]
    lines += ["indicators/L91/x.html", "charts/zh/L91.svg"]
    old.write_text("".join(f"{'0' * 64}  {line}\n" for line in lines), "utf-8")
    finished = run_here("check", site.folder, "--previous", old, "--lang", "en")
    gone = [line.split()[0] for line in finished.stderr.splitlines() if "[vanished]" in line]
    assert gone == ["charts/zh/L91.svg", "indicators/L91/x.html"]


@both_languages
def test_a_year_whose_targets_are_withdrawn_keeps_its_address(
    site: Site, language: Language
) -> None:
    """Otherwise a target typed under a wrong year could be corrected and not be published."""
    page = site.at("years/2026/", language)
    said = {Language.ZH: "2026年已没有目标", Language.EN: "There is no target for 2026 any more"}
    assert said[language] in page.text
    for row in WITHDRAWN:
        assert row[3] in page.text
        assert row[7 if language is Language.ZH else 8] in page.text
    assert "2026" not in text_of(site.at("years/2025/", language).one(".crumb"))


def test_what_only_the_sites_script_draws_may_go(site: Site, tmp_path: Path) -> None:
    """An indicator with one year has nothing to explore, be the other's value withdrawn."""
    old = tmp_path / "SHA256SUMS"
    old.write_text(f"{'0' * 64}  charts/en/L01x.json\n{'0' * 64}  charts/en/L01x.svg\n", "utf-8")
    finished = run_here("check", site.folder, "--previous", old, "--lang", "en")
    gone = [line.split()[0] for line in finished.stderr.splitlines() if "[vanished]" in line]
    assert gone == ["charts/en/L01x.svg"]
