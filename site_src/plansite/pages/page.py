"""A page before the engine."""

from __future__ import annotations

from dataclasses import dataclass

from plansite.model import Language


@dataclass(frozen=True)
class Page:
    """A page as Markdown; ``address`` is that of its Chinese side, without leading slash."""

    address: str
    language: Language
    text: str
