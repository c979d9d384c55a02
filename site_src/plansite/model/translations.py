"""The site's own words in both languages, from ``words.toml``."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

from plansite.model import Bilingual, Language


@functools.cache
def _catalogue() -> dict[str, tuple[str, str]]:
    tables = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    return {
        f"{table}.{key}": (zh, en)
        for table, entries in tables.items()
        for key, (zh, en) in entries.items()
    }


class Words:
    """The words of one language: ``words("common.year", year=2022)``."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key, with the values put in.

        Raises:
            KeyError: there is no such key, or a value is missing.
        """
        zh, en = _catalogue()[key]
        return (zh if self.language is Language.ZH else en).format_map(values)


def both(key: str, **texts: Bilingual) -> Bilingual:
    """The words of a key in both languages, with the texts of each put in."""
    zh, en = (
        Words(side)(key, **{name: text[side] for name, text in texts.items()}) for side in Language
    )
    return Bilingual(zh, en)
