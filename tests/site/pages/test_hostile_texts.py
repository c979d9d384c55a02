"""One site made of a package full of harm: what stands in its tables is text, everywhere."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import openpyxl
import pytest
from lxml import etree, html
from rdflib import DCTERMS, Graph

from plansite.model import Language
from plansite.model.contract import CONTRACT
from plansite.output.downloads.formats.csv_format import harmless
from tests.site.built_site import Site
from tests.site.hostile_package import (
    FORMULA,
    HARM,
    IDS,
    RUNS,
    formulas_in,
    is_free_text,
    make_hostile_package,
)
from tests.support.library_package import read_rows


def squeezed(text: str) -> str:
    return " ".join(text.split())


def attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    return ((str(key), str(value)) for key, value in element.attrib.items())


def words_of(element: etree._Element) -> str:
    return squeezed("".join(map(str, element.itertext())))


def documents(site: Site) -> Iterator[tuple[str, etree._Element]]:
    for path in sorted(site.folder.rglob("*.html")):
        name = path.relative_to(site.folder).as_posix()
        yield name, html.document_fromstring(path.read_text("utf-8"))


def test_every_text_that_people_may_write_holds_harm(tmp_path: Path) -> None:
    package = make_hostile_package(tmp_path)
    for table, rule in CONTRACT.items():
        header, *rows = read_rows(package, table)
        assert rows, table
        for field in rule.fields:
            if is_free_text(table, field):
                cells = [row[header.index(field.name)] for row in rows]
                assert any(HARM in cell for cell in cells), (table, field.name)


def test_no_page_holds_an_element_or_an_attribute_that_a_text_brought(hostile: Site) -> None:
    count = 0
    for name, root in documents(hostile):
        count += 1
        for element in root.iter(etree.Element):
            assert element.tag not in ("x", "iframe", "object", "embed", "base"), name
            for key, value in attributes(element):
                assert not key.startswith("on"), (name, key, value)
                assert key not in ("autofocus", "style"), (name, key, value)
                assert "javascript:" not in value[:20].lower(), (name, key, value)
                if key == "src":
                    assert "//" not in value, (name, value)
        for script in root.iter("script"):
            if not script.get("src") and script.get("type"):
                json.loads(script.text or "")
        assert "49 {%" not in words_of(root), name
    assert count > 100


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("address", "start"),
    [
        ("indicators/L01/", {"zh": "人均借阅量", "en": "Loans per resident"}),
        ("tasks/t1/", {"zh": "延长开放时间", "en": "Open for longer"}),
        ("agencies/town-library/", {"zh": "柳湖镇图书馆", "en": "Willowmere Town Library"}),
        ("tasks/t90/", {"zh": "旧任务", "en": "Old"}),
    ],
)
def test_a_page_shows_its_name_letter_by_letter(
    hostile: Site, address: str, start: dict[str, str], language: Language
) -> None:
    page = hostile.at(address, language)
    name = f"{start[language]} {HARM}"
    assert name in words_of(page.one("h1"))
    title = page.root.find("head/title")
    assert title is not None
    assert name in squeezed(title.text or "")
    assert name in squeezed(page.one("meta[property=og:title]").get("content", ""))


def test_words_of_programs_and_servers_are_ids_like_others(hostile: Site) -> None:
    for table, ids in IDS.items():
        for name in ids.values():
            for language in Language:
                page = hostile.at(f"{table}/{name}/", language)
                assert HARM in squeezed(page.text)
    for name in IDS["indicators"].values():
        assert (hostile.folder / f"downloads/indicators/{name}.csv").is_file()
        assert (hostile.folder / f"api/v1/indicators/{name}.json").is_file()


@pytest.mark.parametrize("file", ["feed.xml", "en/feed.xml"])
def test_a_feed_holds_the_text_and_no_markup_of_it(hostile: Site, file: str) -> None:
    found = feedparser.parse((hostile.folder / file).read_bytes())
    assert not found.bozo, found.get("bozo_exception")
    texts = [content.value for entry in found.entries for content in entry.get("content", [])]
    assert texts
    shown = [html.fragment_fromstring(text, create_parent="div") for text in texts]
    assert any(HARM in words_of(root) for root in shown)
    for root in shown:
        for element in root.iter(etree.Element):
            assert element.tag != "x"
            assert not [key for key, _ in attributes(element) if key.startswith("on")]


def test_what_is_told_to_search_engines_holds_the_text(hostile: Site) -> None:
    page = hostile.page("indicators/L01/index.html")
    blocks = [script.text or "" for script in page.find("script[type=application/ld+json]")]
    assert blocks
    told = [json.loads(block).get("name") for block in blocks]
    assert f"人均借阅量 {HARM}" in told
    assert not any(sign in block for block in blocks for sign in ("</", "<!"))


def test_the_catalogue_holds_the_text(hostile: Site) -> None:
    graph = Graph().parse(hostile.folder / "catalog.ttl", format="turtle")
    assert f"人均借阅量 {HARM}" in {str(told) for told in graph.objects(None, DCTERMS.title)}


def test_every_json_file_is_one_and_holds_the_text(hostile: Site) -> None:
    name = f"人均借阅量 {HARM}"
    told = json.loads((hostile.folder / "api/v1/indicators/L01.json").read_bytes())
    assert told["name"]["zh-Hans"] == name
    for suffix in ("*.json", "*.jsonld"):
        for path in hostile.folder.rglob(suffix):
            json.loads(path.read_bytes())


def test_no_cell_of_any_csv_file_is_a_formula(hostile: Site) -> None:
    files = sorted(hostile.folder.rglob("*.csv"))
    with_harm = 0
    for path in files:
        if {"releases", "typed"} & {*path.parts}:
            continue  # the bytes that were published or typed, for programs that ask for those
        text = path.read_text("utf-8-sig")
        with_harm += "**b** ~~s~~ ==m==" in text
        assert formulas_in(text) == [], path.name
    assert len(files) > 20
    assert with_harm > 20


def test_no_workbook_holds_a_formula_or_a_link_that_a_text_made(hostile: Site) -> None:
    texts: set[str] = set()
    files = sorted(hostile.folder.glob("downloads/**/*.xlsx"))
    for path in files:
        with zipfile.ZipFile(path) as packed:
            for part in packed.namelist():
                content = packed.read(part)
                assert not part.endswith((".bin", "externalLink1.xml")), (path.name, part)
                if part.startswith("xl/worksheets/sheet"):
                    for element in (b"<f>", b"<f ", b"<hyperlink"):
                        assert element not in content, (path.name, part)
                if part.endswith(".rels"):
                    assert b"evil.example" not in content, (path.name, part)
        for sheet in openpyxl.load_workbook(path, read_only=True):
            for row in sheet.iter_rows(values_only=True):
                texts.update(cell for cell in row if isinstance(cell, str))
    assert len(files) > 8
    assert f"人均借阅量 {HARM}" in texts
    assert any(text.startswith(f"{FORMULA} ") for text in texts)


def test_the_database_holds_the_text(hostile: Site) -> None:
    address = f"file:{hostile.folder / 'downloads/plan.sqlite'}?mode=ro"
    with sqlite3.connect(address, uri=True) as database:
        names = {row[0] for row in database.execute("select name_zh from indicators")}
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    assert f"人均借阅量 {HARM}" in names


def test_a_picture_holds_shapes_and_text_only(hostile: Site) -> None:
    files = sorted(hostile.folder.rglob("*.svg"))
    held = 0
    for path in files:
        root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False))
        held += squeezed(HARM[:40]) in words_of(root)
        for element in root.iter(etree.Element):
            tag = etree.QName(element).localname
            assert tag not in ("script", "foreignObject", "image", "iframe", "x"), path.name
            for key, value in attributes(element):
                assert not key.startswith("on"), (path.name, key)
                assert "javascript:" not in value[:20], (path.name, key)
    assert held > 8


def test_an_apostrophe_is_put_before_what_would_run() -> None:
    assert [harmless(f"{start}1+1") for start in RUNS] == [f"'{start}1+1" for start in RUNS]
