"""What programs read: every file as its description says, with the data package's own numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.conftest import ADDRESS
from tests.site.built_site import Site, table
from tests.site.hostile_package import MARKUP
from tests.support.library_package import AS_OF, LIBRARY
from tests.support.paths import PACKAGE

API = "api/v1/"
SITES = ("real", "library", "hostile")


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> Site:
    """Two plans, and one at an address of its own."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Site)
    return found


@cache
def read(path: Path) -> Any:
    """A file as a program reads it that keeps published digits."""
    return json.loads(path.read_text("utf-8"), parse_float=Decimal)


def file(site: Site, name: str) -> Any:
    return read(site.folder / f"{API}{name}.json")


def closed(schema: Any) -> Any:
    """A schema that lets no field pass that it does not describe."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: closed(part) for name, part in schema.items()}
    if "properties" in schema and "type" in schema:
        parts["additionalProperties"] = False
    return parts


def validator(document: Any, schema: str) -> Draft202012Validator:
    whole = {"$ref": f"#/components/schemas/{schema}", "components": closed(document["components"])}
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator(whole, format_checker=FormatChecker())


def operations(document: Any) -> Iterator[tuple[str, str, Any]]:
    """Path, name of the schema, and example of every file."""
    for path, told in document["paths"].items():
        media = told["get"]["responses"]["200"]["content"]["application/json"]
        yield path, media["schema"]["$ref"].rsplit("/", 1)[1], media["example"]


def test_the_description_is_openapi_and_its_examples_are_what_it_describes(site: Site) -> None:
    document = json.loads((site.folder / f"{API}openapi.json").read_text("utf-8"))
    OpenAPIV31SpecValidator(document).validate()
    for path, schema, example in operations(document):
        assert not list(validator(document, schema).iter_errors(example)), path
    used = json.dumps([document["paths"], document["components"]])
    for name in document["components"]["schemas"]:
        assert f"schemas/{name}" in used, name


def test_every_file_is_described_and_valid(site: Site) -> None:
    document = file(site, "openapi")
    rest = {path for path in (site.folder / API).rglob("*.json") if path.name != "openapi.json"}
    for path, schema, _ in operations(document):
        pattern = path.removeprefix("/").replace("{indicator_id}", "*").replace("{task_id}", "*")
        found = set((site.folder / API).glob(pattern))
        assert found
        for one in found:
            errors = [error.message for error in validator(document, schema).iter_errors(read(one))]
            assert errors == [], one
        rest -= found
    assert not rest


@pytest.mark.parametrize("package", [PACKAGE, LIBRARY], ids=["real", "library"])
def test_every_value_stands_with_its_digits_and_its_source(
    real: Site, library: Site, package: Path
) -> None:
    site = real if package is PACKAGE else library
    rows = [
        (row["indicator_id"], row["year"], row["source_id"], row["published"], row["value"])
        for row in table(package, "observations")
    ]
    fields = ("indicator_id", "year", "source_id", "published", "value")
    listed = file(site, "observations")["observations"]
    assert [tuple(str(row[field]) for field in fields) for row in listed] == rows
    sources = {row["source_id"]: row for row in file(site, "sources")["sources"]}
    assert list(sources) == [row["source_id"] for row in table(package, "sources")]
    for indicator in table(package, "indicators"):
        key = indicator["indicator_id"]
        own = file(site, f"indicators/{key}")
        told = {(str(row["year"]), row["source_id"], str(row["value"])) for row in own["values"]}
        assert told == {(row[1], row[2], row[4]) for row in rows if row[0] == key}
        named = {row["source_id"] for row in (*own["values"], *own["targets"])}
        assert {row["source_id"] for row in own["sources"]} == named
        assert all(sources[row["source_id"]] == row for row in own["sources"])
        aimed = [row for row in table(package, "targets") if row["indicator_id"] == key]
        assert [str(row["value"]) for row in own["targets"]] == [row["value"] for row in aimed]


def test_only_sources_that_were_seen_directly_have_an_address(real: Site) -> None:
    for row in file(real, "sources")["sources"]:
        assert (row["url"] is not None) == (row["access"] == "direct"), row["source_id"]


def test_verdicts_are_those_of_the_download(real: Site) -> None:
    told = file(real, "verdicts")
    assert told["as_of"] == AS_OF.isoformat()
    judged = [(row["indicator_id"], str(row["year"]), row["verdict"]) for row in told["indicators"]]
    judged += [(row["commitment_id"], "", row["verdict"]) for row in told["commitments"]]
    rows = table(real.folder / "downloads", "verdicts")
    assert judged == [(row["id"], row["year"], row["verdict"]) for row in rows]
    words = file(real, "codes")["codes"]
    for row in rows:
        names = words["verdict" if row["kind"] == "indicator" else "commitment_verdict"]
        assert names[row["verdict"]] == {"zh-Hans": row["verdict_zh"], "en": row["verdict_en"]}


def references(value: Any) -> Iterator[str]:
    """Every address of the site that a file names."""
    if isinstance(value, list):
        for part in value:
            yield from references(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name in ("file", "openapi"):
                yield part
            elif name == "page" and part:
                yield from part.values()
            else:
                yield from references(part)


def test_every_address_in_a_file_leads_to_something(site: Site) -> None:
    base = f"{ADDRESS}/" if (site.folder / "cards").exists() else "https://any.example/a/"
    count = 0
    for path in (site.folder / API).rglob("*.json"):
        if path.name == "openapi.json":
            continue
        own = base + path.relative_to(site.folder).as_posix()
        for reference in references(read(path)):
            assert reference.startswith("https://") == (base == f"{ADDRESS}/")
            target = urljoin(own, reference).removeprefix(base).partition("#")[0]
            found = site.folder / target
            assert found.is_file() or (found / "index.html").is_file(), (path, reference)
            count += 1
    assert count > 50


def test_what_stands_in_a_table_is_only_text(hostile: Site) -> None:
    assert file(hostile, "indicators/L02")["name"] == {"zh-Hans": MARKUP, "en": MARKUP}


def test_the_data_page_leads_to_the_entrance(real: Site, hostile: Site) -> None:
    for site in (real, hostile):
        for name in ("data/index.html", "en/data/index.html"):
            page = site.page(name)
            led = {page.target(link.get("href", ""))[0] for link in page.find("a")}
            assert {f"{API}index.json", f"{API}openapi.json"} <= led
            assert (f"curl -s {ADDRESS}/{API}" in page.text) == (site is hostile)
