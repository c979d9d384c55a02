"""What files are called in both languages."""

from __future__ import annotations

from plansite.model import Bilingual, Language
from plansite.words import Words


def named(key: str) -> Bilingual:
    """Some of the site's words in both languages."""
    return Bilingual(*(Words(side)(key) for side in Language))


def titled(name: Bilingual, suffix: str) -> Bilingual:
    """What is in a file, with its format; formats are told by suffix, such as ``utf8.csv``."""
    kind = f"files.{suffix.replace('.', '_')}"
    words = (Words(side) for side in Language)
    return Bilingual(*(t("files.titled", name=name[t.language], kind=t(kind)) for t in words))
