"""The published site as its operator describes it, and what may make its pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from plansite.model import Bilingual, Language, urls

_NONE = Bilingual("", "")


class EngineName(StrEnum):
    """What makes HTML of Markdown; named as its package is."""

    MKDOCS = "mkdocs"
    ZENSICAL = "zensical"


@dataclass(frozen=True)
class Site:
    """What ``mkdocs.yml`` and ``mkdocs.en.yml`` say; empty where nothing is set."""

    name: Bilingual = _NONE
    description: Bilingual = _NONE
    disclaimer: Bilingual = _NONE
    organisation: Bilingual = _NONE
    """Who runs it; named alike in both languages where one is set."""
    contact: Bilingual = _NONE
    repository: str = ""
    """The address of the repository that takes submissions."""
    address: str = ""
    """The site's own address with a closing slash."""

    def page(self, address: str, language: Language) -> str:
        """The whole address of a page; empty where the site's own is not known."""
        return self.file(urls.localized(address, language))

    def file(self, address: str) -> str:
        """The same for anything with one address for both languages."""
        return self.address and self.address + address
