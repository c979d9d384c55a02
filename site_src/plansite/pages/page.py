"""A page before the engine, and the settings that pages read."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model import Language


@dataclass(frozen=True)
class Page:
    """A page as Markdown; ``address`` is that of its Chinese side, without leading slash."""

    address: str
    language: Language
    text: str


@dataclass(frozen=True)
class Settings:
    """What the operator says of the site in ``mkdocs.yml``; empty where nothing is set."""

    site_name: str
    disclaimer: str
    repository: str
    contact: str
    address: str = ""
    """The published site's address with a closing slash."""
