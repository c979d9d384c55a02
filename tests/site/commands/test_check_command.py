"""``check`` finds what is wrong with a site, and says so in the language asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.site.built_site import HAN
from tests.site.command import run, run_here

PAGE = "tasks/t1/index.html"
ENGLISH = f"en/{PAGE}"
INDICATOR = "indicators/L01/index.html"
API = "api/v1/"
SITEMAP = "<urlset><url><loc>https://b.example/</loc></url></urlset>"


def change(site: Path, file: str, old: str, new: str) -> None:
    """Replace a text in one file of a copy; the file that it shares its bytes with stays."""
    text = (site / file).read_text("utf-8")
    assert old in text
    (site / file).unlink()
    (site / file).write_text(text.replace(old, new, 1), "utf-8")


@dataclass(frozen=True)
class Broken:
    """A way to break a site, and the fault that must be found on which page."""

    name: str
    how: Callable[[Path], object]
    page: str
    code: str
    subject: str


def script(address: str) -> Callable[[Path], object]:
    tag = f'<script src="{address}"></script></head>'
    return lambda site: change(site, PAGE, "</head>", tag)


def style(rule: str) -> Callable[[Path], object]:
    def add(site: Path) -> None:
        (site / "assets" / "own.css").write_text(rule, "utf-8")

    return add


def link(address: str) -> Callable[[Path], object]:
    return lambda site: change(site, PAGE, "</article>", f'<a href="{address}">x</a></article>')


BROKEN = [
    Broken(
        "a page's data cannot be read",
        lambda site: change(site, INDICATOR, '"@type": "Dataset"', '"@type" "Dataset"'),
        INDICATOR,
        "page-data",
        "",
    ),
    Broken(
        "a page's data name a file that is gone",
        lambda site: change(site, INDICATOR, 'indicators/L01.csv", ', 'indicators/L00.csv", '),
        INDICATOR,
        "broken-link",
        "../../downloads/indicators/L00.csv",
    ),
    Broken(
        "a page is gone",
        lambda site: (site / PAGE).unlink(),
        "index.html",
        "broken-link",
        "tasks/t1/",
    ),
    Broken(
        "two places of a page have one name",
        lambda site: change(site, PAGE, "</article>", '<p id="sources">x</p></article>'),
        PAGE,
        "duplicate-id",
        "sources",
    ),
    Broken(
        "an English page is gone",
        lambda site: (site / ENGLISH).unlink(),
        PAGE,
        "missing-translation",
        ENGLISH,
    ),
    Broken(
        "a script from another host",
        script("https://cdn.example/x.js"),
        PAGE,
        "outside-request",
        "https://cdn.example/x.js",
    ),
    Broken(
        "a script from another host without https",
        script("//cdn.example/x.js"),
        PAGE,
        "outside-request",
        "//cdn.example/x.js",
    ),
    Broken(
        "a style sheet from another host",
        style('@import "https://fonts.example/f.css";'),
        "assets/own.css",
        "outside-request",
        "https://fonts.example/f.css",
    ),
    Broken(
        "a font from another host",
        style("@font-face { src: url(//fonts.example/f.woff2) }"),
        "assets/own.css",
        "outside-request",
        "//fonts.example/f.woff2",
    ),
    Broken(
        "a link to a place that isn't there", link("#nowhere"), PAGE, "broken-anchor", "#nowhere"
    ),
    Broken(
        "a link to a place that isn't on the other page",
        link("../t2/#nowhere"),
        PAGE,
        "broken-anchor",
        "../t2/#nowhere",
    ),
    Broken(
        "a link to a row that the file doesn't have",
        link("../../downloads/sources.csv#row=9999"),
        PAGE,
        "broken-row",
        "../../downloads/sources.csv#row=9999",
    ),
    Broken("a download that isn't there", link("../../x.csv"), PAGE, "broken-link", "../../x.csv"),
    Broken(
        "a page in the wrong language",
        lambda site: change(site, ENGLISH, 'lang="en"', 'lang="fr"'),
        ENGLISH,
        "wrong-language",
        "en",
    ),
    Broken(
        "a catalogue that is cut off",
        lambda site: change(site, "catalog.jsonld", "\n}\n", "\n"),
        "catalog.jsonld",
        "broken-json",
        "Expecting",
    ),
    Broken(
        "a data file that is cut off",
        lambda site: change(site, f"{API}plan.json", "\n}\n", "\n"),
        f"{API}plan.json",
        "broken-json",
        "Expecting",
    ),
    Broken(
        "a feed that is no XML",
        lambda site: change(site, "en/feed.xml", "</feed>", ""),
        "en/feed.xml",
        "broken-xml",
        "",
    ),
    Broken(
        "a feed that leads to a place that isn't there",
        lambda site: change(site, "feed.xml", "updates/#change-", "updates/#changed-"),
        "feed.xml",
        "broken-address",
        "updates/#changed-",
    ),
    Broken(
        "a sitemap with another site's page",
        lambda site: (site / "sitemap.xml").write_text(SITEMAP, "utf-8"),
        "sitemap.xml",
        "broken-address",
        "https://b.example/",
    ),
]


def test_a_built_site_is_fine(real_site: Path, library_site: Path) -> None:
    for site in (real_site, library_site):
        finished = run("check", site, "--lang", "en")
        assert (finished.returncode, finished.stderr) == (0, "")


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.name for broken in BROKEN])
def test_a_broken_site_is_found_out(library_copy: Path, broken: Broken) -> None:
    broken.how(library_copy)
    said = {}
    for language in ("zh", "en"):
        finished = run_here("check", library_copy, "--lang", language)
        assert finished.returncode == 12
        lines = finished.stderr.splitlines()
        first = f"{broken.page} [{broken.code}] {broken.subject}"
        place = next(n for n, line in enumerate(lines) if line.startswith(first.rstrip()))
        said[language] = lines[place + 1].strip()
    assert HAN.search(said["zh"])
    assert re.match(r"[A-Z]", said["en"])
    assert not HAN.search(said["en"])


def test_an_empty_folder_is_no_site(tmp_path: Path) -> None:
    finished = run_here("check", tmp_path, "--lang", "en")
    assert finished.returncode == 12
    assert "index.html" in finished.stderr


def test_a_folder_that_does_not_exist_is_a_mistake_in_the_command(tmp_path: Path) -> None:
    finished = run_here("check", tmp_path / "nothing", "--lang", "en")
    assert finished.returncode == 2
    assert "nothing" in finished.stderr
