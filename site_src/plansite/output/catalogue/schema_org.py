"""Describes pages for search engines: schema.org's Dataset and DataCatalog as JSON-LD.

A page holds what it shows and no more; the whole catalogue is a file of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape

from plansite.analysis.publication import Publication
from plansite.analysis.verdicts.citation import cite
from plansite.model import Bilingual, Language, Source, urls
from plansite.model.translations import Words
from plansite.output.catalogue.datasets import Agent, Dataset, makers, publisher
from plansite.output.published_file import ListedFile
from plansite.util.json_format import Json

_MOST = 40
"""Measures, sources or files that one page names; all of them are in the catalogue."""
_LANGUAGES = [language.html for language in Language]
_SCRIPT = '<script type="application/ld+json">{}</script>'
_Object = dict[str, Json]


class PageDescriber:
    """Describes the pages of one language to machines."""

    def __init__(self, publication: Publication, language: Language) -> None:
        self._publication = publication
        self._site = publication.site
        self._info = publication.plan.info
        self._language = language
        self._words = Words(language)

    def heads(self, datasets: Iterable[Dataset]) -> Iterator[tuple[str, str]]:
        """What goes into the heads of pages, by the page's address within its language."""
        whole, *parts = datasets
        catalog = self._catalog(urls.HOME, whole)
        yield urls.HOME, self._head(urls.HOME, [catalog])
        yield (
            whole.page,
            self._head(whole.page, [self._dataset(whole, whole), self._catalog_in(whole)]),
        )
        for part in parts:
            yield part.page, self._head(part.page, [self._dataset(part, whole)])

    def _head(self, page: str, things: list[_Object]) -> str:
        """Links and data; no text in the data can end the element that it stands in."""
        here = urls.localized(page, self._language)
        links = [("describedby", urls.relative(urls.CATALOG_TTL, here), ' type="text/turtle"')]
        links += [("license", address, "") for _, address in self._info.licenses[:1] if address]
        context: _Object = {"@context": "https://schema.org/"}
        blocks = (json.dumps(context | thing, ensure_ascii=False) for thing in things)
        parts = [f'<link rel="{rel}" href="{escape(href)}"{kind}>' for rel, href, kind in links]
        parts += [_SCRIPT.format(block.replace("<", "\\u003c")) for block in blocks]
        return "".join(parts)

    def _link(self, target: str, page: str) -> str:
        """A whole address, or the way from the page where the site's own address is not known."""
        return self._site.file(target) or urls.relative(
            target, urls.localized(page, self._language)
        )

    def _catalog(self, page: str, whole: Dataset) -> _Object:
        return {
            **self._catalog_in(whole, page),
            "description": self._site.description[self._language],
            "inLanguage": _LANGUAGES,
            **self._licence(),
            "publisher": self._agent(publisher(self._site, self._info)),
            "dataset": self._reference(whole, page),
        }

    def _catalog_in(self, whole: Dataset, page: str | None = None) -> _Object:
        """The catalogue by its name, as other pages lead to it."""
        page = whole.page if page is None else page
        home = urls.localized(urls.HOME, self._language)
        return {
            "@type": "DataCatalog",
            "@id": self._link(urls.CATALOG, page),
            "name": self._site.name[self._language],
            "url": self._link(home, page),
        }

    def _reference(self, dataset: Dataset, page: str) -> _Object:
        """A dataset by its name, with the way to its page."""
        own = urls.localized(dataset.page, self._language)
        return {
            "@type": "Dataset",
            "@id": self._link(urls.dataset(dataset.page), page),
            "name": dataset.name[self._language],
            "url": self._link(own, page),
            "description": dataset.description[self._language],
            **self._licence(),
        }

    def _dataset(self, dataset: Dataset, whole: Dataset) -> _Object:
        language, page = self._language, dataset.page
        indicator = dataset.indicator
        as_of = self._publication.assessments.as_of
        citation = cite(self._site, self._info, as_of, language, indicator)
        creators = [self._agent(maker) for maker in makers(self._site, self._info)]
        facts: _Object = {
            **self._reference(dataset, page),
            "alternateName": dataset.name[language.other],
            "identifier": dataset.identifier,
            "version": self._info.version,
            "dateModified": dataset.changed.isoformat() if dataset.changed else None,
            "isAccessibleForFree": True,
            "inLanguage": _LANGUAGES,
            "creator": creators,
            "publisher": self._agent(publisher(self._site, self._info)),
            "temporalCoverage": "/".join(map(str, dataset.years)),
            "keywords": list[Json](dataset.keywords[language].split("\n")),
            "variableMeasured": [
                self._measure(row.name, row.measure) for row in dataset.measures[:_MOST]
            ],
            "measurementTechnique": self._words("catalogue.technique"),
            "includedInDataCatalog": self._catalog_in(whole, page),
            "isPartOf": {"@id": self._link(urls.dataset(whole.page), page)} if indicator else None,
            "distribution": [self._download(file, page) for file in dataset.files[:_MOST]],
            # The data page lists no sources, so it names none to machines either.
            "isBasedOn": [self._source(source) for source in dataset.sources[:_MOST] if indicator],
            "citation": citation.gbt if language is Language.ZH else citation.apa,
        }
        return {name: fact for name, fact in facts.items() if fact not in (None, "", [], [""])}

    def _licence(self) -> _Object:
        addresses: list[Json] = [address for _, address in self._info.licenses if address]
        return {"license": addresses[0] if len(addresses) == 1 else addresses} if addresses else {}

    def _agent(self, agent: Agent) -> _Object:
        """Somebody by name; of what kind, only where it is known."""
        kind: _Object = {"@type": "Organization"} if agent.is_organisation else {}
        return {**kind, "name": agent.name[self._language]}

    def _measure(self, name: Bilingual, measure: Bilingual) -> _Object:
        return {
            "@type": "PropertyValue",
            "name": name[self._language],
            "unitText": measure[self._language],
        }

    def _download(self, file: ListedFile, page: str) -> _Object:
        return {
            "@type": "DataDownload",
            "name": file.title[self._language],
            "contentUrl": self._link(file.address, page),
            "encodingFormat": file.media_type,
            "contentSize": f"{file.size} B",
        }

    def _source(self, source: Source) -> _Object:
        """A source as the page lists it: only one that was seen directly is linked."""
        facts: _Object = {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.link,
            "datePublished": source.published.text if source.published else None,
        }
        return {name: fact for name, fact in facts.items() if fact}
