"""What catalogues say of the data and their makers is what the package says, and no more."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import pytest
from rdflib import DCTERMS, FOAF, Graph, Literal, URIRef

from plansite.analysis.publication import publish
from plansite.model import Bilingual, Contributor, Language, urls
from plansite.model.site_settings import Site
from plansite.output.catalogue import describe
from plansite.output.catalogue.descriptions import describe_indicator
from tests.support.library_package import AS_OF, library_plan

SITE = Site(name=Bilingual("柳湖阅读", "Willowmere Reads"), address="https://plan.example/")
FUND = Contributor(Bilingual("基金会", "A Fund"), ("funder",))
PRESS = Contributor(Bilingual("出版社", "A Press"), ("publisher",))
AUTHOR = Contributor(Bilingual("甲", "Alpha"), ("author",))
HELPER = Contributor(Bilingual("乙", "Beta"), ("maintainer", "funder"))
NOBODY = Contributor(Bilingual("丙", "Gamma"))
BODY = Bilingual("图书馆", "The Library")


def described(site: Site, *contributors: Contributor) -> dict[str, Any]:
    """The makers and the publisher that each vocabulary names, in English."""
    plan = library_plan()
    info = dataclasses.replace(plan.info, contributors=contributors)
    publication = publish(dataclasses.replace(plan, info=info), AS_OF, [], site=site)
    made = describe(publication, [])
    files = {file.address: file.content for file in made.files}
    [block, _] = re.findall(r'ld\+json">(.*?)</script>', made.heads[Language.EN][urls.DATA])
    crate = {one["@id"]: one for one in json.loads(files[urls.CRATE])["@graph"]}
    graph = Graph().parse(data=files[urls.CATALOG_TTL], format="turtle")
    dataset = URIRef("https://plan.example/data/#dataset")

    def named(links: list[dict[str, str]]) -> list[str]:
        return [crate[link["@id"]]["name"][1]["@value"] for link in links]

    def known(role: URIRef) -> list[str]:
        texts = [text for who in graph.objects(dataset, role) for text in graph[who : FOAF.name]]
        return sorted(str(t) for t in texts if isinstance(t, Literal) and t.language == "en")

    page = json.loads(block)
    root = crate["./"]
    told = [
        (sorted(one["name"] for one in page.get("creator", [])), [page["publisher"]["name"]]),
        (sorted(named(root.get("creator", []))), named(root["publisher"])),
        (known(DCTERMS.creator), known(DCTERMS.publisher)),
    ]
    assert told[0] == told[1] == told[2]
    makers, [publisher] = told[0]
    kinds = {one.get("@type") for one in (*page.get("creator", []), page["publisher"])}
    return {"makers": makers, "publisher": publisher, "kinds": kinds, "cited": page["citation"]}


@pytest.mark.parametrize(
    ("contributors", "makers", "publisher"),
    [
        ((), [], "Willowmere Reads"),
        ((FUND,), [], "Willowmere Reads"),
        ((FUND, PRESS, AUTHOR, HELPER), ["Alpha"], "A Press"),
        ((FUND, HELPER, NOBODY), ["Beta", "Gamma"], "Willowmere Reads"),
    ],
)
def test_each_is_named_for_what_the_package_says(
    contributors: tuple[Contributor, ...], makers: list[str], publisher: str
) -> None:
    told = described(SITE, *contributors)
    assert (told["makers"], told["publisher"]) == (makers, publisher)
    assert told["kinds"] == {None}, "any of them may be a person"
    assert told["cited"].startswith("Alpha. " if AUTHOR in contributors else "Willowmere reading")


def test_whoever_runs_the_site_made_and_publishes_the_data() -> None:
    told = described(dataclasses.replace(SITE, organisation=BODY), FUND, AUTHOR)
    assert (told["makers"], told["publisher"]) == (["The Library"], "The Library")
    assert told["kinds"] == {"Organization"}


def test_a_description_says_which_values_are_not_compared_or_not_settled() -> None:
    publication = publish(library_plan(), AS_OF, [], site=SITE)
    of = publication.plan.indicator
    told = {name: describe_indicator(of[name], publication, Language.ZH) for name in of}
    assert "公布值2个" in told["L04"]
    assert "口径不同、不作比较的：1个。" in told["L04"]
    assert "初步值或估计值：1个。" in told["L01"]
    english = describe_indicator(of["L04"], publication, Language.EN)
    assert "Measured differently and not compared: 1." in english
    for name in ("L02", "L05"):
        assert "口径不同" not in told[name]
        assert "初步值" not in told[name]
