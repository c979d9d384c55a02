"""A file that people and programs take away, with what it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from plansite.model import Bilingual
from plansite.model.translations import both
from plansite.util.checksums import digest

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
    def listed(self) -> ListedFile:
        """What there is to say of it."""
        size, checksum = len(self.content), digest(self.content)
        return ListedFile(self.address, self.title, self.subject, size, checksum)


@dataclass(frozen=True)
class ListedFile:
    """What is said of a file, without its content: a site's files may be larger than memory."""

    address: str
    title: Bilingual
    subject: str
    size: int
    """In bytes."""
    checksum: str
    """SHA-256 in hexadecimal digits."""

    @property
    def media_type(self) -> str:
        """Such as ``text/csv``."""
        return _MEDIA_TYPES[PurePosixPath(self.address).suffix]


def titled(name: Bilingual, suffix: str) -> Bilingual:
    """What is in a file, with its format; formats are told by suffix, such as ``utf8.csv``."""
    return both("files.titled", name=name, kind=both(f"files.{suffix.replace('.', '_')}"))
