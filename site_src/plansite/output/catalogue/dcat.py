"""The catalogue for data portals: DCAT-AP 3 as JSON-LD and as Turtle, with the same statements.

Where the site's own address is not known, every address in it is relative to the catalogue's own,
which stands at the site's root: whoever fetches it finds the files, and none is made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from plansite.analysis.publication import Publication
from plansite.model import Bilingual, Language, Source, urls
from plansite.model.formatting import written_in
from plansite.output.catalogue.datasets import Agent, Dataset, makers, publisher
from plansite.output.catalogue.texts import texts
from plansite.output.catalogue.turtle import Node, to_turtle
from plansite.output.published_file import ListedFile
from plansite.util.json_format import Json, json_bytes

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGES = {
    Language.ZH: "http://publications.europa.eu/resource/authority/language/ZHO",
    Language.EN: "http://publications.europa.eu/resource/authority/language/ENG",
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
_PUBLISHER = "about/#publisher"


def to_jsonld(nodes: Sequence[Node]) -> bytes:
    """The catalogue as JSON-LD that needs no context from another host."""
    return json_bytes({"@context": PREFIXES, "@graph": nodes})


def to_ttl(nodes: Sequence[Node]) -> bytes:
    """The catalogue as Turtle."""
    return to_turtle(PREFIXES, nodes)


class Catalogue:
    """Describes a publication as DCAT asks for."""

    def __init__(self, publication: Publication) -> None:
        self._site = publication.site
        self._info = publication.plan.info
        self._sources = publication.plan.sources

    def nodes(self, datasets: Sequence[Dataset]) -> list[Node]:
        """The catalogue, its datasets with their files, and whatever they lead to."""
        dataset_nodes = [
            node for dataset in datasets for node in self._dataset(dataset, datasets[0])
        ]
        files = [file for dataset in datasets for file in dataset.files]
        kinds = sorted({file.media_type for file in files})
        codebooks = sorted(filter(None, {urls.codebook(file.address) for file in files}))
        return [
            self._catalog(datasets),
            {"@id": self._home, "@type": "foaf:Document"},
            *dataset_nodes,
            *({"@id": self._iri(page), "@type": "foaf:Document"} for page in codebooks),
            *map(self._source, self._sources),
            *self._agents(),
            *({"@id": f"{_MEDIA_TYPES}{kind}", "@type": "dct:MediaType"} for kind in kinds),
            *({"@id": iri, "@type": "dct:LinguisticSystem"} for iri in _LANGUAGES.values()),
            *({"@id": iri, "@type": "dct:LicenseDocument"} for iri in self._licences()),
            {"@id": _SHA256, "@type": "spdx:ChecksumAlgorithm"},
        ]

    @property
    def _home(self) -> str:
        return self._iri(urls.HOME) or "./"

    def _iri(self, address: str) -> str:
        return self._site.file(address) or address

    def _catalog(self, datasets: Sequence[Dataset]) -> Node:
        description = self._site.description or self._info.description
        changed = datasets[0].changed
        return {
            "@id": self._iri(urls.CATALOG),
            "@type": "dcat:Catalog",
            "dct:title": texts(self._site.name or self._info.title),
            "dct:description": texts(description or self._info.title),
            "dct:publisher": {"@id": self._iri(_PUBLISHER)},
            **self._licence(),
            "dct:language": [{"@id": iri} for iri in _LANGUAGES.values()],
            **({"dct:modified": _day(changed.isoformat())} if changed else {}),
            "foaf:homepage": {"@id": self._home},
            "dcat:dataset": [
                {"@id": self._iri(urls.dataset(dataset.page))} for dataset in datasets
            ],
        }

    def _dataset(self, dataset: Dataset, whole: Dataset) -> Iterator[Node]:
        files = [(self._distribution_iri(file, dataset), file) for file in dataset.files]
        facts: dict[str, Json] = {
            "@id": self._iri(urls.dataset(dataset.page)),
            "@type": "dcat:Dataset",
            "dct:title": texts(dataset.name),
            "dct:description": texts(dataset.description),
            "dct:identifier": {"@value": dataset.identifier} if dataset.identifier else None,
            "dct:publisher": {"@id": self._iri(_PUBLISHER)},
            "dct:creator": [{"@id": self._iri(name)} for name, _ in self._creators()],
            "dct:language": [{"@id": iri} for iri in _LANGUAGES.values()],
            "dct:modified": _day(dataset.changed.isoformat()) if dataset.changed else None,
            "dct:temporal": _period(dataset.years),
            "dcat:version": {"@value": self._info.version} if self._info.version else None,
            "dcat:keyword": _keywords(dataset.keywords),
            "dcat:landingPage": {"@id": self._iri(dataset.page)},
            "dct:isPartOf": {"@id": self._iri(urls.dataset(whole.page))}
            if dataset.indicator
            else None,
            "dct:relation": [{"@id": self._source_iri(source)} for source in dataset.sources],
            "dcat:distribution": [{"@id": iri} for iri, _ in files],
        }
        yield {name: fact for name, fact in facts.items() if fact}
        yield {"@id": self._iri(dataset.page), "@type": "foaf:Document"}
        for iri, file in files:
            yield self._distribution(iri, file)

    def _distribution_iri(self, file: ListedFile, dataset: Dataset) -> str:
        return self._iri(f"{dataset.page}#{file.address.replace('/', '.')}")

    def _distribution(self, iri: str, file: ListedFile) -> Node:
        checksum: Json = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": _SHA256},
            "spdx:checksumValue": {
                "@value": file.checksum,
                "@type": "xsd:hexBinary",
            },
        }
        codebook = urls.codebook(file.address)
        return {
            "@id": iri,
            "@type": "dcat:Distribution",
            "dct:title": texts(file.title),
            "dcat:accessURL": {"@id": self._iri(file.address)},
            "dcat:downloadURL": {"@id": self._iri(file.address)},
            "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}{file.media_type}"},
            "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
            "spdx:checksum": checksum,
            **({"foaf:page": {"@id": self._iri(codebook)}} if codebook else {}),
            **self._licence(),
        }

    def _licences(self) -> list[str]:
        return [_safe(address) for _, address in self._info.licenses[:1] if address]

    def _licence(self) -> dict[str, Json]:
        iris = self._licences()
        return {"dct:license": {"@id": iris[0]}} if iris else {}

    def _source_iri(self, source: Source) -> str:
        return self._iri(f"{urls.resource('sources')}#{source.source_id}")

    def _source(self, source: Source) -> Node:
        """A source by its title; only one that was seen directly leads anywhere."""
        link: dict[str, Json] = {"foaf:page": {"@id": _safe(source.link)}} if source.link else {}
        return {
            "@id": self._source_iri(source),
            "@type": "foaf:Document",
            "dct:title": {"@value": source.title},
            **link,
        }

    def _creators(self) -> list[tuple[str, Agent]]:
        names = makers(self._site, self._info)
        return [(f"about/#maker-{n}", name) for n, name in enumerate(names, 1)]

    def _agents(self) -> Iterator[Node]:
        known = [(_PUBLISHER, publisher(self._site, self._info)), *self._creators()]
        for iri, agent in known:
            yield {"@id": self._iri(iri), "@type": "foaf:Agent", "foaf:name": texts(agent.name)}


def _keywords(keywords: Bilingual) -> list[Json]:
    """Each word once, marked with the language that it is written in."""
    words = dict.fromkeys(
        word for language in Language for word in keywords[language].split("\n") if word
    )
    return [{"@value": word, "@language": written_in(word).html} for word in words]


def _day(text: str) -> Json:
    return {"@value": text, "@type": "xsd:date"}


def _period(years: Sequence[int]) -> Json:
    if not years:
        return None
    ends = {"dcat:startDate": years[0], "dcat:endDate": years[-1]}
    dates = {name: {"@value": str(year), "@type": "xsd:gYear"} for name, year in ends.items()}
    return {"@type": "dct:PeriodOfTime", **dates}


def _safe(address: str) -> str:
    """An address without signs that no address may hold, as people type them now and then."""
    return re.sub(r"[\x00-\x20<>\"{}|^`\\]", lambda sign: quote(sign[0]), address)
