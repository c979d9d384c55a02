"""However many pages there are, search engines find all of them in files that they take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import etree

from plansite.analysis.publication import publish
from plansite.model.site_settings import Site
from plansite.output.site_files import sitemap
from plansite.pipeline.check.machine_files import Fault, check_machine_files
from tests.support.library_package import AS_OF, library_plan

ADDRESS = "https://plan.example/library/"
LIMIT = 50_000
"""Of addresses in a file, as the protocol has it."""
LIMIT_BYTES = 52_428_800


def made(pages: Sequence[str]) -> dict[str, bytes]:
    """The files for a site that has these pages."""
    publication = publish(library_plan(), AS_OF, (), site=Site(address=ADDRESS))
    return dict(sitemap.search_engine_files(pages, publication))


def listed(content: bytes) -> list[str]:
    """The addresses that a sitemap or an index of sitemaps names."""
    return [one.text or "" for one in etree.fromstring(content).iterfind("*/{*}loc")]


def kind(content: bytes) -> str:
    return etree.QName(etree.fromstring(content)).localname


@pytest.mark.parametrize(("pages", "parts"), [(0, 0), (25_000, 0), (25_001, 2)])
def test_no_file_has_more_addresses_than_the_protocol_allows(pages: int, parts: int) -> None:
    names = [f"tasks/t{number}/" for number in range(pages)]
    files = made(names)
    whole = files.pop("sitemap.xml")
    assert b"Sitemap: https://plan.example/library/sitemap.xml\n" in files.pop("robots.txt")
    assert list(files) == [f"sitemap-{number}.xml" for number in range(1, parts + 1)]
    assert kind(whole) == ("sitemapindex" if parts else "urlset")
    if parts:
        assert listed(whole) == [f"{ADDRESS}{name}" for name in files]
    per_file = [listed(content) for content in files.values()] if parts else [listed(whole)]
    assert all(len(addresses) <= LIMIT for addresses in per_file)
    assert [address for addresses in per_file for address in addresses] == [
        f"{ADDRESS}{side}{name}" for name in names for side in ("", "en/")
    ]


def test_no_file_is_larger_than_the_protocol_allows() -> None:
    pages = [f"tasks/{number}{'x' * 1900}/" for number in range(3500)]
    files = made(pages)
    sizes = [len(content) for name, content in files.items() if name.startswith("sitemap-")]
    assert len(sizes) == 2
    assert LIMIT_BYTES - 10_000 < sizes[0] <= LIMIT_BYTES
    found = [listed(files[f"sitemap-{number}.xml"]) for number in (1, 2)]
    assert sum(map(len, found)) == 2 * len(pages)


def faults(site: Path) -> list[Fault]:
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    return [*check_machine_files(site, files, {})]


def test_check_follows_every_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", 4)
    pages = ["", *(f"tasks/t{number}/" for number in range(4))]
    for name in (side + page for page in pages for side in ("", "en/")):
        file = tmp_path / name / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'<link rel="canonical" href="{ADDRESS}{name}">', "utf-8")
    for name, content in made(pages).items():
        (tmp_path / name).write_bytes(content)
    assert faults(tmp_path) == []
    (tmp_path / "tasks/t3/index.html").unlink()
    gone = ("broken-address", "sitemap-3.xml", f"{ADDRESS}tasks/t3/")
    assert faults(tmp_path) == [gone]
    (tmp_path / "sitemap-2.xml").write_text("<urlset>", "utf-8")
    assert [fault[:2] for fault in faults(tmp_path)] == [("broken-xml", "sitemap-2.xml"), gone[:2]]
    (tmp_path / "sitemap-3.xml").unlink()
    assert ("broken-address", "sitemap.xml", f"{ADDRESS}sitemap-3.xml") in faults(tmp_path)
