"""Describes the files to take away as an RO-Crate 1.1, a folder that says what it holds."""

from __future__ import annotations

from collections.abc import Iterable

from plansite.analysis.publication import Publication
from plansite.model import urls
from plansite.output.catalogue.datasets import Agent, Dataset, makers, publisher
from plansite.output.catalogue.texts import texts
from plansite.output.published_file import ListedFile
from plansite.util.json_format import Json, json_bytes

_VERSION = "https://w3id.org/ro/crate/1.1"
_ROOT = "./"
_PUBLISHER = "#publisher"


def to_crate(publication: Publication, datasets: Iterable[Dataset]) -> bytes:
    """The crate's description; addresses are relative to its own folder."""
    whole, *parts = datasets
    info, site = publication.plan.info, publication.site
    creators = {f"#maker-{number}": maker for number, maker in enumerate(makers(site, info), 1)}
    agents = {_PUBLISHER: publisher(site, info), **creators}
    licences = [(title, address) for title, address in info.licenses if address]
    files = [file for dataset in (whole, *parts) for file in dataset.files]
    inside = [file for file in files if file.address.startswith(urls.DOWNLOADS)]
    root: dict[str, Json] = {
        "@id": _ROOT,
        "@type": "Dataset",
        "name": texts(whole.name),
        "description": texts(whole.description),
        "identifier": whole.identifier,
        "version": info.version,
        "datePublished": publication.assessments.as_of.isoformat(),
        "dateModified": whole.changed.isoformat() if whole.changed else None,
        "temporalCoverage": "/".join(map(str, whole.years)),
        "license": [{"@id": address} for _, address in licences],
        "creator": [{"@id": name} for name in creators],
        "publisher": [{"@id": _PUBLISHER}],
        "hasPart": [{"@id": _inside(file.address)} for file in inside],
    }
    graph: list[Json] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": _VERSION},
            "about": {"@id": _ROOT},
        },
        {name: fact for name, fact in root.items() if fact},
        *(_agent(key, agent) for key, agent in agents.items()),
        *({"@id": iri, "@type": "CreativeWork", "name": title} for title, iri in licences),
        *map(_file, inside),
    ]
    return json_bytes({"@context": f"{_VERSION}/context", "@graph": graph})


def _agent(key: str, agent: Agent) -> Json:
    """Somebody by name; a crate asks for a kind, and where none is known any thing will do."""
    kind = "Organization" if agent.is_organisation else "Thing"
    return {"@id": key, "@type": kind, "name": texts(agent.name)}


def _file(file: ListedFile) -> Json:
    return {
        "@id": _inside(file.address),
        "@type": "File",
        "name": texts(file.title),
        "encodingFormat": file.media_type,
        "contentSize": str(file.size),
    }


def _inside(address: str) -> str:
    return address.removeprefix(urls.DOWNLOADS)
