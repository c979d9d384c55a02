"""Texts as JSON-LD marks their language."""

from __future__ import annotations

from plansite.model import Bilingual, Language
from plansite.util.json_format import Json


def texts(text: Bilingual) -> list[Json]:
    """A text in both languages."""
    return [{"@value": text[language], "@language": language.html} for language in Language]
