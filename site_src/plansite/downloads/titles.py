"""What files are called in both languages."""

from __future__ import annotations

from plansite.model import Bilingual
from plansite.words import both


def titled(name: Bilingual, suffix: str) -> Bilingual:
    """What is in a file, with its format; formats are told by suffix, such as ``utf8.csv``."""
    return both("files.titled", name=name, kind=both(f"files.{suffix.replace('.', '_')}"))
