"""The words that pages explain: the glossary page, and a word's meaning in its place.

A page links a word where a reader first meets it, once; the meanings of the words that it links
follow at its end, unseen, for a script to open beside the word.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from plansite.model import Bilingual, Language, urls
from plansite.model.translations import Words


@dataclass(frozen=True)
class Term:
    """A word with its meaning; ``term_id`` is its anchor on the glossary page."""

    term_id: str
    name: Bilingual
    meaning: Bilingual
    more: str
    """The page, with its section, that says it all; empty where none does."""


@functools.cache
def glossary() -> dict[str, list[Term]]:
    """Every term, by group, in the order of the glossary page."""
    groups = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {
        group: [
            Term(key, _text(entry["name"]), _text(entry["meaning"]), entry.get("more", ""))
            for key, entry in entries.items()
        ]
        for group, entries in groups.items()
    }


@functools.cache
def _terms() -> dict[str, Term]:
    return {term.term_id: term for terms in glossary().values() for term in terms}


def _text(entry: str | list[str]) -> Bilingual:
    """Both languages, as they stand in the file or by a key of the site's words."""
    if isinstance(entry, str):
        return Bilingual(Words(Language.ZH)(entry), Words(Language.EN)(entry))
    zh, en = entry
    return Bilingual(zh, en)


class PageTerms:
    """The terms that one page explains: each is linked once, where it comes first."""

    def __init__(self, url: Callable[[str], str], language: Language) -> None:
        """Start a page.

        Args:
            url: gives the way from the page to an address.
            language: the page's language.
        """
        self._url = url
        self._language = language
        self._used: dict[str, Term] = {}

    def __call__(self, term_id: str, label: str = "") -> Markup:
        """A term as the page writes it: a link to its entry, or the mere word if it was linked.

        Args:
            term_id: the term's key in ``glossary.toml``.
            label: what the page writes where that is not the term's name.

        Raises:
            KeyError: there is no such term.
        """
        term = _terms()[term_id]
        label = label or term.name[self._language]
        if term_id in self._used:
            return escape(label)
        self._used[term_id] = term
        address = self._url(f"{urls.GLOSSARY}#{term_id}")
        link = f'<a class="term" href="{escape(address)}">{escape(label)}</a>'
        return Markup(link)  # noqa: S704

    def used(self) -> list[Term]:
        """The terms that were linked so far, in the order of their mention."""
        return list(self._used.values())
