"""Catalogues, metadata and JSON-LD describe what is there: readers of each standard find it."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pyshacl
import pytest
from rdflib import DCTERMS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from plansite.model import Language
from tests.conftest import ADDRESS
from tests.site.built_site import Page, Site, find, text_of
from tests.site.hostile_package import MARKUP
from tests.support.paths import PACKAGE, ROOT

DCAT = Namespace("http://www.w3.org/ns/dcat#")  # rdflib's own warns when pytest looks at it
SPDX = Namespace("http://spdx.org/rdf/terms#")
SHAPES = Path(
    os.environ.get("DCAT_AP_SHAPES") or ROOT / "../shared/standards/dcat-ap-3.0.1-shacl.ttl"
)
"""The SHACL shapes of DCAT-AP 3.0.1, which are published by SEMIC and not part of this project."""
BASE = "https://somewhere.example/site/"
"""Where a site without an address of its own is taken to be read."""

both_languages = pytest.mark.parametrize("language", Language)


@pytest.fixture(params=["real", "library", "hostile"])
def site(request: pytest.FixtureRequest) -> Site:
    found: Site = request.getfixturevalue(request.param)
    return found


def base_of(site: Site) -> str:
    return f"{ADDRESS}/" if "hostile" in site.folder.parts else BASE


def catalogue(site: Site, kind: str = "ttl") -> Graph:
    path = site.folder / f"catalog.{kind}"
    form = "turtle" if kind == "ttl" else "json-ld"
    return Graph().parse(path, format=form, publicID=f"{BASE}{path.name}")


# DCAT-AP


def test_the_catalogue_says_the_same_in_turtle_and_json(site: Site) -> None:
    assert isomorphic(catalogue(site), catalogue(site, "jsonld"))


def test_the_catalogue_fits_the_shapes_of_dcat_ap(site: Site) -> None:
    if not SHAPES.is_file():
        pytest.skip(f"{SHAPES} is not there: set DCAT_AP_SHAPES to the shapes of DCAT-AP 3.0.1")
    shapes = Graph().parse(SHAPES)
    conforms, _, text = pyshacl.validate(catalogue(site), shacl_graph=shapes)
    assert conforms, text
    broken = catalogue(site)
    broken.remove((None, DCTERMS.publisher, None))
    assert not pyshacl.validate(broken, shacl_graph=shapes)[0]


def test_the_catalogue_has_the_plan_and_each_indicator(site: Site) -> None:
    graph, base = catalogue(site), base_of(site)
    assert (URIRef(f"{base}data/#catalog"), None, DCAT.Catalog) in graph
    datasets = set(graph.objects(URIRef(f"{base}data/#catalog"), DCAT.dataset))
    ids = site.children("indicators")
    expected = {f"{base}indicators/{name}/#dataset" for name in ids} | {f"{base}data/#dataset"}
    assert {str(dataset) for dataset in datasets} == expected
    for name in ids:
        dataset = URIRef(f"{base}indicators/{name}/#dataset")
        titles = {
            text.language: str(text)
            for text in graph.objects(dataset, DCTERMS.title)
            if isinstance(text, Literal)
        }
        for side in Language:
            heading = site.at(f"indicators/{name}/", side).one("h1")
            assert titles[side.html] == text_of(heading).removesuffix("¶").strip()


def test_every_file_in_the_catalogue_is_there_as_it_says(site: Site) -> None:
    graph, base = catalogue(site), base_of(site)
    found = set()
    for distribution, file in graph.subject_objects(DCAT.downloadURL):
        address = str(file).removeprefix(base)
        content = (site.folder / address).read_bytes()
        assert graph.value(distribution, DCAT.byteSize).toPython() == len(content)  # type: ignore[union-attr]
        checksum = graph.value(distribution, SPDX.checksum)
        value = graph.value(checksum, SPDX.checksumValue)
        assert str(value) == hashlib.sha256(content).hexdigest()
        found.add(address)
    for name in site.children("indicators"):
        assert f"downloads/indicators/{name}.csv" in found
    assert {"downloads/observations.csv", "downloads/datapackage.zip"} <= found


def test_nothing_absolute_is_made_up_without_an_address(real: Site) -> None:
    for name in ("catalog.ttl", "catalog.jsonld"):
        text = (real.folder / name).read_text("utf-8")
        sources = (PACKAGE / "sources.csv").read_text("utf-8")
        own = {
            host
            for host in re.findall(r"https?://[^/\s\"<>]+", text)
            if host not in sources and host not in (PACKAGE / "datapackage.json").read_text("utf-8")
        }
        known = ("www.w3.org", "purl.org", "xmlns.com", "spdx.org", "www.iana.org")
        assert {host.partition("//")[2] for host in own} == {*known, "publications.europa.eu"}


# JSON-LD in pages


def blocks(page: Page) -> list[dict[str, Any]]:
    scripts = page.find("script[type=application/ld+json]")
    return [json.loads(script.text or "") for script in scripts]


def dataset_of(page: Page) -> dict[str, Any]:
    [dataset] = [block for block in blocks(page) if block["@type"] == "Dataset"]
    return dataset


def described(site: Site, language: Language) -> Iterator[tuple[Page, dict[str, Any]]]:
    for address in ["data/", *(f"indicators/{name}/" for name in site.children("indicators"))]:
        page = site.at(address, language)
        yield page, dataset_of(page)


@both_languages
def test_a_pages_data_agree_with_what_it_shows(site: Site, language: Language) -> None:
    for page, data in described(site, language):
        shown = " ".join(text_of(page.article).split())
        assert 50 <= len(data["description"]) <= 5000, page.name
        assert data["license"] in {link.get("href") for link in page.find("a[rel~=license]")} | {
            link.get("href") for link in page.find("link[rel=license]")
        }
        assert data["inLanguage"] == ["zh-Hans", "en"]
        assert data["isAccessibleForFree"] is True
        assert data["citation"] in {text_of(code) for code in page.find(".citation code")}
        for source in data.get("isBasedOn", []):
            assert " ".join(source["name"].split()) in shown
        if "indicators/" not in page.name:
            continue
        heading = text_of(page.one("h1")).removesuffix("¶").strip()
        assert data["name"] == heading
        [measure] = data["variableMeasured"]
        assert measure["unitText"] in text_of(page.one(".facts .measure"))
        years = [text_of(cell) for cell in page.find("table.series th[scope=row]")]
        assert data["temporalCoverage"].split("/") == sorted({years[0], years[-1]})
        assert data["isBasedOn"]


@both_languages
def test_a_pages_files_are_there(site: Site, language: Language) -> None:
    for page, data in described(site, language):
        files = {}
        for entry in data["distribution"]:
            link = urljoin(f"{BASE}{page.name}", entry["contentUrl"])
            address = link.removeprefix(BASE).removeprefix(f"{ADDRESS}/")
            files[address] = entry
            content = (site.folder / address).read_bytes()
            assert entry["contentSize"] == f"{len(content)} B"
        taken = {page.target(link.get("href", ""))[0] for link in find(page.article, "a[download]")}
        offered = {name for name in taken if name.startswith("downloads/indicators/")}
        if "indicators/" in page.name:
            assert offered <= set(files)
            assert offered


@both_languages
def test_home_and_data_page_name_the_catalogue(site: Site, language: Language) -> None:
    for address in ("", "data/"):
        page = site.at(address, language)
        [found] = [block for block in blocks(page) if block["@type"] == "DataCatalog"]
        assert urljoin(f"{BASE}{page.name}", found["@id"]) == f"{base_of(site)}data/#catalog"
    home = blocks(site.at("", language))[0]
    assert home["dataset"]["name"] == dataset_of(site.at("data/", language))["name"]
    assert home["name"] == site.at("", language).one("meta[property=og:site_name]").get("content")


def test_a_change_of_the_data_is_dated_as_the_page_dates_it(real: Site) -> None:
    for page, data in described(real, Language.ZH):
        changed = data.get("dateModified")
        shown = text_of(page.one("p.provenance"))
        if changed is not None:
            year, month, day = map(int, changed.split("-"))
            assert f"{year}年{month}月{day}日" in shown
        else:
            assert "年" not in shown


def test_a_name_full_of_signs_stays_a_name(hostile: Site) -> None:
    for side in Language:
        assert dataset_of(hostile.at("indicators/L02/", side))["name"] == MARKUP


def test_what_machines_read_weighs_little(real: Site) -> None:
    for page in real:
        for script in page.find("script[type=application/ld+json]"):
            assert len(gzip.compress((script.text or "").encode())) <= 3000, page.name
        assert len(gzip.compress(page.source.encode())) <= 25_000, page.name


# RO-Crate


def test_the_crate_holds_what_it_lists(site: Site) -> None:
    folder = site.folder / "downloads"
    crate = json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    descriptor = entities["ro-crate-metadata.json"]
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = entities[descriptor["about"]["@id"]]
    assert root["@type"] == "Dataset"
    assert {"name", "description", "datePublished", "license"} <= set(root)
    files = {part["@id"] for part in root["hasPart"]}
    assert files == {name for name, one in entities.items() if one["@type"] == "File"}
    for name in files:
        assert (folder / name).stat().st_size == int(entities[name]["contentSize"])
    named = {link["@id"] for key in ("license", "publisher") for link in root[key]}
    assert named <= set(entities)
