"""Every file and every page's head that describes the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plansite.analysis.publication import Publication
from plansite.model import Language, urls
from plansite.model.translations import both
from plansite.model.urls.page_address import PageKind, parse_address
from plansite.output.catalogue.crate import to_crate
from plansite.output.catalogue.csvw import csvw_files
from plansite.output.catalogue.datasets import datasets_of
from plansite.output.catalogue.dcat import Catalogue, to_jsonld, to_ttl
from plansite.output.catalogue.schema_org import PageDescriber
from plansite.output.published_file import ListedFile, PublishedFile


@dataclass(frozen=True)
class Described:
    """What describes the data."""

    files: tuple[PublishedFile, ...]
    heads: dict[Language, dict[str, str]]
    """HTML for the heads of pages, by language and by the page's address within it."""


def describe(publication: Publication, files: Sequence[ListedFile]) -> Described:
    """Describe everything that there is to take away.

    Args:
        publication: what is published.
        files: every file to take away.
    """
    datasets = datasets_of(publication, files, publication.plan.indicators)
    nodes = Catalogue(publication).nodes(datasets)
    made = (
        PublishedFile(urls.CATALOG_JSONLD, to_jsonld(nodes), both("catalogue.dcat")),
        PublishedFile(urls.CATALOG_TTL, to_ttl(nodes), both("catalogue.dcat")),
        PublishedFile(urls.CRATE, to_crate(publication, datasets), both("catalogue.crate")),
        *csvw_files(publication.plan, files),
    )
    heads = {
        language: dict(PageDescriber(publication, language).heads(datasets))
        for language in Language
    }
    return Described(made, heads)


def describe_page(
    publication: Publication, language: Language, page: str, files: Sequence[ListedFile]
) -> str:
    """HTML for the head of one page; empty where none of the data is described there.

    Args:
        publication: what is published.
        language: the page's.
        page: its address within the language.
        files: every file to take away.
    """
    address = parse_address(page)
    own = publication.plan.indicator.get(address.id) if address.kind is PageKind.INDICATOR else None
    datasets = datasets_of(publication, files, [own] if own else [])
    return dict(PageDescriber(publication, language).heads(datasets)).get(page, "")
