"""Reads the addresses of pages: in which language a page is, what kind it is, what it is about."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from enum import StrEnum

from plansite.model import Language, urls

_INDEX = urls.html_file("")


class PageKind(StrEnum):
    """What pages are about, by the folder that they stand in."""

    INDICATOR = "indicator"
    TASK = "task"
    AGENCY = "agency"
    YEAR = "year"
    PLAN = "plan"
    DATA = "data"
    RELEASE = "release"
    EMBED = "embed"
    """An indicator's chart, to stand in other sites' pages."""
    SITE = "site"
    """All that is about the site itself."""


SEARCHED_KINDS = (
    *(PageKind.INDICATOR, PageKind.TASK, PageKind.AGENCY, PageKind.YEAR),
    *(PageKind.PLAN, PageKind.DATA, PageKind.SITE),
)
"""The kinds that search offers to choose from; it counts pages of another one as ``SITE``."""
_KINDS = {
    urls.INDICATORS: PageKind.INDICATOR,
    urls.TASKS: PageKind.TASK,
    urls.AGENCIES: PageKind.AGENCY,
    urls.YEARS: PageKind.YEAR,
    urls.PLAN: PageKind.PLAN,
    urls.DATA: PageKind.DATA,
    urls.RELEASES: PageKind.RELEASE,
}
_TABLES = {
    PageKind.INDICATOR: "indicators",
    PageKind.TASK: "tasks",
    PageKind.AGENCY: "agencies",
}
"""The tables whose records have pages of their own, see :func:`plansite.model.urls.of_record`."""


@dataclass(frozen=True)
class PageAddress:
    """What a page's address says."""

    language: Language
    page: str
    """The address within the language, such as ``tasks/t1/``; the same in all languages."""
    kind: PageKind
    id: str = ""
    """The record, year, table or day of release that the page is about; empty where it is about
    none, like a list of all."""

    @property
    def record(self) -> tuple[str, str] | None:
        """The table and the id of the record that the page is about."""
        return (_TABLES[self.kind], self.id) if self.kind in _TABLES else None

    def file(self, language: Language) -> str:
        """The file, from the site's root, that serves the page in a language."""
        file = self.page if posixpath.basename(self.page) else urls.html_file(self.page)
        if self.kind is PageKind.EMBED:
            return f"{urls.EMBEDS}{language}/{file.removeprefix(urls.EMBEDS)}"
        return urls.localized(file, language)


def parse_address(address: str) -> PageAddress:
    """Read an address from the site's root: a page's, or that of the file that serves it."""
    folder, name = posixpath.split(address)
    if name == _INDEX:
        address = f"{folder}/" if folder else urls.HOME
    for language in Language:
        embedded = f"{urls.EMBEDS}{language}/"
        if address.startswith(embedded):
            rest = address.removeprefix(embedded)
            return PageAddress(language, urls.EMBEDS + rest, PageKind.EMBED, rest.strip("/"))
    for language in Language:
        root = urls.localized(urls.HOME, language)
        if root and address.startswith(root):
            return _within(language, address.removeprefix(root))
    return _within(Language.ZH, address)


def _within(language: Language, page: str) -> PageAddress:
    folder, slash, rest = page.partition("/")
    kind = _KINDS.get(f"{folder}{slash}", PageKind.SITE)
    return PageAddress(language, page, kind, "" if kind is PageKind.SITE else rest.strip("/"))
