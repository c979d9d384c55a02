"""What a source and its publisher are called in a language."""

from __future__ import annotations

from plansite.model import Language, Source


def title_in(source: Source, language: Language) -> str:
    """A source's title, translated where a translation is known."""
    return (language is Language.EN and source.title_en) or source.title


def publisher_in(source: Source, language: Language) -> str:
    """A source's publisher, translated where a translation is known."""
    return (language is Language.EN and source.publisher_en) or source.publisher
