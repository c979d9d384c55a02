"""A file that people and programs take away, with what it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from plansite.model import Bilingual

_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
"""By suffix, as the Internet Assigned Numbers Authority registers them."""


@dataclass(frozen=True)
class PublishedFile:
    """One file of the site, its address from the site's root."""

    address: str
    content: bytes
    title: Bilingual
    subject: str = ""
    """The indicator or the table that it is about; empty for what is about the whole plan."""

    @property
    def media_type(self) -> str:
        """Such as ``text/csv``."""
        return _MEDIA_TYPES[PurePosixPath(self.address).suffix]
